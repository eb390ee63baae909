using System.Diagnostics;

namespace Dmarc.Advice.Records;

/// <summary>
/// The budget of one analysis, which stops records made to be expensive: it ends on cancellation, after its time, and
/// at more terms and address ranges than any valid record has.
/// </summary>
internal sealed class SpfWork(TimeSpan time, CancellationToken cancellationToken, int capacity = SpfWork.MaximumUnits)
{
    /// <summary>Terms, ranges and blocks; the largest records of providers need some thousands.</summary>
    public const int MaximumUnits = 2_000_000;

    /// <summary>The extra time, after queries time out, for reporting the available facts.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _spent;

    /// <summary>Counts the next units against the budget.</summary>
    /// <exception cref="SpfTooCostlyException">The budget or the time is exceeded.</exception>
    public void Spend(int units)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _spent += units;
        if (_spent > capacity || _clock.Elapsed > time + Grace)
        {
            throw new SpfTooCostlyException();
        }
    }
}

/// <summary>The analysis exceeded its budget.</summary>
internal sealed class SpfTooCostlyException : Exception;
