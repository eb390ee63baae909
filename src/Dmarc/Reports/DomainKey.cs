using Dmarc.Domains;

namespace Dmarc.Reports;

/// <summary>A domain in the form by which reports are compared and grouped: case means nothing, and Unicode and ASCII forms are the same name (RFC 5890 §2.3.2.1).</summary>
internal static class DomainKey
{
    /// <summary>The ASCII form in lower case, without a final dot; what was written, in lower case, where that is no domain.</summary>
    public static string Of(string text) => FoldForm(text).ToLowerInvariant();

    /// <summary>The ASCII form without a final dot. Where that is what was written, no text is made.</summary>
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
