using Dmarc.Text;

namespace Dmarc.Reports;

/// <summary>What can be found about aggregate reports and their rows.</summary>
public static class ReportFindings
{
    /// <summary>A signature passed, but its domain does not align with the From domain.</summary>
    public static readonly FindingDescriptor DkimOtherDomain = new("ReportDkimOtherDomain", Severity.Information, "RFC 9989 §4.4.1");

    /// <summary>A signature passed for the organisation's domain, but strict mode asks for the same domain.</summary>
    public static readonly FindingDescriptor DkimStrict = new("ReportDkimStrict", Severity.Warning, "RFC 9989 §4.4.1");

    /// <summary>The receiver evaluated DKIM as fail although an aligned signature passed.</summary>
    public static readonly FindingDescriptor DkimFailDespitePass = new("ReportDkimFailDespitePass", Severity.Warning, "RFC 9990 §3.1.1.9");

    /// <summary>The receiver evaluated DKIM as pass although no aligned signature passed.</summary>
    public static readonly FindingDescriptor DkimPassDespiteNone = new("ReportDkimPassDespiteNone", Severity.Warning, "RFC 9990 §3.1.1.9");

    /// <summary>SPF passed, but its domain does not align with the From domain.</summary>
    public static readonly FindingDescriptor SpfOtherDomain = new("ReportSpfOtherDomain", Severity.Information, "RFC 9989 §4.4.2");

    /// <summary>SPF passed for the organisation's domain, but strict mode asks for the same domain.</summary>
    public static readonly FindingDescriptor SpfStrict = new("ReportSpfStrict", Severity.Warning, "RFC 9989 §4.4.2");

    /// <summary>The receiver evaluated SPF as fail although an aligned check passed.</summary>
    public static readonly FindingDescriptor SpfFailDespitePass = new("ReportSpfFailDespitePass", Severity.Warning, "RFC 9990 §3.1.1.9");

    /// <summary>The receiver evaluated SPF as pass although no aligned check passed.</summary>
    public static readonly FindingDescriptor SpfPassDespiteNone = new("ReportSpfPassDespiteNone", Severity.Warning, "RFC 9990 §3.1.1.9");

    /// <summary>The messages look forwarded: the signature survived, SPF did not.</summary>
    public static readonly FindingDescriptor Forwarded = new("ReportForwarded", Severity.Information, "RFC 9989 §7");

    /// <summary>The receiver departed from the policy and says why.</summary>
    public static readonly FindingDescriptor Overridden = new("ReportOverridden", Severity.Information, "RFC 9990 §3.1.6");

    /// <summary>The receiver departed from the policy and does not say why.</summary>
    public static readonly FindingDescriptor DispositionUnexplained = new("ReportDispositionUnexplained", Severity.Information, "RFC 9990 §3.1.1.9");

    /// <summary>The messages passed DMARC, and were quarantined or rejected all the same.</summary>
    public static readonly FindingDescriptor PassNotDelivered = new("ReportPassNotDelivered", Severity.Warning, "RFC 9990 §3.1.1.9");

    /// <summary>The From domain of a row is no domain name.</summary>
    public static readonly FindingDescriptor HeaderFromInvalid = new("ReportHeaderFromInvalid", Severity.Warning, "RFC 9990 §3.1.1.10");

    /// <summary>The source of a row is no address.</summary>
    public static readonly FindingDescriptor SourceInvalid = new("ReportSourceInvalid", Severity.Warning, "RFC 9990 §3.1.1.8");

    /// <summary>The number of messages of a row is no number.</summary>
    public static readonly FindingDescriptor CountInvalid = new("ReportCountInvalid", Severity.Warning, "RFC 9990 §3.1.1.8");

    /// <summary>A value is not in the standard's set.</summary>
    public static readonly FindingDescriptor ValueUnknown = new("ReportValueUnknown", Severity.Information, "RFC 9990 Appendix A");

    /// <summary>A value that must be there is not.</summary>
    public static readonly FindingDescriptor ValueMissing = new("ReportValueMissing", Severity.Information, "RFC 9990 Appendix A");

    /// <summary>The file broke off inside the record.</summary>
    public static readonly FindingDescriptor RecordCutOff = new("ReportRecordCutOff", Severity.Warning);

    /// <summary>A value was longer than the limit.</summary>
    public static readonly FindingDescriptor ValueShortened = new("ReportValueShortened", Severity.Warning);

    /// <summary>A record had more entries than the limit.</summary>
    public static readonly FindingDescriptor EntriesDropped = new("ReportEntriesDropped", Severity.Warning);

    /// <summary>A report does not say which domain it is about.</summary>
    public static readonly FindingDescriptor DomainMissing = new("ReportDomainMissing", Severity.Warning, "RFC 9990 §3.1.1.5");

    /// <summary>A time of a report cannot be read.</summary>
    public static readonly FindingDescriptor TimeInvalid = new("ReportTimeInvalid", Severity.Warning, "RFC 9990 §3.1.1.4");

    /// <summary>A time is given in milliseconds or less, where seconds belong.</summary>
    public static readonly FindingDescriptor TimeUnit = new("ReportTimeUnit", Severity.Information, "RFC 9990 §3.1.1.4");

    /// <summary>A report ends before it begins.</summary>
    public static readonly FindingDescriptor TimeReversed = new("ReportTimeReversed", Severity.Warning, "RFC 9990 §3.1.1.4");

    /// <summary>The reporter says that something went wrong.</summary>
    public static readonly FindingDescriptor ReporterError = new("ReportReporterError", Severity.Information, "RFC 9990 §3.1.5");

    /// <summary>A report has no records.</summary>
    public static readonly FindingDescriptor NoRecords = new("ReportNoRecords", Severity.Warning, "RFC 9990 §3.1.1.7");

    /// <summary>A damaged file was repaired.</summary>
    public static readonly FindingDescriptor Repaired = new("ReportRepaired", Severity.Information);

    /// <summary>A file breaks off before its end.</summary>
    public static readonly FindingDescriptor CutOff = new("ReportCutOff", Severity.Warning);

    /// <summary>Compressed data is damaged.</summary>
    public static readonly FindingDescriptor CompressionDamaged = new("ReportCompressionDamaged", Severity.Warning);

    /// <summary>A message ends inside its header.</summary>
    public static readonly FindingDescriptor MessageCutOff = new("ReportMessageCutOff", Severity.Warning, "RFC 5322 §2.1");

    /// <summary>The structure of a message is damaged, and a report was found outside its parts.</summary>
    public static readonly FindingDescriptor MessageDamaged = new("ReportMessageDamaged", Severity.Warning, "RFC 2046 §5.1.1");

    /// <summary>The structure of an archive is damaged.</summary>
    public static readonly FindingDescriptor ArchiveDamaged = new("ReportArchiveDamaged", Severity.Warning);

    /// <summary>A packed attachment is damaged; what could be found in it was read.</summary>
    public static readonly FindingDescriptor ContainerDamaged = new("ReportContainerDamaged", Severity.Warning);

    /// <summary>A report stood in a message signed with S/MIME, whose signature is not checked.</summary>
    public static readonly FindingDescriptor SignatureNotChecked = new("ReportSignatureNotChecked", Severity.Warning, "RFC 8551 §3.5");

    /// <summary>Bytes of a file are not valid in its encoding.</summary>
    public static readonly FindingDescriptor BytesReplaced = new("ReportBytesReplaced", Severity.Information);

    /// <summary>Records that break off early were left out.</summary>
    public static readonly FindingDescriptor RecordsLeftOut = new("ReportRecordsLeftOut", Severity.Warning);

    /// <summary>Rows stand outside of records of their own, and were told apart by the order of their parts.</summary>
    public static readonly FindingDescriptor RowsMisplaced = new("ReportRowsMisplaced", Severity.Warning, "RFC 9990 §3.1.1.7");

    /// <summary>Records have no address, no readable number of messages or no From domain.</summary>
    public static readonly FindingDescriptor RecordsIncomplete = new("ReportRecordsIncomplete", Severity.Warning, "RFC 9990 §3.1.1.8");

    /// <summary>A record has a value or a part twice.</summary>
    public static readonly FindingDescriptor PartsRepeated = new("ReportPartsRepeated", Severity.Warning, "RFC 9990 §3.1.1.7");

    /// <summary>A report describes its policy, or itself, twice and differently.</summary>
    public static readonly FindingDescriptor SectionRepeated = new("ReportSectionRepeated", Severity.Warning, "RFC 9990 §3.1.1.1");

    /// <summary>Values could not be told from the damage around them.</summary>
    public static readonly FindingDescriptor ValuesLost = new("ReportValuesLost", Severity.Warning);

    /// <summary>A comment or a literal section is not closed.</summary>
    public static readonly FindingDescriptor SectionOpen = new("ReportSectionOpen", Severity.Warning);

    /// <summary>Records with nothing in them were left out.</summary>
    public static readonly FindingDescriptor EmptyRecords = new("ReportEmptyRecords", Severity.Warning, "RFC 9990 §3.1.1.7");

    /// <summary>Element names are in another case than the standard has.</summary>
    public static readonly FindingDescriptor NamesFolded = new("ReportNamesFolded", Severity.Information, "RFC 9990 Appendix A");

    /// <summary>A foreign element stands around the report.</summary>
    public static readonly FindingDescriptor Wrapped = new("ReportWrapped", Severity.Information, "RFC 9990 Appendix A");

    /// <summary>An entry of an archive is no report.</summary>
    public static readonly FindingDescriptor EntryIgnored = new("ReportEntryIgnored", Severity.Information);

    /// <summary>A report is of another kind than was asked for.</summary>
    public static readonly FindingDescriptor OtherKind = new("ReportOtherKind", Severity.Information);

    /// <summary>A report was read before: the same organisation, identifier, domain and time.</summary>
    public static readonly FindingDescriptor Duplicate = new("ReportDuplicate", Severity.Information, "RFC 9990 §3.5.4");

    /// <summary>A report has the identifier of another one for another time.</summary>
    public static readonly FindingDescriptor SameIdOtherTime = new("ReportSameIdOtherTime", Severity.Warning, "RFC 9990 §3.1.1.3");

    /// <summary>One document holds the same report twice.</summary>
    public static readonly FindingDescriptor TwiceInDocument = new("ReportTwiceInDocument", Severity.Warning, "RFC 9990 §3.5.4");
}
