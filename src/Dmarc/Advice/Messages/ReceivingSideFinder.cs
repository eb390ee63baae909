using System.Net;
using System.Net.Sockets;
using Dmarc.Catalogue;
using Dmarc.Dns;
using Dmarc.Mail;
using Dmarc.Standards;
using Dmarc.Standards.AuthenticationResults;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Messages;

/// <summary>
/// Finds the border of the receiver's servers. A client counts as one of them if it is a mail exchange of the
/// recipient's domain (a filter, or Exchange Online before one's own server), or of a server trusted by name: the hop
/// below it is then the sender's.
/// </summary>
internal sealed class ReceivingSideFinder(IDnsResolver resolver, IOrganizationalDomainSource suffixes, IReadOnlyList<string> trusted)
{
    private const int MaximumGateways = 3;
    private const int MaximumDomains = 5;
    private const int MaximumExchanges = 10;
    private const int MaximumResults = 50;

    private static readonly string[] EnvelopeFields =
        ["Delivered-To", "X-Original-To", "Envelope-To", "X-Delivered-To", "Original-Recipient"];

    private static readonly string[] LocalSuffixes = [".local", ".internal", ".localdomain", ".lan"];

    private readonly SpfEvaluator _spf = new(resolver, new SpfEvaluatorOptions { Explains = false });

    /// <summary>Finds the border.</summary>
    /// <param name="message">The message.</param>
    /// <param name="traits">Facts in its header.</param>
    /// <param name="author">The author.</param>
    /// <param name="isWhole">
    /// True if the message can be verified without receivers' statements. Without a body, a host greeting with the name
    /// of a receiver unknown to DNS counts as the receiver's, because there is no other evidence.
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
            if (isHost == true || (isHost is null && !isWhole && inner >= 0 && !HasResultsOf(message, hops[position])))
            {
                position = inner;
                continue;
            }

            (bool? isOwn, DomainName? domain, bool isBelow) =
                await IsOwnAsync(message, traits, author, hops, position, cancellationToken).ConfigureAwait(false);
            if (isOwn != true)
            {
                side = side with { PossibleGatewayDomain = domain };
                break;
            }

            if (!isBelow)
            {
                side = side with { IsFromOwnExchange = true };
                break;
            }

            int next = ReceivingSide.FindBorder(hops, position + 1, suffixes);
            if (next < 0 && hops.Skip(position + 1).All(hop => IsFromWithin(hop.Field, hops[position].Field)))
            {
                // All clients below are hosts of the gateway's organisation, hence the sender, as in a hybrid Exchange.
                side = side with { IsFromOwnExchange = true };
                break;
            }

            side = side with { Gateway = hops[position] };
            if (next < 0)
            {
                // The gateway does not name its client; its part of the header ends with its own field.
                return side with { EdgeHop = null, End = hops[position + 1].Index };
            }

            position = next;
        }

        return side.WithBorder(position);
    }

    /// <summary>
    /// True if a client that greeted with the receiver's name is its host in DNS: the name or the organisation's SPF
    /// record has its address. False if it did not greet so, if the receiver doubts the name or found another one, or
    /// if DNS lacks the address; null if DNS does not know the receiver.
    /// </summary>
    private async Task<bool?> IsHostOfReceiverAsync(ReceivedHeader hop, CancellationToken cancellationToken)
    {
        // The servers of an operator with many customers treat each other as external.
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

        DomainName organization = suffixes.GetOrganizationalDomain(by);
        SpfEvaluation evaluation = await _spf.CheckHostAsync(
            address, "postmaster@" + organization, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (evaluation.Result != AuthenticationResult.None)
        {
            return evaluation.Result == AuthenticationResult.Pass;
        }

        bool isNamedOtherwise = ReceivingSide.IsDoubted(hop)
            || (hop.ReverseName is { } name && !ServerGroup.IsSame(hop.By, name, suffixes));
        return isNamedOtherwise || await IsKnownAsync(organization, hop, cancellationToken).ConfigureAwait(false) ? false : null;
    }

    /// <summary>True if DNS knows the receiver's mail servers, and so would know a host; also on failure.</summary>
    private async Task<bool> IsKnownAsync(DomainName organization, ReceivedHeader hop, CancellationToken cancellationToken)
    {
        (string Name, DnsRecordType Type)[] questions =
        [
            (organization.ToString(), DnsRecordType.MX),
            .. new[] { hop.From, hop.Helo }
                .OfType<string>()
                .Where(name => ServerGroup.IsSame(hop.By, name, suffixes))
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .SelectMany(name => new[] { (name, DnsRecordType.A), (name, DnsRecordType.AAAA) }),
        ];
        foreach ((string name, DnsRecordType type) in questions)
        {
            DnsResponse response = await resolver.QueryAsync(name, type, cancellationToken).ConfigureAwait(false);
            if (response.Records.Count > 0 || !response.Status.IsAnswer())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// True if a server that wrote results accepted the message at a hop: results are above it, or have that server's
    /// name. The message came from outside, and results in its name below are not genuine.
    /// </summary>
    private bool HasResultsOf(MailMessage message, ReceivedHop hop) =>
        trusted.Contains(hop.Field.By ?? "", StringComparer.OrdinalIgnoreCase)
        || message.GetHeaders("Authentication-Results").Take(MaximumResults).Any(header => header.Index < hop.Index
            || string.Equals(AuthenticationResultsHeader.Parse(header.Value).AuthServId, hop.Field.By, StringComparison.OrdinalIgnoreCase));

    private static bool IsMicrosofts(ReceivedHop hop) => ServerGroup.IsMicrosoft(hop.Field.By);

    /// <summary>
    /// True if the client of a hop is the receiver's own gateway; null if it is one provided that a domain named only
    /// by the sender is the recipient's; and whether it wrote the hop below.
    /// </summary>
    private async Task<(bool? IsOwn, DomainName? Domain, bool IsBelow)> IsOwnAsync(
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
            return (false, null, false);
        }

        if (below is not null && await IsTrustedAsync(hop, address, cancellationToken).ConfigureAwait(false))
        {
            return (true, null, true);
        }

        DomainName? possible = null;
        foreach ((DomainName domain, bool isSure) in Recipients(message, traits, author, hops, position))
        {
            DnsResponse exchanges = await resolver.QueryAsync(domain.ToString(), DnsRecordType.MX, cancellationToken).ConfigureAwait(false);
            foreach (MxRecord exchange in exchanges.Records.OfType<MxRecord>().Take(MaximumExchanges))
            {
                if (DomainName.TryParse(exchange.Exchange, out DomainName? host)
                    && !ServerGroup.IsSame(hop.By, exchange.Exchange, suffixes)
                    && (IsMicrosofts(hops[position]) || MayBeOf(below!, host, hop))
                    && (await HasAddressAsync(resolver, exchange.Exchange, address, cancellationToken)
                        .ConfigureAwait(false)
                        || await IsOfAsync(
                            hop,
                            address,
                            name => ServerGroup.IsSame(name, host, suffixes),
                            cancellationToken).ConfigureAwait(false)))
                {
                    bool isBelow = below is not null && MayBeOf(below, host, hop);
                    if (isSure || ReceivesHere(domain, host, hop) || (isBelow && LooksPast(message, hops, position)))
                    {
                        return (true, domain, isBelow);
                    }

                    possible ??= isBelow ? domain : null;
                }
            }
        }

        return (possible is null ? false : null, possible, false);
    }

    /// <summary>
    /// True if the client is a host of a server trusted by name. If the receiving server has the same operator, it has
    /// checked the client as external, and its result takes precedence over those below.
    /// </summary>
    private async Task<bool> IsTrustedAsync(ReceivedHeader hop, IPAddress address, CancellationToken cancellationToken)
    {
        DomainName[] servers = [.. trusted
            .Select(server => server.IndexOf('.') > 0 && DomainName.TryParse(server, out DomainName? name) ? name : null)
            .OfType<DomainName>()
            .Where(server => !(DomainName.TryParse(hop.By, out DomainName? by) && ServerGroup.IsSame(by, server, suffixes)))];
        return servers.Length > 0
            && await IsOfAsync(
                hop,
                address,
                name => Array.Exists(servers, server => ServerGroup.IsSame(name, server, suffixes)),
                cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The possible recipient domains, and whether they are certain: those in the receiver's envelope data, and the
    /// Author Domain if it is also a recipient's, because only its owner sets its mail exchanges. Other domains in To
    /// and Cc are the sender's claims.
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
    /// True if a domain named only by the sender still makes its mail exchange a gateway: the service only forwards
    /// mail, so the sender did not forge the hop below, or the domain's mail ends at the server that accepted this
    /// message.
    /// </summary>
    private bool ReceivesHere(DomainName domain, DomainName exchange, ReceivedHeader hop) =>
        SendingServices.Default.FindByMxDomain(exchange.ToString()) is { IsFilter: true } or { IsForwarder: true }
        || ServerGroup.IsSame(hop.By, domain.ToString(), suffixes);

    /// <summary>True if the receiver checked SPF for the hop below's client: the one between is its gateway.</summary>
    private static bool LooksPast(MailMessage message, PrintableList<ReceivedHop> hops, int position)
    {
        IPAddress[] seen = [.. message.GetHeaders("Authentication-Results")
            .Where(header => header.Index < hops[position].Index)
            .Take(MaximumResults)
            .SelectMany(header => AuthenticationResultsHeader.Parse(header.Value).KnownResults)
            .Where(result => result.Method == AuthenticationMethod.Spf)
            .Select(result => result.ClientAddress)
            .Concat(message.GetHeaders("Received-SPF")
                .Where(header => header.Index < hops[position].Index)
                .Take(MaximumResults)
                .Select(header => ReceivedSpf.Parse(header.Value).ClientAddress))
            .OfType<IPAddress>()];
        return hops[position + 1].Field.ClientAddress is { } before
            && seen.Contains(before)
            && !seen.Contains(hops[position].Field.ClientAddress);
    }

    /// <summary>True if the server of the hop below may be the gateway: its own, or without a public name.</summary>
    private bool MayBeOf(string below, DomainName exchange, ReceivedHeader hop) =>
        !DomainName.TryParse(below, out DomainName? name)
        || IsLocal(name)
        || ServerGroup.IsSame(name, exchange, suffixes)
        || ServerGroup.IsSame(below, hop.ReverseName ?? hop.From, suffixes);

    private bool IsFromWithin(ReceivedHeader hop, ReceivedHeader gateway) =>
        hop.With is { Length: > 0 }
        && (hop.ClientAddress is not null || string.Equals(hop.With, "mapi", StringComparison.OrdinalIgnoreCase))
        && DomainName.TryParse(hop.ReverseName ?? hop.From, out DomainName? client)
        && (IsLocal(client) || ServerGroup.IsSame(client.ToString(), gateway.ReverseName ?? gateway.From, suffixes));

    /// <summary>True for a name that is not in public DNS.</summary>
    private static bool IsLocal(DomainName name) =>
        name.LabelCount == 1
        || AddressText.IsAddress(name.ToString())
        || Array.Exists(LocalSuffixes, suffix => name.ToString().EndsWith(suffix, StringComparison.Ordinal));

    /// <summary>True if the client has a matching name, which is not just its HELO name.</summary>
    private async Task<bool> IsOfAsync(
        ReceivedHeader hop, IPAddress address, Func<DomainName, bool> fits, CancellationToken cancellationToken)
    {
        bool Fits(string? name) => DomainName.TryParse(name, out DomainName? parsed) && fits(parsed) && !ServerGroup.IsOfCustomer(name, address);
        if (Fits(hop.ReverseName) && !ReceivingSide.IsDoubted(hop))
        {
            return true;
        }

        string[] said = [.. new[] { hop.From, hop.Helo }.OfType<string>().Where(Fits).Distinct(StringComparer.OrdinalIgnoreCase)];
        foreach (string name in said)
        {
            if (await HasAddressAsync(resolver, name, address, cancellationToken).ConfigureAwait(false)
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

    private async Task<bool> IsMicrosoftAsync(IPAddress address, CancellationToken cancellationToken)
    {
        foreach (MicrosoftCloud cloud in MicrosoftCloud.All)
        {
            SpfEvaluation evaluation = await _spf
                .CheckHostAsync(address, "postmaster@" + cloud.SpfDomain, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            if (evaluation.Result == AuthenticationResult.Pass)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True if a name has an address in DNS; false also after a failed look-up.</summary>
    public static async Task<bool> HasAddressAsync(
        IDnsResolver resolver, string name, IPAddress address, CancellationToken cancellationToken)
    {
        DnsRecordType type = address.AddressFamily == AddressFamily.InterNetworkV6 ? DnsRecordType.AAAA : DnsRecordType.A;
        DnsResponse response = await resolver.QueryAsync(name, type, cancellationToken).ConfigureAwait(false);
        return response.Records.OfType<AddressRecord>().Any(record => record.Address.Equals(address));
    }
}
