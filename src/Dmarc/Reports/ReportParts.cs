using Dmarc.Reports.Aggregate;
using Dmarc.Standards;

namespace Dmarc.Reports;

/// <summary>The result of one DKIM signature in an aggregate report (RFC 9990 §3.1.1.12).</summary>
/// <param name="Domain">The signing domain (<c>d=</c>); empty if the report leaves it out.</param>
/// <param name="Selector">The selector (<c>s=</c>); empty if the report leaves it out.</param>
/// <param name="Result">The result: one of RFC 8601 §2.7.1, which has no soft fail; unknown for any other word.</param>
/// <param name="ResultText">The result as the report writes it.</param>
/// <param name="HumanResult">What the receiver adds for people; empty if it adds nothing.</param>
public sealed record ReportedDkim(string Domain, string Selector, AuthenticationResult Result, string ResultText, string HumanResult)
{
    /// <summary>For instance <c>pass example.com (s=mail)</c>.</summary>
    public override string ToString() =>
        (ResultText.Length == 0 ? "?" : ResultText) + (Domain.Length == 0 ? "" : " " + Domain) + (Selector.Length == 0 ? "" : " (s=" + Selector + ")");
}

/// <summary>The result of one SPF check in an aggregate report (RFC 9990 §3.1.1.13).</summary>
/// <param name="Domain">The domain that was checked; empty if the report leaves it out.</param>
/// <param name="Scope">The identity that was checked; null if the report leaves it out.</param>
/// <param name="ScopeText">The scope as the report writes it.</param>
/// <param name="Result">The result: one of RFC 8601 §2.7.2, or policy (RFC 9990 §3.1.1.13); unknown for any other word.</param>
/// <param name="ResultText">The result as the report writes it.</param>
/// <param name="HumanResult">What the receiver adds for people; empty if it adds nothing.</param>
public sealed record ReportedSpf(string Domain, ReportedSpfScope? Scope, string ScopeText, AuthenticationResult Result, string ResultText, string HumanResult)
{
    /// <summary>For instance <c>softfail bounce.example.com (mfrom)</c>.</summary>
    public override string ToString() =>
        (ResultText.Length == 0 ? "?" : ResultText) + (Domain.Length == 0 ? "" : " " + Domain) + (ScopeText.Length == 0 ? "" : " (" + ScopeText + ")");
}

/// <summary>Why the receiver departed from the published policy.</summary>
/// <param name="Type">The kind of reason.</param>
/// <param name="TypeText">The kind as the report writes it.</param>
/// <param name="Comment">What the receiver adds; empty if it adds nothing.</param>
public sealed record OverrideReason(OverrideReasonType Type, string TypeText, string Comment)
{
    /// <summary>The kind, and the comment after a colon.</summary>
    public override string ToString() => Comment.Length == 0 ? TypeText : TypeText.Length == 0 ? Comment : TypeText + ": " + Comment;
}

/// <summary>An element of a report that is in no standard.</summary>
/// <param name="Name">Its name, with the names of the elements around it up to the record or report, joined by <c>/</c>.</param>
/// <param name="Namespace">Its namespace; empty if it has none.</param>
/// <param name="Value">Its text.</param>
public sealed record ReportExtension(string Name, string Namespace, string Value)
{
    /// <summary>The name and the value.</summary>
    public override string ToString() => Name + "=" + Value;
}
