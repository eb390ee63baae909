namespace Dmarc.Reports.Tls;

/// <summary>The object to which a member belongs.</summary>
internal enum TlsPart
{
    None,
    Report,
    Policy,
    Summary,
    Failure,
}

/// <summary>
/// The members with a text or number as their value (RFC 8460 §4.4), by their names without case and separators, and
/// how each is set.
/// </summary>
internal static class TlsMembers
{
    public static readonly Dictionary<string, Action<TlsReport, string>> OfReport = new()
    {
        ["organizationname"] = (report, text) => report.OrganizationName = text,
        ["contactinfo"] = (report, text) => report.ContactInfo = text,
        ["reportid"] = (report, text) => report.ReportId = text,
    };

    public static readonly Dictionary<string, Action<TlsReport, string>> OfDateRange = new()
    {
        ["startdatetime"] = (report, text) => report.WrittenBegin = ReportValueParser.Time(text),
        ["enddatetime"] = (report, text) => report.WrittenEnd = ReportValueParser.Time(text),
    };

    /// <summary>The lists of an intact report have a text each only after damage.</summary>
    public static readonly Dictionary<string, Action<TlsPolicyValues, string>> OfPolicy = new()
    {
        ["policytype"] = (policy, text) => policy.Type = text,
        ["policydomain"] = (policy, text) => policy.Domain = text,
        ["policystring"] = (_, _) => { },
        ["mxhost"] = SetHost,
        ["mxhostpattern"] = SetHost,
    };

    public static readonly Dictionary<string, Action<TlsPolicyValues, string>> OfSummary = new()
    {
        ["totalsuccessfulsessioncount"] = (policy, text) => policy.Successful = text,
        ["totalfailuresessioncount"] = (policy, text) => policy.Failed = text,
    };

    public static readonly Dictionary<string, Action<TlsFailureValues, string>> OfFailure = new()
    {
        ["resulttype"] = (failure, text) => failure.ResultType = text,
        ["sendingmtaip"] = (failure, text) => failure.SendingMtaIP = text,
        ["receivingmxhostname"] = (failure, text) => failure.ReceivingMxHostname = text,
        ["receivingmxhelo"] = (failure, text) => failure.ReceivingMxHelo = text,
        ["receivingip"] = (failure, text) => failure.ReceivingIP = text,
        ["failedsessioncount"] = (failure, text) => failure.Count = text,
        ["additionalinformation"] = (failure, text) => failure.AdditionalInformation = text,
        ["additionalinfouri"] = (failure, text) => failure.AdditionalInformation = text,
        ["failurereasoncode"] = (failure, text) => failure.FailureReasonCode = text,
        ["failureerrorcode"] = (failure, text) => failure.FailureReasonCode = text,
    };

    private static readonly Dictionary<string, TlsPart> Parts = new (TlsPart Part, IEnumerable<string> Names)[]
        {
            (TlsPart.Report, [.. OfReport.Keys, .. OfDateRange.Keys]),
            (TlsPart.Policy, OfPolicy.Keys),
            (TlsPart.Summary, OfSummary.Keys),
            (TlsPart.Failure, OfFailure.Keys),
        }
        .SelectMany(part => part.Names.Select(name => (Name: name, part.Part)))
        .ToDictionary(member => member.Name, member => member.Part);

    /// <summary>The names in the standard.</summary>
    private static readonly string[] StandardNames =
    [
        .. Parts.Keys.Except(["mxhostpattern", "additionalinfouri", "failureerrorcode"]),
        "policies", "summary", "failuredetails",
    ];

    /// <summary>The object to which a member belongs.</summary>
    public static TlsPart PartOf(string name) => Parts.TryGetValue(name, out TlsPart part) ? part : TlsPart.None;

    /// <summary>True for a member whose value is the name of a domain or host.</summary>
    public static bool IsName(string name) => name is "policydomain" or "receivingmxhostname" or "receivingmxhelo";

    /// <summary>True for the name of a member, or one that differs from it in one or two characters.</summary>
    public static bool IsLikeMember(string name) =>
        PartOf(name) != TlsPart.None || Array.Exists(StandardNames, known => TagResidue.IsLike(name.AsSpan(), known));

    private static void SetHost(TlsPolicyValues policy, string text) =>
        policy.Hosts = text.Length > 0 ? [text] : policy.Hosts;
}
