using System.Reflection;
using System.Text;
using Dmarc.Text;

namespace Dmarc.Catalogue;

/// <summary>The services that are known, read once from <c>sending-services.txt</c>.</summary>
public sealed class SendingServices
{
    private const string ResourceName = "Dmarc.Catalogue.sending-services.txt";

    private static readonly Lazy<SendingServices> Known = new(Load);

    private readonly DomainIndex _bySpfDomain;
    private readonly DomainIndex _byDkimDomain;
    private readonly DomainIndex _byMailFromDomain;
    private readonly DomainIndex _byPtrName;
    private readonly DomainIndex _byDkimAlias;
    private readonly DomainIndex _byMxDomain;

    private SendingServices(List<SendingService> services)
    {
        All = services.ToPrintableList();
        _bySpfDomain = new DomainIndex(services, service => service.SpfDomains);
        _byDkimDomain = new DomainIndex(services, service => service.DkimDomains);
        _byMailFromDomain = new DomainIndex(services, service => service.MailFromDomains);
        _byPtrName = new DomainIndex(services, service => service.PtrDomains);
        _byDkimAlias = new DomainIndex(services, service => service.DkimAliasDomains);
        _byMxDomain = new DomainIndex(services, service => service.MxDomains);
    }

    /// <summary>The list that comes with the program.</summary>
    public static SendingServices Default => Known.Value;

    /// <summary>All services.</summary>
    public PrintableList<SendingService> All { get; }

    /// <summary>The service whose SPF record stands at a name, or at one above it; null where none is known.</summary>
    /// <param name="domain">The name that a record includes.</param>
    public SendingService? FindBySpfDomain(string? domain) => _bySpfDomain.Find(domain);

    /// <summary>The service that signs with a domain until a customer sets up an own one; null where none is known.</summary>
    /// <param name="domain">The signing domain (<c>d=</c>).</param>
    public SendingService? FindByDkimDomain(string? domain) => _byDkimDomain.Find(domain);

    /// <summary>The service that takes bounces at a domain until a customer sets up an own one; null where none is known.</summary>
    /// <param name="domain">The domain of MAIL FROM.</param>
    public SendingService? FindByMailFromDomain(string? domain) => _byMailFromDomain.Find(domain);

    /// <summary>The service that a name in reverse DNS belongs to; null where none is known. Such a name proves something only where it is forward-confirmed.</summary>
    /// <param name="name">The name of a host.</param>
    public SendingService? FindByPtrName(string? name) => _byPtrName.Find(name);

    /// <summary>The service that the alias of a DKIM selector leads to; null where none is known.</summary>
    /// <param name="target">The name that the alias leads to.</param>
    public SendingService? FindByDkimAlias(string? target) => _byDkimAlias.Find(target);

    /// <summary>The service that a mail exchange belongs to; null where none is known.</summary>
    /// <param name="host">The name of the mail exchange.</param>
    public SendingService? FindByMxDomain(string? host) => _byMxDomain.Find(host);

    /// <summary>The service that a domain belongs to, by its signatures, its bounces, or else its SPF records; null where none is known.</summary>
    /// <param name="domain">A domain that signs, or of MAIL FROM.</param>
    public SendingService? FindByDomain(string? domain) => FindByDkimDomain(domain) ?? FindByMailFromDomain(domain) ?? FindBySpfDomain(domain);

    /// <summary>Reads a list: names of services in brackets, and <c>key: value</c> below; <c>#</c> begins a comment.</summary>
    /// <exception cref="FormatException">A line is none of these, or the key is not known.</exception>
    internal static SendingServices Read(TextReader reader)
    {
        List<SendingService> services = [];
        while (reader.ReadLine() is string line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line[0] == '[' && line[line.Length - 1] == ']')
            {
                services.Add(new SendingService { Name = line.Substring(1, line.Length - 2) });
                continue;
            }

            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon < 0 || services.Count == 0)
            {
                throw new FormatException(line);
            }

            services[services.Count - 1] = With(services[services.Count - 1], line.Substring(0, colon), line.Substring(colon + 2).Trim());
        }

        return new SendingServices(services);
    }

    private static SendingService With(SendingService service, string key, string value) => key switch
    {
        "spf" => service with { SpfDomains = Values(value) },
        "mx" => service with { MxDomains = Values(value) },
        "ptr" => service with { PtrDomains = Values(value) },
        "dkim" => service with { DkimDomains = Values(value) },
        "mailfrom" => service with { MailFromDomains = Values(value) },
        "selectors" => service with { DkimSelectors = Values(value) },
        "selectors-always" => service with { CommonDkimSelectors = Values(value) },
        "selectors-more" => service with { FurtherDkimSelectors = Values(value) },
        "dkim-aliases" => service with { DkimAliasDomains = Values(value) },
        "verification" => service with { VerificationPrefixes = Values(value) },
        "kind" => service with { IsShared = value == "shared", IsForwarder = value == "forwarder" },
        "signing" => service with { SigningSetUp = value },
        "return-path" => value switch
        {
            "none" => service with { ReturnPath = CustomReturnPath.NotPossible },
            "own" => service with { ReturnPath = CustomReturnPath.Always },
            _ => service with { ReturnPath = CustomReturnPath.Possible, ReturnPathSetUp = value },
        },
        _ => throw new FormatException(key + ": " + value),
    };

    private static SendingServices Load()
    {
        using Stream stream = typeof(SendingServices).GetTypeInfo().Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException(ResourceName);
        using StreamReader reader = new(stream, Encoding.UTF8);
        return Read(reader);
    }

    private static PrintableList<string> Values(string text) => text.Split(',').Select(value => value.Trim()).ToPrintableList();
}
