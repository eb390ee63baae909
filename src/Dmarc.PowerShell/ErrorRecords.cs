using System.Globalization;
using System.Management.Automation;

namespace Dmarc.PowerShell;

/// <summary>
/// Every error that the cmdlets write is made here, so that ids and categories stay the same for scripts that look at
/// them. All are described in <c>docs/errors.md</c>.
/// </summary>
internal static class ErrorRecords
{
    /// <summary>A domain that is none; the reason is a sentence.</summary>
    public static ErrorRecord InvalidDomainName(string? input, string reason) =>
        Make(new ArgumentException(reason), "InvalidDomainName", ErrorCategory.InvalidArgument, input);

    /// <summary>A <c>-Server</c> that cannot be read; the reason is a sentence.</summary>
    public static ErrorRecord InvalidServer(string server, string reason) =>
        Make(new ArgumentException(reason), "InvalidServer", ErrorCategory.InvalidArgument, server);

    /// <summary>A file or folder that is not there.</summary>
    public static ErrorRecord PathNotFound(string path, Exception? cause = null) => Make(
        new FileNotFoundException(Format(Strings.Commands_PathNotFound, path), path, cause),
        "PathNotFound",
        ErrorCategory.ObjectNotFound,
        path);

    /// <summary>A path that is not one of the file system, such as a registry key.</summary>
    public static ErrorRecord PathNotInFileSystem(string path) => Make(
        new ArgumentException(Format(Strings.Commands_PathNotInFileSystem, path)),
        "PathNotInFileSystem",
        ErrorCategory.InvalidArgument,
        path);

    /// <summary>An object on the pipeline that nothing can be read from.</summary>
    public static ErrorRecord InputNotSupported(object? input) => Make(
        new ArgumentException(Format(Strings.Commands_InputNotSupported, input?.GetType().FullName ?? "null")),
        "InputNotSupported",
        ErrorCategory.InvalidType,
        input);

    /// <summary>Something that nobody thought of; please report it.</summary>
    public static ErrorRecord Unexpected(Exception exception, object? target) =>
        Make(exception, "UnexpectedError", ErrorCategory.NotSpecified, target);

    private static ErrorRecord Make(Exception exception, string id, ErrorCategory category, object? target) =>
        new(exception, id, category, target);

    private static string Format(string format, params object?[] arguments) =>
        string.Format(CultureInfo.InvariantCulture, format, arguments);
}
