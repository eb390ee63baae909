using System.Net;
using System.Text;
using Dmarc.Text;

namespace Dmarc.Standards.AuthenticationResults;

/// <summary>What one method came to, as a receiver wrote it down (RFC 8601 §2.2, <c>resinfo</c>).</summary>
public sealed record MethodResult
{
    /// <summary>The method.</summary>
    public AuthenticationMethod Method => WrittenMethod.Value;

    /// <summary>What is written as the method if that is not its registered name; else empty.</summary>
    public string MethodText => WrittenMethod.OtherText;

    /// <summary>The version of the method; 1 where none is written, 0 where what is written is no number. Only version 1 is known (RFC 8601 §2.2).</summary>
    public int Version { get; init; } = 1;

    /// <summary>The result.</summary>
    public AuthenticationResult Outcome => WrittenOutcome.Value;

    /// <summary>What is written as the result if that is not the word for it (such as <c>hardfail</c>); else empty.</summary>
    public string OutcomeText => WrittenOutcome.OtherText;

    /// <summary>The value of <c>reason=</c>; empty if there is none.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The properties in the order in which they stand, those of unknown kind too.</summary>
    public PrintableList<AuthenticationProperty> Properties { get; init; } = PrintableList<AuthenticationProperty>.Empty;

    /// <summary>The comments without their outer parentheses, in the order in which they stand.</summary>
    public PrintableList<string> Comments { get; init; } = PrintableList<string>.Empty;

    /// <summary>Where the result begins in the header's value, from 0.</summary>
    public int Position { get; init; }

    /// <summary>
    /// The domain that the result is about: of SPF the MAIL FROM domain (<c>smtp.mailfrom</c>, else <c>smtp.helo</c>, else
    /// the one that a comment names), of DKIM <c>header.d</c> (else the domain of <c>header.i</c>), of DMARC
    /// <c>header.from</c>. Null where none is written.
    /// </summary>
    public string? Domain => AuthenticationResultDetails.FindDomain(this);

    /// <summary>The address of the client, from <c>smtp.remote-ip</c>, <c>policy.iprev</c> or a comment; null if none is written.</summary>
    public IPAddress? ClientAddress => AuthenticationResultDetails.FindClientAddress(this);

    /// <summary>What a DMARC result says about policy and handling; null for other methods.</summary>
    public DmarcHandling? Handling => Method == AuthenticationMethod.Dmarc ? DmarcHandling.Read(this) : null;

    /// <summary>Microsoft's reason code in words; null for other methods than <c>compauth</c>, and where no code is written.</summary>
    public CompositeReason? CompositeReason =>
        Method == AuthenticationMethod.CompAuth && Reason.Length > 0 ? CompositeReason.Parse(Reason) : null;

    internal WrittenValue<AuthenticationMethod> WrittenMethod { get; init; }

    internal WrittenValue<AuthenticationResult> WrittenOutcome { get; init; }

    /// <summary>The value of the first property of this name; null if there is none.</summary>
    /// <param name="name">The whole name, such as <c>header.from</c>, in any case of letters.</param>
    public string? GetProperty(string name)
    {
        foreach (AuthenticationProperty property in Properties.AsSpan())
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return property.Value;
            }
        }

        return null;
    }

    /// <summary>The result in one line, such as <c>dkim=pass header.d=example.com</c>.</summary>
    public override string ToString()
    {
        StringBuilder builder = new(WrittenMethod + "=" + WrittenOutcome);
        if (Reason.Length > 0)
        {
            builder.Append(" reason=").Append(Reason);
        }

        foreach (AuthenticationProperty property in Properties)
        {
            builder.Append(' ').Append(property);
        }

        return builder.ToString();
    }
}
