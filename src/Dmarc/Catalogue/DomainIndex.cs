namespace Dmarc.Catalogue;

/// <summary>Services by domain, found by the longest of the names that a name is equal to or stands below, label by label.</summary>
internal sealed class DomainIndex
{
    private readonly Dictionary<string, SendingService> _services = new(StringComparer.OrdinalIgnoreCase);
    private readonly int _mostLabels;

    public DomainIndex(IEnumerable<SendingService> services, Func<SendingService, IEnumerable<string>> domains)
    {
        foreach (SendingService service in services)
        {
            foreach (string domain in domains(service))
            {
                _services[domain] = service;
                _mostLabels = Math.Max(_mostLabels, domain.Split('.').Length);
            }
        }
    }

    /// <summary>The service of a name, or of the nearest name above it; null where none is known.</summary>
    /// <param name="name">The name, with or without the final dot; null and what is no name find nothing.</param>
    public SendingService? Find(string? name)
    {
        if (name is null || name.Length is 0 or > 1024)
        {
            return null;
        }

        string rest = name[name.Length - 1] == '.' ? name.Substring(0, name.Length - 1) : name;

        // Labels beyond those of the longest name in the index cannot matter.
        int start = rest.Length;
        for (int labels = 0; labels < _mostLabels && start > 0; labels++)
        {
            start = rest.LastIndexOf('.', start - 1);
        }

        if (start > 0)
        {
            rest = rest.Substring(start + 1);
        }

        while (rest.Length > 0)
        {
            if (_services.TryGetValue(rest, out SendingService? service))
            {
                return service;
            }

            int dot = rest.IndexOf('.');
            rest = dot < 0 ? "" : rest.Substring(dot + 1);
        }

        return null;
    }
}
