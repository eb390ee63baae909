using System.Reflection;

namespace Dmarc.Catalogue;

/// <summary>The known services, read once from <c>sending-services.txt</c>.</summary>
internal sealed class SendingServices
{
    private const string ResourceName = "Dmarc.Catalogue.sending-services.txt";

    private static readonly Lazy<SendingServices> Known = new(Load);

    private readonly Lazy<DomainIndex> _bySpfDomain;
    private readonly Lazy<DomainIndex> _byDkimDomain;
    private readonly Lazy<DomainIndex> _byMailFromDomain;
    private readonly Lazy<DomainIndex> _byPtrName;
    private readonly Lazy<DomainIndex> _byRentedName;
    private readonly Lazy<DomainIndex> _byDkimAlias;
    private readonly Lazy<DomainIndex> _byMxDomain;
    private readonly Lazy<Dictionary<string, SendingService>> _byName;

    private SendingServices(SendingService[] services)
    {
        All = services.ToPrintableList();
        _bySpfDomain = Index(service => service.SpfDomains);
        _byDkimDomain = Index(service => service.DkimDomains);
        _byMailFromDomain = Index(service => service.MailFromDomains);
        _byPtrName = new(() => new DomainIndex(services, service => service.PtrDomains, service => service.ForeignPtrDomains));
        _byRentedName = Index(service => service.ForeignPtrDomains);
        _byDkimAlias = Index(service => service.DkimAliasDomains);
        _byMxDomain = Index(service => service.MxDomains);
        _byName = new(() => services.ToDictionary(service => service.Name, StringComparer.Ordinal));

        Lazy<DomainIndex> Index(Func<SendingService, PrintableList<string>> domains) =>
            new(() => new DomainIndex(services, domains, static _ => PrintableList<string>.Empty));
    }

    /// <summary>The embedded list.</summary>
    public static SendingServices Default => Known.Value;

    /// <summary>All services.</summary>
    public PrintableList<SendingService> All { get; }

    /// <summary>The service with this name; null if there is none.</summary>
    /// <param name="name">The name, spelled as <see cref="SendingService.Name"/>.</param>
    public SendingService? FindByName(string? name) =>
        name is not null && _byName.Value.TryGetValue(name, out SendingService? service) ? service : null;

    /// <summary>The service whose SPF record is at a name or above it; null if unknown.</summary>
    public SendingService? FindBySpfDomain(string? domain) => _bySpfDomain.Value.Find(domain);

    /// <summary>The service that signs with a domain until a customer sets up a custom one; null if unknown.</summary>
    public SendingService? FindByDkimDomain(string? domain) => _byDkimDomain.Value.Find(domain);

    /// <summary>The service that receives bounces at a domain unless a customer uses a custom one, or null.</summary>
    public SendingService? FindByMailFromDomain(string? domain) => _byMailFromDomain.Value.Find(domain);

    /// <summary>The service of a PTR name; null if unknown. Only a forward-confirmed name proves anything.</summary>
    public SendingService? FindByPtrName(string? name) => _byPtrName.Value.Find(name);

    /// <summary>The service to which the alias of a DKIM selector leads; null if unknown.</summary>
    public SendingService? FindByDkimAlias(string? target) => _byDkimAlias.Value.Find(target);

    /// <summary>The service of a mail exchange; null if unknown.</summary>
    public SendingService? FindByMxDomain(string? host) => _byMxDomain.Value.Find(host);

    /// <summary>True for a machine rented to a customer: even a confirmed name does not identify the service.</summary>
    public bool IsRented(string? host) => _byRentedName.Value.Find(host) is not null;

    /// <summary>The service of a domain, by its signatures, bounces or SPF records; null if unknown.</summary>
    public SendingService? FindByDomain(string? domain) =>
        FindByDkimDomain(domain) ?? FindByMailFromDomain(domain) ?? FindBySpfDomain(domain);

    /// <summary>Reads a list: service names in brackets, then <c>key: value</c> lines; <c>#</c> is a comment.</summary>
    /// <exception cref="FormatException">A line has another form, or the key is unknown.</exception>
    internal static SendingServices Read(TextReader reader)
    {
        List<SendingService> services = [];
        while (reader.ReadLine() is string line)
        {
            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line[0] == '[' && line[line.Length - 1] == ']')
            {
                services.Add(new SendingService { Name = line.Substring(1, line.Length - 2) });
            }
            else if (colon < 0 || services.Count == 0)
            {
                throw new FormatException(line);
            }
            else
            {
                services[services.Count - 1] = SendingServiceLines.Add(
                    services[services.Count - 1], line.Substring(0, colon), line.Substring(colon + 2));
            }
        }

        return new SendingServices([.. services]);
    }

    private static SendingServices Load()
    {
        using Stream stream = typeof(SendingServices).GetTypeInfo().Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException(ResourceName);
        using StreamReader reader = new(stream, Encoding.UTF8);
        return Read(reader);
    }
}
