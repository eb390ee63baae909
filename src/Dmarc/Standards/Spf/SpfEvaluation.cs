using Dmarc.Dns;

namespace Dmarc.Standards.Spf;

/// <summary>The result of <c>check_host()</c> and its details.</summary>
internal sealed record SpfEvaluation
{
    /// <summary>The result, as in RFC 7208 §2.6, which has no policy result.</summary>
    public required AuthenticationResult Result { get; init; }

    /// <summary>The checked domain: of MAIL FROM, or of HELO if that is empty; as given if malformed.</summary>
    public required string Domain { get; init; }

    /// <summary>The record of the domain; empty if there is not exactly one.</summary>
    public string Record { get; init; } = "";

    /// <summary>The term of the domain's record that determined the result; empty if none matched.</summary>
    public string MatchedTerm { get; init; } = "";

    /// <summary>The terms that led to the result, as <c>domain: term</c>, outermost first.</summary>
    public PrintableList<string> MatchedPath { get; init; } = PrintableList<string>.Empty;

    /// <summary>The explanation of a fail, published by the domain if available; empty for other results.</summary>
    public string Explanation { get; init; } = "";

    /// <summary>True if the domain published <see cref="Explanation"/>, which is then untrusted text.</summary>
    public bool IsExplanationPublished { get; init; }

    /// <summary>The problem if the result is none, temperror or permerror; otherwise empty.</summary>
    public string Problem { get; init; } = "";

    /// <summary>The failed look-up that ended the check; null unless the result is temperror.</summary>
    public DnsResponse? Failed { get; init; }

    /// <summary>The number of terms evaluated that query DNS.</summary>
    public int LookupCount { get; init; }

    /// <summary>The number of void look-ups.</summary>
    public int VoidLookupCount { get; init; }

    /// <summary>The steps, if the evaluator keeps them.</summary>
    public PrintableList<SpfTraceStep> Trace { get; init; } = PrintableList<SpfTraceStep>.Empty;
}
