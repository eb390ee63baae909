using Dmarc.Mail.Pasted;

namespace Dmarc.PowerShell;

/// <summary>
/// Assembles reports that are piped line by line, as by Get-Content without -Raw. The lines, and the file that
/// Get-Content notes, show where one begins and ends.
/// </summary>
/// <param name="fileExists">Detects paths of files and folders, which may be mixed in.</param>
/// <param name="finished">Receives a complete text, with the file that it came from if known.</param>
internal sealed class ReportLines(Func<string, bool> fileExists, Action<string, string?> finished)
{
    /// <summary>The length of base64 lines (RFC 2045 §6.8, RFC 7468 §2). A text in one line is longer.</summary>
    private const int ShortestBase64Line = 60;
    private const int LongestBase64Line = 76;

    /// <summary>The beginnings of gzip, zip and XML data in base64.</summary>
    private static readonly string[] Base64Starts = ["H4sI", "UEsDB", "PD94bWwg", "PGZlZWRiYWNr"];

    private readonly List<string> _lines = [];
    private string? _source;
    private Form _form;

    /// <summary>The format of the lines.</summary>
    private enum Form
    {
        None,
        Xml,
        Json,
        Mail,
        Base64,
    }

    /// <summary>Accepts a line; false if it is not part of a report: a path, or a complete text.</summary>
    /// <param name="line">The line.</param>
    /// <param name="source">The file that contains it; null if unknown.</param>
    public bool Take(string line, string? source)
    {
        string text = line.TrimStart('\uFEFF', ' ', '\t');
        bool isText = line.IndexOf('\n') >= 0;
        bool isEnd = IsEnd(text);
        if (isText || source != _source || EndsBefore(line, text, isEnd))
        {
            Flush();
        }

        if (_lines.Count == 0)
        {
            _form = isText ? Form.None : FormOf(line, text);
            _source = source;

            // A whole report in one line is a complete text.
            if (_form == Form.None || (_form == Form.Xml && isEnd))
            {
                return false;
            }
        }

        _lines.Add(line);
        if (_form == Form.Xml && isEnd)
        {
            Flush();
        }

        return true;
    }

    /// <summary>Returns the assembled text.</summary>
    public void Flush()
    {
        if (_lines.Count > 0)
        {
            string text = string.Join("\n", _lines);
            _lines.Clear();
            finished(text, _source);
        }
    }

    /// <summary>True if a line does not continue the held ones.</summary>
    private bool EndsBefore(string line, string text, bool isEnd)
    {
        if (_lines.Count == 0 || text.Length == 0)
        {
            return false;
        }

        if (_form == Form.Base64)
        {
            // The last line is shorter than the others, or padded.
            string last = _lines[_lines.Count - 1];
            return last.Length != _lines[0].Length
                || last.EndsWith("=", StringComparison.Ordinal)
                || line.Length > last.Length
                || !IsBase64(line)
                || Array.Exists(Base64Starts, start => line.StartsWith(start, StringComparison.Ordinal))
                || (_source is null && fileExists(line));
        }

        return _form == Form.Xml
            ? text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase)
                || (text.StartsWith("<feedback", StringComparison.OrdinalIgnoreCase) && (isEnd || _lines.Exists(IsRoot)))
                || (text[0] != '<' && fileExists(line))
            : _source is null && fileExists(line);
    }

    private Form FormOf(string line, string text)
    {
        if (text.Length == 0)
        {
            return Form.None;
        }

        if (text[0] == '<')
        {
            return Form.Xml;
        }

        string rest = text.Substring(1).TrimStart();
        if ((text[0] == '{' && (rest.Length == 0 || rest[0] is '"' or '}')) || (text[0] == '[' && (rest.Length == 0 || rest[0] == '{')))
        {
            return fileExists(line) ? Form.None : Form.Json;
        }

        if (line.Length is >= ShortestBase64Line and <= LongestBase64Line && line.Length % 4 == 0 && IsBase64(line))
        {
            return fileExists(line) ? Form.None : Form.Base64;
        }

        if (line.StartsWith("From ", StringComparison.Ordinal) && line.IndexOf(':') > 0)
        {
            // The line before each message of a mailbox: an address and a date (RFC 4155).
            return fileExists(line) ? Form.None : Form.Mail;
        }

        // A colon before a slash belongs to a drive or a scheme.
        int colon = text.IndexOf(':');
        bool isPath = colon >= 0 && colon + 1 < text.Length && text[colon + 1] is '\\' or '/';
        return !isPath
            && text[0] is not ('>' or '|')
            && line.IndexOf('\t') < 0
            && PastedHeaders.MayBegin(line)
            && !fileExists(line)
            ? Form.Mail
            : Form.None;
    }

    private static bool IsBase64(string line) => line.All(
        character => character is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '+' or '/' or '=');

    private static bool IsEnd(string text) =>
        text.IndexOf("</feedback", StringComparison.OrdinalIgnoreCase) >= 0
            || text.IndexOf(":feedback>", StringComparison.OrdinalIgnoreCase) > 0;

    private static bool IsRoot(string line) => line.IndexOf("<feedback", StringComparison.OrdinalIgnoreCase) >= 0;
}
