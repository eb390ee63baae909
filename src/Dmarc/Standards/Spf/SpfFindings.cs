using Dmarc.Text;

namespace Dmarc.Standards.Spf;

/// <summary>The kinds of findings about SPF records.</summary>
public static class SpfFindings
{
    /// <summary>The text is no SPF record.</summary>
    public static readonly FindingDescriptor VersionMissing = new("SpfVersionMissing", Severity.Error, "RFC 7208 §4.5");

    /// <summary>A mechanism that nobody knows.</summary>
    public static readonly FindingDescriptor MechanismUnknown = new("SpfMechanismUnknown", Severity.Error, "RFC 7208 §4.6");

    /// <summary>A misspelt mechanism.</summary>
    public static readonly FindingDescriptor MechanismMisspelt = new("SpfMechanismMisspelt", Severity.Error, "RFC 7208 §4.6");

    /// <summary>A modifier written with a colon.</summary>
    public static readonly FindingDescriptor ModifierAsMechanism = new("SpfModifierAsMechanism", Severity.Error, "RFC 7208 §6");

    /// <summary>A mechanism written with an equals sign.</summary>
    public static readonly FindingDescriptor MechanismAsModifier = new("SpfMechanismAsModifier", Severity.Error, "RFC 7208 §6");

    /// <summary>A modifier that RFC 7208 does not define.</summary>
    public static readonly FindingDescriptor ModifierUnknown = new("SpfModifierUnknown", Severity.Information, "RFC 7208 §6");

    /// <summary>A misspelt modifier.</summary>
    public static readonly FindingDescriptor ModifierMisspelt = new("SpfModifierMisspelt", Severity.Warning, "RFC 7208 §6");

    /// <summary>A modifier without a proper name.</summary>
    public static readonly FindingDescriptor ModifierNameInvalid = new("SpfModifierNameInvalid", Severity.Error, "RFC 7208 §4.6.1");

    /// <summary>redirect or exp stands twice.</summary>
    public static readonly FindingDescriptor ModifierRepeated = new("SpfModifierRepeated", Severity.Error, "RFC 7208 §6");

    /// <summary>A term without the domain that it needs.</summary>
    public static readonly FindingDescriptor DomainMissing = new("SpfDomainMissing", Severity.Error, "RFC 7208 §4.8");

    /// <summary>A term whose domain is none.</summary>
    public static readonly FindingDescriptor DomainInvalid = new("SpfDomainInvalid", Severity.Error, "RFC 7208 §7.1");

    /// <summary>A macro that cannot be read.</summary>
    public static readonly FindingDescriptor MacroInvalid = new("SpfMacroInvalid", Severity.Error, "RFC 7208 §7.1");

    /// <summary>A term with an argument that it cannot have.</summary>
    public static readonly FindingDescriptor ArgumentNotAllowed = new("SpfArgumentNotAllowed", Severity.Error, "RFC 7208 §5");

    /// <summary>ip4 or ip6 without an address.</summary>
    public static readonly FindingDescriptor AddressMissing = new("SpfAddressMissing", Severity.Error, "RFC 7208 §5.6");

    /// <summary>ip4 with something that is no IPv4 address.</summary>
    public static readonly FindingDescriptor IPv4AddressInvalid = new("SpfIPv4AddressInvalid", Severity.Error, "RFC 7208 §5.6");

    /// <summary>ip6 with something that is no IPv6 address.</summary>
    public static readonly FindingDescriptor IPv6AddressInvalid = new("SpfIPv6AddressInvalid", Severity.Error, "RFC 7208 §5.6");

    /// <summary>ip4 with an IPv6 address, or ip6 with an IPv4 address.</summary>
    public static readonly FindingDescriptor WrongAddressFamily = new("SpfWrongAddressFamily", Severity.Error, "RFC 7208 §5.6");

    /// <summary>A prefix length that is none.</summary>
    public static readonly FindingDescriptor PrefixLengthInvalid = new("SpfPrefixLengthInvalid", Severity.Error, "RFC 7208 §5.6");

    /// <summary>A character that a record cannot hold.</summary>
    public static readonly FindingDescriptor CharacterInvalid = new("SpfCharacterInvalid", Severity.Error, "RFC 7208 §4.6.1");

    /// <summary>A U-label in a record.</summary>
    public static readonly FindingDescriptor InternationalName = new("SpfInternationalName", Severity.Error, "RFC 8616 §4");

    /// <summary>The name of a term in capitals.</summary>
    public static readonly FindingDescriptor UpperCase = new("SpfUpperCase", Severity.Information, "RFC 7208 §4.6.1");

    /// <summary>Bits after the prefix are set.</summary>
    public static readonly FindingDescriptor HostBitsSet = new("SpfHostBitsSet", Severity.Information, "RFC 7208 §5");

    /// <summary>No SPF record.</summary>
    public static readonly FindingDescriptor RecordMissing = new("SpfRecordMissing", Severity.Error, "RFC 7208 §4.5");

    /// <summary>A TXT record that was meant as an SPF record and is none.</summary>
    public static readonly FindingDescriptor NearMiss = new("SpfNearMiss", Severity.Error, "RFC 7208 §4.5");

    /// <summary>The domain does not exist.</summary>
    public static readonly FindingDescriptor DomainNotFound = new("SpfDomainNotFound", Severity.Error, "RFC 7208 §4.3");

    /// <summary>The record could not be asked for.</summary>
    public static readonly FindingDescriptor LookupFailed = new("SpfLookupFailed", Severity.Error, "RFC 7208 §4.4");

    /// <summary>Several SPF records at one name.</summary>
    public static readonly FindingDescriptor SeveralRecords = new("SpfSeveralRecords", Severity.Error, "RFC 7208 §4.5");

    /// <summary>The TXT answer is over 450 bytes.</summary>
    public static readonly FindingDescriptor RecordTooLong = new("SpfRecordTooLong", Severity.Warning, "RFC 7208 §3.4");

    /// <summary>Character-strings that join two terms into one.</summary>
    public static readonly FindingDescriptor SplitJoinsTerms = new("SpfSplitJoinsTerms", Severity.Error, "RFC 7208 §3.3");

    /// <summary>The rest of the record stands in a TXT record of its own.</summary>
    public static readonly FindingDescriptor RecordHalf = new("SpfRecordHalf", Severity.Error, "RFC 7208 §3.3");

    /// <summary>exp leads to nothing that can be used.</summary>
    public static readonly FindingDescriptor ExplanationUnusable = new("SpfExplanationUnusable", Severity.Warning, "RFC 7208 §6.2");

    /// <summary>A record of Sender ID.</summary>
    public static readonly FindingDescriptor SenderIdLeftover = new("SpfSenderIdLeftover", Severity.Information, "RFC 6686 §5");

    /// <summary>A record of the abandoned type SPF (99).</summary>
    public static readonly FindingDescriptor TypeSpfLeftover = new("SpfTypeSpfLeftover", Severity.Warning, "RFC 7208 §3.1");

    /// <summary>More than ten look-ups.</summary>
    public static readonly FindingDescriptor TooManyLookups = new("SpfTooManyLookups", Severity.Error, "RFC 7208 §4.6.4");

    /// <summary>More addresses or terms than an analysis computes.</summary>
    public static readonly FindingDescriptor AnalysisTooLarge = new("SpfAnalysisTooLarge", Severity.Error, "RFC 7208 §4.6.4");

    /// <summary>Nine or ten look-ups of ten.</summary>
    public static readonly FindingDescriptor NearLookupLimit = new("SpfNearLookupLimit", Severity.Warning, "RFC 7208 §4.6.4");

    /// <summary>More than two void look-ups.</summary>
    public static readonly FindingDescriptor TooManyVoidLookups = new("SpfTooManyVoidLookups", Severity.Error, "RFC 7208 §4.6.4");

    /// <summary>A look-up that finds nothing.</summary>
    public static readonly FindingDescriptor VoidLookup = new("SpfVoidLookup", Severity.Warning, "RFC 7208 §4.6.4");

    /// <summary>Names with IPv6 addresses only are void look-ups for IPv4 senders.</summary>
    public static readonly FindingDescriptor VoidLookupIPv4 = new("SpfVoidLookupIPv4", Severity.Information, "RFC 7208 §4.6.4");

    /// <summary>Names without IPv6 addresses count as void for IPv6 senders.</summary>
    public static readonly FindingDescriptor VoidLookupsIPv6 = new("SpfVoidLookupsIPv6", Severity.Warning, "RFC 7208 §4.6.4");

    /// <summary>Everybody passes.</summary>
    public static readonly FindingDescriptor PassAll = new("SpfPassAll", Severity.Error, "RFC 7208 §5.1");

    /// <summary>Ranges that hold the whole Internet, or as good as.</summary>
    public static readonly FindingDescriptor PassesInternet = new("SpfPassesInternet", Severity.Error, "RFC 7208 §5.1");

    /// <summary>Nothing is said of other servers.</summary>
    public static readonly FindingDescriptor NeutralAll = new("SpfNeutralAll", Severity.Warning, "RFC 7208 §5.1");

    /// <summary>Other servers give softfail.</summary>
    public static readonly FindingDescriptor SoftFailAll = new("SpfSoftFailAll", Severity.Information, "RFC 9989 §7.1");

    /// <summary>Other servers give fail.</summary>
    public static readonly FindingDescriptor FailAll = new("SpfFailAll", Severity.Information, "RFC 9989 §7.1");

    /// <summary>No all and no redirect.</summary>
    public static readonly FindingDescriptor AllMissing = new("SpfAllMissing", Severity.Warning, "RFC 7208 §4.7");

    /// <summary>ptr is not to be used.</summary>
    public static readonly FindingDescriptor Ptr = new("SpfPtr", Severity.Warning, "RFC 7208 §5.5");

    /// <summary>Terms after all.</summary>
    public static readonly FindingDescriptor TermsAfterAll = new("SpfTermsAfterAll", Severity.Warning, "RFC 7208 §5.1");

    /// <summary>redirect beside all.</summary>
    public static readonly FindingDescriptor RedirectIgnored = new("SpfRedirectIgnored", Severity.Warning, "RFC 7208 §6.1");

    /// <summary>An include or redirect whose domain has no record.</summary>
    public static readonly FindingDescriptor IncludeWithoutRecord = new("SpfIncludeWithoutRecord", Severity.Error, "RFC 7208 §5.2");

    /// <summary>An include or redirect whose record is not valid.</summary>
    public static readonly FindingDescriptor IncludeInvalid = new("SpfIncludeInvalid", Severity.Error, "RFC 7208 §5.2");

    /// <summary>A term whose look-up failed.</summary>
    public static readonly FindingDescriptor IncludeFailed = new("SpfIncludeFailed", Severity.Warning, "RFC 7208 §5");

    /// <summary>A record that includes itself.</summary>
    public static readonly FindingDescriptor IncludeSelf = new("SpfIncludeSelf", Severity.Error, "RFC 7208 §4.6.4");

    /// <summary>Records that include each other.</summary>
    public static readonly FindingDescriptor IncludeLoop = new("SpfIncludeLoop", Severity.Error, "RFC 7208 §4.6.4");

    /// <summary>A record that is included twice.</summary>
    public static readonly FindingDescriptor IncludeTwice = new("SpfIncludeTwice", Severity.Warning, "RFC 7208 §4.6.4");

    /// <summary>An included record that lets everybody pass.</summary>
    public static readonly FindingDescriptor IncludePassesAll = new("SpfIncludePassesAll", Severity.Error, "RFC 7208 §5.2");

    /// <summary>a or mx that gives no address.</summary>
    public static readonly FindingDescriptor AddressNotFound = new("SpfAddressNotFound", Severity.Warning, "RFC 7208 §5.3");

    /// <summary>mx with more than ten exchanges.</summary>
    public static readonly FindingDescriptor TooManyMx = new("SpfTooManyMx", Severity.Error, "RFC 7208 §4.6.4");

    /// <summary>A range that is wider than any sender needs.</summary>
    public static readonly FindingDescriptor WideRange = new("SpfWideRange", Severity.Warning);

    /// <summary>Addresses that no sender on the Internet has.</summary>
    public static readonly FindingDescriptor SpecialRange = new("SpfSpecialRange", Severity.Warning, "RFC 6890");

    /// <summary>A range that another term covers already.</summary>
    public static readonly FindingDescriptor Overlap = new("SpfOverlap", Severity.Information);

    /// <summary>The same term twice.</summary>
    public static readonly FindingDescriptor DuplicateTerm = new("SpfDuplicateTerm", Severity.Warning);

    /// <summary>A term that depends on the message.</summary>
    public static readonly FindingDescriptor MacroTerm = new("SpfMacroTerm", Severity.Information, "RFC 7208 §7");

    /// <summary>A sending host without a record of its own.</summary>
    public static readonly FindingDescriptor HostWithoutRecord = new("SpfHostWithoutRecord", Severity.Information, "RFC 7208 §10.1.3");

    /// <summary>A service that the domain shows no other sign of using.</summary>
    public static readonly FindingDescriptor ServiceUnused = new("SpfServiceUnused", Severity.Warning);

    /// <summary>A service through whose servers anybody can send.</summary>
    public static readonly FindingDescriptor SharedService = new("SpfSharedService", Severity.Information);

    /// <summary>Records that were not followed to the end.</summary>
    public static readonly FindingDescriptor NotFollowed = new("SpfNotFollowed", Severity.Warning, "RFC 7208 §4.6.4");

    /// <summary>The record to compare with could not be asked for.</summary>
    public static readonly FindingDescriptor ComparisonFailed = new("SpfComparisonFailed", Severity.Error, "RFC 7208 §4.4");

    /// <summary>A comparison that does not hold everything.</summary>
    public static readonly FindingDescriptor ComparisonPartial = new("SpfComparisonPartial", Severity.Warning, "RFC 7208 §5");

    /// <summary>A flattened record goes stale.</summary>
    public static readonly FindingDescriptor FlattenedStale = new("SpfFlattenedStale", Severity.Warning);

    /// <summary>A term that cannot be flattened.</summary>
    public static readonly FindingDescriptor NotFlattened = new("SpfNotFlattened", Severity.Information, "RFC 7208 §7");

    /// <summary>A flattened record that needs too many look-ups.</summary>
    public static readonly FindingDescriptor FlattenedTooLarge = new("SpfFlattenedTooLarge", Severity.Error, "RFC 7208 §4.6.4");
}
