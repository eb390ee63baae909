using Dmarc.Reports.Aggregate;

namespace Dmarc.Advice.Rollout;

/// <summary>Splits rows by the domain whose policy applied. Not thread-safe.</summary>
internal sealed class RolloutCollector
{
    private const int MaximumDomains = 20_000;

    private readonly IClock _clock;
    private readonly Dictionary<string, RolloutObservations> _byText = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, RolloutObservations> _byName = new(StringComparer.Ordinal);
    private readonly List<RolloutObservations> _domains = [];
    private readonly HashSet<string>? _wanted;
    private readonly bool _keepsAll;
    private string? _lastText;
    private RolloutObservations? _last;
    private bool _lastIsLost;

    /// <summary>A collector.</summary>
    /// <param name="domains">The domains to include; null for all. They are returned in order, even if empty.</param>
    /// <param name="clock">The clock; by default the system clock.</param>
    /// <param name="keepsAll">True to keep the evidence of all weeks.</param>
    public RolloutCollector(IEnumerable<DomainName>? domains = null, IClock? clock = null, bool keepsAll = false)
    {
        _keepsAll = keepsAll;
        _clock = clock ?? SystemClock.Instance;
        if (domains is not null)
        {
            _wanted = new HashSet<string>(StringComparer.Ordinal);
            foreach (DomainName domain in domains)
            {
                if (_wanted.Add(domain.ToString()))
                {
                    Begin(domain.ToString());
                }
            }
        }
    }

    /// <summary>The domains, in the order in which they were given or found.</summary>
    public IReadOnlyList<RolloutObservations> Domains => _domains;

    /// <summary>The rows without a domain: the report's is invalid, or there are more than 20,000 domains.</summary>
    public long LeftOut { get; private set; }

    /// <summary>A sentence about <see cref="LeftOut"/>; null if none were left out.</summary>
    public string? LeftOutNotice => LeftOut == 0 ? null : Sentences.Fill(Strings.Rollout_LeftOut, LeftOut, MaximumDomains);

    /// <summary>Adds a row if its domain is included.</summary>
    /// <returns>False if its source is not kept: excluded, or too many domains or sources.</returns>
    public bool Add(AggregateReportRow row)
    {
        if (!ReferenceEquals(row.Domain, _lastText))
        {
            _lastText = row.Domain;
            _last = Find(row.Domain);
        }

        if (_last is not null)
        {
            return _last.Add(row);
        }

        LeftOut += _lastIsLost ? 1 : 0;
        return false;
    }

    private RolloutObservations? Find(string text)
    {
        if (_byText.TryGetValue(text, out RolloutObservations? known))
        {
            return known;
        }

        _lastIsLost = false;
        if (!DomainName.TryParse(text, out DomainName? domain))
        {
            _lastIsLost = _wanted is null;
            return null;
        }

        string name = domain.ToString();
        if (!_byName.TryGetValue(name, out known))
        {
            if (_wanted is not null)
            {
                return null;
            }

            if (_domains.Count >= MaximumDomains)
            {
                _lastIsLost = true;
                return null;
            }

            known = Begin(name);
        }

        _byText[text] = known;
        return known;
    }

    private RolloutObservations Begin(string name)
    {
        RolloutObservations observations = new(name, _clock, _keepsAll);
        _domains.Add(observations);
        _byName.Add(name, observations);
        return observations;
    }
}
