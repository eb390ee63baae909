using System.Reflection;

namespace Dmarc.Catalogue;

/// <summary>The known selectors, read once from <c>dkim-selectors.tsv</c> and the list of sending services.</summary>
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
        AlwaysTried =
            [.. common.Concat(services.All.SelectMany(service => service.CommonDkimSelectors)).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The embedded list.</summary>
    public static DkimSelectorCatalogue Default => Known.Value;

    /// <summary>The selectors tried for every domain.</summary>
    public IReadOnlyList<string> AlwaysTried { get; }

    /// <summary>The additional selectors tried for a domain that uses these services.</summary>
    public static IEnumerable<string> TriedFor(IEnumerable<SendingService> services) =>
        services.SelectMany(service => service.DkimSelectors.Concat(service.FurtherDkimSelectors));

    /// <summary>The services that a domain uses, by mail exchanges, SPF record and proofs of ownership.</summary>
    public IReadOnlyCollection<SendingService> FindServices(IEnumerable<string> exchanges, IEnumerable<string> texts) =>
    [
        .. exchanges.Select(_services.FindByMxDomain)
            .Concat(texts.SelectMany(ServicesIn))
            .OfType<SendingService>()
            .Distinct(),
    ];

    private IEnumerable<SendingService?> ServicesIn(string text) =>
        text.StartsWith("v=spf1", StringComparison.OrdinalIgnoreCase)
        ? SpfTargets(text).Select(_services.FindBySpfDomain)
        : _verifications
            .Where(verification => text.StartsWith(verification.Prefix, StringComparison.OrdinalIgnoreCase))
            .Select(verification => verification.Service);

    /// <summary>The service of a selector: by its alias, else by its name if unique or of a service in use.</summary>
    /// <param name="selector">The selector.</param>
    /// <param name="aliases">The names in its alias chain; empty if it is not an alias.</param>
    /// <param name="isOwnAlias">True if the alias belongs to this selector, false if to a wildcard.</param>
    /// <param name="uses">Tells whether the domain uses a service.</param>
    public string? FindService(string selector, IReadOnlyList<string> aliases, bool isOwnAlias, Func<string, bool> uses)
    {
        if (aliases.Select(FindServiceByTarget).FirstOrDefault(name => name is not null) is { } service)
        {
            return service;
        }

        // An alias to an unknown target is not one of a service whose customers publish a different alias.
        if (isOwnAlias || !_owners.TryGetValue(selector, out string[]? owners))
        {
            return null;
        }

        string[] used = [.. owners.Where(uses)];
        return used.Length == 1 ? used[0]
            : owners.Length == 1 && used.Length == 0 && !_common.Contains(selector) ? owners[0]
            : null;
    }

    /// <summary>The service whose customers' aliases point to this name; null if unknown.</summary>
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

    /// <summary>The names that an SPF record includes or redirects to; other terms are ignored.</summary>
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
