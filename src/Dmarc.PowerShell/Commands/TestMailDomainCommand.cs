using Dmarc.Advice.Audit;
using Dmarc.Advice.Audit.Bulk;
using Dmarc.Advice.Messages.BulkSenders;
using Dmarc.Dns;

namespace Dmarc.PowerShell.Commands;

/// <summary>Audits all mail records of a domain in DNS and grades them.</summary>
[Cmdlet(VerbsDiagnostic.Test, "MailDomain")]
[OutputType(typeof(MailDomainResult))]
public sealed class TestMailDomainCommand : DomainCommand
{
    private MailDomainOptions _options = new();
    private MailDomainInspector? _inspector;
    private DomainSelection _selection = new();

    /// <summary>The parts to check.</summary>
    [Parameter]
    public MailDomainPart[] Include { get; set; } = [];

    /// <summary>The parts to skip.</summary>
    [Parameter]
    public MailDomainPart[] Exclude { get; set; } = [];

    /// <summary>The DKIM selectors to query instead of well-known ones.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Selector { get; set; } = [];

    /// <summary>The use of the domains.</summary>
    [Parameter]
    public SendingProfile Profile { get; set; }

    /// <summary>The mailbox providers whose bulk sender rules are checked.</summary>
    [Parameter]
    public MailboxProvider[] BulkSenderRule { get; set; } = [];

    /// <summary>Also connect to addresses that are not public.</summary>
    [Parameter]
    public SwitchParameter AllowPrivateAddress { get; set; }

    /// <summary>Files with results of earlier runs.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ResumeFrom { get; set; } = [];

    /// <summary>The part of the list to process, such as 3/64.</summary>
    [Parameter]
    [Alias("Shard")]
    public DomainPartition? Partition { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        CheckSelectors(Selector);
        _selection = new DomainSelection(Partition, ResumeFrom.Length == 0 ? null : ReadEarlier());
        _options = new MailDomainOptions
        {
            Parts = MailDomainParts.Select(Include, Exclude, Zone.Length > 0),
            Selectors = Selector,
            Profile = Profile == SendingProfile.Unknown ? null : Profile,
            BulkSenderProviders = BulkSenderRule,
            AllowPrivateAddresses = AllowPrivateAddress,
            ProbeValidation = Zone.Length == 0,
        };
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    private protected override async Task InspectAsync(
        DomainName domain, IDnsResolver resolver, PipelineWriter writer, CancellationToken cancellationToken)
    {
        MailDomainInspector inspector =
            LazyInitializer.EnsureInitialized(ref _inspector, () => new MailDomainInspector(resolver, _options))!;
        MailDomainResult result = await inspector.InspectAsync(domain, cancellationToken).ConfigureAwait(false);
        if (result.DnsFailure is { } failure)
        {
            writer.Error(ErrorRecords.LookupFailed(result, failure));
        }

        writer.Output(result);
    }

    /// <inheritdoc/>
    private protected override bool Wants(string input) => _selection.Takes(input);

    /// <inheritdoc/>
    private protected override object ForInvalidDomain(string input, string error) => MailDomainResult.ForInvalidDomainName(input, error);

    /// <inheritdoc/>
    private protected override object ForUnexpectedError(string domain, string error) => MailDomainResult.ForUnexpectedError(domain, error);

    private EarlierResults ReadEarlier()
    {
        EarlierResults earlier = new();
        foreach (string path in ResumeFrom)
        {
            string full = GetUnresolvedProviderPathFromPSPath(path);
            try
            {
                Tell(full, earlier.Read(full));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                ThrowTerminatingError(ErrorRecords.ResumeFileUnreadable(full, exception));
            }
        }

        return earlier;
    }

    private void Tell(string path, EarlierFile file)
    {
        WriteVerbose(Sentences.Fill(Strings.Bulk_Resumed, path, file.Count));
        if (file.IncompleteLine is long line)
        {
            WriteWarning(Sentences.Fill(Strings.Bulk_ResumeIncomplete, path, line));
        }

        if (file.FailedCount > 0)
        {
            WriteVerbose(Sentences.Fill(Strings.Bulk_ResumeFailed, path, file.FailedCount));
        }

        if (file is { LacksStatus: true, Count: > 0 })
        {
            WriteWarning(Sentences.Fill(Strings.Bulk_ResumeNoStatus, path, file.Count));
        }

        if (file.BrokenCount > 0)
        {
            WriteWarning(Sentences.Fill(Strings.Bulk_ResumeBroken, path, file.BrokenCount, file.FirstBrokenLine));
        }
    }
}
