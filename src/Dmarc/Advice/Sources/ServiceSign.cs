namespace Dmarc.Advice.Sources;

/// <summary>The sign by which a sending service was recognised.</summary>
public enum ServiceSign
{
    /// <summary>None.</summary>
    None,

    /// <summary>The address has a forward-confirmed name of the service in reverse DNS.</summary>
    ReverseName,

    /// <summary>The SPF record that the service's customers include authorises the address.</summary>
    SpfRecord,

    /// <summary>Its mail passes DKIM for the service's default domain.</summary>
    DkimDomain,

    /// <summary>Its mail passes SPF for a MAIL FROM in the service's domain.</summary>
    MailFromDomain,
}
