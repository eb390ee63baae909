using System.Security;
using Dmarc.Libraries;
using Dmarc.Mail.Mailboxes;
using Dmarc.Reports;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Reading;
using Dmarc.Reports.Tls;

namespace Dmarc.PowerShell.Commands;

/// <summary>Reads DMARC and TLS reports from a mailbox, over IMAP.</summary>
[Cmdlet(VerbsCommunications.Receive, "DmarcReport", DefaultParameterSetName = CredentialSet, SupportsShouldProcess = true)]
[OutputType(typeof(AggregateReportRow), typeof(FailureReport), typeof(TlsReportRow))]
public sealed class ReceiveDmarcReportCommand : ReportCommand
{
    private const string CredentialSet = "Credential";
    private const string TokenSet = "AccessToken";
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly List<MailboxOrder> _held = [];
    private Delivery? _delivery;
    private MailboxReader? _mailbox;
    private MailboxException? _end;

    /// <summary>The server: a name or an address, with a port if it is not the default.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Server { get; set; } = "";

    /// <summary>The user name and password of the mailbox.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = CredentialSet)]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>The user name of the mailbox for the access token.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TokenSet)]
    [ValidateNotNullOrEmpty]
    public string UserName { get; set; } = "";

    /// <summary>An OAuth 2.0 access token, instead of a password.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TokenSet)]
    [ValidateNotNull]
    public SecureString? AccessToken { get; set; }

    /// <summary>How the connection is protected, if the port does not determine it.</summary>
    [Parameter]
    public MailboxTls Tls { get; set; }

    /// <summary>Accept any certificate.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>The folders to read.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Folder { get; set; } = ["INBOX"];

    /// <summary>Also read their subfolders.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Only messages received at this time or later.</summary>
    [Parameter]
    public DateTime Since { get; set; }

    /// <summary>Only unread messages.</summary>
    [Parameter]
    public SwitchParameter Unread { get; set; }

    /// <summary>Mark messages as read once all their rows are delivered.</summary>
    [Parameter]
    public SwitchParameter MarkRead { get; set; }

    /// <summary>Move messages to this folder once all their rows are delivered.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? MoveTo { get; set; }

    /// <summary>Delete messages once all their rows are delivered.</summary>
    [Parameter]
    public SwitchParameter Delete { get; set; }

    /// <summary>Move messages to this folder if part of them could not be read.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? MoveUnreadableTo { get; set; }

    /// <summary>The maximum time that the server may be silent, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 60;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        MailboxOptions options = ReadOptions();
        if (Delete && MoveTo is not null)
        {
            ThrowTerminatingError(ErrorRecords.MailboxActionsConflict());
        }

        foreach (string target in new[] { MoveTo, MoveUnreadableTo }.OfType<string>())
        {
            if (Folder.Contains(target, StringComparer.OrdinalIgnoreCase))
            {
                ThrowTerminatingError(ErrorRecords.MailboxTargetIsSource(target));
            }
        }

        _delivery = new Delivery { Completed = CarryOutHeld };
        ReportOutput output = new(this, Type, IncludeDuplicate)
        {
            WriteRow = value => _delivery.Write(this, value),
            Progress = { Format = Strings.Mailbox_Progress },
        };
        Open(output, Write);
        MailboxReadOptions reading = new()
        {
            Folders = Folder,
            Recurse = Recurse,
            Except = [.. new[] { MoveTo, MoveUnreadableTo }.OfType<string>()],
            Since = MyInvocation.BoundParameters.ContainsKey(nameof(Since)) ? new DateTimeOffset(Since) : null,
            Unread = Unread,
            Writable = MarkRead || Delete || MoveTo is not null || MoveUnreadableTo is not null,
            MaximumMessageBytes = ReadLimit.MaxHeldBytes,
        };
        _mailbox = Own(new MailboxReader(LibraryAdapters.Get<IMailboxConnector>(), options, reading, CancellationToken));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        while (true)
        {
            bool isRead = _mailbox!.IsRead;
            MailboxItem? item = _mailbox.Take(Tick, out _);
            if (item is not null)
            {
                Take(item);
            }
            else if (isRead)
            {
                break;
            }

            Pump!.Total = (int)Math.Min(int.MaxValue, _mailbox.Total);
            Output!.Progress.All = _mailbox.Total;
            Pump.WriteReady();
        }

        Pump!.WriteRest();
        if (!_delivery!.IsHeld)
        {
            CarryOutHeld(this);
        }

        Pump.Complete();
        Output!.Complete();
        if (_end is not null)
        {
            ThrowTerminatingError(ErrorRecords.Mailbox(_end, Server));
        }
    }

    private MailboxOptions ReadOptions()
    {
        MailboxServerText? server = MailboxServerText.Parse(Server);
        if (server is null)
        {
            ThrowTerminatingError(ErrorRecords.InvalidMailboxServer(Server));
        }

        MailboxTls tls = MyInvocation.BoundParameters.ContainsKey(nameof(Tls)) ? Tls : server!.DefaultTls;
        bool isToken = ParameterSetName == TokenSet;
        return new MailboxOptions(
            server!.Host,
            server.Port ?? MailboxServerText.DefaultPort(tls),
            tls,
            isToken ? UserName : Credential!.UserName,
            isToken ? AccessToken! : Credential!.Password,
            isToken)
        {
            SkipCertificateCheck = SkipCertificateCheck,
            Timeout = TimeSpan.FromSeconds(TimeoutSec),
            Log = IsVerbose ? text => Pump?.PostVerbose(text) : null,
        };
    }

    /// <summary>Processes an item from the mailbox.</summary>
    private void Take(MailboxItem item)
    {
        if (item.Action is not null)
        {
            TellOfChange(this, item);
        }
        else if (item.Warning is not null)
        {
            Pump!.Add(new PipelineRecord(PipelineStream.Warning, item.Warning));
        }
        else if (item.Content is { } content)
        {
            Output!.Progress.Added();
            Pump!.Add((writer, token) => ReadMessage(writer, item, content, token), item.Address);
        }
        else if (item.Place is not null)
        {
            Output!.Progress.Added();
            Output.Progress.Failed();
            Output.Progress.Done();
            ErrorRecord error = item.Failure!.Failure == MailboxFailure.TooLarge
                ? ErrorRecords.Report(TooLarge(item.Address))
                : ErrorRecords.Mailbox(item.Failure, item.Address);
            MessageOutcome outcome = new(item.Place, item.Address, IsRead: false, IsComplete: false, IsWhole: false);
            Pump!.Add(new PipelineRecord(PipelineStream.Error, error), new PipelineRecord(PipelineStream.Output, outcome));
        }
        else if (item.Address.Length > 0)
        {
            Pump!.Add(new PipelineRecord(PipelineStream.Error, ErrorRecords.Mailbox(item.Failure!, item.Address)));
        }
        else
        {
            // Earlier items are written first.
            _end = item.Failure;
        }
    }

    private ReportProblem TooLarge(string address)
    {
        string reason = new ReportLimitException(
            nameof(ReportReadLimits.MaxHeldBytes), ReadLimit.MaxHeldBytes, Strings.Mailbox_MessageTooLarge).Message;
        return new ReportProblem(
            ReportErrorIds.LimitExceeded, address, Sentences.Fill(Strings.Reports_Problem, address, reason));
    }

    private Task ReadMessage(PipelineWriter writer, MailboxItem item, byte[] content, CancellationToken cancellationToken)
    {
        bool hasResults = false;
        bool hasOthers = false;
        bool isComplete = true;
        bool isWhole = true;
        try
        {
            foreach (ReportReadItem read in Reader!.ReadMessage(content, item.Address, cancellationToken))
            {
                hasResults |= read.Result is not null;
                isComplete &= read.Problem is null;
                isWhole &= ReportDeduplicator.LossOf(read) is null;

                // A report of a kind not requested remains for a later request.
                hasOthers |= read.Notice?.OtherType is not null;
                Output!.Leave(writer, read);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            isComplete = false;
            Output!.Progress.Failed();
            writer.Error(ErrorRecords.Unexpected(exception, item.Address));
        }

        ReportOutput.LeaveEnd(writer);
        Output!.Progress.Done();
        writer.Output(new MessageOutcome(item.Place!, item.Address, hasResults && !hasOthers, isComplete, isWhole));
        return Task.CompletedTask;
    }

    /// <summary>Writes a row or, after all rows of a message, carries out the action on the message.</summary>
    private void Write(object value)
    {
        if (value is not MessageOutcome outcome)
        {
            Output!.Write(value);
            return;
        }

        if (MoveUnreadableTo is not null && !(outcome.IsComplete && outcome.IsWhole))
        {
            Order(outcome, MailboxAction.Move, MoveUnreadableTo);
        }
        else if (outcome.IsComplete && outcome.IsRead)
        {
            if (MarkRead)
            {
                Order(outcome, MailboxAction.MarkRead, null);
            }

            if (MoveTo is not null)
            {
                Order(outcome, MailboxAction.Move, MoveTo);
            }

            if (Delete && outcome.IsWhole)
            {
                Order(outcome, MailboxAction.Delete, null);
            }
            else if (Delete)
            {
                WriteWarning(Sentences.Fill(Strings.Mailbox_DamagedKept, outcome.Address));
            }
        }
    }

    private void Order(MessageOutcome outcome, MailboxAction action, string? target)
    {
        string what = action switch
        {
            MailboxAction.MarkRead => Strings.Mailbox_MarkRead,
            MailboxAction.Move => Sentences.Fill(Strings.Mailbox_Move, target),
            _ => Strings.Mailbox_Delete,
        };
        if (!ShouldProcess(outcome.Address, what))
        {
            return;
        }

        MailboxOrder order = new(outcome.Place, outcome.Address, action, target);
        if (_delivery!.IsHeld)
        {
            _held.Add(order);
        }
        else
        {
            _mailbox!.Order(order);
        }
    }

    /// <summary>Carries out the actions that waited until the rows were safe, and waits for them.</summary>
    private void CarryOutHeld(DmarcCommand writer)
    {
        _held.ForEach(_mailbox!.Order);
        _held.Clear();
        _mailbox.Finish();
        bool isEnded = false;
        while (!isEnded && !CancellationToken.IsCancellationRequested)
        {
            MailboxItem? item = _mailbox.Take(Tick, out isEnded);
            if (item?.Action is not null)
            {
                TellOfChange(writer, item);
            }
            else if (item?.Failure is not null)
            {
                writer.WriteError(ErrorRecords.Mailbox(item.Failure, item.Address.Length > 0 ? item.Address : Server));
            }
        }
    }

    /// <summary>Reports a message that was not changed, or not as requested.</summary>
    private static void TellOfChange(DmarcCommand writer, MailboxItem item)
    {
        if (item.Warning is not null)
        {
            writer.WriteWarning(item.Warning);
            return;
        }

        writer.WriteError(ErrorRecords.MailboxMessageNotChanged(item.Failure!, item.Address));
    }

    /// <summary>A message whose rows were all written.</summary>
    /// <param name="Place">The message.</param>
    /// <param name="Address">The address of the message.</param>
    /// <param name="IsRead">True if reports were read from it, and it contains no others.</param>
    /// <param name="IsComplete">False if a part of it could not be read.</param>
    /// <param name="IsWhole">False if damage cost rows.</param>
    private sealed record MessageOutcome(MailboxPlace Place, string Address, bool IsRead, bool IsComplete, bool IsWhole);
}
