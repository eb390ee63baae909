namespace Dmarc.Reports;

/// <summary>Normalises domains for comparison: case and Unicode form do not matter (RFC 5890 §2.3.2.1).</summary>
internal static class DomainKey
{
    /// <summary>The ASCII form in lower case, without a final dot; other text in lower case.</summary>
    public static string Of(string text) => FoldForm(text).ToLowerInvariant();

    /// <summary>The ASCII form without a final dot; the same string if it is already in that form.</summary>
    public static string FoldForm(string text)
    {
        foreach (char character in text)
        {
            if (character > 0x7E)
            {
                return DomainName.TryParse(text, out DomainName? name) ? name.ToString() : text;
            }
        }

        return text.Length > 1 && text[text.Length - 1] == '.' ? text.Substring(0, text.Length - 1) : text;
    }
}
