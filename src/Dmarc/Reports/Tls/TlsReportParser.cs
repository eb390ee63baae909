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
                string folded = TlsMemberReader.Fold(name);
                if (TlsMembers.OfReport.TryGetValue(folded, out Action<TlsReport, string>? set))
                {
                    set(report, _members.Text());
                }
                else if (folded == "daterange")
                {
                    ReadObject(report, TlsMembers.OfDateRange);
                }
                else if (folded == "policies")
                {
                    hasPolicies = true;
                    ReadItems(folded, () => ReadPolicy(report));
                }
                else
                {
                    hasAny = report.OrganizationName.Length > 0
                        || report.ReportId.Length > 0
                        || report.WrittenBegin.Text.Length > 0
                        || hasPolicies;
                    NoteForeign(name);
                    _ = _members.Text();
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

    /// <summary>Reads the objects in a list. The meaning of other entries is unknown: they are skipped.</summary>
    private void ReadItems(string member, Action read)
    {
        foreach (JsonToken token in _members.Items())
        {
            if (token == JsonToken.StartObject)
            {
                read();
            }
            else
            {
                _strange[member] = _strange.TryGetValue(member, out int number) ? number + 1 : 1;
                json.Skip();
            }
        }
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
            ReadObject(values, null, values.Extensions, "", folded =>
            {
                switch (folded)
                {
                    case "policy":
                        ReadObject(
                            values,
                            TlsMembers.OfPolicy,
                            values.Extensions,
                            "policy/",
                            member => ReadList(values, member));
                        return true;
                    case "summary":
                        hasSummary = true;
                        ReadObject(values, TlsMembers.OfSummary, values.Extensions, "summary/");
                        return true;
                    case "failuredetails":
                        ReadItems("failure-details", () =>
                        {
                            Count();
                            TlsFailureValues failure = new();
                            ReadObject(failure, TlsMembers.OfFailure, failure.Extensions, "failure-details/");
                            failures.Add(failure);
                        });
                        return true;
                    default:
                        return false;
                }
            });
        }
        finally
        {
            AddRows(report, values, failures, hasSummary);
        }
    }

    private bool ReadList(TlsPolicyValues values, string member)
    {
        switch (member)
        {
            case "policystring":
                values.Strings = _members.Unpack(_members.Texts());
                return true;
            case "mxhost" or "mxhostpattern":
                values.Hosts = _members.Texts();
                return true;
            default:
                return false;
        }
    }

    /// <summary>Reads an object, or skips another value.</summary>
    /// <param name="target">Receives the values.</param>
    /// <param name="members">The members with a text; null if there are none.</param>
    /// <param name="extensions">Receives the members in no standard; null to skip them.</param>
    /// <param name="path">The path of the object.</param>
    /// <param name="special">Reads a member by its folded name before all others; false if it does not.</param>
    private void ReadObject<T>(
        T target,
        Dictionary<string, Action<T, string>>? members,
        List<ReportExtension>? extensions = null,
        string path = "",
        Func<string, bool>? special = null)
    {
        if (json.Peek() != JsonToken.StartObject)
        {
            json.Skip();
            return;
        }

        foreach (string name in _members.Members())
        {
            string folded = TlsMemberReader.Fold(name);
            if (special?.Invoke(folded) == true)
            {
                continue;
            }

            if (members is not null && members.TryGetValue(folded, out Action<T, string>? set))
            {
                set(target, TlsMembers.IsName(folded) ? _members.Name() : _members.Text());
            }
            else if (extensions is not null)
            {
                AddExtension(extensions, path, name);
            }
            else
            {
                json.Skip();
            }
        }
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
        _hasMisplaced |= TlsMembers.IsLikeMember(last) || TlsMembers.IsLikeMember(whole);
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
