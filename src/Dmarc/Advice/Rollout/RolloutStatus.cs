using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Rollout;

/// <summary>
/// The basis of the advice. A failed look-up never counts as an absent record. In JSON, numbers of failures equal those
/// of <see cref="DmarcRecordStatus"/>, and the first two mean an existing record as there.
/// </summary>
public enum RolloutStatus
{
    /// <summary>The record and reports are available.</summary>
    Ready,

    /// <summary>There are no rows for the domain, or none that says whether its mail passed.</summary>
    NoReports,

    /// <summary>DNS answered that there is no record.</summary>
    NoRecord,

    /// <summary>There is a record, but receivers ignore it.</summary>
    RecordInvalid,

    /// <summary>The input is not a valid domain name.</summary>
    InvalidDomainName = 6,

    /// <summary>Unknown because of an error in this program: see the accompanying error record.</summary>
    UnexpectedError = 7,

    /// <summary>The look-up of the record failed: see <see cref="RolloutResult.DnsFailure"/>.</summary>
    DnsFailure = 8,
}

/// <summary>Conversion from other statuses.</summary>
internal static class RolloutStatusExtensions
{
    /// <summary>The status for a search; null if the record was found.</summary>
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
