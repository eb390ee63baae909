using Dmarc.Text;

namespace Dmarc.Dns;

/// <summary>What can be found in zone files.</summary>
public static class DnsFindings
{
    /// <summary>A line cannot be read and was left out.</summary>
    public static readonly FindingDescriptor ZoneSyntax = new("DnsZoneSyntax", Severity.Error, "RFC 1035 §5.1");

    /// <summary>A type that is not read; its owner name exists nonetheless.</summary>
    public static readonly FindingDescriptor ZoneUnknownType = new("DnsZoneUnknownType", Severity.Information, "RFC 1035 §5.1");

    /// <summary>$INCLUDE is not followed.</summary>
    public static readonly FindingDescriptor ZoneInclude = new("DnsZoneInclude", Severity.Error, "RFC 1035 §5.1");

    /// <summary>A CNAME beside other records.</summary>
    public static readonly FindingDescriptor ZoneCnameConflict = new("DnsZoneCnameConflict", Severity.Error, "RFC 1034 §3.6.2");

    /// <summary>More records than are read.</summary>
    public static readonly FindingDescriptor ZoneTooLarge = new("DnsZoneTooLarge", Severity.Error);
}
