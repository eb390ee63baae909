using System.Management.Automation;
using System.Net;
using Dmarc.Advice.Messages;
using Dmarc.Mail.Pasted;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Reading;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.PowerShell.Commands;

/// <summary>Says of messages, or of what is known of one, whether they pass DMARC, why, and what to change.</summary>
[Cmdlet(VerbsDiagnostic.Test, "DmarcAlignment", DefaultParameterSetName = PathSet)]
[OutputType(typeof(AlignmentResult))]
public sealed class TestDmarcAlignmentCommand : PathCommand
{
    private const string IdentifierSet = "Identifier";

    private readonly List<string> _lines = [];
    private bool _hasText;
    private long _bytesInFlight;
    private CommandPump? _pump;
    private MessageAssessor? _assessor;

    /// <summary>The author: an address or a domain.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdentifierSet)]
    [ValidateNotNullOrEmpty]
    public string From { get; set; } = "";

    /// <summary>What SPF said of the envelope sender.</summary>
    [Parameter(ParameterSetName = IdentifierSet)]
    public IdentifierResult? SpfResult { get; set; }

    /// <summary>The domains that signed.</summary>
    [Parameter(ParameterSetName = IdentifierSet)]
    [ValidateNotNullOrEmpty]
    public string[] DkimDomain { get; set; } = [];

    /// <summary>What became of each signature.</summary>
    [Parameter(ParameterSetName = IdentifierSet)]
    [ValidateNotNullOrEmpty]
    public IdentifierResult[] DkimResult { get; set; } = [];

    /// <summary>The text of a DMARC record to use in place of the one that is published.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Record { get; set; }

    /// <summary>The envelope sender.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? MailFrom { get; set; }

    /// <summary>The address of the client that sent.</summary>
    [Parameter]
    [IPAddressTransformation]
    public IPAddress? IPAddress { get; set; }

    /// <summary>The HELO name of the client.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Helo { get; set; }

    /// <summary>The servers whose Authentication-Results are believed.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [ValidateNotNullOrEmpty]
    public string[] TrustedAuthServId { get; set; } = [];

    /// <summary>Also check the rules of large mailbox providers for bulk senders.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    public SwitchParameter BulkSenderRule { get; set; }

    /// <summary>How the DMARC record is looked for.</summary>
    [Parameter]
    public DiscoveryMethod DiscoveryMethod { get; set; }

    /// <summary>The DNS servers to ask, in order of preference.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Server { get; set; } = [];

    /// <summary>Zone files that answer in place of DNS.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Zone { get; set; } = [];

    /// <summary>For how many seconds a DNS server has to answer.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int TimeoutSec { get; set; } = 5;

    /// <summary>The most questions a second that each DNS server is asked; 0 for no limit.</summary>
    [Parameter]
    [ValidateRange(0, 1_000_000)]
    public int QueriesPerSecond { get; set; }

    /// <summary>How many messages are in flight at once.</summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int ThrottleLimit { get; set; } = 64;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _pump = Own(new CommandPump(this, MyInvocation.MyCommand.Name, ThrottleLimit, CancellationToken));
        _assessor = new MessageAssessor(
            Own(ResolverOpener.Open(this, Server, Zone, TimeoutSec, IsVerbose ? _pump : null, QueriesPerSecond)),
            new MessageAssessorOptions
            {
                IPAddress = IPAddress,
                Helo = Helo,
                MailFrom = ParameterSetName == IdentifierSet ? null : MailFrom,
                TrustedAuthServIds = TrustedAuthServId,
                DiscoveryMethod = DiscoveryMethod,
                Record = Record,
                ChecksBulkSenderRules = BulkSenderRule,
            });
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == IdentifierSet)
        {
            MessageIdentifiers identifiers = new()
            {
                From = From,
                MailFrom = MailFrom,
                SpfResult = SpfResult,
                DkimDomains = DkimDomain,
                DkimResults = DkimResult,
            };
            Add(From, token => _assessor!.AssessAsync(identifiers, token));
            return;
        }

        base.ProcessRecord();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        FlushLines();
        base.EndProcessing();
        _pump!.Complete();
    }

    /// <inheritdoc/>
    private protected override string EmptyFolder => Strings.Commands_FolderWithoutMail;

    /// <inheritdoc/>
    private protected override IEnumerable<string> FilesOf(string folder)
    {
        foreach (string file in ReportFiles.Enumerate(folder, Recurse))
        {
            if (MessageFileReader.IsMail(file))
            {
                yield return file;
            }
            else
            {
                WriteVerbose(string.Format(System.Globalization.CultureInfo.InvariantCulture, Strings.Commands_NotMail, file));
            }
        }
    }

    /// <summary>A header that comes line by line, as Get-Clipboard and Get-Content give it.</summary>
    private protected override bool TakesLine(string line)
    {
        bool isBlank = string.IsNullOrWhiteSpace(line);
        if (line.IndexOf('\n') >= 0 || (!_hasText && !isBlank && !(PastedHeaders.MayBegin(line) && !FileExists(line))))
        {
            return false;
        }

        _lines.Add(line);
        _hasText |= !isBlank;
        return true;
    }

    /// <inheritdoc/>
    private protected override void Read(InputItem item)
    {
        FlushLines();
        IEnumerable<MessageReadItem> messages = item.Content switch
        {
            InputFile file => MessageFileReader.ReadFile(file.Path),
            byte[] bytes => MessageFileReader.ReadBytes(bytes, item.Name),
            Stream stream => MessageFileReader.ReadStream(stream, item.Name),
            _ => [MessageFileReader.ReadText((string)item.Content, item.Name)],
        };
        foreach (MessageReadItem read in messages)
        {
            if (read.Message is { } message)
            {
                Add(message);
            }
            else
            {
                _pump!.Add(new PipelineRecord(PipelineStream.Error, ErrorRecords.MessageUnreadable(item.Name, read.Problem)));
            }
        }
    }

    /// <summary>Failure reports, and the messages in them.</summary>
    private protected override bool TakesObject(object value)
    {
        ReportedMessage? message = value as ReportedMessage ?? (value as FailureReport)?.OriginalMessage;
        if (message is not null)
        {
            FlushLines();
            Add(AssessedMessage.From(message));
        }
        else if (value is FailureReport report)
        {
            string reason = string.Format(System.Globalization.CultureInfo.InvariantCulture, Strings.Commands_ReportWithoutMessage, report.Path);
            _pump!.Add(new PipelineRecord(PipelineStream.Error, ErrorRecords.MessageUnreadable(report.Path, reason)));
        }

        return value is ReportedMessage or FailureReport;
    }

    private void Add(AssessedMessage message)
    {
        Add(message.Source, token => _assessor!.AssessAsync(message, token));
        _bytesInFlight += message.Message.Raw.Length;
        if (_bytesInFlight >= MessageFileReader.MaximumBytesInFlight)
        {
            _pump!.WriteRest();
            _bytesInFlight = 0;
        }
    }

    private void Add(string target, Func<CancellationToken, Task<AlignmentResult>> assess) => _pump!.Add(async (writer, token) =>
    {
        AlignmentResult result = await assess(token).ConfigureAwait(false);
        if (result.Findings.FirstOrDefault(finding => finding.Code == AlignmentFindings.LookupFailed.Code) is Finding failed)
        {
            writer.Error(ErrorRecords.AlignmentLookupFailed(target, failed.Message));
        }

        writer.Output(result);
    }, target);

    private void FlushLines()
    {
        if (_lines.Count > 0)
        {
            string text = string.Join("\r\n", _lines);
            _lines.Clear();
            _hasText = false;
            Read(new InputItem(NextName(), text));
        }
    }
}
