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
    public CountingNameTable Names { get; private set; } = new();

    /// <summary>Prepares for the next file.</summary>
    public void Reset()
    {
        if (Names.IsUsedUp)
        {
            Names = new CountingNameTable();
        }

        Values.Clear();
    }
}

/// <summary>
/// A name table that counts the added names, and limits their number. It returns the known names as the constants of
/// <see cref="ReportVocabulary"/>, so that they can be compared by reference.
/// </summary>
internal sealed class CountingNameTable : XmlNameTable
{
    private readonly NameTable _table = new();
    private string? _last;
    private int _added;

    public CountingNameTable()
    {
        foreach (string name in ReportVocabulary.Names)
        {
            _table.Add(name);
        }
    }

    /// <summary>True once so many names were added that a new table is better.</summary>
    public bool IsUsedUp => _added > 1000;

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
            if (++_added > FixedReadLimits.Names)
            {
                throw new ReportRefusedException(ReportErrorIds.LimitExceeded, Strings.Reports_TooManyNames);
            }
        }

        return name;
    }
}
