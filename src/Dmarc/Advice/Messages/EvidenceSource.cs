namespace Dmarc.Advice.Messages;

/// <summary>The source of an SPF or DKIM result, which determines its reliability.</summary>
public enum EvidenceSource
{
    /// <summary>No result.</summary>
    None,

    /// <summary>Given by the caller.</summary>
    Given,

    /// <summary>Checked here, with current DNS data.</summary>
    Checked,

    /// <summary>Checked here, with an unverified address from the message's own header.</summary>
    CheckedFromHeader,

    /// <summary>Reported by a trusted server (<see cref="MessageAssessorOptions.TrustedAuthServIds"/>).</summary>
    TrustedReceiver,

    /// <summary>Reported in the top-most header of its kind, which anyone may have written.</summary>
    UnverifiedReceiver,
}
