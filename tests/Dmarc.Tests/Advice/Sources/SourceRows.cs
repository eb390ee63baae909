using Dmarc.Advice.Sources;
using Dmarc.Domains;
using Dmarc.Reports.Aggregate;
using Dmarc.Standards;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Sources;

/// <summary>
/// Makes rows from short texts: <c>12 dkim=pass:contoso.example,fail:other.example spf=pass:bounce.example helo=pass:mx.contoso.example
/// override=local_policy:arc=pass env=bounce.example org=Reporter</c>. What aligns is worked out from the domains, unless <c>aligns=no</c> ends the row (strict modes) or
/// <c>evaluated=no</c> (the report does not say).
/// </summary>
internal static class SourceRows
{
    public const string From = "contoso.example";

    public static SourceEvidence Evidence(string source, params string[] rows) => EvidenceOf(source, From, rows);

    public static SourceEvidence EvidenceOf(string source, string from, params string[] rows)
    {
        SourceEvidence evidence = new(source, from);
        foreach (string row in rows)
        {
            evidence.Add(Row(source, from, row));
        }

        return evidence;
    }

    public static AggregateReportRow Row(string source, string from, string text)
    {
        string[] words = text.Split(' ');
        RecordValues values = new() { SourceIP = source, HeaderFrom = from, Count = long.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture) };
        string organization = "Reporter";
        values.DkimResult = values.SpfResult = ReportedOutcome.Fail;
        foreach (string word in words.Skip(1))
        {
            string[] pair = word.Split('=', 2);
            foreach (string item in pair[1].Split(','))
            {
                string[] parts = item.Split(':', 2);
                switch (pair[0])
                {
                    case "dkim":
                        AuthenticationResult dkim = Enum.Parse<AuthenticationResult>(parts[0], true);
                        values.Dkim.Add(new ReportedDkim(parts[1], "s1", WrittenValue.Word(dkim, parts[0]), ""));
                        values.DkimResult = dkim == AuthenticationResult.Pass && IsOwn(parts[1], from) ? ReportedOutcome.Pass : values.DkimResult;
                        break;
                    case "spf" or "helo":
                        AuthenticationResult spf = Enum.Parse<AuthenticationResult>(parts[0], true);
                        bool helo = pair[0] == "helo";
                        values.Spf.Add(new ReportedSpf(parts[1], AggregateWords.Scope(helo ? "helo" : "mfrom"), WrittenValue.Word(spf, parts[0]), ""));
                        values.SpfResult = !helo && spf == AuthenticationResult.Pass && IsOwn(parts[1], from) ? ReportedOutcome.Pass : values.SpfResult;
                        break;
                    case "override":
                        values.OverrideReasons.Add(new OverrideReason(
                            WrittenValue.Word(Enum.Parse<OverrideReasonType>(parts[0].Replace("_", "", StringComparison.Ordinal), true), parts[0]),
                            parts.Length > 1 ? parts[1] : ""));
                        break;
                    case "aligns" when item == "no":
                        values.DkimResult = values.SpfResult = ReportedOutcome.Fail;
                        break;
                    case "evaluated" when item == "no":
                        values.DkimResult = values.SpfResult = ReportedOutcome.Unknown;
                        break;
                    case "env":
                        values.EnvelopeFrom = item;
                        break;
                    case "org":
                        organization = item;
                        break;
                    case "disposition":
                        values.Disposition = Enum.Parse<ReportedDisposition>(item, true);
                        break;
                    default:
                        throw new FormatException(word);
                }
            }
        }

        AggregateReport report = new("test.xml", PublicSuffixList.Default)
        {
            OrganizationName = organization,
            Domain = from,
            WrittenBegin = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc),
            WrittenEnd = new DateTime(2026, 11, 2, 0, 0, 0, DateTimeKind.Utc),
        };
        return new AggregateReportRow(report, values);
    }

    private static bool IsOwn(string domain, string from) =>
        string.Equals(domain, from, StringComparison.OrdinalIgnoreCase) || domain.EndsWith("." + from, StringComparison.OrdinalIgnoreCase);
}
