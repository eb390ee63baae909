namespace Dmarc.Text;

/// <summary>The only clock. Tests replace it.</summary>
internal interface IClock
{
    /// <summary>The present moment in UTC.</summary>
    DateTimeOffset UtcNow { get; }
}

/// <summary>The clock of the machine.</summary>
internal sealed class SystemClock : IClock
{
    private SystemClock()
    {
    }

    /// <summary>The only instance.</summary>
    public static SystemClock Instance { get; } = new();

    public DateTimeOffset UtcNow => DateTimeOffset.UtcNow;
}
