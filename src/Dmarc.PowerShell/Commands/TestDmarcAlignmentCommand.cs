using System.Net;
using Dmarc.Advice.Messages;
using Dmarc.Mail.Pasted;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Reading;
using Dmarc.Standards;
using Dmarc.Standards.Dmarc;

namespace Dmarc.PowerShell.Commands;

/// <summary>Tests if messages, or a message described by identifiers, pass DMARC, why, and what to change.</summary>
[Cmdlet(VerbsDiagnostic.Test, "DmarcAlignment", DefaultParameterSetName = PathReader.PathSet)]
[OutputType(typeof(AlignmentResult))]
public sealed class TestDmarcAlignmentCommand : DnsCommand
{
    private const string IdentifierSet = "Identifier";

    private readonly List<string> _lines = [];
    private bool _hasText;
    private long _bytesInFlight;
    private PathReader? _paths;
    private MessageAssessor? _assessor;

    /// <summary>Files and folders; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathReader.PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files and folders, taken literally.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PathReader.LiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Files, folders, paths, bytes, streams or text.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PathReader.InputObjectSet)]
    [AllowNull]
    [AllowEmptyString]
    public object? InputObject { get; set; }

    /// <summary>Also read subfolders.</summary>
    [Parameter(ParameterSetName = PathReader.PathSet)]
    [Parameter(ParameterSetName = PathReader.LiteralPathSet)]
    [Parameter(ParameterSetName = PathReader.InputObjectSet)]
    public SwitchParameter Recurse { get; set; }

    /// <summary>The author: an address or a domain.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdentifierSet)]
    [ValidateNotNullOrEmpty]
    public string From { get; set; } = "";

    /// <summary>The SPF result of the envelope sender, as in RFC 8601; unknown or null counts as missing.</summary>
    [Parameter(ParameterSetName = IdentifierSet)]
    [UnknownIfNull]
    [ValidateSet("Unknown", "None", "Pass", "Fail", "SoftFail", "Neutral", "Policy", "TempError", "PermError")]
    public AuthenticationResult? SpfResult { get; set; }

    /// <summary>The signing domains.</summary>
    [Parameter(ParameterSetName = IdentifierSet)]
    [ValidateNotNullOrEmpty]
    public string[] DkimDomain { get; set; } = [];

    /// <summary>The result of each signature.</summary>
    [Parameter(ParameterSetName = IdentifierSet)]
    [ValidateNotNullOrEmpty]
    [ValidateSet("None", "Pass", "Fail", "SoftFail", "Neutral", "Policy", "TempError", "PermError")]
    public AuthenticationResult[] DkimResult { get; set; } = [];

    /// <summary>The text of a DMARC record to use instead of the published one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Record { get; set; }

    /// <summary>The envelope sender.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? MailFrom { get; set; }

    /// <summary>The address of the sending client.</summary>
    [Parameter]
    [IPAddressTransformation]
    public IPAddress? IPAddress { get; set; }

    /// <summary>The HELO name of the client.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Helo { get; set; }

    /// <summary>The servers whose Authentication-Results are trusted.</summary>
    [Parameter(ParameterSetName = PathReader.PathSet)]
    [Parameter(ParameterSetName = PathReader.LiteralPathSet)]
    [Parameter(ParameterSetName = PathReader.InputObjectSet)]
    [ValidateNotNullOrEmpty]
    public string[] TrustedAuthServId { get; set; } = [];

    /// <summary>Also check the bulk sender rules of large mailbox providers.</summary>
    [Parameter(ParameterSetName = PathReader.PathSet)]
    [Parameter(ParameterSetName = PathReader.LiteralPathSet)]
    [Parameter(ParameterSetName = PathReader.InputObjectSet)]
    public SwitchParameter BulkSenderRule { get; set; }

    /// <summary>The discovery method for the DMARC record.</summary>
    [Parameter]
    public DiscoveryMethod DiscoveryMethod { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _paths = new PathReader(this, Read, FilesOf)
        {
            Recurse = Recurse,
            TakesLine = TakesLine,
            TakesObject = TakesObject,
            EmptyFolder = Strings.Commands_FolderWithoutMail,
        };
        _assessor = new MessageAssessor(
            Resolver!,
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
                SpfResult = SpfResult?.StandardOrNull(),
                DkimDomains = DkimDomain,
                DkimResults = DkimResult,
            };
            Add(From, token => _assessor!.AssessAsync(identifiers, token));
            return;
        }

        _paths!.Take(ParameterSetName, Path, LiteralPath, InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        FlushLines();
        _paths!.FlushBytes();
        base.EndProcessing();
    }

    private IEnumerable<string> FilesOf(string folder)
    {
        foreach (string file in ReportFiles.Enumerate(folder, Recurse))
        {
            if (MessageFileReader.IsMail(file))
            {
                yield return file;
            }
            else
            {
                WriteVerbose(string.Format(CultureInfo.InvariantCulture, Strings.Commands_NotMail, file));
            }
        }
    }

    /// <summary>Accepts a header line by line, as from Get-Clipboard and Get-Content.</summary>
    private bool TakesLine(string line)
    {
        bool isBlank = string.IsNullOrWhiteSpace(line);
        if (line.IndexOf('\n') >= 0 || (!_hasText && !isBlank && !(PastedHeaders.MayBegin(line) && !_paths!.FileExists(line))))
        {
            return false;
        }

        _lines.Add(line);
        _hasText |= !isBlank;
        return true;
    }

    private void Read(InputItem item)
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
                Pump!.Add(new PipelineRecord(PipelineStream.Error, ErrorRecords.MessageUnreadable(item.Name, read.Problem)));
            }
        }
    }

    /// <summary>Accepts failure reports and the messages in them.</summary>
    private bool TakesObject(object value)
    {
        ReportedMessage? message = value as ReportedMessage ?? (value as FailureReport)?.OriginalMessage;
        if (message is not null)
        {
            FlushLines();
            Add(AssessedMessage.From(message));
        }
        else if (value is FailureReport report)
        {
            string reason = string.Format(
                CultureInfo.InvariantCulture, Strings.Commands_ReportWithoutMessage, report.Path);
            Pump!.Add(new PipelineRecord(PipelineStream.Error, ErrorRecords.MessageUnreadable(report.Path, reason)));
        }

        return value is ReportedMessage or FailureReport;
    }

    private void Add(AssessedMessage message)
    {
        Add(message.Source, token => _assessor!.AssessAsync(message, token));
        _bytesInFlight += message.Message.Raw.Length;
        if (_bytesInFlight >= MessageFileReader.MaximumBytesInFlight)
        {
            Pump!.WriteRest();
            _bytesInFlight = 0;
        }
    }

    private void Add(string target, Func<CancellationToken, Task<AlignmentResult>> assess) => Pump!.Add(async (writer, token) =>
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
            Read(new InputItem(_paths!.NextName(), text));
        }
    }
}
