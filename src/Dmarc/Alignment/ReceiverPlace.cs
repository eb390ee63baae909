using Dmarc.AuthenticationResults;
using Dmarc.Domains;
using Dmarc.Mail;

namespace Dmarc.Alignment;

/// <summary>
/// Where in a header the notes of the receiving server can stand. Servers write on top, so what stands below the
/// receiver's own Received field may be the sender's, unless it at least names that server.
/// </summary>
internal sealed class ReceiverPlace
{
    private readonly int? _top;
    private readonly DomainName? _host;
    private readonly IOrganizationalDomainSource _suffixes;

    /// <summary>Finds the place by the top-most Received field, and the top-most that names a host (Gmail's first names an address).</summary>
    public ReceiverPlace(MailMessage message, PrintableList<ReceivedHeader> received, IOrganizationalDomainSource suffixes)
    {
        _top = message.GetHeader("Received")?.Index;
        _host = received
            .Where(hop => !AddressText.IsAddress(hop.By))
            .Select(hop => DomainName.TryParse(hop.By, out DomainName? name) && name is { LabelCount: > 1 } ? name : null)
            .FirstOrDefault(name => name is not null);
        _suffixes = suffixes;
    }

    /// <summary>True where a field can be the receiver's: it stands above every Received field, or names a server of the receiver.</summary>
    public bool Accepts(int index, string server) =>
        _top is not { } top
        || index < top
        || (_host is not null && DomainName.TryParse(server, out DomainName? name) && ServerGroup.IsSame(_host, name!, _suffixes));
}
