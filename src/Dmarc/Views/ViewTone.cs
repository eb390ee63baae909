using Dmarc.Advice.Audit;
using Dmarc.Advice.DirectSend;
using Dmarc.Advice.DirectSend.Traffic;
using Dmarc.Advice.Messages.BulkSenders;
using Dmarc.Advice.Records;
using Dmarc.Advice.Rollout;
using Dmarc.Advice.Sources;
using Dmarc.Standards;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Views;

/// <summary>The state that a text in a view expresses.</summary>
internal enum ViewTone
{
    /// <summary>None.</summary>
    Plain,

    /// <summary>Correct.</summary>
    Good,

    /// <summary>Works, but needs attention.</summary>
    Caution,

    /// <summary>Wrong or insecure.</summary>
    Bad,
}

/// <summary>Maps values to tones: the only place that does so for all enums.</summary>
internal static class ViewTones
{
    /// <summary>Enums for results that are not named <c>…Status</c>.</summary>
    private static readonly HashSet<Type> Results =
    [
        typeof(AuthenticationResult), typeof(BulkSenderOutcome), typeof(DmarcResult), typeof(DnssecState),
    ];

    /// <summary>The tone of a value; plain if it has no state.</summary>
    public static ViewTone Of(object? value) => value switch
    {
        DmarcPolicy.Reject => ViewTone.Good,
        DmarcPolicy.Quarantine => ViewTone.Caution,
        DmarcPolicy.None => ViewTone.Bad,
        Severity.Error => ViewTone.Bad,
        Severity.Warning => ViewTone.Caution,
        MailDomainGrade.A or MailDomainGrade.B => ViewTone.Good,
        MailDomainGrade.C or MailDomainGrade.D => ViewTone.Caution,
        MailDomainGrade.E or MailDomainGrade.F => ViewTone.Bad,
        RolloutVerdict.Advance or RolloutVerdict.Complete => ViewTone.Good,
        RolloutVerdict.FixSources or RolloutVerdict.FixRecord or RolloutVerdict.StartReporting => ViewTone.Bad,
        RolloutVerdict => ViewTone.Caution,
        DirectSendVerdict.Protected or DirectSendVerdict.NotApplicable or EvidenceVerdict.Legitimate => ViewTone.Good,
        DirectSendVerdict.LikelyExposed or DirectSendVerdict.ExposedPastGateway or EvidenceVerdict.Spoof => ViewTone.Bad,
        DirectSendVerdict or EvidenceVerdict => ViewTone.Caution,
        SourceClass.AlignedSender => ViewTone.Good,
        SourceClass.KnownServiceNotAligned or SourceClass.OwnNetworkMissingFromSpf => ViewTone.Caution,
        SourceClass.Unknown => ViewTone.Bad,
        Enum state when Results.Contains(state.GetType()) || state.GetType().Name.EndsWith("Status", StringComparison.Ordinal) => OfName(state.ToString()),
        _ => ViewTone.Plain,
    };

    /// <summary>
    /// The tone of the name of a status or result: <c>Found</c> and similar names are good, an absence needs attention,
    /// everything else is a failure.
    /// </summary>
    public static ViewTone OfName(string name) => name switch
    {
        "" or "NotChecked" or "Assessed" => ViewTone.Plain,
        "Found" or "Inherited" or "NoError" or "Ok" or "Pass" or "Valid" or "Authorized" or "NotRequired" or "NotApplicable" or "Ready"
            or "Complete" or "Validated" or "Declined" or "Resolved" or "Encrypted" => ViewTone.Good,
        "NotFound" or "DomainNotFound" or "None" or "NoRecord" or "NoData" or "NxDomain" or "Neutral" or "SoftFail" or "Revoked" or "Unknown"
            or "Unsigned" or "Incomplete" or "NotPublic" or "NoReports" => ViewTone.Caution,
        _ => ViewTone.Bad,
    };
}
