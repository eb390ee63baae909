using Dmarc.Advice.Records;
using Dmarc.Advice.Rollout;
using Dmarc.Dns;
using Dmarc.Standards.Dmarc;

namespace Dmarc.PowerShell.Commands;

/// <summary>Builds and checks a DMARC record. Publishes nothing.</summary>
[Cmdlet(VerbsCommon.New, "DmarcRecord")]
[OutputType(typeof(DmarcRecordDraft))]
public sealed class NewDmarcRecordCommand : DmarcCommand
{
    private bool _fromIsGiven;
    private bool _recordDomainIsGiven;
    private bool _isAnyWritten;
    private bool _isStepSkipped;
    private PublicSuffixList? _suffixes;

    /// <summary>The domains of the record.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DomainName", "Id")]
    [DomainTransformation]
    [AllowEmptyString]
    public string[] Domain { get; set; } = [];

    /// <summary>The piped object, whose kind tells whether it says what the record is.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Tag p.</summary>
    [Parameter(Position = 1)]
    public DmarcPolicy? Policy { get; set; }

    /// <summary>Tag sp.</summary>
    [Parameter]
    public DmarcPolicy? SubdomainPolicy { get; set; }

    /// <summary>Tag np.</summary>
    [Parameter]
    public DmarcPolicy? NonexistentSubdomainPolicy { get; set; }

    /// <summary>A step of a staged rollout.</summary>
    [Parameter]
    public RolloutStage? Stage { get; set; }

    /// <summary>A record to change.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Record", "NextRecord", "DmarcRecord", "Value", "RecordValue")]
    [AllowNull]
    [AllowEmptyString]
    public string? From { get; set; }

    /// <summary>The domain of the record to change.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("DmarcRecordDomain")]
    [AllowNull]
    [AllowEmptyString]
    public string? RecordDomain { get; set; }

    /// <summary>The status of the search for the record to change. Other text is ignored.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Status { get; set; }

    /// <summary>The same in an audit, whose Status concerns the whole domain.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? DmarcStatus { get; set; }

    /// <summary>Tag rua.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? AggregateReportUri { get; set; }

    /// <summary>Tag ruf.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? FailureReportUri { get; set; }

    /// <summary>Tag fo.</summary>
    [Parameter]
    public FailureReportOptions FailureOptions { get; set; }

    /// <summary>Tag adkim.</summary>
    [Parameter]
    public AlignmentMode? DkimAlignment { get; set; }

    /// <summary>Tag aspf.</summary>
    [Parameter]
    public AlignmentMode? SpfAlignment { get; set; }

    /// <summary>Tag t.</summary>
    [Parameter]
    public SwitchParameter Testing { get; set; }

    /// <summary>Tag psd.</summary>
    [Parameter]
    public PublicSuffixDomain? PublicSuffixDomain { get; set; }

    /// <summary>The zone for the record.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ZoneName { get; set; }

    /// <summary>The time to live of the record.</summary>
    [Parameter]
    [TimeToLiveTransformation]
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromHours(1);

    /// <summary>A public suffix list to use instead of the embedded one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PublicSuffixList { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // Parameters bound by now do not come from the pipeline.
        _fromIsGiven = IsGiven(nameof(From));
        _recordDomainIsGiven = IsGiven(nameof(RecordDomain));
        _suffixes = PublicSuffixList is null ? null : LoadPublicSuffixList(PublicSuffixList);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string input in Domain)
        {
            if (!DomainInput.TryRead(input, out DomainName? domain, out string error))
            {
                WriteError(ErrorRecords.InvalidDomainName(input, error));
                continue;
            }

            DomainName? zone = null;
            if (ZoneName is not null && !DomainInput.TryRead(ZoneName, out zone, out string zoneError))
            {
                ThrowTerminatingError(ErrorRecords.InvalidDomainName(ZoneName, zoneError));
            }

            Write(domain, zone);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_isStepSkipped && !_isAnyWritten)
        {
            WriteWarning(Strings.Commands_StepsSkipped);
        }
    }

    /// <summary>A status by name or, from JSON, by number.</summary>
    private static DmarcRecordStatus? ReadStatus(string? text, bool isNumberKnown)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return isNumberKnown ? SavedStatus.Read<DmarcRecordStatus>(text) : null;
        }

        return SavedStatus.ReadFailure(text) is not null ? DmarcRecordStatus.DnsFailure
            : Enum.TryParse(text, out DmarcRecordStatus found) && found.ToString() == text ? found

            // A roll-out knows a policy from reports alone, and then not the rest of the record.
            : text is nameof(RolloutStatus.Ready) or nameof(RolloutStatus.NoReports) ? DmarcRecordStatus.Found
            : null;
    }

    private bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>
    /// The status found for the piped object; a record given as text is independent of it. A numeric Status is
    /// meaningful only beside the properties of a record search: beside a DmarcStatus it concerns the whole domain.
    /// </summary>
    private DmarcRecordStatus? FoundStatus()
    {
        if (_fromIsGiven)
        {
            return null;
        }

        bool isSearch = !IsGiven(nameof(DmarcStatus))
            && (IsGiven(nameof(From)) || (IsGiven(nameof(RecordDomain)) && !_recordDomainIsGiven));
        return ReadStatus(DmarcStatus, true) ?? ReadStatus(Status, isSearch);
    }

    /// <summary>True for an object that does not say what the DMARC record of its domain is. Reports it.</summary>
    private bool IsOfOtherKind(DomainName domain)
    {
        switch (_fromIsGiven ? DmarcObjectKind.Domain : DmarcObject.KindOf(InputObject))
        {
            case DmarcObjectKind.OtherStep:
                _isStepSkipped = true;
                WriteVerbose(Sentences.Fill(Strings.Commands_StepSkipped, InputObject!.Properties["Rule"]?.Value, domain));
                return true;
            case DmarcObjectKind.DmarcStep when string.IsNullOrEmpty(From):
            case DmarcObjectKind.Other:
                WriteError(ErrorRecords.RecordNotContained(domain.ToString()));
                return true;
            default:
                return false;
        }
    }

    private void Write(DomainName domain, DomainName? zone)
    {
        if (IsOfOtherKind(domain))
        {
            return;
        }

        DmarcRecordStatus? status = FoundStatus();
        if (status is DmarcRecordStatus.DnsFailure or DmarcRecordStatus.UnexpectedError or DmarcRecordStatus.InvalidDomainName)
        {
            // The domain is valid here: a number that says otherwise is a failure of another search.
            WriteError(ErrorRecords.RecordUnknown(domain.ToString()));
            return;
        }

        if (!_fromIsGiven && status is null && IsGiven(nameof(DmarcStatus)) && string.IsNullOrEmpty(From))
        {
            WriteError(ErrorRecords.RecordNotAsked(domain.ToString()));
            return;
        }

        if (status is DmarcRecordStatus.Found or DmarcRecordStatus.Inherited && string.IsNullOrEmpty(From))
        {
            WriteError(ErrorRecords.RecordTextMissing(domain.ToString()));
            return;
        }

        DomainName? recordDomain = null;
        if (!_fromIsGiven || _recordDomainIsGiven)
        {
            _ = DomainInput.TryRead(RecordDomain, out recordDomain, out _);
        }

        DmarcRecordBuilder builder = new()
        {
            Domain = domain,
            From = string.IsNullOrEmpty(From) ? null : From,
            FromDomain = recordDomain,
            FromStatus = status,
            Stage = Stage,
            Policy = Policy,
            SubdomainPolicy = SubdomainPolicy,
            NonexistentSubdomainPolicy = NonexistentSubdomainPolicy,
            PublicSuffixDomain = PublicSuffixDomain,
            Testing = IsGiven(nameof(Testing)) ? Testing.IsPresent : null,
            DkimAlignment = DkimAlignment,
            SpfAlignment = SpfAlignment,
            AggregateReportUri = AggregateReportUri,
            FailureReportUri = FailureReportUri,
            FailureOptions = IsGiven(nameof(FailureOptions)) ? FailureOptions : null,
            ZoneName = zone,
            TimeToLive = TimeToLive,
            Suffixes = _suffixes,
        };
        try
        {
            builder.RequireDmarcRecord();
            WriteObject(builder.Build());
            _isAnyWritten = true;
        }
        catch (ArgumentException exception)
        {
            WriteError(ErrorRecords.RecordNotPossible(domain.ToString(), exception));
        }
    }
}
