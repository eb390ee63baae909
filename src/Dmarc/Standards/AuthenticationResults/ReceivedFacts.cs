using System.Net;

namespace Dmarc.Standards.AuthenticationResults;

/// <summary>Facts from the comments and the protocol of a <c>Received</c> field.</summary>
internal sealed class ReceivedFacts
{
    private static readonly char[] Separators = [' ', '\t', ',', '(', ')'];

    public string? Helo { get; private set; }

    public string? ReverseName { get; private set; }

    public IPAddress? Address { get; set; }

    public string? EnvelopeFrom { get; private set; }

    public bool IsAuthenticated { get; private set; }

    public bool IsEncrypted { get; private set; }

    public string? TlsVersion { get; private set; }

    public string? TlsCipher { get; private set; }

    /// <summary>Reads a comment after <c>from</c>: reverse name, address, HELO; TLS from some servers.</summary>
    public void ReadClient(string comment)
    {
        string[] words = comment.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i];
            if (ReadAssignment(word) || (words.Length <= 8 && ReadHelo(words, ref i)))
            {
                continue;
            }

            // The user of the connection, if queried (RFC 1413), comes before the name or address: "user@192.0.2.1".
            word = word.Substring(word.LastIndexOf('@') + 1);
            int bracket = word.IndexOf('[');
            if (AuthenticationResultDetails.TryReadAddress(bracket > 0 ? word.Substring(bracket) : word, out IPAddress? address))
            {
                Address ??= address;
                word = bracket > 0 ? word.Substring(0, bracket) : "";
            }

            if (i == 0 && ReverseName is null && IsHostName(word))
            {
                ReverseName = word.TrimEnd('.');
            }
        }

        ReadOther(comment);
    }

    /// <summary>Reads any other comment: TLS, the envelope sender, authentication.</summary>
    public void ReadOther(string comment)
    {
        string[] words = comment.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i];
            if (ReadAssignment(word))
            {
                continue;
            }

            if (ReadTlsVersion(word) is { } version)
            {
                TlsVersion ??= version;
                IsEncrypted = true;

                // OpenSMTPD and Exim write the cipher after the version: "TLS1.3:TLS_AES_256_GCM_SHA384:256".
                int colon = word.IndexOf(':');
                if (colon > 0)
                {
                    TlsCipher ??= word.Substring(colon + 1).Split(':')[0];
                }
            }
            else if (i + 1 < words.Length && string.Equals(word, "cipher", StringComparison.OrdinalIgnoreCase))
            {
                TlsCipher ??= words[++i];
            }
            else if (i + 1 < words.Length && string.Equals(word, "envelope-from", StringComparison.OrdinalIgnoreCase))
            {
                EnvelopeFrom ??= words[++i].Trim('<', '>');
            }
            else if (string.Equals(word, "authenticated", StringComparison.OrdinalIgnoreCase)
                || (i == 0 && string.Equals(word, "Authenticated", StringComparison.OrdinalIgnoreCase)))
            {
                IsAuthenticated = true;
            }
        }
    }

    /// <summary>Reads the protocol (RFC 3848): S means TLS, and A means SMTP AUTH.</summary>
    public void ReadProtocol(string? protocol, IEnumerable<string> following)
    {
        string name = (protocol ?? "").TrimEnd(';', ',').ToUpperInvariant();
        foreach (string known in new[] { "UTF8SMTP", "UTF8LMTP", "ESMTP", "SMTP", "LMTP", "ASMTP", "HTTP" })
        {
            if (name.StartsWith(known, StringComparison.Ordinal))
            {
                string suffix = name.Substring(known.Length);
                IsEncrypted |= suffix is "S" or "SA";
                IsAuthenticated |= (suffix is "A" or "SA") || known == "ASMTP";
                break;
            }
        }

        string? before = null;
        foreach (string word in following)
        {
            if (ReadTlsVersion(word) is { } version)
            {
                TlsVersion ??= version;
                IsEncrypted = true;
            }
            else if (word.StartsWith("TLS_", StringComparison.OrdinalIgnoreCase)
                || string.Equals(before, "cipher", StringComparison.OrdinalIgnoreCase))
            {
                TlsCipher ??= word;
                IsEncrypted = true;
            }

            before = word;
        }
    }

    private bool ReadHelo(string[] words, ref int i)
    {
        if (i + 1 < words.Length
            && (string.Equals(words[i], "HELO", StringComparison.OrdinalIgnoreCase) || string.Equals(words[i], "EHLO", StringComparison.OrdinalIgnoreCase)))
        {
            Helo ??= words[++i];
            return true;
        }

        return false;
    }

    private bool ReadAssignment(string word)
    {
        int equals = word.IndexOf('=');
        if (equals <= 0)
        {
            return false;
        }

        string value = word.Substring(equals + 1).Trim('<', '>', '"');
        switch (word.Substring(0, equals).ToUpperInvariant())
        {
            case "HELO":
                Helo ??= value;
                return true;
            case "VERSION":
                TlsVersion ??= ReadTlsVersion(value);
                IsEncrypted |= ReadTlsVersion(value) is not null;
                return true;
            case "CIPHER":
                TlsCipher ??= value;
                return true;
            case "ENVELOPE-FROM":
                EnvelopeFrom ??= value;
                return true;
            case "AUTH":
                IsAuthenticated |= value.Length > 0;
                return true;
            default:
                return true;
        }
    }

    /// <summary>The version in <c>TLSv1.3</c>, <c>TLS1_2</c> or <c>TLSv1</c>, such as <c>1.2</c>, or null.</summary>
    internal static string? ReadTlsVersion(string word)
    {
        if (!word.StartsWith("TLS", StringComparison.OrdinalIgnoreCase) || word.Length < 4)
        {
            return null;
        }

        int at = word[3] is 'v' or 'V' ? 4 : 3;
        if (at >= word.Length || word[at] != '1')
        {
            return null;
        }

        if (at + 2 < word.Length && word[at + 1] is '.' or '_' && word[at + 2] is >= '0' and <= '9')
        {
            return "1." + word[at + 2];
        }

        return at + 1 == word.Length ? "1.0" : null;
    }

    private static bool IsHostName(string word) =>
        word.IndexOf('.') > 0
        && !string.Equals(word, "unknown", StringComparison.OrdinalIgnoreCase)
        && word.All(character =>
            character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '-' or '_' or > '\u007F');
}
