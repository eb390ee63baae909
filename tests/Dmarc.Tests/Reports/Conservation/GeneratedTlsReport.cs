using System.Globalization;
using System.Text;
using Dmarc.Reports.Reading;
using Dmarc.Reports.Tls;
using Dmarc.Text;

namespace Dmarc.Tests.Reports.Conservation;

/// <summary>A failure that a generated TLS report tells of.</summary>
internal sealed record GeneratedFailure(PlacedValue Domain, PlacedValue Address, PlacedValue Count);

/// <summary>The totals of a policy of a generated TLS report.</summary>
internal sealed record GeneratedTotals(PlacedValue Domain, PlacedValue Successful, PlacedValue Failed);

/// <summary>A TLS report made from a seed (RFC 8460 §4.4): 1 to 6 policies with up to 5 failures each, no two with the same number of sessions.</summary>
internal sealed class GeneratedTlsReport
{
    private readonly StringBuilder _text = new();
    private readonly Random _random;
    private readonly string _newLine;

    public GeneratedTlsReport(int seed)
    {
        _random = new Random(seed);
        _newLine = _random.Next(2) == 0 ? "\n" : "";
        HashSet<int> used = [];
        _text.Append("{\"organization-name\":\"Reporter\",").Append(_newLine)
            .Append("\"date-range\":{\"start-datetime\":\"2026-01-01T00:00:00Z\",\"end-datetime\":\"2026-01-01T23:59:59Z\"},").Append(_newLine)
            .Append("\"contact-info\":\"tls@reporter.example\",\"report-id\":\"id-").Append(seed).Append("\",").Append(_newLine).Append("\"policies\":[");
        int policies = 1 + _random.Next(6);
        for (int number = 0; number < policies; number++)
        {
            _text.Append(number == 0 ? "" : ",").Append(_newLine);
            Policy(number, used);
        }

        _text.Append("]}").Append(_newLine);
        Bytes = Encoding.ASCII.GetBytes(_text.ToString());
    }

    public byte[] Bytes { get; }

    public List<GeneratedFailure> Failures { get; } = [];

    public List<GeneratedTotals> Totals { get; } = [];

    /// <summary>What is wrong with what was read after the edits; null if nothing is.</summary>
    public string? Check(IReadOnlyList<Edit> edits, IEnumerable<ReportReadItem> items, string file)
    {
        bool isTold = false;
        List<TlsReportRow> rows = [];
        ReportDeduplicator known = new();
        foreach (ReportReadItem item in items)
        {
            if (!known.IsNew(item, out _))
            {
                return "the report is taken for a copy of itself";
            }

            string? path = item.Problem?.Path ?? (item.Notice?.Finding.Severity > Severity.Information ? item.Notice.Path : null);
            if (path is not null && !path.StartsWith(file, StringComparison.Ordinal))
            {
                return "what is told does not name the file: " + path;
            }

            isTold |= path is not null;
            if (item.TlsRow is { } row)
            {
                rows.Add(row);
            }
        }

        bool isSame(string written, PlacedValue value) => written == value.Value || edits.Any(edit => edit.Touches(value)) || (written is "" or "0" && isTold);
        int failures = 0;
        foreach (TlsReportRow row in rows)
        {
            failures += row.ResultType is null ? 0 : 1;
            string count = row.FailedSessions.ToString(CultureInfo.InvariantCulture);
            if (row.ResultType is not null
                ? !Failures.Exists(each => isSame(row.PolicyDomain, each.Domain) && isSame(row.SendingMtaIP, each.Address) && isSame(count, each.Count))
                : !Totals.Exists(each => isSame(row.PolicyDomain, each.Domain) && isSame(count, each.Failed)))
            {
                return $"nobody put in {row.PolicyDomain} {row.SendingMtaIP} {count}";
            }

            string successful = row.TotalSuccessfulSessions.ToString(CultureInfo.InvariantCulture);
            if (successful != "0" && !Totals.Exists(each => isSame(row.PolicyDomain, each.Domain) && isSame(successful, each.Successful)))
            {
                return $"nobody put in {row.PolicyDomain} with {successful} successful sessions";
            }
        }

        bool isMissing = failures < Failures.Count
            || rows.Select(row => row.PolicyNumber).Distinct().Count() < Totals.Count
            || rows.Count(row => row.TotalSuccessfulSessions > 0) < Totals.Count
            || rows.Exists(row => row.PolicyDomain.Length == 0 || row.FailedSessions == 0 && row.ResultType is not null);
        return isMissing && !isTold ? "something is missing, and nothing tells it" : null;
    }

    private void Policy(int number, HashSet<int> used)
    {
        _text.Append("{\"policy\":{\"policy-type\":\"sts\",\"policy-string\":[\"version: STSv1\",\"mode: enforce\"],\"policy-domain\":\"");
        PlacedValue domain = Put("d" + number + ".example");
        _text.Append("\",\"mx-host\":[\"mx.d").Append(number).Append(".example\"]},").Append(_newLine).Append("\"summary\":{\"total-successful-session-count\":");
        PlacedValue successful = Put(Next(used));
        int failures = _random.Next(6);
        _text.Append(",\"total-failure-session-count\":");
        PlacedValue failed = Put(failures == 0 ? "0" : Next(used));
        _text.Append('}');
        Totals.Add(new GeneratedTotals(domain, successful, failed));
        if (failures > 0)
        {
            _text.Append(',').Append(_newLine).Append("\"failure-details\":[");
            for (int failure = 0; failure < failures; failure++)
            {
                _text.Append(failure == 0 ? "" : ",").Append(_newLine).Append("{\"result-type\":\"certificate-expired\",\"sending-mta-ip\":\"");
                PlacedValue address = Put("192.0.2." + ((number * 10) + failure + 1));
                _text.Append("\",\"receiving-mx-hostname\":\"mx.d").Append(number).Append(".example\",\"failed-session-count\":");
                Failures.Add(new GeneratedFailure(domain, address, Put(Next(used))));
                _text.Append('}');
            }

            _text.Append(']');
        }

        _text.Append('}');
    }

    private string Next(HashSet<int> used)
    {
        int next;
        do
        {
            next = 1 + _random.Next(99_999);
        }
        while (!used.Add(next));

        return next.ToString(CultureInfo.InvariantCulture);
    }

    private PlacedValue Put(string value)
    {
        int start = _text.Length;
        _text.Append(value);
        return new PlacedValue(value, start, _text.Length);
    }
}
