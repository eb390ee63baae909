namespace Dmarc.Catalogue;

/// <summary>Services by domain, found by the longest indexed name equal to or above a name.</summary>
internal sealed class DomainIndex
{
    private readonly Dictionary<string, SendingService?> _services = new(StringComparer.OrdinalIgnoreCase);
    private readonly int _mostLabels;

    /// <param name="services">The services.</param>
    /// <param name="domains">The names of a service.</param>
    /// <param name="exceptions">Names below these that do not belong to the service.</param>
    public DomainIndex(
        IReadOnlyList<SendingService> services,
        Func<SendingService, PrintableList<string>> domains,
        Func<SendingService, PrintableList<string>> exceptions)
    {
        int mostLabels = 0;
        foreach (SendingService service in services)
        {
            foreach (string domain in domains(service).AsSpan())
            {
                Add(domain, service);
            }

            foreach (string domain in exceptions(service).AsSpan())
            {
                Add(domain, null);
            }
        }

        _mostLabels = mostLabels;

        void Add(string domain, SendingService? service)
        {
            _services[domain] = service;
            int labels = 1;
            foreach (char character in domain)
            {
                labels += character == '.' ? 1 : 0;
            }

            mostLabels = Math.Max(mostLabels, labels);
        }
    }

    /// <summary>The service of a name, or of the nearest name above it; null if unknown.</summary>
    /// <param name="name">The name, with or without the final dot; null or an invalid name finds nothing.</param>
    public SendingService? Find(string? name)
    {
        if (name is null || name.Length is 0 or > 1024 || _services.Count == 0)
        {
            return null;
        }

        string rest = name[name.Length - 1] == '.' ? name.Substring(0, name.Length - 1) : name;

        // Labels beyond those of the longest indexed name are irrelevant.
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
