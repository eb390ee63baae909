using System.Globalization;
using System.Text;
using Dmarc.Diagnostics;

namespace Dmarc.Reports.Tls;

/// <summary>
/// Reads TLS reports (RFC 8460 §4.4), leniently: numbers as texts, members in any case and order, missing ones, one value
/// where a list belongs. Rows come out once the report has been read, because its members may stand in any order.
/// </summary>
internal sealed class TlsReportParser(JsonTokenReader json, ReportReadLimits limits, string path, CancellationToken cancellationToken)
{
    private readonly List<TlsReportRow> _rows = [];
    private int _details;
    private int _dropped;

    /// <summary>How many reports were read.</summary>
    public int Reports { get; private set; }

    /// <summary>
    /// Reads the next report; its rows, none where it has no policies; null at the end of the content. A limit that is met
    /// ends the report: what was read before stands in the rows.
    /// </summary>
    /// <exception cref="ReportLimitException">A limit was met; see <see cref="Held"/>.</exception>
    public IReadOnlyList<TlsReportRow>? Read()
    {
        _rows.Clear();
        TlsReport report = new(path);
        Report = report;
        while (true)
        {
            switch (json.Peek())
            {
                case JsonToken.End:
                    return null;
                case JsonToken.StartObject:
                    if (ReadReport(report))
                    {
                        Reports++;
                        return _rows;
                    }

                    break;
                default:
                    // Brackets around several reports, or something else before the first.
                    json.Read();
                    break;
            }
        }
    }

    /// <summary>The report that is read.</summary>
    public TlsReport? Report { get; private set; }

    /// <summary>The rows of the report that is read, as far as they were read.</summary>
    public IReadOnlyList<TlsReportRow> Held => _rows;

    /// <summary>Reads an object; false where it has no member of a report.</summary>
    private bool ReadReport(TlsReport report)
    {
        bool hasPolicies = false;
        bool hasAny = false;
        List<Finding> findings = [];
        try
        {
            foreach (string name in Members())
            {
                hasAny = true;
                switch (Fold(name))
                {
                    case "organizationname":
                        report.OrganizationName = TextOf(json);
                        break;
                    case "contactinfo":
                        report.ContactInfo = TextOf(json);
                        break;
                    case "reportid":
                        report.ReportId = TextOf(json);
                        break;
                    case "daterange":
                        ReadDateRange(report);
                        break;
                    case "policies":
                        hasPolicies = true;
                        ReadPolicies(report);
                        break;
                    default:
                        hasAny = report.OrganizationName.Length > 0 || report.ReportId.Length > 0 || report.BeginText.Length > 0 || hasPolicies;
                        json.Skip();
                        break;
                }
            }
        }
        finally
        {
            Check(report, findings, hasPolicies);
        }

        return hasAny;
    }

    private static void Check(TlsReport report, List<Finding> findings, bool hasPolicies)
    {
        RequireText(findings, report.OrganizationName, "organization-name");
        RequireText(findings, report.ReportId, "report-id");
        RequireText(findings, report.ContactInfo, "contact-info");
        RequireTime(findings, report.Begin, report.BeginText, "start-datetime");
        RequireTime(findings, report.End, report.EndText, "end-datetime");
        if (report.Begin > report.End)
        {
            findings.Add(TlsReportFindings.TimeReversed.Create(report.BeginText, report.EndText));
        }

        if (!hasPolicies || report.Policies == 0)
        {
            findings.Add(TlsReportFindings.NoPolicies.Create(report.ReportId));
        }

        report.Findings = findings.ToPrintableList();
    }

    private void ReadDateRange(TlsReport report)
    {
        if (json.Peek() != JsonToken.StartObject)
        {
            json.Skip();
            return;
        }

        foreach (string name in Members())
        {
            switch (Fold(name))
            {
                case "startdatetime":
                    report.BeginText = TextOf(json);
                    report.Begin = ReportValueParser.Time(report.BeginText);
                    break;
                case "enddatetime":
                    report.EndText = TextOf(json);
                    report.End = ReportValueParser.Time(report.EndText);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }
    }

    private void ReadPolicies(TlsReport report)
    {
        foreach (JsonToken token in Items())
        {
            if (token == JsonToken.StartObject)
            {
                ReadPolicy(report);
            }
            else
            {
                json.Skip();
            }
        }
    }

    /// <summary>Reads an entry of <c>policies</c>: the policy, its totals and its failures, in any order.</summary>
    private void ReadPolicy(TlsReport report)
    {
        Count();
        report.Policies++;
        _dropped = 0;
        TlsPolicyValues values = new() { Number = report.Policies };
        List<TlsFailureValues> failures = [];
        bool hasSummary = false;
        try
        {
            foreach (string name in Members())
            {
                switch (Fold(name))
                {
                    case "policy":
                        ReadPolicyItself(values);
                        break;
                    case "summary":
                        hasSummary = true;
                        ReadSummary(values);
                        break;
                    case "failuredetails":
                        foreach (JsonToken token in Items())
                        {
                            if (token == JsonToken.StartObject)
                            {
                                Count();
                                failures.Add(ReadFailure());
                            }
                            else
                            {
                                json.Skip();
                            }
                        }

                        break;
                    default:
                        AddExtension(values.Extensions, name);
                        break;
                }
            }
        }
        finally
        {
            AddRows(report, values, failures, hasSummary);
        }
    }

    private void ReadPolicyItself(TlsPolicyValues values)
    {
        if (json.Peek() != JsonToken.StartObject)
        {
            json.Skip();
            return;
        }

        foreach (string name in Members())
        {
            switch (Fold(name))
            {
                case "policytype":
                    values.Type = TextOf(json);
                    break;
                case "policydomain":
                    values.Domain = TextOf(json);
                    break;
                case "policystring":
                    values.Strings = Unpack(Texts());
                    break;
                case "mxhost":
                case "mxhostpattern":
                    values.Hosts = Texts();
                    break;
                default:
                    AddExtension(values.Extensions, "policy/" + name);
                    break;
            }
        }
    }

    private void ReadSummary(TlsPolicyValues values)
    {
        if (json.Peek() != JsonToken.StartObject)
        {
            json.Skip();
            return;
        }

        foreach (string name in Members())
        {
            switch (Fold(name))
            {
                case "totalsuccessfulsessioncount":
                    values.Successful = TextOf(json);
                    break;
                case "totalfailuresessioncount":
                    values.Failed = TextOf(json);
                    break;
                default:
                    AddExtension(values.Extensions, "summary/" + name);
                    break;
            }
        }
    }

    private TlsFailureValues ReadFailure()
    {
        TlsFailureValues values = new();
        foreach (string name in Members())
        {
            switch (Fold(name))
            {
                case "resulttype":
                    values.ResultType = TextOf(json);
                    break;
                case "sendingmtaip":
                    values.SendingMtaIP = TextOf(json);
                    break;
                case "receivingmxhostname":
                    values.ReceivingMxHostname = TextOf(json);
                    break;
                case "receivingmxhelo":
                    values.ReceivingMxHelo = TextOf(json);
                    break;
                case "receivingip":
                    values.ReceivingIP = TextOf(json);
                    break;
                case "failedsessioncount":
                    values.Count = TextOf(json);
                    break;
                case "additionalinformation":
                case "additionalinfouri":
                    values.AdditionalInformation = TextOf(json);
                    break;
                case "failurereasoncode":
                case "failureerrorcode":
                    values.FailureReasonCode = TextOf(json);
                    break;
                default:
                    AddExtension(values.Extensions, "failure-details/" + name);
                    break;
            }
        }

        return values;
    }

    private void AddRows(TlsReport report, TlsPolicyValues policy, List<TlsFailureValues> failures, bool hasSummary)
    {
        List<Finding> findings = [];
        RequireText(findings, policy.Domain, "policy-domain");
        TlsPolicyType type = TlsWords.PolicyType(policy.Type);
        CheckKnown(findings, type == TlsPolicyType.Unknown, policy.Type, "policy-type");
        if (!hasSummary)
        {
            findings.Add(TlsReportFindings.MemberMissing.Create("summary"));
        }

        long successful = Number(findings, policy.Successful, "total-successful-session-count", hasSummary);
        long failed = Number(findings, policy.Failed, "total-failure-session-count", hasSummary);
        if (_dropped > 0)
        {
            findings.Add(TlsReportFindings.EntriesDropped.Create(_dropped, limits.MaxEntriesPerRecord));
        }

        TlsReportRow shared = new(report)
        {
            PolicyNumber = policy.Number,
            PolicyType = type,
            PolicyTypeText = policy.Type,
            PolicyDomain = policy.Domain,
            PolicyString = policy.Strings,
            MxHosts = policy.Hosts,
        };
        int first = _rows.Count;
        decimal sum = 0;
        foreach (TlsFailureValues failure in failures)
        {
            TlsReportRow row = failure.ToRow(shared);
            sum += row.FailedSessions;
            _rows.Add(row);
        }

        if (failures.Count == 0)
        {
            _rows.Add(shared with { FailedSessions = failed });
        }

        if (sum != failed && hasSummary && failures.Count > 0)
        {
            findings.Add(TlsReportFindings.CountsDiffer.Create(sum, failed));
        }

        TlsReportRow top = _rows[first];
        _rows[first] = top with
        {
            TotalSuccessfulSessions = successful,
            TotalFailedSessions = failed,
            Extensions = [.. policy.Extensions, .. top.Extensions],
            Findings = [.. findings, .. top.Findings],
        };
    }

    internal static void RequireText(List<Finding> findings, string value, string member)
    {
        if (value.Length == 0)
        {
            findings.Add(TlsReportFindings.MemberMissing.Create(member));
        }
    }

    internal static void CheckKnown(List<Finding> findings, bool unknown, string text, string member)
    {
        if (unknown)
        {
            findings.Add(text.Length == 0 ? TlsReportFindings.MemberMissing.Create(member) : TlsReportFindings.ValueUnknown.Create(member, text));
        }
    }

    internal static long Number(List<Finding> findings, string text, string member, bool required = true)
    {
        if (text.Length == 0)
        {
            if (required)
            {
                findings.Add(TlsReportFindings.MemberMissing.Create(member));
            }

            return 0;
        }

        if (ReportValueParser.TryCount(text.Trim().AsSpan(), out long number) && number >= 0)
        {
            return number;
        }

        findings.Add(TlsReportFindings.ValueInvalid.Create(member, text));
        return 0;
    }

    private static void RequireTime(List<Finding> findings, DateTime? time, string text, string member)
    {
        if (time is null)
        {
            findings.Add(text.Length == 0 ? TlsReportFindings.MemberMissing.Create(member) : TlsReportFindings.ValueInvalid.Create(member, text));
        }
    }

    private void Count()
    {
        if (++_details > limits.MaxTlsRows)
        {
            throw new ReportLimitException(nameof(ReportReadLimits.MaxTlsRows), limits.MaxTlsRows, Strings.Reports_Limit_TlsRows);
        }
    }

    /// <summary>The members of the object that begins here, each as its name; its value has to be taken before the next.</summary>
    private IEnumerable<string> Members()
    {
        json.Read();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (json.Peek())
            {
                case JsonToken.EndObject:
                    json.Read();
                    yield break;
                case JsonToken.End or JsonToken.EndArray:
                    yield break;
                case JsonToken.Name:
                    json.Read();
                    string name = json.Text;
                    if (json.Peek() is JsonToken.EndObject or JsonToken.Name or JsonToken.End)
                    {
                        // A name without a value.
                        continue;
                    }

                    yield return name;
                    break;
                default:
                    json.Skip();
                    break;
            }
        }
    }

    /// <summary>The items of the array that begins here, or the one value that stands in its place; each has to be taken before the next.</summary>
    private IEnumerable<JsonToken> Items()
    {
        if (json.Peek() != JsonToken.StartArray)
        {
            yield return json.Peek();
            yield break;
        }

        json.Read();
        while (json.Peek() is not (JsonToken.EndArray or JsonToken.End or JsonToken.EndObject))
        {
            yield return json.Peek();
        }

        if (json.Peek() == JsonToken.EndArray)
        {
            json.Read();
        }
    }

    private PrintableList<string> Texts()
    {
        List<string> texts = [];
        foreach (JsonToken token in Items())
        {
            if (texts.Count < limits.MaxEntriesPerRecord)
            {
                texts.Add(TextOf(json));
            }
            else
            {
                _dropped++;
                json.Skip();
            }
        }

        return texts.Where(text => text.Length > 0).ToPrintableList();
    }

    /// <summary>Microsoft writes TLSA records as an array that is a text in an array.</summary>
    private PrintableList<string> Unpack(PrintableList<string> texts)
    {
        if (texts.Count != 1 || !texts[0].StartsWith("[", StringComparison.Ordinal))
        {
            return texts;
        }

        JsonTokenReader inner = new(new StringReader(texts[0]), limits.MaxValueLength, 2);
        List<string> unpacked = [];
        inner.Read();
        while (inner.Peek() == JsonToken.Text && unpacked.Count < limits.MaxEntriesPerRecord)
        {
            inner.Read();
            unpacked.Add(inner.Text);
        }

        return unpacked.Count > 0 && inner.Read() == JsonToken.EndArray && inner.DamagedLine == 0 && inner.CutOffLine == 0 ? unpacked.ToPrintableList() : texts;
    }

    private void AddExtension(List<ReportExtension> extensions, string name)
    {
        if (extensions.Count < limits.MaxEntriesPerRecord)
        {
            extensions.Add(new ReportExtension(name, "", TextOf(json)));
        }
        else
        {
            _dropped++;
            json.Skip();
        }
    }

    /// <summary>A value as text; of an object or array its texts, joined.</summary>
    private static string TextOf(JsonTokenReader json)
    {
        if (json.Peek() is JsonToken.Text or JsonToken.Literal or JsonToken.Null)
        {
            json.Read();
            return json.Text.Trim();
        }

        if (json.Peek() is not (JsonToken.StartObject or JsonToken.StartArray))
        {
            return "";
        }

        const int Longest = 1024;
        StringBuilder text = new();
        int depth = json.Depth;
        do
        {
            JsonToken token = json.Read();
            if (token is JsonToken.Name or JsonToken.Text or JsonToken.Literal && text.Length < Longest)
            {
                text.Append(text.Length == 0 ? "" : token == JsonToken.Name ? ", " : " ").Append(json.Text).Append(token == JsonToken.Name ? ":" : "");
            }

            if (token == JsonToken.End)
            {
                break;
            }
        }
        while (json.Depth >= depth);

        return text.Length > Longest ? text.ToString(0, Longest) : text.ToString();
    }

    /// <summary>A name without case and hyphens: <c>policy-type</c>, <c>policy_type</c> and <c>policyType</c> are one.</summary>
    private static string Fold(string name)
    {
        StringBuilder folded = new();
        foreach (char character in name.Length > 64 ? name.Substring(0, 64) : name)
        {
            if (character is not ('-' or '_' or ' '))
            {
                folded.Append(char.ToLower(character, CultureInfo.InvariantCulture));
            }
        }

        return folded.ToString();
    }
}
