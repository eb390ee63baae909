using System.Net;
using static Dmarc.Text.Keyword;

namespace Dmarc.Standards.AuthenticationResults;

/// <summary>The result of one method according to a receiver (RFC 8601 §2.2, <c>resinfo</c>).</summary>
public sealed record MethodResult
{
    /// <summary>The method.</summary>
    public AuthenticationMethod Method => WrittenMethod.Value;

    /// <summary>The written method if it is not the registered name; otherwise empty.</summary>
    public string MethodText => WrittenMethod.OtherText;

    /// <summary>The version of the method; 1 by default, 0 if invalid. Only 1 is defined (RFC 8601 §2.2).</summary>
    public int Version { get; init; } = 1;

    /// <summary>The result.</summary>
    public AuthenticationResult Outcome => WrittenOutcome.Value;

    /// <summary>The written result if it is not the standard word (such as <c>hardfail</c>); otherwise empty.</summary>
    public string OutcomeText => WrittenOutcome.OtherText;

    /// <summary>The value of <c>reason=</c>; empty if there is none.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The properties in order, including those of unknown kind.</summary>
    public PrintableList<AuthenticationProperty> Properties { get; init; } = PrintableList<AuthenticationProperty>.Empty;

    /// <summary>The comments in order, without their outer parentheses.</summary>
    public PrintableList<string> Comments { get; init; } = PrintableList<string>.Empty;

    /// <summary>The offset of the result in the header's value, from 0.</summary>
    public int Position { get; init; }

    /// <summary>
    /// The checked domain: for SPF the MAIL FROM domain (<c>smtp.mailfrom</c>, else <c>smtp.helo</c>, else the one in a
    /// comment), for DKIM <c>header.d</c> (else the domain of <c>header.i</c>), for DMARC <c>header.from</c>. Null if
    /// missing.
    /// </summary>
    public string? Domain => AuthenticationResultDetails.FindDomain(this);

    /// <summary>The client's address, from <c>smtp.remote-ip</c>, <c>policy.iprev</c> or a comment, or null.</summary>
    public IPAddress? ClientAddress => AuthenticationResultDetails.FindClientAddress(this);

    /// <summary>The policy and handling in a DMARC result; null for other methods.</summary>
    public DmarcHandling? Handling => Method == AuthenticationMethod.Dmarc ? DmarcHandling.Read(this) : null;

    /// <summary>Microsoft's reason code in words; null without a code or for other methods.</summary>
    public CompositeReason? CompositeReason =>
        Method == AuthenticationMethod.CompAuth && Reason.Length > 0 ? CompositeReason.Parse(Reason) : null;

    internal WrittenValue<AuthenticationMethod> WrittenMethod { get; init; }

    internal WrittenValue<AuthenticationResult> WrittenOutcome { get; init; }

    /// <summary>The value of the first property of this name; null if there is none.</summary>
    /// <param name="name">The whole name, such as <c>header.from</c>, in any letter case.</param>
    public string? GetProperty(string name) => Properties.FirstOrDefault(property => Is(property.Name, name))?.Value;

    /// <summary>The result in one line, such as <c>dkim=pass header.d=example.com</c>.</summary>
    public override string ToString() =>
        WrittenMethod + "=" + WrittenOutcome
        + (Reason.Length > 0 ? " reason=" + Reason : "")
        + string.Concat(Properties.Select(property => " " + property));
}
