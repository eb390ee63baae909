using Dmarc.Dns;
using Dmarc.Text;

namespace Dmarc.Standards.Spf;

/// <summary>The result of <c>check_host()</c> and how it came about.</summary>
internal sealed record SpfEvaluation
{
    /// <summary>The result: one of RFC 7208 §2.6, which has no policy.</summary>
    public required AuthenticationResult Result { get; init; }

    /// <summary>The domain that was checked: that of MAIL FROM, or of HELO where MAIL FROM was empty; as it was given where it is malformed.</summary>
    public required string Domain { get; init; }

    /// <summary>The record of the domain; empty if there is not exactly one.</summary>
    public string Record { get; init; } = "";

    /// <summary>The term of the domain's record that settled the result; empty if none matched.</summary>
    public string MatchedTerm { get; init; } = "";

    /// <summary>The terms that led to the result, as <c>domain: term</c>, from the domain's own record inwards.</summary>
    public PrintableList<string> MatchedPath { get; init; } = PrintableList<string>.Empty;

    /// <summary>Why a fail is one: the domain's own words where it gives some; empty for the other results.</summary>
    public string Explanation { get; init; } = "";

    /// <summary>True where <see cref="Explanation"/> was published by the domain, so that it is a stranger's text.</summary>
    public bool IsExplanationPublished { get; init; }

    /// <summary>What was wrong, where the result is none, temperror or permerror; otherwise empty.</summary>
    public string Problem { get; init; } = "";

    /// <summary>The look-up that failed and so ended the check; null unless the result is temperror.</summary>
    public DnsResponse? Failed { get; init; }

    /// <summary>How many terms that ask DNS were met.</summary>
    public int LookupCount { get; init; }

    /// <summary>How many look-ups found nothing.</summary>
    public int VoidLookupCount { get; init; }

    /// <summary>The steps, where the evaluator was told to keep them.</summary>
    public PrintableList<SpfTraceStep> Trace { get; init; } = PrintableList<SpfTraceStep>.Empty;
}
