using Dmarc.Domains;

namespace Dmarc.Standards.Dmarc;

/// <summary>A place that reports are to be sent to: one entry of the tags rua or ruf (RFC 9989 §4.7, §4.8).</summary>
/// <param name="Text">The URI as it was written, without a size after it.</param>
/// <param name="Scheme">The scheme in lower case, such as <c>mailto</c>; empty if there is none.</param>
/// <param name="Address">The mail address of a <c>mailto:</c> URI with its percent-encoding undone; empty for other schemes.</param>
/// <param name="Host">The domain that the reports go to; null if the URI names none.</param>
/// <param name="Size">The obsolete size limit without its <c>!</c>, such as <c>10m</c>; empty if there is none. It is ignored.</param>
/// <param name="IsValid">True if a report could be sent: the URI is well formed and names a host.</param>
/// <param name="Position">Where the entry begins in the record, from 0.</param>
internal sealed record DmarcReportUri(
    string Text,
    string Scheme,
    string Address,
    DomainName? Host,
    string Size,
    bool IsValid,
    int Position)
{
    /// <summary>The URI without a size.</summary>
    public override string ToString() => Text;
}
