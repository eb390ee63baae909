namespace Dmarc.Standards.Dmarc;

/// <summary>A report destination: one entry of the tags rua or ruf (RFC 9989 §4.7, §4.8).</summary>
/// <param name="Text">The URI as written, without a size.</param>
/// <param name="Scheme">The scheme in lower case, such as <c>mailto</c>; empty if there is none.</param>
/// <param name="Address">The address of a <c>mailto:</c> URI without percent-encoding; otherwise empty.</param>
/// <param name="Host">The domain that receives the reports; null if the URI has none.</param>
/// <param name="Size">The obsolete, ignored size limit without its <c>!</c>, such as <c>10m</c>; may be empty.</param>
/// <param name="IsValid">True if a report could be sent: the URI is well formed and has a host.</param>
/// <param name="Position">The offset of the entry in the record, from 0.</param>
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
