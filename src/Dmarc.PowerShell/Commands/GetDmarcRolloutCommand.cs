using Dmarc.Advice.Records;
using Dmarc.Advice.Rollout;
using Dmarc.Reports.Aggregate;
using Dmarc.Standards.Dmarc;

namespace Dmarc.PowerShell.Commands;

/// <summary>Shows the progress of domains towards p=reject, what blocks the next step, and the next record.</summary>
[Cmdlet(VerbsCommon.Get, "DmarcRollout")]
[OutputType(typeof(RolloutResult))]
public sealed class GetDmarcRolloutCommand : DnsCommand
{
    private readonly Dictionary<string, DmarcRecordResult> _records = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _recordOrder = [];
    private ReportRowFilter _rows = new();
    private RolloutCollector _collector = new();
    private RolloutAdvisor _advisor = new();
    private Action<AggregateReportRow> _add = _ => { };
    private DmarcInspectionOptions _options = new();

    /// <summary>The rows, and records from Get-DmarcRecord.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    /// <summary>Only these domains.</summary>
    [Parameter(Position = 0)]
    [DomainTransformation]
    [ValidateNotNullOrEmpty]
    public string[]? Domain { get; set; }

    /// <summary>The text of the current record.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Record { get; set; }

    /// <summary>Use the policy in the latest reports.</summary>
    [Parameter]
    public SwitchParameter NoLookup { get; set; }

    /// <summary>The discovery method.</summary>
    [Parameter]
    public DiscoveryMethod DiscoveryMethod { get; set; }

    /// <summary>A public suffix list to use instead of the embedded one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PublicSuffixList { get; set; }

    /// <inheritdoc/>
    private protected override bool AsksDns => !NoLookup && Record is null;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        PublicSuffixList? suffixes = PublicSuffixList is null ? null : LoadPublicSuffixList(PublicSuffixList);
        _options = new DmarcInspectionOptions
        {
            DiscoveryMethod = DiscoveryMethod,
            Suffixes = suffixes,
            ProbeWrongNames = false,
            FindReportDomain = true,
        };
        _advisor = new RolloutAdvisor(suffixes: suffixes);
        _collector = new RolloutCollector(Domain is null ? null : ReadDomains(Domain));
        _add = row => _collector.Add(row);
        _rows = new ReportRowFilter { Other = TakeRecord };
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _rows.Take(InputObject, _add);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _rows.Report(this);
        if (_collector.LeftOutNotice is { } notice)
        {
            WriteWarning(notice);
        }

        List<RolloutObservations> domains = [.. _collector.Domains];
        foreach (string name in _recordOrder)
        {
            if (!domains.Exists(known => string.Equals(known.Domain, name, StringComparison.OrdinalIgnoreCase)))
            {
                domains.Add(new RolloutObservations(name));
            }
        }

        if (Record is not null && domains.Count != 1)
        {
            ThrowTerminatingError(ErrorRecords.RecordNeedsDomain(domains.Count));
        }

        if (domains.Count == 0)
        {
            WriteWarning(Strings.Rollout_NoInput);
        }

        foreach (RolloutObservations observations in domains)
        {
            Pump!.Add(observations.Domain, (writer, token) => AdviseAsync(observations, writer, token), RolloutResult.ForUnexpectedError);
        }

        base.EndProcessing();
    }

    private List<DomainName> ReadDomains(string[] inputs)
    {
        List<DomainName> domains = [];
        foreach (string input in inputs)
        {
            if (DomainInput.TryRead(input, out DomainName? domain, out string error))
            {
                domains.Add(domain);
            }
            else
            {
                WriteError(ErrorRecords.InvalidDomainName(input, error));
                WriteObject(RolloutResult.ForInvalidDomainName(input, error));
            }
        }

        return domains;
    }

    private bool TakeRecord(object value)
    {
        if (value is not DmarcRecordResult record)
        {
            return false;
        }

        if (!_records.ContainsKey(record.Domain) && DomainName.TryParse(record.Domain, out _))
        {
            _recordOrder.Add(record.Domain);
        }

        _records[record.Domain] = record;
        return true;
    }

    private async Task AdviseAsync(RolloutObservations observations, PipelineWriter writer, CancellationToken cancellationToken)
    {
        DomainName domain = DomainName.Parse(observations.Domain);
        DmarcRecordInspector inspector = new(Resolver, _options);
        if (_records.TryGetValue(observations.Domain, out DmarcRecordResult? record))
        {
            record = await inspector.WithReportDomainAsync(record, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            record = Record is not null ? inspector.InspectText(Record, domain)
                : Resolver is not null ? await inspector.InspectAsync(domain, cancellationToken).ConfigureAwait(false)
                : null;
        }

        if (record is { Status: DmarcRecordStatus.DnsFailure, DnsFailure: { } failure })
        {
            writer.Error(ErrorRecords.LookupFailed(record, failure));
        }

        writer.Output(_advisor.Advise(observations, record));
    }
}
