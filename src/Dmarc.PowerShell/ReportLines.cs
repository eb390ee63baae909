using Dmarc.Mail.Pasted;

namespace Dmarc.PowerShell;

/// <summary>
/// Puts reports together that come line by line, as Get-Content gives them without -Raw. Where one begins and ends its lines
/// tell, and the file that Get-Content says they are of.
/// </summary>
/// <param name="fileExists">Tells paths of files and folders, which may come between.</param>
/// <param name="finished">Takes a text that is whole, with the file that it came from where that is known.</param>
internal sealed class ReportLines(Func<string, bool> fileExists, Action<string, string?> finished)
{
    /// <summary>How long the lines of base64 are (RFC 2045 §6.8, RFC 7468 §2). A text in one line is longer, and one of its own.</summary>
    private const int ShortestBase64Line = 60;
    private const int LongestBase64Line = 76;

    /// <summary>How base64 of gzip and zip data and of XML begins.</summary>
    private static readonly string[] Base64Starts = ["H4sI", "UEsDB", "PD94bWwg", "PGZlZWRiYWNr"];

    private readonly List<string> _lines = [];
    private string? _source;
    private Form _form;

    /// <summary>What the lines are of.</summary>
    private enum Form
    {
        None,
        Xml,
        Json,
        Mail,
        Base64,
    }

    /// <summary>Takes a line; false if it is none of a report: a path, or text of its own.</summary>
    /// <param name="line">The line.</param>
    /// <param name="source">The file that it is of; null if nothing tells.</param>
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

            // A whole report in one line is text of its own.
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

    /// <summary>Gives out what was put together.</summary>
    public void Flush()
    {
        if (_lines.Count > 0)
        {
            string text = string.Join("\n", _lines);
            _lines.Clear();
            finished(text, _source);
        }
    }

    /// <summary>True if a line does not go on with those that are held.</summary>
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
            // What stands before each message of a mailbox: an address, and when it came (RFC 4155).
            return fileExists(line) ? Form.None : Form.Mail;
        }

        // A colon before a slash is a drive or a scheme.
        int colon = text.IndexOf(':');
        bool isPath = colon >= 0 && colon + 1 < text.Length && text[colon + 1] is '\\' or '/';
        return !isPath && text[0] is not ('>' or '|') && line.IndexOf('\t') < 0 && PastedHeaders.MayBegin(line) && !fileExists(line) ? Form.Mail : Form.None;
    }

    private static bool IsBase64(string line) => line.All(
        character => character is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '+' or '/' or '=');

    private static bool IsEnd(string text) =>
        text.IndexOf("</feedback", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf(":feedback>", StringComparison.OrdinalIgnoreCase) > 0;

    private static bool IsRoot(string line) => line.IndexOf("<feedback", StringComparison.OrdinalIgnoreCase) >= 0;
}
