using System.Diagnostics;

namespace Dmarc.Advice.Records;

/// <summary>
/// What the computing for one analysis may cost, so that records made to be expensive are given up in time: it ends on cancellation,
/// when its time is over, and at more terms and ranges of addresses than any record has that receivers evaluate.
/// </summary>
internal sealed class SpfWork(TimeSpan time, CancellationToken cancellationToken, int capacity = SpfWork.MaximumUnits)
{
    /// <summary>Terms, ranges and blocks; the largest records of providers come to some thousands.</summary>
    public const int MaximumUnits = 2_000_000;

    /// <summary>When the questions end with their time, what is there is still written up.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _spent;

    /// <summary>Counts what is about to be looked at.</summary>
    /// <exception cref="SpfTooCostlyException">It is too much, or the time is over.</exception>
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

/// <summary>An analysis cost more than it may.</summary>
internal sealed class SpfTooCostlyException : Exception;
