using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Rollout;

/// <summary>
/// On what the advice rests. A record that could not be looked up is never taken for an absent one. JSON has the numbers alone: those of
/// failures are the ones of <see cref="DmarcRecordStatus"/>, and the first two stand for a record that exists as there.
/// </summary>
public enum RolloutStatus
{
    /// <summary>The record and reports are there.</summary>
    Ready,

    /// <summary>There are no rows for the domain.</summary>
    NoReports,

    /// <summary>DNS answered that there is no record.</summary>
    NoRecord,

    /// <summary>There is a record, but receivers make nothing of it.</summary>
    RecordInvalid,

    /// <summary>What was given is not a domain name.</summary>
    InvalidDomainName = 6,

    /// <summary>Nothing is known, because of an error in this program: see the error record beside the result.</summary>
    UnexpectedError = 7,

    /// <summary>
    /// The look-up of the record failed, so it is not known: see <see cref="RolloutResult.DnsFailure"/>.
    /// </summary>
    DnsFailure = 8,
}

/// <summary>What the statuses have in common.</summary>
internal static class RolloutStatusExtensions
{
    /// <summary>The status for what the search for the record ended with; null if it was found.</summary>
    public static RolloutStatus? ToRolloutStatus(this DmarcRecordStatus status) => status switch
    {
        DmarcRecordStatus.Found or DmarcRecordStatus.Inherited => null,
        DmarcRecordStatus.Multiple or DmarcRecordStatus.Invalid => RolloutStatus.RecordInvalid,
        DmarcRecordStatus.InvalidDomainName => RolloutStatus.InvalidDomainName,
        DmarcRecordStatus.UnexpectedError => RolloutStatus.UnexpectedError,
        DmarcRecordStatus.DnsFailure => RolloutStatus.DnsFailure,
        _ => RolloutStatus.NoRecord,
    };
}
