using System.Globalization;
using System.Text;

namespace Dmarc.Tests.Reports.Conservation;

/// <summary>A value of a generated report, and where it stands in the bytes.</summary>
internal sealed record PlacedValue(string Value, int Start, int End);

/// <summary>What one record was given: no two records share a number of messages.</summary>
internal sealed record GeneratedRecord(PlacedValue SourceIP, PlacedValue Count, PlacedValue HeaderFrom);

/// <summary>
/// An aggregate report made from a seed: 1 to 50 records in the form of one of the editions, on one line or many, with and
/// without the parts that reporters leave out. ASCII only, so that a character is a byte.
/// </summary>
internal sealed class GeneratedReport
{
    private readonly StringBuilder _text = new();
    private readonly Random _random;
    private readonly bool _pretty;
    private int _depth;

    public GeneratedReport(int seed)
    {
        _random = new Random(seed);
        _pretty = _random.Next(2) == 0;
        if (_random.Next(3) > 0)
        {
            _text.Append("<?xml version=\"1.0\" encoding=\"").Append(_random.Next(2) == 0 ? "UTF-8" : "utf-8").Append("\"?>").Append('\n');
        }

        Open(_random.Next(3) == 0 ? "feedback xmlns=\"urn:ietf:params:xml:ns:dmarc-2.0\"" : "feedback");
        if (_random.Next(2) == 0)
        {
            Leaf("version", "1.0");
        }

        Metadata(seed);
        Policy();
        int records = _random.Next(4) == 0 ? 1 + _random.Next(50) : 1 + _random.Next(6);
        HashSet<long> counts = [];
        for (int number = 0; number < records; number++)
        {
            Record(number, counts);
        }

        Close("feedback");
        Bytes = Encoding.ASCII.GetBytes(_text.ToString());
    }

    public byte[] Bytes { get; }

    public string Text => _text.ToString();

    public List<GeneratedRecord> Records { get; } = [];

    public PlacedValue Domain { get; private set; } = new("", 0, 0);

    private void Metadata(int seed)
    {
        Open("report_metadata");
        Leaf("org_name", _random.Next(5) == 0 ? "A &amp; B Mail" : "reporter" + (seed % 7) + ".example");
        Leaf("email", "dmarc@reporter.example");
        if (_random.Next(3) == 0)
        {
            Leaf("extra_contact_info", "https://reporter.example/dmarc");
        }

        Leaf("report_id", "id-" + seed.ToString(CultureInfo.InvariantCulture));
        Open("date_range");
        Leaf("begin", "1700000000");
        Leaf("end", "1700086399");
        Close("date_range");
        Close("report_metadata");
    }

    private void Policy()
    {
        Open("policy_published");
        Domain = Leaf("domain", "shop.example");
        Leaf("adkim", _random.Next(2) == 0 ? "r" : "s");
        Leaf("aspf", "r");
        Leaf("p", _random.Next(2) == 0 ? "reject" : "none");
        if (_random.Next(2) == 0)
        {
            Leaf("sp", "quarantine");
            Leaf("pct", "100");
        }

        Close("policy_published");
    }

    private void Record(int number, HashSet<long> counts)
    {
        string from = _random.Next(3) switch { 0 => "news.shop.example", 1 => "a" + number + ".shop.example", _ => "shop.example" };
        string address = _random.Next(4) == 0
            ? "2001:db8::" + (number + 1).ToString("x", CultureInfo.InvariantCulture)
            : "192.0.2." + (number + 1).ToString(CultureInfo.InvariantCulture);
        long count;
        do
        {
            count = 1 + _random.Next(_random.Next(2) == 0 ? 200 : 100_000);
        }
        while (!counts.Add(count));

        bool dkim = _random.Next(2) == 0;
        bool spf = _random.Next(2) == 0;
        Open("record");
        Open("row");
        PlacedValue placedAddress = Leaf("source_ip", address);
        PlacedValue placedCount = Leaf("count", count.ToString(CultureInfo.InvariantCulture));
        Open("policy_evaluated");
        Leaf("disposition", dkim || spf ? "none" : "reject");
        Leaf("dkim", dkim ? "pass" : "fail");
        Leaf("spf", spf ? "pass" : "fail");
        if (_random.Next(5) == 0)
        {
            Open("reason");
            Leaf("type", "local_policy");
            Leaf("comment", "arc=pass");
            Close("reason");
        }

        Close("policy_evaluated");
        Close("row");
        Open("identifiers");
        if (_random.Next(4) == 0)
        {
            Leaf("envelope_from", from);
        }

        PlacedValue placedFrom = Leaf("header_from", from);
        Close("identifiers");
        Open("auth_results");
        if (_random.Next(4) > 0)
        {
            Open("dkim");
            Leaf("domain", from);
            Leaf("selector", "s" + _random.Next(3));
            Leaf("result", dkim ? "pass" : "fail");
            Close("dkim");
        }

        Open("spf");
        Leaf("domain", "bounce.shop.example");
        Leaf("result", spf ? "pass" : "softfail");
        Close("spf");
        Close("auth_results");
        Close("record");
        Records.Add(new GeneratedRecord(placedAddress, placedCount, placedFrom));
    }

    private void Open(string name)
    {
        Indent();
        _text.Append('<').Append(name).Append('>');
        NewLine();
        _depth++;
    }

    private void Close(string name)
    {
        _depth--;
        Indent();
        _text.Append("</").Append(name).Append('>');
        NewLine();
    }

    private PlacedValue Leaf(string name, string value)
    {
        Indent();
        _text.Append('<').Append(name).Append('>');
        int start = _text.Length;
        _text.Append(value);
        PlacedValue placed = new(value, start, _text.Length);
        _text.Append("</").Append(name).Append('>');
        NewLine();
        return placed;
    }

    private void Indent() => _text.Append(' ', _pretty ? 2 * _depth : 0);

    private void NewLine() => _text.Append(_pretty ? "\n" : "");
}
