using System.Net;
using static Dmarc.Text.Keyword;

namespace Dmarc.Standards.AuthenticationResults;

/// <summary>Reads the clauses of a <c>Received</c> field, and the comments in which servers write facts.</summary>
internal sealed class ReceivedParser
{
    private const int MaximumWords = 2000;

    private static readonly char[] Separators = [' ', '\t', ',', '(', ')'];
    private static readonly string[] Clauses = ["from", "by", "via", "with", "id", "for", "tls"];
    private static readonly string[] Protocols = ["UTF8SMTP", "UTF8LMTP", "ESMTP", "SMTP", "LMTP", "ASMTP", "HTTP"];

    private readonly FieldScanner _scanner;
    private readonly List<string> _comments = [];
    private readonly List<string> _fromComments = [];
    private readonly List<string> _byComments = [];
    private readonly Dictionary<string, List<string>> _clauses = new(StringComparer.Ordinal);
    private string? _helo;
    private string? _reverseName;
    private IPAddress? _address;
    private string? _envelopeFrom;
    private bool _isEncrypted;
    private string? _tlsVersion;

    public ReceivedParser(string value) =>
        _scanner = new FieldScanner(
            value.Length <= AuthenticationResultsLimits.ReceivedLength
                ? value
                : value.Substring(0, AuthenticationResultsLimits.ReceivedLength));

    public ReceivedHeader Parse()
    {
        ReadClauses();
        _fromComments.ForEach(ReadClient);
        foreach (string comment in _byComments.Concat(_comments))
        {
            ReadOther(comment);
        }

        string? from = First("from");
        bool isLiteral = AuthenticationResultDetails.TryReadAddress(from, out IPAddress? literal);
        string? with = With();
        ReadProtocol(with ?? "", Words("with").Concat(Words("tls")));
        return new ReceivedHeader
        {
            From = from,
            Helo = _helo ?? from,
            ReverseName = _reverseName
                ?? (_helo is null || isLiteral || from is null or "" || Is(from, "unknown") ? null : from),
            ClientAddress = _address ?? literal,
            By = First("by"),
            ByAddress = _byComments
                .Select(comment => AuthenticationResultDetails.TryReadAddress(comment, out IPAddress? address)
                    ? address : null)
                .FirstOrDefault(address => address is not null),
            With = with,
            For = First("for")?.Trim('<', '>', ';', ','),
            EnvelopeFrom = _envelopeFrom,
            IsEncrypted = _isEncrypted,
            TlsVersion = _tlsVersion,
            Comments = [.. _fromComments, .. _byComments, .. _comments],
        };
    }

    /// <summary>Reads the words after <c>from</c>, <c>by</c>, <c>with</c> and so on.</summary>
    private void ReadClauses()
    {
        List<string> words = [];
        string? clause = null;
        for (int count = 0; count < MaximumWords && !_scanner.IsEnd; count++)
        {
            _scanner.SkipBlank(clause is "from" && !_clauses.ContainsKey("by") ? _fromComments : clause is "by" ? _byComments : _comments);
            int begin = _scanner.Position;
            if (_scanner.TryTake(';'))
            {
                if (ReceivedDate.Read(_scanner.ReadUntil(';')) is null)
                {
                    // A semicolon within the clauses: the clauses continue after it.
                    _scanner.Position = begin + 1;
                }

                continue;
            }

            string word = _scanner.ReadValue(";");
            if (_scanner.Position == begin)
            {
                _scanner.Position++;
            }
            else if (Array.Find(Clauses, known => Is(word, known)) is { } keyword && !_clauses.ContainsKey(keyword))
            {
                clause = keyword;
                words = [];
                _clauses.Add(clause, words);
            }
            else
            {
                words.Add(word);
            }
        }
    }

    private string? First(string clause) => Words(clause).FirstOrDefault()?.TrimEnd('.', ',');

    private List<string> Words(string clause) => _clauses.TryGetValue(clause, out List<string>? words) ? words : [];

    /// <summary>The protocol: one word, except for names such as "Microsoft SMTP Server".</summary>
    private string? With()
    {
        List<string> words = Words("with");
        return words.Count == 0 ? null : Is(words[0], "Microsoft") ? string.Join(" ", words.Take(3)) : words[0];
    }

    /// <summary>Reads a comment after <c>from</c>: reverse name, address, HELO; TLS from some servers.</summary>
    private void ReadClient(string comment)
    {
        string[] words = comment.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i];
            if (ReadAssignment(word))
            {
                continue;
            }

            if (words.Length <= 8 && i + 1 < words.Length && (Is(word, "HELO") || Is(word, "EHLO")))
            {
                _helo ??= words[++i];
                continue;
            }

            // The user of the connection, if queried (RFC 1413), comes before the name or address: "user@192.0.2.1".
            word = word.Substring(word.LastIndexOf('@') + 1);
            int bracket = word.IndexOf('[');
            if (AuthenticationResultDetails.TryReadAddress(
                bracket > 0 ? word.Substring(bracket) : word, out IPAddress? address))
            {
                _address ??= address;
                word = bracket > 0 ? word.Substring(0, bracket) : "";
            }

            if (i == 0 && _reverseName is null && IsHostName(word))
            {
                _reverseName = word.TrimEnd('.');
            }
        }

        ReadOther(comment);
    }

    /// <summary>Reads any other comment: TLS, the envelope sender.</summary>
    private void ReadOther(string comment)
    {
        string[] words = comment.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < words.Length; i++)
        {
            if (ReadAssignment(words[i]) || ReadTlsVersion(words[i]) || i + 1 == words.Length)
            {
                continue;
            }

            if (Is(words[i], "cipher"))
            {
                i++;
            }
            else if (Is(words[i], "envelope-from"))
            {
                _envelopeFrom ??= words[++i].Trim('<', '>');
            }
        }
    }

    /// <summary>Reads the protocol (RFC 3848): S means TLS.</summary>
    private void ReadProtocol(string protocol, IEnumerable<string> following)
    {
        string name = protocol.TrimEnd(';', ',').ToUpperInvariant();
        string? known = Array.Find(Protocols, known => name.StartsWith(known, StringComparison.Ordinal));
        _isEncrypted |= known is not null && name.Substring(known.Length) is "S" or "SA";
        string before = "";
        foreach (string word in following)
        {
            _isEncrypted |= ReadTlsVersion(word) || word.StartsWith("TLS_", StringComparison.OrdinalIgnoreCase)
                || Is(before, "cipher");
            before = word;
        }
    }

    /// <summary>Reads <c>name=value</c>; false for other words.</summary>
    private bool ReadAssignment(string word)
    {
        int equals = word.IndexOf('=');
        string value = word.Substring(equals + 1).Trim('<', '>', '"');
        switch (equals <= 0 ? "" : word.Substring(0, equals).ToUpperInvariant())
        {
            case "HELO":
                _helo ??= value;
                break;
            case "VERSION":
                ReadTlsVersion(value);
                break;
            case "ENVELOPE-FROM":
                _envelopeFrom ??= value;
                break;
            default:
                break;
        }

        return equals > 0;
    }

    /// <summary>Reads the version in <c>TLSv1.3</c>, <c>TLS1_2</c> or <c>TLSv1</c>; false for other words.</summary>
    private bool ReadTlsVersion(string word)
    {
        int at = word.Length > 3 && word[3] is 'v' or 'V' ? 4 : 3;
        if (!word.StartsWith("TLS", StringComparison.OrdinalIgnoreCase) || at >= word.Length || word[at] != '1')
        {
            return false;
        }

        bool hasMinor = at + 2 < word.Length && word[at + 1] is '.' or '_' && word[at + 2] is >= '0' and <= '9';
        if (!hasMinor && at + 1 < word.Length)
        {
            return false;
        }

        _tlsVersion ??= hasMinor ? "1." + word[at + 2] : "1.0";
        _isEncrypted = true;
        return true;
    }

    private static bool IsHostName(string word) =>
        word.IndexOf('.') > 0
        && !Is(word, "unknown")
        && word.All(character =>
            character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (
                >= '0' and <= '9') or '.' or '-' or '_' or > '\u007F');
}
