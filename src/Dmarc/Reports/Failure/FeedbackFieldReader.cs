namespace Dmarc.Reports.Failure;

/// <summary>
/// Reads the fields of a feedback report's machine-readable part (RFC 5965 §3) line by line. A line that begins with
/// white space continues the field before it, as in mail; so does a line that is not a field, because reporters forget
/// the white space in long values. Empty lines are ignored.
/// </summary>
internal sealed class FeedbackFieldReader(ReportReadLimits limits)
{
    private const int MaximumNameLength = 64;

    private readonly List<FeedbackField> _fields = [];
    private readonly StringBuilder _value = new();
    private string? _name;
    private bool _shortened;

    /// <summary>The findings.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>Reads the fields.</summary>
    /// <param name="text">The machine-readable part as text.</param>
    public IReadOnlyList<FeedbackField> Read(string text)
    {
        bool saidUnfolded = false;
        int number = 0;
        int start = 0;
        while (start < text.Length)
        {
            int end = text.IndexOf('\n', start);
            string line = text.Substring(start, (end < 0 ? text.Length : end) - start).TrimEnd('\r', ' ', '\t', '\0');
            start = end < 0 ? text.Length : end + 1;
            number++;
            if (number == 1)
            {
                line = line.TrimStart('\uFEFF');
            }

            if (line.Length == 0)
            {
                continue;
            }

            int colon = NameLength(line);
            if (colon > 0 && line[0] is not (' ' or '\t'))
            {
                if (!Close())
                {
                    return _fields;
                }

                _name = line.Substring(0, colon).TrimEnd();
                Append(line.Substring(line.IndexOf(':') + 1).Trim());
            }
            else if (_name is not null)
            {
                if (line[0] is not (' ' or '\t') && !saidUnfolded)
                {
                    saidUnfolded = true;
                    Findings.Add(FailureReportFindings.Unfolded.CreateAt(start, number, _name));
                }

                Append(" " + line.Trim());
            }
        }

        Close();
        return _fields;
    }

    /// <summary>True for fields with base64 of a whole header or body.</summary>
    public static bool IsCanonicalized(string name) => name.StartsWith("DKIM-Canonicalized-", StringComparison.OrdinalIgnoreCase);

    /// <summary>The length of the field name at the start of a line; 0 if there is none.</summary>
    private static int NameLength(string line)
    {
        int length = 0;
        while (length < line.Length
            && length <= MaximumNameLength
            && line[length] is '-' or '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9'))
        {
            length++;
        }

        int colon = length;
        while (colon < line.Length && line[colon] is ' ' or '\t')
        {
            colon++;
        }

        return length > 0 && length <= MaximumNameLength && colon < line.Length && line[colon] == ':' ? length : 0;
    }

    private void Append(string text)
    {
        int most = IsCanonicalized(_name!) ? limits.MaxTextBytes : limits.MaxValueLength;
        int room = most - _value.Length;
        if (text.Length > room)
        {
            text = text.Substring(0, Math.Max(0, room));
            _shortened = true;
        }

        _value.Append(text);
    }

    private bool Close()
    {
        if (_name is null)
        {
            return true;
        }

        if (_shortened)
        {
            Findings.Add(FailureReportFindings.Shortened.Create(_name, _value.Length));
        }

        if (_fields.Count >= limits.MaxEntriesPerRecord)
        {
            Findings.Add(FailureReportFindings.FieldsDropped.Create(limits.MaxEntriesPerRecord));
            _name = null;
            return false;
        }

        _fields.Add(new FeedbackField(_name, _value.ToString().Trim()));
        _value.Clear();
        _shortened = false;
        _name = null;
        return true;
    }
}
