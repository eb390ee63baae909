using Dmarc.Standards;
using Dmarc.Text;

namespace Dmarc.Reports.Aggregate;

/// <summary>The result of one DKIM signature in an aggregate report (RFC 9990 §3.1.1.12).</summary>
public sealed record ReportedDkim
{
    private readonly WrittenValue<AuthenticationResult> _result;

    internal ReportedDkim(string domain, string selector, WrittenValue<AuthenticationResult> result, string humanResult)
    {
        Domain = domain;
        Selector = selector;
        _result = result;
        HumanResult = humanResult;
    }

    /// <summary>The signing domain (<c>d=</c>); empty if the report leaves it out.</summary>
    public string Domain { get; }

    /// <summary>The selector (<c>s=</c>); empty if the report leaves it out.</summary>
    public string Selector { get; }

    /// <summary>The result: one of RFC 8601 §2.7.1, which has no soft fail; unknown for any other word.</summary>
    public AuthenticationResult Result => _result.Value;

    /// <summary>What the report writes as the result if that is none of the standard's words; else empty.</summary>
    public string ResultText => _result.OtherText;

    /// <summary>What the receiver adds for people; empty if it adds nothing.</summary>
    public string HumanResult { get; }

    /// <summary>For instance <c>pass example.com (s=mail)</c>, with the result as the report writes it.</summary>
    public override string ToString() =>
        (_result.IsPresent ? _result.Text : "?") + (Domain.Length == 0 ? "" : " " + Domain) + (Selector.Length == 0 ? "" : " (s=" + Selector + ")");
}

/// <summary>The result of one SPF check in an aggregate report (RFC 9990 §3.1.1.13).</summary>
public sealed record ReportedSpf
{
    private readonly WrittenValue<ReportedSpfScope?> _scope;
    private readonly WrittenValue<AuthenticationResult> _result;

    internal ReportedSpf(string domain, WrittenValue<ReportedSpfScope?> scope, WrittenValue<AuthenticationResult> result, string humanResult)
    {
        Domain = domain;
        _scope = scope;
        _result = result;
        HumanResult = humanResult;
    }

    /// <summary>The domain that was checked; empty if the report leaves it out.</summary>
    public string Domain { get; }

    /// <summary>The identity that was checked; null if the report leaves it out.</summary>
    public ReportedSpfScope? Scope => _scope.Value;

    /// <summary>What the report writes as the scope if that is none of the standard's words; else empty.</summary>
    public string ScopeText => _scope.OtherText;

    /// <summary>The result: one of RFC 8601 §2.7.2, or policy (RFC 9990 §3.1.1.13); unknown for any other word.</summary>
    public AuthenticationResult Result => _result.Value;

    /// <summary>What the report writes as the result if that is none of the standard's words; else empty.</summary>
    public string ResultText => _result.OtherText;

    /// <summary>What the receiver adds for people; empty if it adds nothing.</summary>
    public string HumanResult { get; }

    /// <summary>For instance <c>softfail bounce.example.com (mfrom)</c>, with the words as the report writes them.</summary>
    public override string ToString() =>
        (_result.IsPresent ? _result.Text : "?") + (Domain.Length == 0 ? "" : " " + Domain) + (_scope.IsPresent ? " (" + _scope + ")" : "");
}

/// <summary>Why the receiver departed from the published policy.</summary>
public sealed record OverrideReason
{
    internal OverrideReason(WrittenValue<OverrideReasonType> type, string comment)
    {
        WrittenType = type;
        Comment = comment;
    }

    /// <summary>The kind of reason.</summary>
    public OverrideReasonType Type => WrittenType.Value;

    /// <summary>What the report writes as the kind if that is none of the standard's words; else empty.</summary>
    public string TypeText => WrittenType.OtherText;

    /// <summary>What the receiver adds; empty if it adds nothing.</summary>
    public string Comment { get; }

    internal WrittenValue<OverrideReasonType> WrittenType { get; }

    /// <summary>The kind as the report writes it, and the comment after a colon.</summary>
    public override string ToString() => Comment.Length == 0 ? WrittenType.Text : WrittenType.IsPresent ? WrittenType + ": " + Comment : Comment;
}
