using Dmarc.Advice.Audit;
using Dmarc.Advice.Audit.Changes;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Posture.Changes.Rules;

/// <summary>The SPF record: gone, new, its end weaker or stronger, past the limit of look-ups, or only different.</summary>
internal sealed class SpfRecordRule : IChangeRule
{
    private const string Qualifiers = "+?~-";

    public IEnumerable<MailDomainChange> Check(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        if (before.SpfStatus is null || after.SpfStatus is null || before.Failed(MailDomainPart.Spf) || after.Failed(MailDomainPart.Spf))
        {
            yield break;
        }

        if (before.SpfLookupCount is int old && after.SpfLookupCount is int now && (old > SpfLimits.Lookups) != (now > SpfLimits.Lookups))
        {
            yield return now > SpfLimits.Lookups
                ? Change.Make(after, MailDomainChangeKind.LookupLimitExceeded, MailDomainPart.Spf, Severity.Error, Number(old), Number(now), Strings.Change_LookupLimitExceeded)
                : Change.Make(after, MailDomainChangeKind.LookupLimitMet, MailDomainPart.Spf, Severity.Information, Number(old), Number(now), Strings.Change_LookupLimitMet);
        }

        bool had = before.SpfRecord.Length > 0;
        bool has = after.SpfRecord.Length > 0;
        if (had && !has)
        {
            yield return Make(MailDomainChangeKind.RecordRemoved, Severity.Error, Strings.Change_SpfRemoved);
        }
        else if (has && !had)
        {
            yield return Make(MailDomainChangeKind.RecordAdded, Severity.Information, Strings.Change_RecordAdded);
        }
        else if (Strength(before.SpfAll) != Strength(after.SpfAll))
        {
            bool isWeaker = Strength(after.SpfAll) < Strength(before.SpfAll);
            yield return Change.Make(
                after,
                isWeaker ? MailDomainChangeKind.PolicyWeakened : MailDomainChangeKind.PolicyStrengthened,
                MailDomainPart.Spf,
                isWeaker ? Severity.Error : Severity.Information,
                before.SpfAll,
                after.SpfAll,
                isWeaker ? Strings.Change_SpfWeakened : Strings.Change_SpfStrengthened);
        }

        if (had && has && before.SpfRecord != after.SpfRecord)
        {
            bool isBroken = before.SpfStatus == SpfRecordStatus.Found && after.SpfStatus != SpfRecordStatus.Found;
            yield return isBroken
                ? Make(MailDomainChangeKind.RecordChanged, Severity.Error, Strings.Change_SpfBroken)
                : Make(MailDomainChangeKind.RecordChanged, Severity.Information, Strings.Change_RecordChanged);
        }

        MailDomainChange Make(MailDomainChangeKind kind, Severity severity, string explanation) =>
            Change.Make(after, kind, MailDomainPart.Spf, severity, before.SpfRecord, after.SpfRecord, explanation, "SPF");
    }

    /// <summary>No <c>all</c> is <c>?all</c> (RFC 7208 §4.7); none before it is a plus.</summary>
    private static int Strength(string all) =>
        all.Length == 0 ? 1 : Qualifiers.IndexOf(all[0]) is int at and >= 0 ? at : 0;

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
