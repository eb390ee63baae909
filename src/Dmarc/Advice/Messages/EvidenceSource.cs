namespace Dmarc.Advice.Messages;

/// <summary>Where a result of SPF or DKIM comes from, and so how much it is worth.</summary>
public enum EvidenceSource
{
    /// <summary>Nothing is known.</summary>
    None,

    /// <summary>Given by whoever asked.</summary>
    Given,

    /// <summary>Checked here, with what DNS says now.</summary>
    Checked,

    /// <summary>Checked here, with an address that stands in the message's own header and that nobody vouches for.</summary>
    CheckedFromHeader,

    /// <summary>Written down by a server that is trusted by name (<see cref="MessageAssessorOptions.TrustedAuthServIds"/>).</summary>
    TrustedReceiver,

    /// <summary>Written down in the top-most header of its kind, which anybody can have written.</summary>
    UnverifiedReceiver,
}
