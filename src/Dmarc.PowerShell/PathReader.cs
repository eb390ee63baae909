using System.Collections;
using System.Collections.ObjectModel;
using System.Xml;
using System.Xml.Linq;

namespace Dmarc.PowerShell;

/// <summary>An input item: a file or folder, bytes, a stream or text.</summary>
/// <param name="Name">The name in errors and results.</param>
/// <param name="Content">A path (<see cref="InputFile"/>), bytes, a stream or text.</param>
internal sealed record InputItem(string Name, object Content)
{
    /// <summary>The folder that contained it; null if it was given directly.</summary>
    public InputFolder? Folder { get; init; }
}

/// <summary>A folder whose files are read, and whether they had any results. Thread-safe.</summary>
internal sealed class InputFolder(string path)
{
    private int _isUseful;

    /// <summary>The path.</summary>
    public string Path { get; } = path;

    /// <summary>True once there was a result, or an explanation why there is none.</summary>
    public bool IsUseful => Volatile.Read(ref _isUseful) != 0;

    /// <summary>Records that there was a result.</summary>
    public void NoteUse() => Volatile.Write(ref _isUseful, 1);
}

/// <summary>The path of an existing file.</summary>
internal sealed record InputFile(string Path);

/// <summary>
/// Reads the inputs of cmdlets: <c>-Path</c> with wildcards, <c>-LiteralPath</c>, and piped objects: files and folders,
/// paths, bytes, streams, and text that is the content itself.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="read">Reads one item. Called on the pipeline thread.</param>
/// <param name="filesOf">Lists the files of a folder.</param>
internal sealed class PathReader(DmarcCommand cmdlet, Action<InputItem> read, Func<string, IEnumerable<string>> filesOf)
{
    /// <summary>The parameter set of <c>-Path</c>.</summary>
    public const string PathSet = "Path";

    /// <summary>The parameter set of <c>-LiteralPath</c>.</summary>
    public const string LiteralPathSet = "LiteralPath";

    /// <summary>The parameter set of piped objects.</summary>
    public const string InputObjectSet = "InputObject";

    /// <summary>Names of properties with content, as in attachments of Microsoft Graph.</summary>
    private static readonly string[] ContentProperties = ["ContentBytes"];

    private static readonly string[] PathProperties = ["PSPath", "FullName", "Path"];

    private readonly List<byte> _bytes = [];
    private int _unnamed;
    private bool _isPattern;

    /// <summary>True to read subfolders too.</summary>
    public bool Recurse { get; init; }

    /// <summary>Accepts a single line if it is part of a text piped line by line.</summary>
    public Func<string, bool> TakesLine { get; init; } = _ => false;

    /// <summary>Accepts an object itself, such as a result of another command.</summary>
    public Func<object, bool> TakesObject { get; init; } = _ => false;

    /// <summary>The message for a folder without readable files, with <c>{0}</c> for its path.</summary>
    public string EmptyFolder { get; init; } = Strings.Commands_FolderEmpty;

    /// <summary>Called after all files of a folder were added.</summary>
    public Action<InputFolder> FolderDone { get; init; } = _ => { };

    /// <summary>The file of a piped line, as noted by Get-Content; null if unknown.</summary>
    public string? LineSource { get; private set; }

    /// <summary>Adds the input of a parameter set.</summary>
    public void Take(string parameterSet, string[] paths, string[] literalPaths, object? input)
    {
        _isPattern = parameterSet == PathSet;
        switch (parameterSet)
        {
            case PathSet:
                Array.ForEach(paths, path => ReadPath(path, literal: false));
                break;
            case LiteralPathSet:
                Array.ForEach(literalPaths, path => ReadPath(path, literal: true));
                break;
            default:
                ReadObject(input);
                break;
        }
    }

    /// <summary>Adds the bytes that were piped one by one.</summary>
    public void FlushBytes()
    {
        if (_bytes.Count > 0)
        {
            byte[] content = [.. _bytes];
            _bytes.Clear();
            read(new InputItem(NextName(), content));
        }
    }

    /// <summary>A name for unnamed input.</summary>
    public string NextName() => string.Format(CultureInfo.InvariantCulture, Strings.Commands_InputName, ++_unnamed);

    /// <summary>True if a text is the path of an existing file or folder.</summary>
    public bool FileExists(string path)
    {
        try
        {
            string file = cmdlet.GetUnresolvedProviderPathFromPSPath(path);
            return File.Exists(file) || Directory.Exists(file);
        }
        catch (Exception exception) when (exception is RuntimeException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private void ReadObject(object? input)
    {
        object? value = PropertyFacts.Unwrap(input);
        if (value is byte octet)
        {
            // The pipeline enumerates an array of bytes.
            _bytes.Add(octet);
            return;
        }

        FlushBytes();
        LineSource = value is string ? SourceOf(input) : null;
        switch (value)
        {
            case FileInfo file:
                ReadPath(file.FullName, literal: true);
                break;
            case DirectoryInfo folder:
                ReadPath(folder.FullName, literal: true);
                break;
            case byte[] bytes:
                read(new InputItem(NextName(), bytes));
                break;
            case Stream stream:
                read(new InputItem(stream is FileStream opened ? opened.Name : NextName(), stream));
                break;
            case XmlNode node:
                read(new InputItem(NextName(), node.OuterXml));
                break;
            case XNode node:
                read(new InputItem(NextName(), node.ToString(SaveOptions.DisableFormatting)));
                break;
            case string line when TakesLine(line):
                break;
            case string blank when LineSource is not null && string.IsNullOrWhiteSpace(blank):
                // A blank line in a list of paths.
                break;
            case string text when IsContent(text):
                read(new InputItem(NextName(), text));
                break;
            case string path:
                ReadPath(path, literal: FileExists(path));
                break;
            case not null when TakesObject(value):
                break;
            default:
                ReadProperties(input);
                break;
        }
    }

    private static string? SourceOf(object? line)
    {
        string? path = (line as PSObject)?.Properties["PSPath"]?.Value as string;
        int provider = path?.IndexOf("::", StringComparison.Ordinal) ?? -1;
        return provider < 0 ? path : path!.Substring(provider + 2);
    }

    /// <summary>Content, including an array of numbers from JSON or deserialisation; null for other values.</summary>
    private static object? ContentOf(object? value)
    {
        if (value is null or byte[] or string)
        {
            return value;
        }

        if (value is not Array { Length: > 0 } numbers)
        {
            return null;
        }

        byte[] bytes = new byte[numbers.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            object? item = PropertyFacts.Unwrap(numbers.GetValue(i));
            if (item is not (byte or int or long)
                || Convert.ToInt64(item, CultureInfo.InvariantCulture) is not (>= 0 and <= 255 and long number))
            {
                return null;
            }

            bytes[i] = (byte)number;
        }

        return bytes;
    }

    /// <summary>Reads an object with content, such as an attachment, or with a path.</summary>
    private void ReadProperties(object? input)
    {
        if (input is not null)
        {
            PSObject item = PSObject.AsPSObject(input);
            string name =
                Convert.ToString(Property(item, "Name"), CultureInfo.InvariantCulture) is { Length: > 0 } given
                ? given
                : NextName();
            foreach (string property in ContentProperties)
            {
                if (ContentOf(Property(item, property)) is { } content)
                {
                    read(new InputItem(name, content));
                    return;
                }
            }

            foreach (string property in IsRow(item) ? [] : PathProperties)
            {
                if (Property(item, property) is string path)
                {
                    ReadPath(path, literal: true);
                    return;
                }
            }

            if (Property(item, "@odata.type") is string type && type.EndsWith("Attachment", StringComparison.OrdinalIgnoreCase))
            {
                cmdlet.WriteError(ErrorRecords.AttachmentWithoutContent(input, name, type));
                return;
            }
        }

        cmdlet.WriteError(ErrorRecords.InputNotSupported(input));
    }

    /// <summary>True for a report row, live or from another session: its path is its source, not an input.</summary>
    private static bool IsRow(PSObject item) => item.TypeNames.Any(name => name.IndexOf("Dmarc.Reports.", StringComparison.Ordinal) >= 0);

    /// <summary>A property, or an entry of AdditionalProperties, where Graph cmdlets put unknown ones.</summary>
    private static object? Property(PSObject item, string name)
    {
        if (PropertyFacts.Unwrap(item.Properties[name]?.Value) is { } value)
        {
            return value;
        }

        IDictionary? entries = item.BaseObject as IDictionary ?? PropertyFacts.Unwrap(item.Properties["AdditionalProperties"]?.Value) as IDictionary;
        return entries?.Keys.Cast<object>()
            .Where(key => string.Equals(key as string, name, StringComparison.OrdinalIgnoreCase))
            .Select(key => PropertyFacts.Unwrap(entries[key]))
            .FirstOrDefault();
    }

    /// <summary>
    /// True for text that is content rather than a path: several lines, markup, or base64 longer than a likely path.
    /// </summary>
    private static bool IsContent(string text) =>
        text.IndexOf('\n') >= 0
        || text.TrimStart('\uFEFF', ' ', '\t').StartsWith("<", StringComparison.Ordinal)
        || (text.Length > 400 && text.All(character => char.IsLetterOrDigit(character) || character is '+' or '/' or '=' or '\r'));

    private void ReadPath(string path, bool literal)
    {
        foreach (string resolved in Resolve(path, literal))
        {
            if (Directory.Exists(resolved))
            {
                ReadFolder(resolved);
            }
            else if (File.Exists(resolved))
            {
                read(new InputItem(resolved, new InputFile(resolved)));
            }
            else
            {
                cmdlet.WriteError(ErrorRecords.PathNotFound(path));
            }
        }
    }

    private void ReadFolder(string folder)
    {
        InputFolder input = new(folder);
        bool any = false;
        try
        {
            foreach (string file in filesOf(folder))
            {
                any = true;
                read(new InputItem(file, new InputFile(file)) { Folder = input });
            }

            if (any)
            {
                FolderDone(input);
            }
            else
            {
                string format = !Recurse && Directory.EnumerateDirectories(folder).Any()
                    ? Strings.Commands_FolderOnlySubfolders
                    : EmptyFolder;
                cmdlet.WriteWarning(PrintableText.Escape(string.Format(CultureInfo.InvariantCulture, format, folder)));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            cmdlet.WriteError(ErrorRecords.FolderUnreadable(folder, exception));
        }
    }

    private Collection<string> Resolve(string path, bool literal) => ProviderPath.Resolve(cmdlet, path, _isPattern, () =>
    {
        Collection<string> resolved = literal
            ? [cmdlet.GetUnresolvedProviderPathFromPSPath(path)]
            : cmdlet.GetResolvedProviderPathFromPSPath(path, out _);
        cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        if (provider.Name != "FileSystem")
        {
            cmdlet.WriteError(ErrorRecords.PathNotInFileSystem(path));
            return null;
        }

        return resolved;
    });
}
