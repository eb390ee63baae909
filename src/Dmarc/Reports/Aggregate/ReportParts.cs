using Dmarc.Standards;

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

    /// <summary>The signing domain (<c>d=</c>); empty if missing.</summary>
    public string Domain { get; }

    /// <summary>The selector (<c>s=</c>); empty if missing.</summary>
    public string Selector { get; }

    /// <summary>The result, as in RFC 8601 §2.7.1, which has no soft fail; unknown for any other word.</summary>
    public AuthenticationResult Result => _result.Value;

    /// <summary>The written result if it is not a standard word; otherwise empty.</summary>
    public string ResultText => _result.OtherText;

    /// <summary>The receiver's text for people; may be empty.</summary>
    public string HumanResult { get; }

    /// <summary>Such as <c>pass example.com (s=mail)</c>, with the result as written.</summary>
    public override string ToString() =>
        (_result.IsPresent ? _result.Text : "?") + (Domain.Length == 0 ? "" : " " + Domain) + (Selector.Length == 0 ? "" : " (s=" + Selector + ")");
}

/// <summary>The result of one SPF check in an aggregate report (RFC 9990 §3.1.1.13).</summary>
public sealed record ReportedSpf
{
    private readonly WrittenValue<ReportedSpfScope?> _scope;
    private readonly WrittenValue<AuthenticationResult> _result;

    internal ReportedSpf(
        string domain,
        WrittenValue<ReportedSpfScope?> scope,
        WrittenValue<AuthenticationResult> result,
        string humanResult)
    {
        Domain = domain;
        _scope = scope;
        _result = result;
        HumanResult = humanResult;
    }

    /// <summary>The checked domain; empty if missing.</summary>
    public string Domain { get; }

    /// <summary>The checked identity; null if missing.</summary>
    public ReportedSpfScope? Scope => _scope.Value;

    /// <summary>The written scope if it is not a standard word; otherwise empty.</summary>
    public string ScopeText => _scope.OtherText;

    /// <summary>The result, as in RFC 8601 §2.7.2, or policy (RFC 9990 §3.1.1.13); unknown for other words.</summary>
    public AuthenticationResult Result => _result.Value;

    /// <summary>The written result if it is not a standard word; otherwise empty.</summary>
    public string ResultText => _result.OtherText;

    /// <summary>The receiver's text for people; may be empty.</summary>
    public string HumanResult { get; }

    /// <summary>Such as <c>softfail bounce.example.com (mfrom)</c>, with the words as written.</summary>
    public override string ToString() =>
        (_result.IsPresent ? _result.Text : "?") + (Domain.Length == 0 ? "" : " " + Domain) + (_scope.IsPresent ? " (" + _scope + ")" : "");
}

/// <summary>Why the receiver overrode the published policy.</summary>
public sealed record OverrideReason
{
    internal OverrideReason(WrittenValue<OverrideReasonType> type, string comment)
    {
        WrittenType = type;
        Comment = comment;
    }

    /// <summary>The type of the reason.</summary>
    public OverrideReasonType Type => WrittenType.Value;

    /// <summary>The written type if it is not a standard word; otherwise empty.</summary>
    public string TypeText => WrittenType.OtherText;

    /// <summary>The receiver's comment; may be empty.</summary>
    public string Comment { get; }

    internal WrittenValue<OverrideReasonType> WrittenType { get; }

    /// <summary>The type as written, and the comment after a colon.</summary>
    public override string ToString() =>
        Comment.Length == 0 ? WrittenType.Text : WrittenType.IsPresent ? WrittenType + ": " + Comment : Comment;
}
