using Dmarc.Text;

namespace Dmarc.Tests.Support;

/// <summary>A clock that a test turns.</summary>
internal sealed class ManualClock : IClock
{
    public DateTimeOffset UtcNow { get; private set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public void Advance(TimeSpan time) => UtcNow += time;
}
