using Dmarc.Text;

namespace Dmarc.Standards.Dmarc;

/// <summary>The findings about DMARC records, where they stand and whom they send reports to.</summary>
public static class DmarcFindings
{
    // What is wrong with the text of a record.

    /// <summary>The record begins with a quotation mark that is part of its text, so receivers do not take it for a DMARC record.</summary>
    public static readonly FindingDescriptor RecordQuoted = new("DmarcRecordQuoted", Severity.Error, "RFC 9989 §4.7");

    /// <summary>There is white space before v=DMARC1, so receivers do not take the text for a DMARC record.</summary>
    public static readonly FindingDescriptor LeadingSpace = new("DmarcLeadingSpace", Severity.Error, "RFC 9989 §4.8");

    /// <summary>The text does not begin with v=DMARC1, so it is not a DMARC record.</summary>
    public static readonly FindingDescriptor VersionMissing = new("DmarcVersionMissing", Severity.Error, "RFC 9989 §4.7");

    /// <summary>The tag v=DMARC1 is not the first one, so receivers ignore the whole record.</summary>
    public static readonly FindingDescriptor VersionNotFirst = new("DmarcVersionNotFirst", Severity.Error, "RFC 9989 §4.7");

    /// <summary>The version is written …. It must be DMARC1 in capital letters, or receivers ignore the whole record.</summary>
    public static readonly FindingDescriptor VersionWrongCase = new("DmarcVersionWrongCase", Severity.Error, "RFC 9989 §4.7");

    /// <summary>There is no semicolon after v=DMARC1, so receivers ignore the whole record.</summary>
    public static readonly FindingDescriptor VersionSeparatorMissing = new("DmarcVersionSeparatorMissing", Severity.Error, "RFC 9989 §4.8");

    /// <summary>The version … is not DMARC1, so receivers ignore the whole record.</summary>
    public static readonly FindingDescriptor VersionUnknown = new("DmarcVersionUnknown", Severity.Error, "RFC 9989 §4.7");

    /// <summary>The record has a semicolon too many.</summary>
    public static readonly FindingDescriptor EmptyTag = new("DmarcEmptyTag", Severity.Information, "RFC 9989 §4.8");

    /// <summary>There is nothing between two semicolons, and some receivers stop reading there.</summary>
    public static readonly FindingDescriptor TagsAfterEmptyTag = new("DmarcTagsAfterEmptyTag", Severity.Warning, "RFC 9989 §4.8");

    /// <summary>… stands after a semicolon, where a tag is expected, so no reports go there.</summary>
    public static readonly FindingDescriptor UriListSeparator = new("DmarcUriListSeparator", Severity.Warning, "RFC 9989 §4.8");

    /// <summary>The tag … has no value, so receivers discard it.</summary>
    public static readonly FindingDescriptor TagWithoutValue = new("DmarcTagWithoutValue", Severity.Warning, "RFC 9989 §4.8");

    /// <summary>There is no tag …, so receivers ignore it.</summary>
    public static readonly FindingDescriptor TagMisspelt = new("DmarcTagMisspelt", Severity.Warning, "RFC 9989 §4.7");

    /// <summary>The tag … is not registered, so receivers ignore it.</summary>
    public static readonly FindingDescriptor TagUnknown = new("DmarcTagUnknown", Severity.Information, "RFC 9989 §4.8");

    /// <summary>… cannot be the name of a tag, which is made of letters only, so receivers discard it.</summary>
    public static readonly FindingDescriptor TagNameInvalid = new("DmarcTagNameInvalid", Severity.Warning, "RFC 9989 §4.8");

    /// <summary>The tag … is historic.</summary>
    public static readonly FindingDescriptor HistoricTag = new("DmarcHistoricTag", Severity.Information, "RFC 9989 §9.3");

    /// <summary>There is no semicolon before …, so it is read as part of the value of ….</summary>
    public static readonly FindingDescriptor SeparatorMissing = new("DmarcSeparatorMissing", Severity.Error, "RFC 9989 §4.8");

    /// <summary>The character … cannot stand in a DMARC record.</summary>
    public static readonly FindingDescriptor CharacterNotAllowed = new("DmarcCharacterNotAllowed", Severity.Warning, "RFC 9989 §4.8");

    /// <summary>The tag … stands in the record twice, which makes the whole record void.</summary>
    public static readonly FindingDescriptor TagDuplicate = new("DmarcTagDuplicate", Severity.Error, "RFC 6376 §3.2");

    /// <summary>The value … of … is not a policy.</summary>
    public static readonly FindingDescriptor PolicyInvalid = new("DmarcPolicyInvalid", Severity.Error, "RFC 9989 §4.7");

    /// <summary>The value … of … is not valid, so receivers use the default, ….</summary>
    public static readonly FindingDescriptor ValueInvalid = new("DmarcValueInvalid", Severity.Warning, "RFC 9989 §4.8");

    /// <summary>The list … has a comma too many.</summary>
    public static readonly FindingDescriptor ReportUriEmpty = new("DmarcReportUriEmpty", Severity.Information, "RFC 9989 §4.8");

    /// <summary>The size limit … in … is obsolete.</summary>
    public static readonly FindingDescriptor SizeLimitObsolete = new("DmarcSizeLimitObsolete", Severity.Information, "RFC 9989 §4.8");

    /// <summary>… in … is not a valid address for reports, so none are sent there.</summary>
    public static readonly FindingDescriptor ReportUriInvalid = new("DmarcReportUriInvalid", Severity.Error, "RFC 9989 §4.8");

    /// <summary>… in … has no scheme, so no reports are sent there.</summary>
    public static readonly FindingDescriptor ReportUriWithoutScheme = new("DmarcReportUriWithoutScheme", Severity.Error, "RFC 9989 §4.8");

    /// <summary>… in … is no mailto.</summary>
    public static readonly FindingDescriptor ReportUriScheme = new("DmarcReportUriScheme", Severity.Information, "RFC 9989 §4.7");

    // What a record asks for.

    /// <summary>The record has no p tag.</summary>
    public static readonly FindingDescriptor PolicyMissing = new("DmarcPolicyMissing", Severity.Warning, "RFC 9989 §4.10.1");

    /// <summary>A policy in the record is not valid.</summary>
    public static readonly FindingDescriptor PolicyTreatedAsNone = new("DmarcPolicyTreatedAsNone", Severity.Error, "RFC 9989 §4.10.1");

    /// <summary>The record has no valid p, or an sp or np that is not valid, and no valid rua.</summary>
    public static readonly FindingDescriptor RecordIgnored = new("DmarcRecordIgnored", Severity.Error, "RFC 9989 §4.10.1");

    /// <summary>p stands behind other tags, where receivers that go by RFC 7489 do not look for it.</summary>
    public static readonly FindingDescriptor PolicyNotSecond = new("DmarcPolicyNotSecond", Severity.Warning, "RFC 7489 §6.4");

    /// <summary>The policy is none.</summary>
    public static readonly FindingDescriptor PolicyNone = new("DmarcPolicyNone", Severity.Warning, "RFC 9989 §5.1.7");

    /// <summary>The policy for subdomains, sp=…, is weaker than p=…: names below the domain are easier to misuse than the domain itself, and with sp=none no BIMI logo is shown.</summary>
    public static readonly FindingDescriptor SubdomainPolicyWeaker = new("DmarcSubdomainPolicyWeaker", Severity.Warning, "RFC 9989 §4.7");

    /// <summary>The policy for subdomains that do not exist, np=…, is weaker than p=…: nobody sends honest mail from such names.</summary>
    public static readonly FindingDescriptor NonexistentPolicyWeaker = new("DmarcNonexistentPolicyWeaker", Severity.Warning, "RFC 9989 §4.7");

    /// <summary>No aggregate reports come: none are asked for, or no address in rua can receive them. Nobody sees who sends mail in the name of the domain, or what the policy does to it.</summary>
    public static readonly FindingDescriptor AggregateReportsMissing = new("DmarcAggregateReportsMissing", Severity.Warning, "RFC 9989 §5.1.3");

    /// <summary>The tag fo has no effect without ruf.</summary>
    public static readonly FindingDescriptor FailureOptionsUnused = new("DmarcFailureOptionsUnused", Severity.Information, "RFC 9989 §4.7");

    /// <summary>The tag pct=… no longer thins out the policy.</summary>
    public static readonly FindingDescriptor PercentageBelow100 = new("DmarcPercentageBelow100", Severity.Warning, "RFC 9989 §9.3");

    /// <summary>The record is in test mode (t=y): receivers apply … where it says …. Older receivers do not know t and apply ….</summary>
    public static readonly FindingDescriptor TestingMode = new("DmarcTestingMode", Severity.Information, "RFC 9989 §4.7");

    /// <summary>Test mode (t=y) has no effect on the policy none.</summary>
    public static readonly FindingDescriptor TestingWithoutEffect = new("DmarcTestingWithoutEffect", Severity.Information, "RFC 9989 §4.7");

    /// <summary>The tag …=s is strict.</summary>
    public static readonly FindingDescriptor StrictAlignment = new("DmarcStrictAlignment", Severity.Information, "RFC 9989 §4.4");

    /// <summary>aspf=s lets only an SPF pass of exactly … count, and … has no SPF record, so SPF can never help its mail to pass.</summary>
    public static readonly FindingDescriptor StrictSpfWithoutRecord = new("DmarcStrictSpfWithoutRecord", Severity.Warning, "RFC 9989 §4.4.2");

    /// <summary>The record of … has …, which has no effect there.</summary>
    public static readonly FindingDescriptor SubdomainPolicyIgnored = new("DmarcSubdomainPolicyIgnored", Severity.Warning, "RFC 9989 §4.7");

    /// <summary>psd=y says that others register names below …, which is not a public suffix.</summary>
    public static readonly FindingDescriptor PublicSuffixMisused = new("DmarcPublicSuffixMisused", Severity.Error, "RFC 9989 §4.7");

    /// <summary>A record with psd=y has ruf, which reveals mail of others.</summary>
    public static readonly FindingDescriptor PublicSuffixFailureReports = new("DmarcPublicSuffixFailureReports", Severity.Error, "RFC 9991 §2");

    /// <summary>… is a public suffix, and its record does not say psd=y.</summary>
    public static readonly FindingDescriptor PublicSuffixUnmarked = new("DmarcPublicSuffixUnmarked", Severity.Warning, "RFC 9989 §5.2");

    /// <summary>psd=n makes … an organisation of its own.</summary>
    public static readonly FindingDescriptor OrganizationSplit = new("DmarcOrganizationSplit", Severity.Information, "RFC 9989 §4.10.2");

    /// <summary>… has … labels.</summary>
    public static readonly FindingDescriptor LabelLimit = new("DmarcLabelLimit", Severity.Information, "RFC 9989 §4.10");

    // Where records stand, and what DNS answers.

    /// <summary>What was given is not a domain name.</summary>
    public static readonly FindingDescriptor InvalidDomainName = new("DmarcInvalidDomainName", Severity.Error, "RFC 1035 §2.3.1");

    /// <summary>… is where the record of … stands, so … was taken.</summary>
    public static readonly FindingDescriptor PrefixRemoved = new("DmarcPrefixRemoved", Severity.Information, "RFC 9989 §4.5");

    /// <summary>There is no DMARC record for …: anyone can send mail in its name, and no reports tell of it.</summary>
    public static readonly FindingDescriptor RecordMissing = new("DmarcRecordMissing", Severity.Error, "RFC 9989 §4.10.1");

    /// <summary>The domain … does not exist (NXDOMAIN).</summary>
    public static readonly FindingDescriptor DomainMissing = new("DmarcDomainMissing", Severity.Warning, "RFC 8020");

    /// <summary>There are … DMARC records at …, so receivers use none of them.</summary>
    public static readonly FindingDescriptor RecordMultiple = new("DmarcRecordMultiple", Severity.Error, "RFC 9989 §4.10");

    /// <summary>The look-up of … failed (…), so it is not known which record applies.</summary>
    public static readonly FindingDescriptor DnsFailure = new("DmarcDnsFailure", Severity.Error, "RFC 9989 §5.3.6");

    /// <summary>The look-up of … failed (…). The result takes it that no record there changes the Organizational Domain.</summary>
    public static readonly FindingDescriptor WalkIncomplete = new("DmarcWalkIncomplete", Severity.Warning, "RFC 9989 §5.3.6");

    /// <summary>It could not be found out whether … exists (…), so sp was taken and not np.</summary>
    public static readonly FindingDescriptor ExistenceUnknown = new("DmarcExistenceUnknown", Severity.Warning, "RFC 9989 §4.10.1");

    /// <summary>… has no record of its own.</summary>
    public static readonly FindingDescriptor RecordInherited = new("DmarcRecordInherited", Severity.Information, "RFC 9989 §4.10.1");

    /// <summary>… is an alias (CNAME) of …: whoever runs that sets the DMARC policy of ….</summary>
    public static readonly FindingDescriptor RecordAlias = new("DmarcRecordAlias", Severity.Information, "RFC 1034 §3.6.2");

    /// <summary>… is an alias (CNAME) of …, where there is no DMARC record, so … has none.</summary>
    public static readonly FindingDescriptor AliasDangling = new("DmarcAliasDangling", Severity.Error, "RFC 1034 §3.6.2");

    /// <summary>A second TXT record at … looks like the rest of the DMARC record.</summary>
    public static readonly FindingDescriptor RecordSplit = new("DmarcRecordSplit", Severity.Warning, "RFC 9989 §4.10");

    /// <summary>At … there is also a TXT record that is no DMARC record.</summary>
    public static readonly FindingDescriptor OtherTextAtName = new("DmarcOtherTextAtName", Severity.Information, "RFC 9989 §4.10");

    /// <summary>There is a DMARC record at … itself, where no receiver looks for it.</summary>
    public static readonly FindingDescriptor RecordAtDomain = new("DmarcRecordAtDomain", Severity.Error, "RFC 9989 §4.5");

    /// <summary>There is a DMARC record at …, where no receiver looks for it.</summary>
    public static readonly FindingDescriptor RecordAtDoubledName = new("DmarcRecordAtDoubledName", Severity.Error, "RFC 9989 §4.5");

    /// <summary>A wildcard below … answers with a DMARC record for every name, here …: each subdomain then seems to have a record of its own, with p for a policy and without sp or np.</summary>
    public static readonly FindingDescriptor WildcardRecord = new("DmarcWildcardRecord", Severity.Warning, "RFC 9989 §4.10");

    /// <summary>A wildcard makes every name below … exist, so np never applies.</summary>
    public static readonly FindingDescriptor WildcardHidesNonexistence = new("DmarcWildcardHidesNonexistence", Severity.Information, "RFC 9989 §4.10.1");

    /// <summary>… has … labels and no record of its own, and the tree walk goes straight on to its last seven labels.</summary>
    public static readonly FindingDescriptor WalkSkipsNames = new("DmarcWalkSkipsNames", Severity.Warning, "RFC 9989 §4.10");

    // Report destinations.

    /// <summary>… belongs to another organisation, which has not agreed to take the reports.</summary>
    public static readonly FindingDescriptor DestinationUnauthorized = new("DmarcDestinationUnauthorized", Severity.Error, "RFC 9990 §4");

    /// <summary>Whether … may receive the reports is not known.</summary>
    public static readonly FindingDescriptor DestinationCheckFailed = new("DmarcDestinationCheckFailed", Severity.Warning, "RFC 9990 §4");

    /// <summary>The domain … of the report address … does not exist (NXDOMAIN), so every report bounces.</summary>
    public static readonly FindingDescriptor DestinationDomainMissing = new("DmarcDestinationDomainMissing", Severity.Error, "RFC 9990 §4");

    /// <summary>The domain … of the report address … takes no mail.</summary>
    public static readonly FindingDescriptor DestinationTakesNoMail = new("DmarcDestinationTakesNoMail", Severity.Error, "RFC 7505 §3");

    /// <summary>… names … destinations, of which the first … were checked.</summary>
    public static readonly FindingDescriptor DestinationsNotChecked = new("DmarcDestinationsNotChecked", Severity.Warning, "RFC 9990 §4");

    /// <summary>The record at … replaces the address … with ….</summary>
    public static readonly FindingDescriptor DestinationRedirected = new("DmarcDestinationRedirected", Severity.Information, "RFC 9990 §4");

    /// <summary>The record at … replaces the address … with …, which is at another host.</summary>
    public static readonly FindingDescriptor DestinationRedirectRefused = new("DmarcDestinationRedirectRefused", Severity.Error, "RFC 9990 §4");

    /// <summary>Whether … may receive the reports cannot be asked, because the name to ask for is too long for DNS: none are sent there.</summary>
    public static readonly FindingDescriptor DestinationNameTooLong = new("DmarcDestinationNameTooLong", Severity.Error, "RFC 9990 §4");

    // Changing a record.

    /// <summary>The historic tag … of the old record was left out.</summary>
    public static readonly FindingDescriptor HistoricTagDropped = new("DmarcHistoricTagDropped", Severity.Information, "RFC 9989 §9.3");

    /// <summary>… of the old record was left out, because receivers discard it.</summary>
    public static readonly FindingDescriptor TagDropped = new("DmarcTagDropped", Severity.Warning, "RFC 9989 §4.8");

    /// <summary>The tag … of the old record stands in the new one as …, which it was probably meant to be.</summary>
    public static readonly FindingDescriptor TagCorrected = new("DmarcTagCorrected", Severity.Warning, "RFC 9989 §4.7");

    /// <summary>'…' of the old record is not a policy and was left out.</summary>
    public static readonly FindingDescriptor PolicyDropped = new("DmarcPolicyDropped", Severity.Warning, "RFC 9989 §4.10.1");

    /// <summary>'…' of the old record is not valid and was left out.</summary>
    public static readonly FindingDescriptor ValueDropped = new("DmarcValueDropped", Severity.Warning, "RFC 9989 §4.8");

    /// <summary>'…' of the old record stands in the new one as '…'.</summary>
    public static readonly FindingDescriptor ValueCorrected = new("DmarcValueCorrected", Severity.Warning, "RFC 9989 §4.8");

    /// <summary>The old record has no semicolon before …; the new one has it.</summary>
    public static readonly FindingDescriptor SeparatorRestored = new("DmarcSeparatorRestored", Severity.Warning, "RFC 9989 §4.8");

    /// <summary>The old record has … more than once, for which receivers void a record as a whole: … was left out.</summary>
    public static readonly FindingDescriptor DuplicateDropped = new("DmarcDuplicateDropped", Severity.Warning, "RFC 6376 §3.2");

    /// <summary>… of the record of … was left out: it speaks of names below that domain, not of ….</summary>
    public static readonly FindingDescriptor InheritedTagDropped = new("DmarcInheritedTagDropped", Severity.Information, "RFC 9989 §4.7");

    /// <summary>There are several DMARC records at …, of which none could be taken over.</summary>
    public static readonly FindingDescriptor OldRecordsNotTaken = new("DmarcOldRecordsNotTaken", Severity.Warning, "RFC 9989 §4.10");

    /// <summary>Receivers make nothing of the old record at …: only what could be read of it was taken over.</summary>
    public static readonly FindingDescriptor OldRecordVoid = new("DmarcOldRecordVoid", Severity.Warning, "RFC 9989 §4.7");

    /// <summary>The stage … means …, but … was asked for and written.</summary>
    public static readonly FindingDescriptor StageContradicted = new("DmarcStageContradicted", Severity.Warning, "RFC 9989 §5.1");

    /// <summary>… belongs to another organisation, which must publish a record at … before reports are sent there.</summary>
    public static readonly FindingDescriptor DestinationMustPublish = new("DmarcDestinationMustPublish", Severity.Warning, "RFC 9990 §4");
}
