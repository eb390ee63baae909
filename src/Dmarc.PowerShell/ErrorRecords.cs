using Dmarc.Advice.Audit;
using Dmarc.Advice.DirectSend;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Mail.Mailboxes;
using Dmarc.Reports;
using Dmarc.Reports.Reading;
using Dmarc.Reports.Saved;
using Dmarc.Reports.Writing;
using Dmarc.Standards.Dmarc;

namespace Dmarc.PowerShell;

/// <summary>
/// Creates every error of the cmdlets, so that ids and categories are stable for scripts. <c>docs/errors.md</c>
/// describes all of them.
/// </summary>
internal static class ErrorRecords
{
    /// <summary>An invalid domain name; the reason is a sentence.</summary>
    public static ErrorRecord InvalidDomainName(string? input, string reason) =>
        Argument(reason, "InvalidDomainName", ErrorCategory.InvalidArgument, input);

    /// <summary>A selector that cannot be part of a DNS name.</summary>
    public static ErrorRecord InvalidSelector(string selector) => Argument(
        Format(Strings.Commands_InvalidSelector, selector), "InvalidSelector", ErrorCategory.InvalidArgument, selector);

    /// <summary>A record that cannot be published there: its name is too long or outside the zone.</summary>
    public static ErrorRecord RecordNotPossible(string domain, ArgumentException reason) =>
        Make(reason, "RecordNotPossible", ErrorCategory.InvalidArgument, domain);

    /// <summary>A record to change that is unknown because its look-up failed.</summary>
    public static ErrorRecord RecordUnknown(string domain) =>
        About(domain, Strings.Commands_RecordUnknown, "RecordUnknown", ErrorCategory.ResourceUnavailable);

    /// <summary>An audit without DMARC, so the record to change is unknown.</summary>
    public static ErrorRecord RecordNotAsked(string domain) =>
        About(domain, Strings.Commands_RecordNotAsked, "RecordUnknown", ErrorCategory.ResourceUnavailable);

    /// <summary>A record that was found, but whose text is missing from the piped object.</summary>
    public static ErrorRecord RecordTextMissing(string domain) =>
        About(domain, Strings.Commands_RecordTextMissing, "RecordTextMissing", ErrorCategory.InvalidData);

    /// <summary>A piped object that says nothing about the DMARC record of its domain.</summary>
    public static ErrorRecord RecordNotContained(string domain) =>
        About(domain, Strings.Commands_RecordNotContained, "RecordTextMissing", ErrorCategory.InvalidData);

    /// <summary>An invalid <c>-Server</c>; the reason is a sentence.</summary>
    public static ErrorRecord InvalidServer(string server, string reason) =>
        Argument(reason, "InvalidServer", ErrorCategory.InvalidArgument, server);

    /// <summary>A failed look-up, so the data is unknown; never a look-up with an empty answer.</summary>
    /// <param name="domain">The domain concerned.</param>
    /// <param name="failure">The failure; its word is the error id.</param>
    /// <param name="query">The queried name, or details of the failure.</param>
    public static ErrorRecord LookupFailed(string domain, DnsFailure failure, string query)
    {
        (ErrorCategory category, string text) = failure switch
        {
            DnsFailure.Timeout => (ErrorCategory.OperationTimeout, Strings.Commands_DnsTimeout),
            DnsFailure.Refused => (ErrorCategory.PermissionDenied, Strings.Commands_DnsRefused),
            DnsFailure.Malformed => (ErrorCategory.InvalidData, Strings.Commands_DnsMalformed),
            DnsFailure.NetworkError => (ErrorCategory.ConnectionError, Strings.Commands_DnsNetworkError),
            _ => (ErrorCategory.ResourceUnavailable, Strings.Commands_DnsServerFailure),
        };
        return Make(new InvalidOperationException(Format(text, domain, query)), failure.ToWord(), category, domain);
    }

    /// <summary>The same for a search for a DMARC record.</summary>
    public static ErrorRecord LookupFailed(DmarcRecordResult result, DnsFailure failure)
    {
        DmarcWalkStep? step = result.Walk.FirstOrDefault(candidate => candidate.Status.ToDnsFailure() == failure);
        return LookupFailed(result.Domain, failure, step?.QueryName ?? result.Domain);
    }

    /// <summary>The same for an SPF record, or for the target of one of its terms.</summary>
    public static ErrorRecord LookupFailed(SpfResult result) =>
        LookupFailed(result.Domain, result.DnsFailure!.Value, result.Failed!.Type + " " + result.Failed.Name);

    /// <summary>The same for a DKIM key, or for the search for selectors.</summary>
    public static ErrorRecord LookupFailed(DkimKeyResult result, DnsFailure failure) => LookupFailed(
        result.Domain,
        failure,
        result.Name.Length > 0 ? result.Name : "_domainkey." + result.Domain);

    /// <summary>The same for a whole domain of which some or all parts are unknown.</summary>
    public static ErrorRecord LookupFailed(MailDomainResult result, DnsFailure failure) =>
        LookupFailed(result.Domain, failure, result.FailedParts.ToString());

    /// <summary>The same for the deciding look-up about Direct Send.</summary>
    public static ErrorRecord LookupFailed(DirectSendResult result, DnsFailure failure) => LookupFailed(
        result.Domain,
        failure,
        result.FailedQuery);

    /// <summary>Unreadable settings of a tenant.</summary>
    public static ErrorRecord TenantFactsUnreadable(string parameter, object? input, Exception? cause = null) => Make(
        new ArgumentException(Format(Strings.Commands_TenantFactsUnreadable, parameter), cause),
        "TenantFactsUnreadable",
        ErrorCategory.InvalidData,
        input);

    /// <summary>Settings of several tenants, although one tenant is required.</summary>
    public static ErrorRecord SeveralOrganizations(int number, object? input) => Make(
        new ArgumentException(Format(Strings.DirectSend_SeveralOrganizations, number)),
        "SeveralOrganizations",
        ErrorCategory.InvalidArgument,
        input);

    /// <summary>Objects that are not rows of a message trace; one error for all of them.</summary>
    /// <param name="number">The number of objects.</param>
    /// <param name="first">The first object.</param>
    public static ErrorRecord NotTraceRows(long number, object first) => Make(
        new ArgumentException(Format(Strings.DirectSend_NotTraceRows, number, PropertyFacts.Unwrap(first)!.GetType().FullName)),
        "NotTraceRow",
        ErrorCategory.InvalidType,
        first);

    /// <summary>A message trace that cannot be opened or is not valid.</summary>
    public static ErrorRecord TraceUnreadable(string path, Exception cause) => Make(
        new IOException(Format(Strings.Commands_TraceUnreadable, path, cause.Message), cause),
        "TraceUnreadable",
        ErrorCategory.OpenError,
        path);

    /// <summary>A record of a CSV file that cannot be read reliably.</summary>
    public static ErrorRecord CsvRecordUnreadable(string path, CsvProblem problem) => Make(
        new InvalidDataException(Format(Strings.Commands_CsvRecordUnreadable, path, problem.Message)),
        "CsvRecordUnreadable",
        ErrorCategory.InvalidData,
        path);

    /// <summary>The number of further unreadable records.</summary>
    public static ErrorRecord MoreCsvRecordsUnreadable(string path, long number) => Make(
        new InvalidDataException(Format(Strings.Commands_MoreCsvRecordsUnreadable, path, number)),
        "CsvRecordUnreadable",
        ErrorCategory.InvalidData,
        path);

    /// <summary>Rows of a trace without a recipient, which are unusable.</summary>
    public static ErrorRecord TraceRowsWithoutRecipient(string path, long number, long line) => Make(
        new InvalidDataException(Format(Strings.DirectSend_RowsWithoutRecipient, path, number, line)),
        "NotTraceRow",
        ErrorCategory.InvalidData,
        path);

    /// <summary>Rows of Import-Csv whose value contains further rows, after an unclosed quotation mark.</summary>
    public static ErrorRecord SwallowedRows(long number, object first, string value) => Make(
        new InvalidDataException(Format(Strings.Commands_SwallowedRows, number, value)),
        "CsvRecordUnreadable",
        ErrorCategory.InvalidData,
        first);

    /// <summary>A probe without a recipient.</summary>
    public static ErrorRecord ProbeRecipientRequired() =>
        Argument(Strings.Commands_ProbeRecipientRequired, "ProbeRecipientRequired", ErrorCategory.InvalidArgument, null);

    /// <summary>An invalid recipient or endpoint of a probe; the reason is a sentence.</summary>
    public static ErrorRecord InvalidProbe(string recipient, string reason) =>
        Argument(reason, "InvalidProbe", ErrorCategory.InvalidArgument, recipient);

    /// <summary>An invalid IP address.</summary>
    public static ErrorRecord InvalidIPAddress(string input, string reason) =>
        Argument(reason, "InvalidIPAddress", ErrorCategory.InvalidArgument, input);

    /// <summary>A comparison without a record to compare.</summary>
    public static ErrorRecord RecordRequired() =>
        Argument(Strings.Commands_RecordRequired, "RecordRequired", ErrorCategory.InvalidArgument, null);

    /// <summary>A zone file that cannot be opened.</summary>
    public static ErrorRecord ZoneFileUnreadable(string path, Exception cause) => Make(
        new InvalidOperationException(Format(Strings.Commands_ZoneFileUnreadable, path, cause.Message), cause),
        "ZoneFileUnreadable",
        ErrorCategory.OpenError,
        path);

    /// <summary>A public suffix list that cannot be opened.</summary>
    public static ErrorRecord PublicSuffixListUnreadable(string path, Exception cause) => Make(
        new InvalidOperationException(Format(Strings.Commands_PublicSuffixListUnreadable, path, cause.Message), cause),
        "PublicSuffixListUnreadable",
        ErrorCategory.OpenError,
        path);

    /// <summary>A file or folder that does not exist.</summary>
    /// <param name="path">The path.</param>
    /// <param name="cause">PowerShell's exception.</param>
    /// <param name="isPattern">
    /// True for a parameter that accepts wildcards and has a -LiteralPath counterpart; others take brackets literally.
    /// </param>
    public static ErrorRecord PathNotFound(string path, Exception? cause = null, bool isPattern = false) => Make(
        new FileNotFoundException(
            Format(isPattern && path.IndexOfAny(['[', ']']) >= 0 ? Strings.Commands_PatternNotFound : Strings.Commands_PathNotFound, path),
            path,
            cause),
        "PathNotFound",
        ErrorCategory.ObjectNotFound,
        path);

    /// <summary>A path outside the file system, such as a registry key.</summary>
    public static ErrorRecord PathNotInFileSystem(string path) => Argument(
        Format(Strings.Commands_PathNotInFileSystem, path), "PathNotInFileSystem", ErrorCategory.InvalidArgument, path);

    /// <summary>An unreadable table of networks.</summary>
    public static ErrorRecord NetworkTableUnreadable(string path, Exception cause) => Make(
        new IOException(Format(Strings.NetworkTable_Unreadable, path, cause.Message), cause),
        "NetworkTableUnreadable",
        cause is InvalidDataException ? ErrorCategory.InvalidData : ErrorCategory.OpenError,
        path);

    /// <summary>A grouping by network owners without a source for them.</summary>
    public static ErrorRecord NetworkOwnersNotGiven(object grouping) =>
        Argument(Strings.NetworkTable_Needed, "NetworkOwnersNotGiven", ErrorCategory.InvalidArgument, grouping);

    /// <summary>A file of earlier results that cannot be resumed.</summary>
    public static ErrorRecord ResumeFileUnreadable(string path, Exception cause) => Make(
        new IOException(Format(Strings.Bulk_ResumeUnreadable, path, cause.Message), cause),
        "ResumeFileUnreadable",
        cause is InvalidDataException ? ErrorCategory.InvalidData : ErrorCategory.OpenError,
        path);

    /// <summary>A folder that cannot be listed.</summary>
    public static ErrorRecord FolderUnreadable(string path, Exception cause) => Make(
        new IOException(Format(Strings.Commands_FolderUnreadable, path, cause.Message), cause),
        "FolderUnreadable",
        ErrorCategory.OpenError,
        path);

    /// <summary>A mailbox, folder or message that could not be read.</summary>
    /// <param name="failure">The failure; its text contains no secret.</param>
    /// <param name="target">The server, the folder or the message.</param>
    public static ErrorRecord Mailbox(MailboxException failure, string target)
    {
        (string id, ErrorCategory category) = failure.Failure switch
        {
            MailboxFailure.Tls => ("MailboxTlsFailed", ErrorCategory.SecurityError),
            MailboxFailure.Certificate => ("MailboxCertificateRejected", ErrorCategory.SecurityError),
            MailboxFailure.Credential => ("MailboxCredentialRejected", ErrorCategory.AuthenticationError),
            MailboxFailure.FolderMissing => ("MailboxFolderNotFound", ErrorCategory.ObjectNotFound),
            MailboxFailure.FolderChanged => ("MailboxFolderChanged", ErrorCategory.InvalidOperation),
            MailboxFailure.FolderReadOnly => ("MailboxFolderReadOnly", ErrorCategory.PermissionDenied),
            MailboxFailure.Refused or MailboxFailure.TooLarge => ("MailboxRefused", ErrorCategory.InvalidResult),
            _ => ("MailboxConnectionFailed", ErrorCategory.ConnectionError),
        };
        return Make(new InvalidOperationException(Format(Strings.Mailbox_Failed, target, failure.Message), failure), id, category, target);
    }

    /// <summary>A message that was read, but not marked, moved or deleted as requested.</summary>
    public static ErrorRecord MailboxMessageNotChanged(MailboxException failure, string address) => Make(
        new InvalidOperationException(Format(Strings.Mailbox_NotChanged, address, failure.Message), failure),
        "MailboxMessageNotChanged",
        ErrorCategory.WriteError,
        address);

    /// <summary>An invalid mail server name.</summary>
    public static ErrorRecord InvalidMailboxServer(string server) => Argument(
        Format(Strings.Mailbox_ServerUnreadable, server), "InvalidServer", ErrorCategory.InvalidArgument, server);

    /// <summary>A request to both move and delete messages.</summary>
    public static ErrorRecord MailboxActionsConflict() =>
        Argument(Strings.Mailbox_Conflict, "MailboxActionsConflict", ErrorCategory.InvalidArgument, null);

    /// <summary>A request to move messages to a folder that is being read.</summary>
    public static ErrorRecord MailboxTargetIsSource(string folder) => Argument(
        Format(Strings.Mailbox_TargetIsSource, folder), "MailboxTargetIsSource", ErrorCategory.InvalidArgument, folder);

    /// <summary>A file, or a part of one, from which no report could be read.</summary>
    public static ErrorRecord Report(ReportProblem problem) => Make(
        new InvalidDataException(PrintableText.Escape(problem.Message), problem.Exception),
        problem.ErrorId,
        problem.ErrorId switch
        {
            ReportErrorIds.LimitExceeded => ErrorCategory.LimitsExceeded,
            ReportErrorIds.FileNotReadable => ErrorCategory.OpenError,
            ReportErrorIds.DtdProhibited => ErrorCategory.SecurityError,
            ReportErrorIds.Unexpected => ErrorCategory.NotSpecified,
            _ => ErrorCategory.InvalidData,
        },
        problem.Path);

    /// <summary>Rows that could not be written; the reason is a sentence.</summary>
    public static ErrorRecord Export(ReportExportException problem, object? target) => Make(
        problem,
        problem.Problem switch
        {
            ReportExportProblem.UnknownFormat => "ExportFormatUnknown",
            ReportExportProblem.FolderMissing => "ExportFolderMissing",
            ReportExportProblem.FileExists => "ExportFileExists",
            ReportExportProblem.OverInput => "ExportOverInput",
            ReportExportProblem.MixedRows => "ExportMixedRows",
            ReportExportProblem.NotARow => "InputNotSupported",
            ReportExportProblem.TooManyPartitions => "ExportTooManyPartitions",
            _ => "ExportFileNotWritable",
        },
        problem.Problem switch
        {
            ReportExportProblem.UnknownFormat => ErrorCategory.InvalidArgument,
            ReportExportProblem.FolderMissing => ErrorCategory.ObjectNotFound,
            ReportExportProblem.FileExists or ReportExportProblem.OverInput => ErrorCategory.ResourceExists,
            ReportExportProblem.MixedRows or ReportExportProblem.NotARow => ErrorCategory.InvalidType,
            ReportExportProblem.TooManyPartitions => ErrorCategory.LimitsExceeded,
            _ => ErrorCategory.WriteError,
        },
        target);

    /// <summary>An output path whose wildcards do not match exactly one file.</summary>
    public static ErrorRecord PathAmbiguous(string path) =>
        Argument(Format(Strings.Export_PathAmbiguous, path), "ExportPathAmbiguous", ErrorCategory.InvalidArgument, path);

    /// <summary>A file or text without a message; the reason is a sentence that names it.</summary>
    public static ErrorRecord MessageUnreadable(string source, string reason) =>
        Make(new InvalidDataException(PrintableText.Escape(reason)), "MessageUnreadable", ErrorCategory.InvalidData, source);

    /// <summary>A message whose result depends on a failed look-up; the reason is a sentence.</summary>
    public static ErrorRecord AlignmentLookupFailed(string target, string reason) =>
        Make(
            new InvalidOperationException(PrintableText.Escape(reason)),
            "AlignmentLookupFailed",
            ErrorCategory.ResourceUnavailable,
            target);

    /// <summary>A piped object from which nothing can be read.</summary>
    public static ErrorRecord InputNotSupported(object? input) => Make(
        new ArgumentException(Format(Strings.Commands_InputNotSupported, PropertyFacts.Unwrap(input)?.GetType().FullName ?? "null")),
        "InputNotSupported",
        ErrorCategory.InvalidType,
        input);

    /// <summary>An attachment object of Microsoft Graph without its content.</summary>
    public static ErrorRecord AttachmentWithoutContent(object input, string name, string type) => Make(
        new ArgumentException(PrintableText.Escape(Format(Strings.Commands_AttachmentWithoutContent, name, type))),
        "InputNotSupported",
        ErrorCategory.InvalidType,
        input);

    /// <summary>Objects that are not rows of aggregate reports; one error for all of them.</summary>
    /// <param name="number">The number of objects.</param>
    /// <param name="first">The first object.</param>
    public static ErrorRecord NotReportRows(long number, object first) => Make(
        new ArgumentException(Format(Strings.Commands_NotReportRows, number, PropertyFacts.Unwrap(first)!.GetType().FullName)),
        "NotReportRow",
        ErrorCategory.InvalidType,
        first);

    /// <summary>Saved rows that cannot be restored; one error for all of them.</summary>
    /// <param name="number">The number of rows.</param>
    /// <param name="first">The first row.</param>
    /// <param name="problem">Why the first row cannot be restored.</param>
    public static ErrorRecord SavedRowUnreadable(long number, object first, SavedProblem problem)
    {
        const int Shown = 60;
        string value = problem.Value ?? "";
        value = value.Length > Shown ? value.Substring(0, Shown) + "…" : value;
        return Make(
            new ArgumentException(PrintableText.Escape(Sentences.Fill(
                problem.Value is null ? Strings.Commands_SavedRowIncomplete : Strings.Commands_SavedRowUnreadable,
                number, problem.Property, value))),
            "SavedRowUnreadable",
            ErrorCategory.InvalidData,
            first);
    }

    /// <summary>A piped object without an address.</summary>
    public static ErrorRecord AddressMissing(object input) => Make(
        new ArgumentException(Format(Strings.Sources_AddressMissing, input.GetType().FullName)),
        "AddressMissing",
        ErrorCategory.InvalidType,
        input);

    /// <summary>A record text with several domains, or none.</summary>
    public static ErrorRecord RecordNeedsDomain(int domains) => Argument(
        Format(Strings.Commands_RecordNeedsDomain, domains), "RecordNeedsDomain", ErrorCategory.InvalidArgument, null);

    /// <summary>An object that is not a result of Test-MailDomain.</summary>
    public static ErrorRecord NotMailDomain(object? input) => Make(
        new ArgumentException(PropertyFacts.Unwrap(input) is string text
            ? Format(Strings.Commands_SavedFileMissing, PrintableText.Shorten(PrintableText.Escape(text)))
            : Format(Strings.Commands_NotMailDomain, PropertyFacts.Unwrap(input)?.GetType().FullName ?? "null")),
        "NotMailDomain",
        ErrorCategory.InvalidType,
        input);

    /// <summary>Rows of a file that are not results of Test-MailDomain; one error for all of them.</summary>
    public static ErrorRecord NotMailDomainRows(string path, long number, long line) => Make(
        new ArgumentException(Format(Strings.Commands_NotMailDomainRows, path, number, line)),
        "NotMailDomain",
        ErrorCategory.InvalidData,
        path);

    /// <summary>Objects of a file that are not results of Test-MailDomain; one error for all of them.</summary>
    public static ErrorRecord NotMailDomainObjects(string path, long number) => Argument(
        Format(Strings.Commands_NotMailDomainObjects, path, number), "NotMailDomain", ErrorCategory.InvalidData, path);

    /// <summary>An unreadable file of saved results, or an unreadable line of it.</summary>
    public static ErrorRecord SavedResultsUnreadable(string name, string reason, Exception cause) => Make(
        new IOException(Format(Strings.Commands_SavedResultsUnreadable, name, reason), cause),
        "SavedResultsUnreadable",
        ErrorCategory.ReadError,
        name);

    /// <summary>An unexpected error; please report it.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="target">The object being processed.</param>
    /// <param name="domain">The domain that is lost; null if there is none.</param>
    public static ErrorRecord Unexpected(Exception exception, object? target, string? domain = null) => Make(
        domain is null ? exception : new InvalidOperationException(
            PrintableText.Escape(Format(Strings.Commands_UnexpectedDomain, domain, exception.GetType().Name, exception.Message)),
            exception),
        "UnexpectedError",
        ErrorCategory.NotSpecified,
        target);

    /// <summary>
    /// The error as written: untrusted file names, domains and other texts may contain characters that rewrite the
    /// screen, so message, inner messages and target name are escaped.
    /// </summary>
    public static ErrorRecord Printable(ErrorRecord error)
    {
        if (!IsPrintable(error.Exception))
        {
            ErrorRecord safe = new(
                Printable(error.Exception),
                error.FullyQualifiedErrorId,
                error.CategoryInfo.Category,
                error.TargetObject);
            if (error.ErrorDetails is { } details)
            {
                safe.ErrorDetails = new ErrorDetails(PrintableText.Escape(details.Message))
                {
                    RecommendedAction = details.RecommendedAction,
                };
            }

            error = safe;
        }

        string name = error.CategoryInfo.TargetName ?? "";
        if (PrintableText.Escape(name) is string escaped && escaped != name)
        {
            error.CategoryInfo.TargetName = escaped;
        }

        return error;
    }

    private static bool IsPrintable(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (PrintableText.Escape(exception.Message) != exception.Message)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The exception with an escaped message, of the same type if it is one created here.</summary>
    private static Exception Printable(Exception exception)
    {
        string message = PrintableText.Escape(exception.Message);
        Exception? inner = exception.InnerException is { } cause ? Printable(cause) : null;
        return exception switch
        {
            ReportExportException export => new ReportExportException(export.Problem, message, inner),
            FileNotFoundException => new FileNotFoundException(message, inner),
            InvalidDataException => new InvalidDataException(message, inner),
            IOException => new IOException(message, inner),
            UnauthorizedAccessException => new UnauthorizedAccessException(message, inner),
            ArgumentException => new ArgumentException(message, inner),
            _ => new InvalidOperationException(message, inner),
        };
    }

    private static ErrorRecord Argument(string message, string id, ErrorCategory category, object? target) =>
        Make(new ArgumentException(message), id, category, target);

    private static ErrorRecord About(string domain, string text, string id, ErrorCategory category) =>
        Make(new InvalidOperationException(Format(text, domain)), id, category, domain);

    private static ErrorRecord Make(Exception exception, string id, ErrorCategory category, object? target) =>
        new(exception, id, category, target);

    private static string Format(string format, params object?[] arguments) =>
        Sentences.Fill(format, arguments);
}
