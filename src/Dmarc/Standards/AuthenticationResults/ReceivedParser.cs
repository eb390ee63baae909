using System.Net;

namespace Dmarc.Standards.AuthenticationResults;

/// <summary>Reads the clauses of a <c>Received</c> field, and the comments in which servers write facts.</summary>
internal sealed class ReceivedParser
{
    private const int MaximumWords = 2000;

    private readonly FieldScanner _scanner;
    private readonly List<string> _comments = [];
    private readonly List<string> _fromComments = [];
    private readonly List<string> _byComments = [];
    private readonly Dictionary<string, List<string>> _clauses = new(StringComparer.OrdinalIgnoreCase);

    public ReceivedParser(string value) =>
        _scanner = new FieldScanner(
            value.Length <= AuthenticationResultsLimits.ReceivedLength
                ? value
                : value.Substring(0, AuthenticationResultsLimits.ReceivedLength));

    public ReceivedHeader Parse()
    {
        DateTimeOffset? date = ReadClauses();
        ReceivedFacts facts = new();
        foreach (string comment in _fromComments)
        {
            facts.ReadClient(comment);
        }

        foreach (string comment in _byComments.Concat(_comments))
        {
            facts.ReadOther(comment);
        }

        string? from = First("from");
        string? with = With();
        if (from is not null && AuthenticationResultDetails.TryReadAddress(from, out IPAddress? literal))
        {
            facts.Address ??= literal;
        }

        facts.ReadProtocol(with, Words("with").Concat(Words("tls")));
        return new ReceivedHeader
        {
            From = from,
            Helo = facts.Helo ?? from,
            ReverseName = facts.ReverseName ?? (facts.Helo is null || IsLiteralOrUnknown(from) ? null : from),
            ClientAddress = facts.Address,
            By = First("by"),
            ByAddress = ByAddress(),
            With = with,
            Id = First("id"),
            For = First("for")?.Trim('<', '>', ';', ','),
            EnvelopeFrom = facts.EnvelopeFrom,
            IsAuthenticated = facts.IsAuthenticated,
            IsEncrypted = facts.IsEncrypted,
            TlsVersion = facts.TlsVersion,
            TlsCipher = facts.TlsCipher,
            Date = date,
            Comments = [.. _fromComments, .. _byComments, .. _comments],
            Findings = _scanner.UnclosedAt is int position
                ? [AuthenticationResultsFindings.Unclosed.CreateAt(position)]
                : PrintableList<Finding>.Empty,
        };
    }

    /// <summary>Reads the words after <c>from</c>, <c>by</c>, <c>with</c> and so on; returns the date.</summary>
    private DateTimeOffset? ReadClauses()
    {
        List<string> words = [];
        string? clause = null;
        DateTimeOffset? date = null;
        for (int count = 0; count < MaximumWords && !_scanner.IsEnd; count++)
        {
            _scanner.SkipBlank(clause is "from" && !_clauses.ContainsKey("by") ? _fromComments : clause is "by" ? _byComments : _comments);
            if (_scanner.TryTake(';'))
            {
                int start = _scanner.Position;
                date = ReceivedDate.Read(_scanner.ReadUntil(';'));
                if (date is null)
                {
                    // A semicolon within the clauses: the clauses continue after it.
                    _scanner.Position = start;
                }

                continue;
            }

            if (_scanner.IsEnd)
            {
                break;
            }

            int begin = _scanner.Position;
            string word = _scanner.ReadValue(";");
            if (_scanner.Position == begin)
            {
                _scanner.Position++;
                continue;
            }

            string lower = word.ToUpperInvariant();
            string? keyword = lower switch
            {
                "FROM" => "from",
                "BY" => "by",
                "VIA" => "via",
                "WITH" => "with",
                "ID" => "id",
                "FOR" => "for",
                "TLS" => "tls",
                _ => null,
            };
            if (keyword is not null && !_clauses.ContainsKey(keyword))
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

        return date;
    }

    /// <summary>The address that Exchange writes after its own name.</summary>
    private IPAddress? ByAddress()
    {
        foreach (string comment in _byComments)
        {
            if (AuthenticationResultDetails.TryReadAddress(comment, out IPAddress? address))
            {
                return address;
            }
        }

        return null;
    }

    private string? First(string clause) => Words(clause).FirstOrDefault()?.TrimEnd('.', ',');

    private List<string> Words(string clause) => _clauses.TryGetValue(clause, out List<string>? words) ? words : [];

    /// <summary>The protocol: one word, except for names such as "Microsoft SMTP Server".</summary>
    private string? With()
    {
        List<string> words = Words("with");
        if (words.Count == 0)
        {
            return null;
        }

        return string.Equals(words[0], "Microsoft", StringComparison.OrdinalIgnoreCase)
            ? string.Join(" ", words.Take(3))
            : words[0];
    }

    private static bool IsLiteralOrUnknown(string? name) =>
        name is null
        || name.Length == 0
        || string.Equals(name, "unknown", StringComparison.OrdinalIgnoreCase)
        || AuthenticationResultDetails.TryReadAddress(name, out _);
}
