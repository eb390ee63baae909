namespace Dmarc.Standards.MtaSts;

/// <summary>An MTA-STS policy (RFC 8461 §3.2). Parsing never fails: problems are in the findings.</summary>
internal sealed record MtaStsPolicy
{
    private const long ShortMaxAge = 86400;

    /// <summary>The mode; null if missing.</summary>
    public MtaStsMode? Mode { get; private init; }

    /// <summary>How many seconds senders cache it; null if missing.</summary>
    public long? MaxAge { get; private init; }

    /// <summary>The allowed hosts.</summary>
    public PrintableList<string> MxPatterns { get; private init; } = PrintableList<string>.Empty;

    /// <summary>The findings.</summary>
    public PrintableList<Finding> Findings { get; private init; } = PrintableList<Finding>.Empty;

    /// <summary>True if senders can use it.</summary>
    public bool IsUsable { get; private init; }

    /// <summary>Reads <c>key: value</c> lines. The first of a key counts, except mx; unknown ones do not.</summary>
    public static MtaStsPolicy Parse(string text)
    {
        _ = text ?? throw new ArgumentNullException(nameof(text));
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        HashSet<string> repeated = new(StringComparer.Ordinal);
        List<string> patterns = [];
        List<Finding> findings = [];
        if (text.Length > 0 && text[0] == '\uFEFF')
        {
            findings.Add(MtaStsFindings.PolicyByteOrderMark.Create());
        }

        foreach (string line in text.Split('\n'))
        {
            int colon = line.IndexOf(':');
            if (colon < 0)
            {
                continue;
            }

            string key = line.Substring(0, colon).Trim();
            string value = line.Substring(colon + 1).Trim();
            if (key == "mx")
            {
                patterns.Add(value.TrimEnd('.'));
            }
            else if (!values.TryGetValue(key, out string? first))
            {
                values[key] = value;
            }
            else if (repeated.Add(key))
            {
                findings.Add(MtaStsFindings.PolicyKeyRepeated.Create(PrintableText.Shorten(key), PrintableText.Shorten(first)));
            }
        }

        MtaStsMode? mode = Get("mode") switch
        {
            "enforce" => MtaStsMode.Enforce,
            "testing" => MtaStsMode.Testing,
            "none" => MtaStsMode.None,
            _ => null,
        };
        long? maxAge = ReadMaxAge(Get("max_age"));
        Require(Get("version") == "STSv1", "version: STSv1");
        Require(mode is not null, "mode: enforce");
        Require(maxAge is not null, "max_age: 604800");
        Require(mode == MtaStsMode.None || patterns.Count > 0, "mx: mail.example.com");
        foreach (string pattern in patterns.Where(pattern => !IsPattern(pattern)))
        {
            findings.Add(MtaStsFindings.PatternInvalid.Create(pattern));
        }

        bool usable = findings.TrueForAll(finding => finding.Code != MtaStsFindings.PolicyInvalid.Code);
        if (usable && mode != MtaStsMode.None && maxAge < ShortMaxAge)
        {
            findings.Add(MtaStsFindings.MaxAgeShort.Create(maxAge));
        }

        return new MtaStsPolicy
        {
            Mode = mode,
            MaxAge = maxAge,
            MxPatterns = patterns.ToPrintableList(),
            Findings = findings.ToFindingList(),
            IsUsable = usable,
        };

        string Get(string key) => values.TryGetValue(key, out string? value) ? value : "";

        void Require(bool holds, string line)
        {
            if (!holds)
            {
                findings.Add(MtaStsFindings.PolicyInvalid.Create(line));
            }
        }
    }

    /// <summary>True if the policy allows a host, by its name or by a <c>*.</c> pattern (RFC 8461 §4.1).</summary>
    public bool Allows(string host) => MxPatterns.Any(pattern => Matches(pattern, host));

    internal static bool Matches(string pattern, string host)
    {
        string name = host.TrimEnd('.');
        if (!pattern.StartsWith("*.", StringComparison.Ordinal))
        {
            return string.Equals(pattern, name, StringComparison.OrdinalIgnoreCase);
        }

        int dot = name.IndexOf('.');
        return dot > 0 && string.Equals(pattern.Substring(2), name.Substring(dot + 1), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>True if hosts can match it: a domain in ASCII (RFC 5321 §4.1.2), not an address.</summary>
    private static bool IsPattern(string pattern) =>
        DomainName.TryParse(pattern.StartsWith("*.", StringComparison.Ordinal) ? pattern.Substring(2) : pattern, out _)
        && pattern.All(character => character < '\x80')
        && !AddressText.IsAddress(pattern);

    private static long? ReadMaxAge(string value) =>
        value.Length is > 0 and <= 10
        && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
        && seconds <= MtaStsLimits.MaxAge
            ? seconds
            : null;
}
