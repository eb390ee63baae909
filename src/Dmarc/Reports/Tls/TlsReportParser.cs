namespace Dmarc.Reports.Tls;

/// <summary>
/// Reads TLS reports (RFC 8460 §4.4) leniently: numbers as texts, members in any letter case and order, missing
/// members, a value instead of a list. Rows are returned once the report is complete, because members have no order.
/// </summary>
internal sealed partial class TlsReportParser(
    JsonTokenReader json, ReportReadLimits limits, string path, CancellationToken cancellationToken)
{
    private readonly List<TlsReportRow> _rows = [];

    /// <summary>The number of entries of each member that are not objects.</summary>
    private readonly Dictionary<string, int> _strange = [];
    private readonly TlsMemberReader _members = new(json, limits, cancellationToken);
    private readonly string _path = path;
    private int _details;
    private int _begun;
    private bool _hasMisplaced;

    /// <summary>The number of reports read.</summary>
    public int Reports { get; private set; }

    /// <summary>
    /// Reads the next report and returns its rows, none if it has no policies; null at the end of the content. An
    /// exceeded limit ends the report: the rows read before are kept.
    /// </summary>
    /// <exception cref="ReportLimitException">A limit was exceeded; see <see cref="Held"/>.</exception>
    public IReadOnlyList<TlsReportRow>? Read()
    {
        _rows.Clear();
        _details = 0;
        _members.Forget();
        TlsReport report = new(_path) { Place = new ReportPlace(this, ++_begun) };
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
                    // Brackets around several reports, or other text before the first one.
                    json.Read();
                    break;
            }
        }
    }

    /// <summary>Rows whose domain or number of sessions is missing or invalid.</summary>
    public PlaceTally IncompleteRows { get; } = new();

    /// <summary>Rows left out because damage destroyed their domain or number of sessions.</summary>
    public PlaceTally LeftOut { get; } = new();

    /// <summary>True once a misplaced member was found, or an unknown one that contains report members.</summary>
    public bool HasMisplaced => _hasMisplaced || _members.HasMembersInside;

    /// <summary>The current report.</summary>
    public TlsReport? Report { get; private set; }

    /// <summary>The rows of the current report so far.</summary>
    public IReadOnlyList<TlsReportRow> Held => _rows;

    /// <summary>Reads an object; false if it has no member of a report.</summary>
    private bool ReadReport(TlsReport report)
    {
        bool hasPolicies = false;
        bool hasAny = false;
        List<Finding> findings = [];
        try
        {
            foreach (string name in _members.Members())
            {
                hasAny = true;
                switch (TlsMemberReader.Fold(name))
                {
                    case "organizationname":
                        report.OrganizationName = _members.Text();
                        break;
                    case "contactinfo":
                        report.ContactInfo = _members.Text();
                        break;
                    case "reportid":
                        report.ReportId = _members.Text();
                        break;
                    case "daterange":
                        ReadDateRange(report);
                        break;
                    case "policies":
                        hasPolicies = true;
                        ReadPolicies(report);
                        break;
                    default:
                        hasAny = report.OrganizationName.Length > 0
                            || report.ReportId.Length > 0
                            || report.WrittenBegin.Text.Length > 0
                            || hasPolicies;
                        NoteForeign(name);
                        _ = _members.Text();
                        break;
                }
            }
        }
        finally
        {
            findings.AddRange(_strange.Select(entry => TlsReportFindings.EntriesNotRead.Create(entry.Value, entry.Key)));
            _strange.Clear();
            Check(report, findings, hasPolicies);
        }

        return hasAny;
    }

    /// <summary>Skips an entry that is not an object, whose meaning is unknown.</summary>
    private void SkipEntry(string member)
    {
        _strange[member] = _strange.TryGetValue(member, out int number) ? number + 1 : 1;
        json.Skip();
    }

    private static void Check(TlsReport report, List<Finding> findings, bool hasPolicies)
    {
        RequireText(findings, report.OrganizationName, "organization-name");
        RequireText(findings, report.ReportId, "report-id");
        RequireText(findings, report.ContactInfo, "contact-info");
        RequireTime(findings, report.Begin, report.WrittenBegin.Text, "start-datetime");
        RequireTime(findings, report.End, report.WrittenEnd.Text, "end-datetime");
        if (report.Begin > report.End)
        {
            findings.Add(TlsReportFindings.TimeReversed.Create(report.WrittenBegin.Text, report.WrittenEnd.Text));
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

        foreach (string name in _members.Members())
        {
            switch (TlsMemberReader.Fold(name))
            {
                case "startdatetime":
                    report.WrittenBegin = ReportValueParser.Time(_members.Text());
                    break;
                case "enddatetime":
                    report.WrittenEnd = ReportValueParser.Time(_members.Text());
                    break;
                default:
                    json.Skip();
                    break;
            }
        }
    }

    private void ReadPolicies(TlsReport report)
    {
        foreach (JsonToken token in _members.Items())
        {
            if (token == JsonToken.StartObject)
            {
                ReadPolicy(report);
            }
            else
            {
                SkipEntry("policies");
            }
        }
    }

    /// <summary>Reads an entry of <c>policies</c>: the policy, its totals and its failures, in any order.</summary>
    private void ReadPolicy(TlsReport report)
    {
        Count();
        report.Policies++;
        _members.Dropped = 0;
        _members.HasNameMarks = false;
        TlsPolicyValues values = new() { Number = report.Policies };
        List<TlsFailureValues> failures = [];
        bool hasSummary = false;
        try
        {
            foreach (string name in _members.Members())
            {
                switch (TlsMemberReader.Fold(name))
                {
                    case "policy":
                        ReadPolicyItself(values);
                        break;
                    case "summary":
                        hasSummary = true;
                        ReadSummary(values);
                        break;
                    case "failuredetails":
                        foreach (JsonToken token in _members.Items())
                        {
                            if (token == JsonToken.StartObject)
                            {
                                Count();
                                failures.Add(ReadFailure());
                            }
                            else
                            {
                                SkipEntry("failure-details");
                            }
                        }

                        break;
                    default:
                        AddExtension(values.Extensions, "", name);
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

        foreach (string name in _members.Members())
        {
            switch (TlsMemberReader.Fold(name))
            {
                case "policytype":
                    values.Type = _members.Text();
                    break;
                case "policydomain":
                    values.Domain = _members.Name();
                    break;
                case "policystring":
                    values.Strings = _members.Unpack(_members.Texts());
                    break;
                case "mxhost":
                case "mxhostpattern":
                    values.Hosts = _members.Texts();
                    break;
                default:
                    AddExtension(values.Extensions, "policy/", name);
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

        foreach (string name in _members.Members())
        {
            switch (TlsMemberReader.Fold(name))
            {
                case "totalsuccessfulsessioncount":
                    values.Successful = _members.Text();
                    break;
                case "totalfailuresessioncount":
                    values.Failed = _members.Text();
                    break;
                default:
                    AddExtension(values.Extensions, "summary/", name);
                    break;
            }
        }
    }

    private TlsFailureValues ReadFailure()
    {
        TlsFailureValues values = new();
        foreach (string name in _members.Members())
        {
            switch (TlsMemberReader.Fold(name))
            {
                case "resulttype":
                    values.ResultType = _members.Text();
                    break;
                case "sendingmtaip":
                    values.SendingMtaIP = _members.Text();
                    break;
                case "receivingmxhostname":
                    values.ReceivingMxHostname = _members.Name();
                    break;
                case "receivingmxhelo":
                    values.ReceivingMxHelo = _members.Name();
                    break;
                case "receivingip":
                    values.ReceivingIP = _members.Text();
                    break;
                case "failedsessioncount":
                    values.Count = _members.Text();
                    break;
                case "additionalinformation":
                case "additionalinfouri":
                    values.AdditionalInformation = _members.Text();
                    break;
                case "failurereasoncode":
                case "failureerrorcode":
                    values.FailureReasonCode = _members.Text();
                    break;
                default:
                    AddExtension(values.Extensions, "failure-details/", name);
                    break;
            }
        }

        return values;
    }

    private void AddRows(TlsReport report, TlsPolicyValues policy, List<TlsFailureValues> failures, bool hasSummary)
    {
        if (json.CutOffLine > 0 && policy.Domain.Length == 0 && failures.Count == 0 && !hasSummary)
        {
            // The text is truncated before the data of a row.
            LeftOut.Add(RowPlace.Policy(policy.Number));
            return;
        }

        report.Domains.Add(DomainKey.Of(policy.Domain));
        List<Finding> findings = [];
        RequireText(findings, policy.Domain, "policy-domain");
        bool hasDomain = DomainName.TryParse(policy.Domain, out _);
        if (!hasDomain && policy.Domain.Length > 0)
        {
            findings.Add(TlsReportFindings.ValueInvalid.Create("policy-domain", policy.Domain));
        }

        WrittenValue<TlsPolicyType> type = WrittenValue.Word(TlsWords.PolicyTypes.Read(policy.Type), policy.Type);
        CheckKnown(findings, type.Value == TlsPolicyType.Unknown, type.Text, "policy-type");
        if (!hasSummary)
        {
            findings.Add(TlsReportFindings.MemberMissing.Create("summary"));
        }

        long successful = Number(findings, policy.Successful, "total-successful-session-count", hasSummary);
        long failed = Number(findings, policy.Failed, "total-failure-session-count", hasSummary);
        if (_members.Dropped > 0)
        {
            findings.Add(TlsReportFindings.EntriesDropped.Create(_members.Dropped, limits.MaxEntriesPerRecord));
        }

        if (_members.HasNameMarks)
        {
            findings.Add(ReportFindings.NameMarks.Create());
        }

        TlsReportRow shared = new(report)
        {
            PolicyNumber = policy.Number,
            WrittenPolicyType = type,
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

        int incomplete = (!hasDomain || findings.Exists(IsLoss) ? 1 : 0) + _rows.Skip(first).Count(row => row.Findings.Any(IsLoss));
        if (incomplete > 0)
        {
            IncompleteRows.Add(RowPlace.Policy(policy.Number), incomplete);
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

    /// <summary>True for a loss of sessions: a missing or invalid number.</summary>
    private static bool IsLoss(Finding finding) =>
        finding.Message.IndexOf("session-count", StringComparison.Ordinal) >= 0 && finding.Code != TlsReportFindings.CountsDiffer.Code
        || finding.Code == TlsReportFindings.MemberMissing.Code && finding.Message.IndexOf("summary", StringComparison.Ordinal) >= 0;

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
            findings.Add(Describe(TlsReportFindings.ValueUnknown, text, member));
        }
    }

    internal static long Number(List<Finding> findings, string text, string member, bool required = true)
    {
        if (text.Length > 0 && ReportValueParser.TryJsonCount(text.Trim(), out long number))
        {
            return number;
        }

        if (text.Length > 0 || required)
        {
            findings.Add(Describe(TlsReportFindings.ValueInvalid, text, member));
        }

        return 0;
    }

    private static void RequireTime(List<Finding> findings, DateTime? time, string text, string member)
    {
        if (time is null)
        {
            findings.Add(Describe(TlsReportFindings.ValueInvalid, text, member));
        }
    }

    private static Finding Describe(FindingDescriptor problem, string text, string member) =>
        text.Length == 0 ? TlsReportFindings.MemberMissing.Create(member) : problem.Create(member, text);

    private void Count()
    {
        if (++_details > limits.MaxTlsRows)
        {
            throw new ReportLimitException(nameof(ReportReadLimits.MaxTlsRows), limits.MaxTlsRows, Strings.Reports_Limit_TlsRows);
        }
    }

    /// <summary>Examines a member that does not belong here.</summary>
    private void NoteForeign(string name)
    {
        // The name of an extension may contain a slash; in a member's name, it may come from damage.
        string last = TlsMemberReader.Fold(name.Substring(name.LastIndexOf('/') + 1));
        string whole = TlsMemberReader.Fold(name.Replace("/", ""));
        _hasMisplaced |= IsMember(last) || IsAlmostKnown(last) || IsMember(whole) || IsAlmostKnown(whole);
    }

    private void AddExtension(List<ReportExtension> extensions, string place, string name)
    {
        NoteForeign(name);
        if (extensions.Count < limits.MaxEntriesPerRecord)
        {
            string path = place + name;
            _members.Weigh(path);
            extensions.Add(new ReportExtension(path, "", _members.Text()));
        }
        else
        {
            _members.Dropped++;
            json.Skip();
        }
    }
}
