namespace Dmarc.Reports.Totals;

/// <summary>The groupings of aggregate report rows.</summary>
public enum ReportGrouping
{
    /// <summary>The sending address.</summary>
    Source,

    /// <summary>The network of that address: its first 24 bits for IPv4, its first 48 for IPv6.</summary>
    Network,

    /// <summary>The known sending service of the SPF and DKIM domains.</summary>
    Service,

    /// <summary>The domain of the policy record.</summary>
    Domain,

    /// <summary>The domain of the From header.</summary>
    HeaderFrom,

    /// <summary>The reporting organisation.</summary>
    Reporter,

    /// <summary>The UTC day that contains the middle of the report's period.</summary>
    Day,

    /// <summary>The week of that day (ISO 8601: begins on Monday, belongs to the year of its Thursday).</summary>
    Week,

    /// <summary>The month of that day.</summary>
    Month,

    /// <summary>The disposition of the messages by the receiver.</summary>
    Disposition,

    /// <summary>The reason for overriding the policy. A row with several reasons counts for each.</summary>
    Override,

    /// <summary>The domain of MAIL FROM.</summary>
    EnvelopeFrom,

    /// <summary>The domains of the DKIM signatures, with any result. A row with several counts for each.</summary>
    DkimDomain,

    /// <summary>The country in which the sending address's network is registered, if known.</summary>
    Country,

    /// <summary>The owner of the sending address's network, if known.</summary>
    NetworkOwner,

    /// <summary>The class of the source (aligned, forwarder, spoofing, …), by all rows of address and From.</summary>
    Class,
}
