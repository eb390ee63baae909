using System.Reflection;
using System.Text;

namespace Dmarc.Catalogue;

/// <summary>The selectors that are known, read once from <c>dkim-selectors.tsv</c> and the list of sending services.</summary>
internal sealed class DkimSelectorCatalogue
{
    public const string Microsoft365 = "Microsoft 365";

    private const string ResourceName = "Dmarc.Catalogue.dkim-selectors.tsv";

    private static readonly Lazy<DkimSelectorCatalogue> Known = new(Load);

    private readonly SendingServices _services;
    private readonly HashSet<string> _common;
    private readonly Dictionary<string, string[]> _owners;
    private readonly (string Prefix, SendingService Service)[] _verifications;

    private DkimSelectorCatalogue(List<string> common, SendingServices services)
    {
        _services = services;
        _common = new HashSet<string>(common, StringComparer.OrdinalIgnoreCase);
        _owners = services.All
            .SelectMany(service => service.DkimSelectors
                .Concat(service.CommonDkimSelectors)
                .Concat(service.FurtherDkimSelectors)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(selector => (Selector: selector, service.Name)))
            .GroupBy(pair => pair.Selector, pair => pair.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase);
        _verifications =
            [.. services.All.SelectMany(service => service.VerificationPrefixes.Select(prefix => (prefix, service)))];
        AlwaysTried = [.. common.Concat(services.All.SelectMany(service => service.CommonDkimSelectors)).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The list that comes with the program.</summary>
    public static DkimSelectorCatalogue Default => Known.Value;

    /// <summary>The selectors that are tried for every domain.</summary>
    public IReadOnlyList<string> AlwaysTried { get; }

    /// <summary>The further selectors that are tried for a domain that shows signs of these services.</summary>
    public static IEnumerable<string> TriedFor(IEnumerable<SendingService> services) =>
        services.SelectMany(service => service.DkimSelectors.Concat(service.FurtherDkimSelectors));

    /// <summary>The services that a domain shows signs of: mail exchanges, names in its SPF record, records that prove ownership.</summary>
    /// <param name="exchanges">The names of the mail exchanges.</param>
    /// <param name="texts">The TXT records at the domain.</param>
    public IReadOnlyCollection<SendingService> FindServices(IEnumerable<string> exchanges, IEnumerable<string> texts)
    {
        HashSet<SendingService> found = [];
        foreach (string exchange in exchanges)
        {
            if (_services.FindByMxDomain(exchange) is { } service)
            {
                found.Add(service);
            }
        }

        foreach (string text in texts)
        {
            if (text.StartsWith("v=spf1", StringComparison.OrdinalIgnoreCase))
            {
                found.UnionWith(SpfTargets(text).Select(_services.FindBySpfDomain).OfType<SendingService>());
            }
            else
            {
                foreach ((string prefix, SendingService service) in _verifications)
                {
                    if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                    {
                        found.Add(service);
                    }
                }
            }
        }

        return found;
    }

    /// <summary>The service that a selector belongs to: by where its alias leads, else by its name where only one service uses that, or the domain uses that one.</summary>
    /// <param name="selector">The selector.</param>
    /// <param name="aliases">The names that its alias leads through; empty if it is none.</param>
    /// <param name="isOwnAlias">True if the alias is that of this selector, rather than of a wildcard.</param>
    /// <param name="uses">Says whether the domain shows signs of a service.</param>
    public string? FindService(string selector, IReadOnlyList<string> aliases, bool isOwnAlias, Func<string, bool> uses)
    {
        foreach (string target in aliases)
        {
            if (FindServiceByTarget(target) is { } service)
            {
                return service;
            }
        }

        // An alias that leads to nobody known is not the service's own that would have its customers publish another.
        if (isOwnAlias)
        {
            return null;
        }

        if (!_owners.TryGetValue(selector, out string[]? owners))
        {
            return null;
        }

        string[] used = [.. owners.Where(uses)];
        return used.Length == 1 ? used[0]
            : owners.Length == 1 && used.Length == 0 && !_common.Contains(selector) ? owners[0]
            : null;
    }

    /// <summary>The service whose customers' aliases point to this name; null if none is known.</summary>
    public string? FindServiceByTarget(string target) => _services.FindByDkimAlias(target)?.Name;

    internal static DkimSelectorCatalogue Read(TextReader reader, SendingServices services)
    {
        List<string> common = [];
        while (reader.ReadLine() is string line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                common.AddRange(line.Substring(line.IndexOf('\t') + 1).Split(','));
            }
        }

        return new DkimSelectorCatalogue(common, services);
    }

    private static DkimSelectorCatalogue Load()
    {
        using Stream stream = typeof(DkimSelectorCatalogue).GetTypeInfo().Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException(ResourceName);
        using StreamReader reader = new(stream, Encoding.UTF8);
        return Read(reader, SendingServices.Default);
    }

    /// <summary>The names that an SPF record includes or redirects to; the rest of its grammar does not matter here.</summary>
    private static IEnumerable<string> SpfTargets(string record)
    {
        foreach (string term in record.Split([' '], StringSplitOptions.RemoveEmptyEntries))
        {
            string text = term.TrimStart('+', '-', '~', '?');
            if (text.StartsWith("include:", StringComparison.OrdinalIgnoreCase))
            {
                yield return text.Substring("include:".Length);
            }
            else if (text.StartsWith("redirect=", StringComparison.OrdinalIgnoreCase))
            {
                yield return text.Substring("redirect=".Length);
            }
        }
    }
}
