namespace Dmarc.Advice.Sources;

/// <summary>By what a sending service was recognised.</summary>
public enum ServiceSign
{
    /// <summary>None was.</summary>
    None,

    /// <summary>The address has a name of the service's in reverse DNS, and that name has the address.</summary>
    ReverseName,

    /// <summary>The SPF record that the service has its customers include lets the address pass.</summary>
    SpfRecord,

    /// <summary>Mail from there passes DKIM for the service's default domain.</summary>
    DkimDomain,

    /// <summary>Mail from there passes SPF for a MAIL FROM in the service's domain.</summary>
    MailFromDomain,
}
