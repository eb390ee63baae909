using System.Collections.Concurrent;
using System.Net;
using Dmarc.Advice.Records;
using Dmarc.Dns;

namespace Dmarc.PowerShell.Commands;

/// <summary>Shows what SPF records authorise, their cost and their problems; checks addresses against them.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SpfRecord")]
[OutputType(typeof(SpfResult))]
public sealed class TestSpfRecordCommand : DomainCommand
{
    private readonly ConcurrentDictionary<DomainName, Lazy<Task<SpfResult>>> _analyses = new();
    private SpfAnalysisRequest _request = new();
    private SpfAnalyzer? _analyzer;

    /// <summary>The domains, or rows of reports.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DomainName", "Name", "Id")]
    [SpfDomainTransformation]
    [AllowEmptyString]
    public override string[] Domain { get; set; } = [];

    /// <summary>Addresses to check.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("SourceIP", "ClientIP")]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[]? IPAddress { get; set; }

    /// <summary>The MAIL FROM for the check.</summary>
    [Parameter]
    [Alias("MailFrom")]
    [AllowEmptyString]
    public string? Sender { get; set; }

    /// <summary>The HELO name for the check.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Helo { get; set; }

    /// <summary>A record to test as if the domain published it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Record { get; set; }

    /// <summary>Compares the record with the published one.</summary>
    [Parameter]
    public SwitchParameter Compare { get; set; }

    /// <summary>Builds a record without look-ups.</summary>
    [Parameter]
    public SwitchParameter Flatten { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Compare && Record is null)
        {
            ThrowTerminatingError(ErrorRecords.RecordRequired());
        }

        _request = new SpfAnalysisRequest { Record = Record, Compares = Compare, Flattens = Flatten };
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    private protected override Inspection CaptureInspection()
    {
        string[] addresses = [.. (IPAddress ?? []).Where(address => !string.IsNullOrEmpty(address))];
        return (domain, resolver, writer, token) => InspectAsync(domain, addresses, resolver, writer, token);
    }

    /// <inheritdoc/>
    private protected override Task InspectAsync(
        DomainName domain, IDnsResolver resolver, PipelineWriter writer, CancellationToken cancellationToken) =>
        InspectAsync(domain, [], resolver, writer, cancellationToken);

    /// <inheritdoc/>
    private protected override object ForInvalidDomain(string input, string error) => SpfResult.ForInvalidDomainName(input, error);

    /// <inheritdoc/>
    private protected override object ForUnexpectedError(string domain, string error) => SpfResult.ForUnexpectedError(domain, error);

    private async Task InspectAsync(
        DomainName domain,
        string[] addresses,
        IDnsResolver resolver,
        PipelineWriter writer,
        CancellationToken cancellationToken)
    {
        SpfAnalyzer analyzer = LazyInitializer.EnsureInitialized(ref _analyzer, () => new SpfAnalyzer(resolver))!;

        // Rows of a report repeat the same domain: it is analysed once.
        Task<SpfResult> running = _analyses
            .GetOrAdd(domain, name => new Lazy<Task<SpfResult>>(() => analyzer.AnalyzeAsync(name, _request, cancellationToken)))
            .Value;

        // Both wait for the same answers, so one deadline applies.
        List<(string Text, Task<SpfResult>? Check)> checks =
            [.. addresses.Select(text => (text, AddressText.TryRead(text, out IPAddress? address)
            ? analyzer.EvaluateAsync(domain.ToString(), _request.Record, running, address, Sender, Helo, cancellationToken)
            : null))];
        SpfResult analysis = await running.ConfigureAwait(false);
        if (analysis.DnsFailure is not null)
        {
            writer.Error(ErrorRecords.LookupFailed(analysis));
        }

        if (analysis.Comparison?.PublishedDnsFailure is { } publishedFailure)
        {
            writer.Error(ErrorRecords.LookupFailed(analysis.Domain, publishedFailure, "TXT " + analysis.Domain));
        }

        if (addresses.Length == 0)
        {
            writer.Output(analysis);
        }

        foreach ((string text, Task<SpfResult>? check) in checks)
        {
            if (check is not null)
            {
                SpfResult result = await check.ConfigureAwait(false);
                if (analysis.DnsFailure is null && result.DnsFailure is not null)
                {
                    writer.Error(ErrorRecords.LookupFailed(result));
                }

                writer.Output(result);
                continue;
            }

            string problem = string.Format(CultureInfo.InvariantCulture, Strings.Commands_InvalidIPAddress, PrintableText.Escape(text));
            writer.Error(ErrorRecords.InvalidIPAddress(text, problem));
            writer.Output(analysis with { IPAddress = text, Explanation = problem });
        }
    }
}
