namespace Dmarc.Advice.DirectSend.Probing;

/// <summary>A reply of an SMTP server (RFC 5321 §4.2): its code and its joined lines.</summary>
/// <param name="Code">The code, 200 to 599.</param>
/// <param name="Text">The text after it.</param>
internal sealed record SmtpReply(int Code, string Text)
{
    /// <summary>The text of each line.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    public bool IsPositive => Code < 400;

    public bool IsTransient => Code is >= 400 and < 500;

    /// <summary>The enhanced status code at the start of the text (RFC 3463 §2); empty if there is none.</summary>
    public string EnhancedCode
    {
        get
        {
            string word = Text.Split(' ')[0];
            string[] parts = word.Split('.');
            return parts.Length == 3
                && parts[0] is "2" or "4" or "5"
                && Array.TrueForAll(
                    parts, part => part.Length is >= 1 and <= 3 && part.All(c => c is >= '0' and <= '9'))
                ? word
                : "";
        }
    }

    /// <summary>Reads a line: three digits, then a hyphen if more follow, otherwise a space or nothing.</summary>
    public static bool TryReadLine(string line, out int code, out bool isLast, out string text)
    {
        isLast = line.Length < 4 || line[3] != '-';
        text = line.Length > 4 ? line.Substring(4).Trim() : "";
        string digits = line.Length < 3 ? "" : line.Substring(0, 3);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out code)
            && code is >= 200 and < 600
            && (line.Length == 3 || line[3] is ' ' or '-');
    }
}
