namespace Dmarc.Standards.Spf;

/// <summary>The limits and local values of an evaluation (RFC 7208 §4.6.4, §7.2).</summary>
internal sealed record SpfEvaluatorOptions
{
    /// <summary>The maximum number of terms that query DNS: 10 (RFC 7208 §4.6.4).</summary>
    public int LookupLimit { get; init; } = SpfLimits.Lookups;

    /// <summary>The maximum number of void look-ups: 2 by default (RFC 7208 §4.6.4).</summary>
    public int VoidLookupLimit { get; init; } = SpfLimits.VoidLookups;

    /// <summary>The maximum duration before temperror: 20 seconds by default (RFC 7208 §4.6.4).</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The name of the receiving host for the macro <c>%{r}</c>.</summary>
    public string Receiver { get; init; } = "unknown";

    /// <summary>The explanation of a fail if the domain has none; null for our own sentence.</summary>
    public string? DefaultExplanation { get; init; }

    /// <summary>True to look up the domain's explanation of a fail (RFC 7208 §6.2).</summary>
    public bool Explains { get; init; } = true;

    /// <summary>True to keep the steps of each evaluation.</summary>
    public bool Traces { get; init; } = true;

    /// <summary>The clock for the macro <c>%{t}</c>.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;
}
