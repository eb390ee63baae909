using System.Text;
using Dmarc.Advice.Audit;
using Dmarc.Advice.Audit.Bulk;
using Dmarc.Advice.Audit.Changes;

namespace Dmarc.PowerShell;

/// <summary>Reads results of Test-MailDomain: live, deserialised, or from a CSV, JSON or CLIXML file.</summary>
/// <param name="cmdlet">The cmdlet that reports errors.</param>
/// <param name="lost">Receives the rest of a row that cannot be read.</param>
internal sealed class MailDomainInput(DmarcCommand cmdlet, Action<string> lost)
{
    /// <summary>ConvertTo-Json writes enums of Import-Clixml with keys value and Value: only a table fits.</summary>
    private static readonly ScriptBlock FromJson = ScriptBlock.Create(
        "param($text) try { ConvertFrom-Json -InputObject $text -ErrorAction Stop } catch { "
        + "if ($PSVersionTable.PSVersion.Major -lt 6 -or $text -cnotmatch '\"value\"[^{}]*\"Value\"') { throw }; ConvertFrom-Json -InputObject $text -AsHashtable }");

    private static readonly ScriptBlock FromClixml = ScriptBlock.Create("param($path) Import-Clixml -LiteralPath $path");

    private readonly SwallowedRows _swallowed = new();

    /// <summary>The file being read; null for piped objects.</summary>
    private string? _file;

    /// <summary>The number of its objects that are not results.</summary>
    private long _others;

    /// <summary>The results among objects; <c>ConvertFrom-Json</c> before PowerShell 7 nests lists in lists.</summary>
    public IEnumerable<MailDomainSnapshot> Read(IEnumerable<object?>? objects)
    {
        foreach (object? value in objects ?? [])
        {
            object? plain = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
            IEnumerable<MailDomainSnapshot> found = plain switch
            {
                object?[] list => Read(list),
                MailDomainResult result => [MailDomainSnapshot.From(result)],
                FileInfo file => ReadFile(file.FullName),
                string text when FindFile(text) is { } file => ReadFile(file),
                _ => ReadSaved(value),
            };
            foreach (MailDomainSnapshot snapshot in found)
            {
                yield return snapshot;
            }
        }
    }

    /// <summary>Reports rows that contain other rows.</summary>
    public void Complete() => _swallowed.Complete(cmdlet);

    private IEnumerable<MailDomainSnapshot> ReadSaved(object? value)
    {
        if (_swallowed.Look(value))
        {
            // The row itself is damaged too. Its domain, and those in the lines that it contains, were examined.
            lost(string.Join("\n", ((PSObject)value!).Properties.Select(property => property.Value as string)) + "\n");
        }
        else if (SnapshotReader.Read(PipelineNode.From(value)) is { } snapshot)
        {
            return [snapshot];
        }
        else
        {
            // In a file, one error names all of them.
            _others++;
            if (_file is null)
            {
                cmdlet.WriteError(ErrorRecords.NotMailDomain(value));
            }

            // The domain is unknown unless the object has one. For a misspelt path, the content of the file is unknown.
            string? domain = PropertyFacts.Unwrap(value) is string ? null : PipelineNode.From(value)?.Member("Domain")?.Text;
            lost(domain is { Length: > 0 } ? domain + "\n" : "");
        }

        return [];
    }

    private string? FindFile(string text)
    {
        if (text.Length == 0 || text.IndexOf('\n') >= 0)
        {
            return null;
        }

        try
        {
            string path = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(text);
            return File.Exists(path) ? path : null;
        }
        catch (Exception exception) when (exception is RuntimeException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>A file with a read error of the operating system is unreliable.</summary>
    private List<MailDomainSnapshot> ReadFile(string path)
    {
        (_file, _others) = (path, 0);
        try
        {
            List<MailDomainSnapshot> found = ReadContent(path);
            if (_others == 0)
            {
                return found;
            }

            cmdlet.WriteError(ErrorRecords.NotMailDomainObjects(path, _others));
            if (found.Count == 0)
            {
                // Without any result, the file is another one, and nothing is known of any domain.
                lost("");
            }

            return found;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fail(path, exception);
        }
        finally
        {
            _file = null;
        }
    }

    private List<MailDomainSnapshot> ReadContent(string path)
    {
        using StreamReader reader = new(RegularFile.Open(path), detectEncodingFromByteOrderMarks: true);
        ResultJsonReader json = new(reader);
        return json.SkipSpace() switch
        {
            -1 => Fail(path, new InvalidDataException(Strings.Commands_SavedResultsEmpty)),
            '<' => ReadClixml(path),
            '{' or '[' => ReadJson(json, path),
            _ => ReadTable(reader, path),
        };
    }

    private List<MailDomainSnapshot> ReadTable(TextReader reader, string path)
    {
        List<MailDomainSnapshot> found = [];
        CsvProblemWriter problems = new(cmdlet, path);
        long others = 0;
        long firstOther = 0;
        foreach (SnapshotTableItem item in SnapshotTable.Read(reader))
        {
            problems.Add(item.Problem);
            if (item.LostText is { } text)
            {
                lost(text);
            }

            if (item.Snapshot is { } snapshot)
            {
                found.Add(snapshot);
            }
            else if (item.Problem is null)
            {
                firstOther = others++ == 0 ? item.Line : firstOther;
            }
        }

        problems.Complete();
        if (others > 0)
        {
            cmdlet.WriteError(ErrorRecords.NotMailDomainRows(path, others, firstOther));
        }

        return found;
    }

    private List<MailDomainSnapshot> ReadJson(ResultJsonReader json, string path)
    {
        List<MailDomainSnapshot> found = [];
        foreach (ResultJson piece in json.Read())
        {
            string place = string.Format(CultureInfo.InvariantCulture, Strings.Commands_LineOf, path, piece.Line);
            if (piece.Text.Trim().Length > 0 && Run(FromJson, piece.Text, place, Strings.Commands_NotJson) is { } objects)
            {
                found.AddRange(Read(objects));
                continue;
            }

            if (piece.Text.Length == 0)
            {
                cmdlet.WriteError(
                    ErrorRecords.SavedResultsUnreadable(
                        path,
                        Strings.Commands_SavedResultsCutOff,
                        new EndOfStreamException(Strings.Commands_SavedResultsCutOff)));
            }

            // The content after a truncated file's end is unknown; a truncated line still has its domain.
            lost(piece.Kind == ResultJsonKind.Whole || piece.Line > 1 && json.IsLines ? FirstDomain(piece.Text) : "");
        }

        return found;
    }

    private List<MailDomainSnapshot> ReadClixml(string path)
    {
        if (Run(FromClixml, path, path, Strings.Commands_NotClixml) is { } objects)
        {
            return [.. Read(objects)];
        }

        lost("");
        return [];
    }

    /// <summary>Reports an unreadable file, so that no domain is known to be missing from it.</summary>
    private List<MailDomainSnapshot> Fail(string path, Exception exception)
    {
        cmdlet.WriteError(ErrorRecords.SavedResultsUnreadable(path, exception.Message, exception));
        lost("");
        return [];
    }

    /// <summary>The start of a line, which contains an object's domain.</summary>
    private static string FirstDomain(string line)
    {
        StringBuilder text = new();
        foreach (string part in line.Split(',').Take(2))
        {
            text.Append(part).Append(' ');
        }

        return text.ToString();
    }

    private object?[]? Run(ScriptBlock script, string argument, string name, string damage)
    {
        try
        {
            return [.. cmdlet.InvokeCommand.InvokeScript(false, script, null, argument)];
        }
        catch (RuntimeException exception)
        {
            cmdlet.WriteError(ErrorRecords.SavedResultsUnreadable(name, damage, exception));
            return null;
        }
    }
}
