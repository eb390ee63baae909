using System.Net;
using System.Net.Sockets;
using Dmarc.Catalogue;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Mail;
using Dmarc.Standards;
using Dmarc.Standards.AuthenticationResults;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Advice.Messages;

/// <summary>
/// Finds where the receiver's servers end. A client that is a mail exchanger of the recipient's domain (a filter in front, or
/// Exchange Online in front of a server of one's own), or of a server that is trusted by name, is one of them: the hop below it
/// is the sender's.
/// </summary>
internal sealed class ReceivingSideFinder(IDnsResolver resolver, IOrganizationalDomainSource suffixes, IReadOnlyList<string> trusted)
{
    private const int MaximumGateways = 3;
    private const int MaximumDomains = 5;
    private const int MaximumExchanges = 10;

    /// <summary>The name under which Microsoft lists the addresses that Exchange Online sends from.</summary>
    private const string MicrosoftAddresses = "spf.protection.outlook.com";

    private static readonly string[] EnvelopeFields = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Delivered-To", "Original-Recipient"];

    private readonly SpfEvaluator _spf = new(resolver, new SpfEvaluatorOptions { Explains = false });

    /// <summary>Finds it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="traits">What its header tells.</param>
    /// <param name="author">Its author.</param>
    /// <param name="isWhole">
    /// True if the message can be checked without what receivers wrote. Without its body a host that greets with a name of the receiver's
    /// counts as one of it unless DNS says otherwise, since nothing else can be gone by.
    /// </param>
    /// <param name="cancellationToken">Ends the look-ups.</param>
    public async Task<ReceivingSide> FindAsync(
        MailMessage message,
        MessageTraits traits,
        AuthorIdentity author,
        bool isWhole,
        CancellationToken cancellationToken)
    {
        ReceivingSide side = ReceivingSide.Read(message, traits, suffixes);
        PrintableList<ReceivedHop> hops = side.Hops;
        int position = ReceivingSide.FindBorder(hops, 0, suffixes);
        for (int gateways = 0; position >= 0 && gateways < MaximumGateways && (position + 1 < hops.Count || IsMicrosofts(hops[position])); gateways++)
        {
            bool? isHost = await IsHostOfReceiverAsync(hops[position].Field, cancellationToken).ConfigureAwait(false);
            int inner = ReceivingSide.FindBorder(hops, position + 1, suffixes);
            if (isHost == true || (isHost is null && !isWhole && inner >= 0))
            {
                position = inner;
                continue;
            }

            (bool isOwn, bool isBelow) = await IsOwnAsync(message, traits, author, hops, position, cancellationToken).ConfigureAwait(false);
            if (!isOwn)
            {
                break;
            }

            if (!isBelow)
            {
                side = side with { IsFromOwnExchange = true };
                break;
            }

            side = side with { Gateway = hops[position] };
            int next = ReceivingSide.FindBorder(hops, position + 1, suffixes);
            if (next < 0)
            {
                // The gateway does not say from whom it took the message; what it wrote ends with its own field.
                return side with { EdgeHop = null, End = hops[position + 1].Index };
            }

            position = next;
        }

        return side.WithBorder(position);
    }

    /// <summary>
    /// True if a client that greeted with a name of the receiver's is a host of it by DNS: the name or the SPF record of the organisation has
    /// its address. False if it did not greet so, or the record leaves it out; null if DNS says nothing.
    /// </summary>
    private async Task<bool?> IsHostOfReceiverAsync(ReceivedHeader hop, CancellationToken cancellationToken)
    {
        // The servers of an operator with many customers take mail from each other as from outside.
        if (hop.ClientAddress is not { } address
            || !DomainName.TryParse(hop.By, out DomainName? by)
            || ReceivingSide.IsShared(by)
            || !(ServerGroup.IsSame(hop.By, hop.From, suffixes) || ServerGroup.IsSame(hop.By, hop.Helo, suffixes)))
        {
            return false;
        }

        if (await IsOfAsync(hop, address, name => ServerGroup.IsSame(name, by, suffixes), cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        string sender = "postmaster@" + suffixes.GetOrganizationalDomain(by);
        SpfEvaluation evaluation = await _spf.CheckHostAsync(address, sender, cancellationToken: cancellationToken).ConfigureAwait(false);
        return evaluation.Result switch
        {
            AuthenticationResult.Pass => true,
            AuthenticationResult.None => null,
            _ => false,
        };
    }

    private static bool IsMicrosofts(ReceivedHop hop) => ServerGroup.IsMicrosoft(hop.Field.By);

    /// <summary>True if the client of a hop is a server of the receiver's own in front; and whether the hop below was written by it.</summary>
    private async Task<(bool IsOwn, bool IsBelow)> IsOwnAsync(
        MailMessage message,
        MessageTraits traits,
        AuthorIdentity author,
        PrintableList<ReceivedHop> hops,
        int position,
        CancellationToken cancellationToken)
    {
        ReceivedHeader hop = hops[position].Field;
        string? below = position + 1 < hops.Count ? hops[position + 1].Field.By : null;
        if (hop.ClientAddress is not { } address || (below is null && !IsMicrosofts(hops[position])))
        {
            return (false, false);
        }

        if (below is not null && await IsTrustedAsync(message, hops, position, address, cancellationToken).ConfigureAwait(false))
        {
            return (true, true);
        }

        foreach ((DomainName domain, bool isSure) in Recipients(message, traits, author, hops, position))
        {
            DnsResponse exchanges = await resolver.QueryAsync(domain.ToString(), DnsRecordType.MX, cancellationToken).ConfigureAwait(false);
            foreach (MxRecord exchange in exchanges.Records.OfType<MxRecord>().Take(MaximumExchanges))
            {
                if (DomainName.TryParse(exchange.Exchange, out DomainName? host)
                    && !ServerGroup.IsSame(hop.By, exchange.Exchange, suffixes)
                    && (IsMicrosofts(hops[position]) || MayBeOf(below!, host, hop))
                    && (await HasAddressAsync(exchange.Exchange, address, cancellationToken).ConfigureAwait(false)
                        || await IsOfAsync(hop, address, name => ServerGroup.IsSame(name, host, suffixes), cancellationToken).ConfigureAwait(false))
                    && (isSure || await ReceivesHereAsync(domain, host, hop, cancellationToken).ConfigureAwait(false)))
                {
                    return (true, below is not null && MayBeOf(below, host, hop));
                }
            }
        }

        return (false, false);
    }

    /// <summary>True if the client is a host of a server that is trusted by name, or the one that wrote such a server's results.</summary>
    private async Task<bool> IsTrustedAsync(
        MailMessage message,
        PrintableList<ReceivedHop> hops,
        int position,
        IPAddress address,
        CancellationToken cancellationToken)
    {
        if (trusted.Count == 0)
        {
            return false;
        }

        ReceivedHeader hop = hops[position].Field;
        bool hasResults = message.GetHeaders("Authentication-Results")
            .Where(header => header.Index > hops[position].Index && header.Index < hops[position + 1].Index)
            .Take(MaximumExchanges)
            .Any(header => trusted.Contains(AuthenticationResultsHeader.Parse(header.Value).AuthServId, StringComparer.OrdinalIgnoreCase));
        string? below = hops[position + 1].Field.By;
        return await IsOfAsync(
            hop,
            address,
            name => trusted.Any(server => server.IndexOf('.') > 0 && DomainName.TryParse(server, out DomainName? own) && ServerGroup.IsSame(name, own, suffixes))
                || (hasResults && DomainName.TryParse(below, out DomainName? writer) && ServerGroup.IsSame(name, writer, suffixes)),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The domains that the message may have been for, with whether that is sure: what the receiver wrote of the envelope is, and the
    /// Author Domain where it is a recipient's too, because nobody else sets its mail exchangers. The rest of To and Cc is the sender's word.
    /// </summary>
    private static IEnumerable<(DomainName Domain, bool IsSure)> Recipients(
        MailMessage message,
        MessageTraits traits,
        AuthorIdentity author,
        PrintableList<ReceivedHop> hops,
        int position)
    {
        List<DomainName> sure = [.. hops.Take(position + 1)
            .Select(hop => EnvelopeAddress.DomainOf(hop.Field.For))
            .Concat(EnvelopeFields
                .SelectMany(message.GetHeaders)
                .Where(header => header.Index < hops[position].Index)
                .Select(header => EnvelopeAddress.DomainOf(EnvelopeAddress.Trim(header.Value))))
            .OfType<DomainName>()
            .Where(domain => domain.LabelCount > 1)];
        if (author.Domain is { } own && traits.RecipientDomains.Contains(own))
        {
            sure.Add(own);
        }

        return sure.Distinct().Take(MaximumDomains).Select(domain => (domain, true)).Concat(
            traits.RecipientDomains.Except(sure).Take(MaximumDomains).Select(domain => (domain, false)));
    }

    /// <summary>
    /// True if a domain that only the sender names is a recipient's here all the same: its mail exchanger is a known service, so
    /// that the hop below is not one of the sender's making, or its mail ends at the server that took this message.
    /// </summary>
    private async Task<bool> ReceivesHereAsync(DomainName domain, DomainName exchange, ReceivedHeader hop, CancellationToken cancellationToken)
    {
        if (SendingServices.Default.FindByMxDomain(exchange.ToString()) is not null || ServerGroup.IsSame(hop.By, domain.ToString(), suffixes))
        {
            return true;
        }

        string endpoint = domain.ToString().Replace('.', '-') + ".mail.protection.outlook.com";
        return ServerGroup.IsMicrosoft(hop.By)
            && (await resolver.QueryAsync(endpoint, DnsRecordType.A, cancellationToken).ConfigureAwait(false)).Records.Count > 0;
    }

    /// <summary>True if the server that wrote the hop below can be the gateway: a host of its organisation, or one without a public name.</summary>
    private bool MayBeOf(string below, DomainName exchange, ReceivedHeader hop) =>
        !DomainName.TryParse(below, out DomainName? name)
        || AddressText.IsAddress(below)
        || name.LabelCount == 1
        || name.ToString() is { } text && (text.EndsWith(".local", StringComparison.Ordinal) || text.EndsWith(".internal", StringComparison.Ordinal)
            || text.EndsWith(".localdomain", StringComparison.Ordinal) || text.EndsWith(".lan", StringComparison.Ordinal))
        || ServerGroup.IsSame(name, exchange, suffixes)
        || ServerGroup.IsSame(below, hop.ReverseName ?? hop.From, suffixes);

    /// <summary>True if the client has a name that fits, and that name is not just what it called itself.</summary>
    private async Task<bool> IsOfAsync(ReceivedHeader hop, IPAddress address, Func<DomainName, bool> fits, CancellationToken cancellationToken)
    {
        bool Fits(string? name) => DomainName.TryParse(name, out DomainName? parsed) && fits(parsed);
        if (Fits(hop.ReverseName) && !ReceivingSide.IsDoubted(hop))
        {
            return true;
        }

        string[] said = [.. new[] { hop.From, hop.Helo }.OfType<string>().Where(Fits).Distinct(StringComparer.OrdinalIgnoreCase)];
        foreach (string name in said)
        {
            if (await HasAddressAsync(name, address, cancellationToken).ConfigureAwait(false)
                || (ServerGroup.IsMicrosoft(name) && await IsMicrosoftAsync(address, cancellationToken).ConfigureAwait(false)))
            {
                return true;
            }
        }

        if (said.Length == 0)
        {
            return false;
        }

        ReverseDns reverse = await ReverseDns.AskAsync(resolver, address, cancellationToken).ConfigureAwait(false);
        return reverse.IsConfirmed == true && Fits(reverse.Name);
    }

    private async Task<bool> IsMicrosoftAsync(IPAddress address, CancellationToken cancellationToken) =>
        (await _spf.CheckHostAsync(address, "postmaster@" + MicrosoftAddresses, cancellationToken: cancellationToken).ConfigureAwait(false)).Result == AuthenticationResult.Pass;

    private async Task<bool> HasAddressAsync(string name, IPAddress address, CancellationToken cancellationToken)
    {
        DnsRecordType type = address.AddressFamily == AddressFamily.InterNetworkV6 ? DnsRecordType.AAAA : DnsRecordType.A;
        DnsResponse response = await resolver.QueryAsync(name, type, cancellationToken).ConfigureAwait(false);
        return response.Records.OfType<AddressRecord>().Any(record => record.Address.Equals(address));
    }
}
