using System.Reflection;
using System.Text;

namespace Dmarc.Services;

/// <summary>The services that are known, read once from <c>sending-services.tsv</c>.</summary>
public sealed class SendingServices
{
    private const string ResourceName = "Dmarc.Services.sending-services.tsv";

    private static readonly Lazy<SendingServices> Known = new(Load);

    private readonly Dictionary<string, SendingService> _bySpfDomain = new(StringComparer.OrdinalIgnoreCase);

    private SendingServices(IReadOnlyList<SendingService> services)
    {
        All = services.ToPrintableList();
        foreach (SendingService service in services)
        {
            foreach (string domain in service.SpfDomains)
            {
                _bySpfDomain[domain] = service;
            }
        }
    }

    /// <summary>The list that comes with the program.</summary>
    public static SendingServices Default => Known.Value;

    /// <summary>All services.</summary>
    public PrintableList<SendingService> All { get; }

    /// <summary>The service whose SPF record stands at a name, or at one above it; null where none is known.</summary>
    /// <param name="domain">The name that a record includes.</param>
    public SendingService? FindBySpfDomain(string? domain)
    {
        string name = (domain ?? "").TrimEnd('.');
        while (name.Length > 0)
        {
            if (_bySpfDomain.TryGetValue(name, out SendingService? service))
            {
                return service;
            }

            int dot = name.IndexOf('.');
            name = dot < 0 ? "" : name.Substring(dot + 1);
        }

        return null;
    }

    /// <summary>Reads a list: a line each, six columns parted by tabs, several values in one by commas; <c>#</c> begins a comment.</summary>
    internal static SendingServices Read(TextReader reader)
    {
        List<SendingService> services = [];
        while (reader.ReadLine() is string line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            string[] columns = line.Split('\t');
            services.Add(new SendingService
            {
                Name = columns[0],
                SpfDomains = Values(columns, 1),
                MxDomains = Values(columns, 2),
                DkimSelectors = Values(columns, 3),
                VerificationPrefixes = Values(columns, 4),
                IsShared = columns.Length > 5 && columns[5] == "shared",
            });
        }

        return new SendingServices(services);
    }

    private static SendingServices Load()
    {
        using Stream stream = typeof(SendingServices).GetTypeInfo().Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException(ResourceName);
        using StreamReader reader = new(stream, Encoding.UTF8);
        return Read(reader);
    }

    private static PrintableList<string> Values(string[] columns, int index) =>
        columns.Length > index && columns[index].Length > 0 ? [.. columns[index].Split(',')] : PrintableList<string>.Empty;
}
