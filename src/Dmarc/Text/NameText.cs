using System.Diagnostics.CodeAnalysis;

namespace Dmarc.Text;

/// <summary>The two forms of domain names: A-labels, as in DNS, and U-labels, as people read them (RFC 5890).</summary>
internal static class NameText
{
    /// <summary>The maximum number of characters in a name, without the final dot.</summary>
    public const int MaximumLength = 253;

    /// <summary>The maximum number of octets in a label.</summary>
    public const int MaximumLabelLength = 63;

    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = false };

    /// <summary>Reads a name: U-labels become A-labels, capitals small letters; a final dot is dropped.</summary>
    /// <returns>False if the text is not a domain name.</returns>
    public static bool TryNormalize([NotNullWhen(true)] string? text, out string normal, out int labels)
    {
        normal = "";
        labels = 0;
        if (text is null || text.Length == 0)
        {
            return false;
        }

        string candidate = text;
        if (!IsAscii(text))
        {
            // The mapping would drop them and yield another name than the written one. No U-label has them (RFC 5892
            // §2).
            if (InvisibleText.IsIn(text))
            {
                return false;
            }

            try
            {
                candidate = Idn.GetAscii(text);
            }
            catch (ArgumentException)
            {
                return false;
            }
        }

        if (candidate[candidate.Length - 1] == '.')
        {
            candidate = candidate.Substring(0, candidate.Length - 1);
        }

        if (!TryCountLabels(candidate, out labels))
        {
            return false;
        }

        normal = ToLower(candidate);
        return true;
    }

    /// <summary>A name with U-labels for those A-labels that have one (RFC 5891 §5.2).</summary>
    public static string ToUnicode(string name)
    {
        try
        {
            return Idn.GetUnicode(name);
        }
        catch (ArgumentException)
        {
            return name;
        }
    }

    private static bool TryCountLabels(string text, out int labels)
    {
        labels = 1;
        if (text.Length is 0 or > MaximumLength)
        {
            return false;
        }

        int length = 0;
        foreach (char character in text)
        {
            if (character == '.')
            {
                if (length == 0)
                {
                    return false;
                }

                labels++;
                length = 0;
            }
            else if (!IsLabelCharacter(character) || ++length > MaximumLabelLength)
            {
                return false;
            }
        }

        return length > 0;
    }

    private static bool IsLabelCharacter(char character) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_';

    private static bool IsAscii(string text)
    {
        foreach (char character in text)
        {
            if (character > 0x7F)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A name, tag or scheme in its usual spelling.</summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "All of these are written in lower case.")]
    public static string ToLower(string text) => text.ToLowerInvariant();
}
