namespace Dmarc.Reports.Totals;

/// <summary>By what rows of aggregate reports are brought together.</summary>
public enum ReportGrouping
{
    /// <summary>The address that sent.</summary>
    Source,

    /// <summary>The network of that address: the first 24 bits of an IPv4 address, the first 48 of an IPv6 address.</summary>
    Network,

    /// <summary>The sending service that the domains of SPF and DKIM belong to, where it is a known one.</summary>
    Service,

    /// <summary>The domain where the policy record was found.</summary>
    Domain,

    /// <summary>The domain of the From header.</summary>
    HeaderFrom,

    /// <summary>The organisation that reports.</summary>
    Reporter,

    /// <summary>The day in UTC that holds the middle of the time that the report covers.</summary>
    Day,

    /// <summary>The week of that day (ISO 8601: it begins on Monday, and belongs to the year of its Thursday).</summary>
    Week,

    /// <summary>The month of that day.</summary>
    Month,

    /// <summary>What the receiver did with the messages.</summary>
    Disposition,

    /// <summary>Why the receiver departed from the policy. A row with several reasons counts for each.</summary>
    Override,

    /// <summary>The domain of MAIL FROM.</summary>
    EnvelopeFrom,

    /// <summary>The domains of the DKIM signatures, whatever became of these. A row with several counts for each.</summary>
    DkimDomain,

    /// <summary>The country where the network of the sending address is registered, where it is known.</summary>
    Country,

    /// <summary>Who announces the network of the sending address, where it is known.</summary>
    NetworkOwner,

    /// <summary>What the source is (aligned, a forwarder, likely spoofing, …), judged by all rows of the address and the From domain.</summary>
    Class,
}
