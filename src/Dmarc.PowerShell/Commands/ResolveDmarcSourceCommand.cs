using System.Collections;
using System.Collections.Concurrent;
using System.Net;
using Dmarc.Advice.Sources;
using Dmarc.Reports;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Totals;

namespace Dmarc.PowerShell.Commands;

/// <summary>Identifies the senders at addresses and, for report rows, classifies their mail.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "DmarcSource")]
[OutputType(typeof(SourceResult))]
public sealed class ResolveDmarcSourceCommand : DnsCommand
{
    private static readonly string[] AddressProperties = ["SourceIP", "Source", "SendingMtaIP", "Address", "IPAddress", "IP"];

    private readonly HashSet<(string Address, string From)> _known = [];
    private readonly SourceAccumulator _sources = new();
    private readonly SavedRows _saved = new() { TakesParts = true };
    private readonly SourceGroups _groups = new();
    private readonly ConcurrentDictionary<string, bool> _examples = new(StringComparer.Ordinal);
    private SourceInspector? _inspector;

    /// <summary>Addresses, rows of reports, or objects with an address.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("IPAddress", "Address", "SourceIP")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object?[]? InputObject { get; set; }

    /// <summary>The From domain whose SPF record is checked for addresses without one.</summary>
    [Parameter]
    [Alias("Domain")]
    [ValidateNotNullOrEmpty]
    public string? HeaderFrom { get; set; }

    /// <summary>The DNS zone of network owners.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string NetworkOwnerZone { get; set; } = SourceInspectorOptions.DefaultNetworkOwnerZone;

    /// <summary>A file of network owners, instead of DNS.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NetworkTable { get; set; }

    /// <summary>Skips the owners.</summary>
    [Parameter]
    public SwitchParameter NoNetworkOwner { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (HeaderFrom is not null)
        {
            HeaderFrom = ReadDomain(HeaderFrom);
        }

        string zone = ReadDomain(NetworkOwnerZone);
        base.BeginProcessing();
        NetworkTable? table = LoadNetworkTable(NoNetworkOwner ? null : NetworkTable);
        _inspector = new SourceInspector(
            Resolver!,
            new SourceInspectorOptions { NetworkOwnerZone = NoNetworkOwner ? null : zone, NetworkTable = table },
            CancellationToken);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (object? input in InputObject ?? [])
        {
            Take(input);
        }
    }

    /// <summary>Resolves the sources of the rows, now that all are known.</summary>
    protected override void EndProcessing()
    {
        _saved.Complete(this);
        _sources.Complete();
        foreach (SourceEvidence evidence in _sources.Sources)
        {
            Pump!.Add(async (writer, token) =>
                Write(writer, await _sources.InspectAsync(_inspector!, evidence, token).ConfigureAwait(false)));
        }

        foreach (SourceFigures figures in _groups.Figures)
        {
            Pump!.Add(async (writer, token) => Write(writer, await figures.InspectAsync(_inspector!, token).ConfigureAwait(false)));
        }

        base.EndProcessing();
        if (!_examples.IsEmpty)
        {
            WriteWarning(
                Sentences.Fill(
                    Strings.Sources_Documentation,
                    _examples.Count,
                    _examples.Keys.OrderBy(address => address, StringComparer.Ordinal).First()));
        }

        if (_sources.RowsLeftOut > 0)
        {
            WriteWarning(Sentences.Fill(Strings.Sources_TooMany, SourceAccumulator.MaximumSources, _sources.RowsLeftOut));
        }
    }

    private void Write(PipelineWriter writer, SourceResult result)
    {
        if (result.IsDocumentation && _examples.Count < SourceAccumulator.MaximumSources)
        {
            _examples.TryAdd(result.SourceIP, true);
        }

        if (result.Status == SourceStatus.InvalidAddress)
        {
            writer.Error(ErrorRecords.InvalidIPAddress(
                result.SourceIP,
                Sentences.Fill(Strings.Commands_InvalidIPAddress, PrintableText.Escape(result.SourceIP))));
        }
        else if (result.DnsFailure is { } failure)
        {
            writer.Error(ErrorRecords.LookupFailed(result.SourceIP, failure, result.FailedQuery));
        }

        writer.Output(result);
    }

    private void Take(object? input)
    {
        object? value = input is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : input;
        switch (value)
        {
            case null:
                break;
            case AggregateReportRow row:
                _sources.Add(row);
                break;
            case ReportMeasure { IsRest: true }:
                break;
            case string text:
                Add(text.Trim(), HeaderFrom);
                break;
            case IPAddress address:
                // Without the interface of a link-local address, which has no meaning elsewhere.
                Add(new IPAddress(address.GetAddressBytes()).ToString(), HeaderFrom);
                break;
            case IEnumerable items and not IDictionary:
                foreach (object? item in items)
                {
                    Take(item);
                }

                break;
            default:
                TakeCopy(value);
                break;
        }
    }

    /// <summary>Accepts a saved row, or an object with an address.</summary>
    private void TakeCopy(object value)
    {
        if (!_saved.TryRead(value, out object? saved))
        {
            return;
        }

        if (saved is AggregateReportRow row)
        {
            _sources.Add(row);
        }
        else
        {
            TakeProperties(value);
        }
    }

    /// <summary>Accepts an object with an address and perhaps a From domain: a group, a CSV row, a report.</summary>
    private void TakeProperties(object input)
    {
        PSObject item = PSObject.AsPSObject(input is IDictionary pairs ? ToObject(pairs) : input);
        string? address = AddressProperties.Select(name => TextOf(item, name)).FirstOrDefault(text => !string.IsNullOrEmpty(text));
        if (address is null)
        {
            WriteError(ErrorRecords.AddressMissing(input));
            return;
        }

        string? from = TextOf(item, "HeaderFrom");
        from = string.IsNullOrEmpty(from)
            ? HeaderFrom
            : DomainInput.TryRead(from, out DomainName? domain, out _) ? domain.ToString()
            : from;
        if (input is not ReportMeasure group || !_groups.TryAdd(address.Trim(), from ?? "", group))
        {
            Add(address.Trim(), from);
        }
    }

    private static PSObject ToObject(IDictionary pairs)
    {
        PSObject item = new();
        foreach (DictionaryEntry pair in pairs)
        {
            item.Properties.Add(new PSNoteProperty(Convert.ToString(pair.Key, CultureInfo.InvariantCulture), pair.Value));
        }

        return item;
    }

    private static string? TextOf(PSObject item, string property) =>
        Convert.ToString(PropertyFacts.Unwrap(item.Properties[property]?.Value), CultureInfo.InvariantCulture);

    private void Add(string address, string? from)
    {
        string known = SourceAddress.TryParse(address, out IPAddress? parsed) ? parsed!.ToString() : address;
        if (_known.Count < SourceAccumulator.MaximumSources && !_known.Add((known, (from ?? "").ToUpperInvariant())))
        {
            return;
        }

        Pump!.Add(async (writer, token) => Write(writer, await _inspector!.InspectAsync(address, from, token).ConfigureAwait(false)));
    }

    private string ReadDomain(string text)
    {
        if (!DomainInput.TryRead(text, out DomainName? domain, out string error))
        {
            ThrowTerminatingError(ErrorRecords.InvalidDomainName(text, error));
        }

        return domain!.ToString();
    }
}
