using System.Xml;

namespace Dmarc.Reports.Aggregate;

/// <summary>The data that one thread reuses for reading reports.</summary>
internal sealed class AggregateParseContext(ReportReadLimits limits)
{
    /// <summary>The buffer for values.</summary>
    public char[] Buffer { get; } = new char[limits.MaxValueLength];

    /// <summary>The pool of strings.</summary>
    public StringPool Strings { get; } = new();

    /// <summary>The cache of canonical addresses.</summary>
    public SourceAddress Addresses { get; } = new();

    /// <summary>The values of the current record.</summary>
    public RecordValues Values { get; } = new();

    /// <summary>The element names of the current file: untrusted names must not accumulate beyond it.</summary>
    public ParserNames Names { get; private set; } = new();

    /// <summary>Prepares for the next file.</summary>
    public void Reset()
    {
        if (Names.IsUsedUp)
        {
            Names = new ParserNames();
        }

        Values.Clear();
    }
}

/// <summary>The element names in a reader's name table, compared by reference.</summary>
internal sealed class ParserNames
{
    private readonly Dictionary<string, string> _folded = new(StringComparer.Ordinal);
    private readonly CountingNameTable _table = new();

    public ParserNames()
    {
        foreach (string name in ReportVocabulary.Names)
        {
            _table.Add(name);
        }

        Feedback = _table.Add(ReportVocabulary.Feedback);
        Version = _table.Add(ReportVocabulary.Version);
        ReportMetadata = _table.Add(ReportVocabulary.ReportMetadata);
        OrgName = _table.Add(ReportVocabulary.OrgName);
        Email = _table.Add(ReportVocabulary.Email);
        ExtraContactInfo = _table.Add(ReportVocabulary.ExtraContactInfo);
        ReportId = _table.Add(ReportVocabulary.ReportId);
        DateRange = _table.Add(ReportVocabulary.DateRange);
        Begin = _table.Add(ReportVocabulary.Begin);
        End = _table.Add(ReportVocabulary.End);
        Error = _table.Add(ReportVocabulary.Error);
        Generator = _table.Add(ReportVocabulary.Generator);
        PolicyPublished = _table.Add(ReportVocabulary.PolicyPublished);
        Domain = _table.Add(ReportVocabulary.Domain);
        P = _table.Add(ReportVocabulary.P);
        Sp = _table.Add(ReportVocabulary.Sp);
        Np = _table.Add(ReportVocabulary.Np);
        Adkim = _table.Add(ReportVocabulary.Adkim);
        Aspf = _table.Add(ReportVocabulary.Aspf);
        Pct = _table.Add(ReportVocabulary.Pct);
        Fo = _table.Add(ReportVocabulary.Fo);
        Testing = _table.Add(ReportVocabulary.Testing);
        DiscoveryMethod = _table.Add(ReportVocabulary.DiscoveryMethod);
        Extension = _table.Add(ReportVocabulary.Extension);
        Record = _table.Add(ReportVocabulary.Record);
        Row = _table.Add(ReportVocabulary.Row);
        SourceIP = _table.Add(ReportVocabulary.SourceIP);
        Count = _table.Add(ReportVocabulary.Count);
        PolicyEvaluated = _table.Add(ReportVocabulary.PolicyEvaluated);
        Disposition = _table.Add(ReportVocabulary.Disposition);
        Dkim = _table.Add(ReportVocabulary.Dkim);
        Spf = _table.Add(ReportVocabulary.Spf);
        Reason = _table.Add(ReportVocabulary.Reason);
        Type = _table.Add(ReportVocabulary.Type);
        Comment = _table.Add(ReportVocabulary.Comment);
        Identifiers = _table.Add(ReportVocabulary.Identifiers);
        Identities = _table.Add(ReportVocabulary.Identities);
        HeaderFrom = _table.Add(ReportVocabulary.HeaderFrom);
        EnvelopeFrom = _table.Add(ReportVocabulary.EnvelopeFrom);
        EnvelopeTo = _table.Add(ReportVocabulary.EnvelopeTo);
        AuthResults = _table.Add(ReportVocabulary.AuthResults);
        Selector = _table.Add(ReportVocabulary.Selector);
        Result = _table.Add(ReportVocabulary.Result);
        HumanResult = _table.Add(ReportVocabulary.HumanResult);
        Scope = _table.Add(ReportVocabulary.Scope);
        _table.Forget();
    }

    public XmlNameTable Table => _table;

    /// <summary>True once so many names were added that a new table is better.</summary>
    public bool IsUsedUp => _table.Added > 1000;

    public string Feedback { get; }

    public string Version { get; }

    public string ReportMetadata { get; }

    public string OrgName { get; }

    public string Email { get; }

    public string ExtraContactInfo { get; }

    public string ReportId { get; }

    public string DateRange { get; }

    public string Begin { get; }

    public string End { get; }

    public string Error { get; }

    public string Generator { get; }

    public string PolicyPublished { get; }

    public string Domain { get; }

    public string P { get; }

    public string Sp { get; }

    public string Np { get; }

    public string Adkim { get; }

    public string Aspf { get; }

    public string Pct { get; }

    public string Fo { get; }

    public string Testing { get; }

    public string DiscoveryMethod { get; }

    public string Extension { get; }

    public string Record { get; }

    public string Row { get; }

    public string SourceIP { get; }

    public string Count { get; }

    public string PolicyEvaluated { get; }

    public string Disposition { get; }

    public string Dkim { get; }

    public string Spf { get; }

    public string Reason { get; }

    public string Type { get; }

    public string Comment { get; }

    public string Identifiers { get; }

    public string Identities { get; }

    public string HeaderFrom { get; }

    public string EnvelopeFrom { get; }

    public string EnvelopeTo { get; }

    public string AuthResults { get; }

    public string Selector { get; }

    public string Result { get; }

    public string HumanResult { get; }

    public string Scope { get; }

    /// <summary>The known name for one in another letter case; null if unknown. Names come from the table.</summary>
    public string? Fold(string name)
    {
        if (_folded.TryGetValue(name, out string? known))
        {
            return known;
        }

        string? found = ReportVocabulary.Find(name);
        if (found is not null)
        {
            _folded[name] = found = _table.Add(found);
        }

        return found;
    }
}

/// <summary>A name table that counts the added names, and limits their number.</summary>
internal sealed class CountingNameTable : XmlNameTable
{
    private readonly NameTable _table = new();
    private string? _last;

    public int Added { get; private set; }

    public void Forget() => Added = 0;

    public override string Add(char[] array, int offset, int length)
    {
        string? found = _table.Get(array, offset, length);
        return found ?? Count(_table.Add(array, offset, length));
    }

    public override string Add(string array) => _table.Get(array) ?? Count(_table.Add(array));

    public override string? Get(char[] array, int offset, int length) => _table.Get(array, offset, length);

    public override string? Get(string array) => _table.Get(array);

    private string Count(string name)
    {
        if (!ReferenceEquals(_last, name))
        {
            _last = name;
            if (++Added > FixedReadLimits.Names)
            {
                throw new ReportRefusedException(ReportErrorIds.LimitExceeded, Strings.Reports_TooManyNames);
            }
        }

        return name;
    }
}
