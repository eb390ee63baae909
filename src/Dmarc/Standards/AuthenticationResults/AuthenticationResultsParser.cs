using static Dmarc.Text.Keyword;

namespace Dmarc.Standards.AuthenticationResults;

/// <summary>
/// The grammar of RFC 8601 §2.2, extended to what receivers write: no authserv-id, properties without a <c>ptype</c>, a
/// domain repeated between results, values with an equals sign.
/// </summary>
internal sealed class AuthenticationResultsParser
{
    /// <summary>The maximum number of pieces of a name, with blanks around its dot and slash.</summary>
    private const int MaximumNameParts = 4;

    private readonly string _raw;
    private readonly FieldScanner _scanner;
    private readonly List<MethodResult> _results = [];
    private readonly List<string> _comments = [];
    private readonly List<Finding> _findings = [];
    private readonly List<AuthenticationProperty> _pending = [];
    private string _authServId = "";
    private int _version = 1;
    private int? _instance;
    private bool _isNone;

    public AuthenticationResultsParser(string value)
    {
        _raw = value;
        bool tooLong = value.Length > AuthenticationResultsLimits.FieldLength;
        _scanner = new FieldScanner(tooLong ? value.Substring(0, AuthenticationResultsLimits.FieldLength) : value);
        if (tooLong)
        {
            AddTooLong(AuthenticationResultsLimits.FieldLength);
        }
    }

    public AuthenticationResultsHeader Parse()
    {
        bool first = true;
        while (!_scanner.IsEnd)
        {
            _scanner.SkipBlank(_comments);
            if (_scanner.TryTake(';') || _scanner.IsEnd)
            {
                continue;
            }

            if (_results.Count >= AuthenticationResultsLimits.Results)
            {
                AddTooLong(_scanner.Position);
                break;
            }

            first = !ReadSegment(first) && first;
        }

        Finish();
        return new AuthenticationResultsHeader
        {
            AuthServId = _authServId,
            Version = _version,
            Instance = _instance,
            IsNone = _isNone && _results.Count == 0,
            Results = [.. _results],
            Comments = [.. _comments],
            Findings = [.. _findings],
            Raw = _raw,
        };
    }

    /// <summary>Reads up to the next semicolon. True for a result, or for text valid only at the beginning.</summary>
    private bool ReadSegment(bool first)
    {
        int start = _scanner.Position;
        List<string> comments = [];
        Item item = ReadItem(comments);
        if (!item.HasValue)
        {
            _comments.AddRange(comments);
            ReadServer(item, first);
            return true;
        }

        if (first && _instance is null && Is(item.Name, "i")
            && int.TryParse(item.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int instance))
        {
            _instance = instance;
            ReadRest(start);
            return false;
        }

        // Yahoo once wrote "from=example.com; dkim=pass": the checked identity before the result.
        if (Is(item.Name, "from") || AuthenticationProperty.ReadType(item.Name) != AuthenticationPropertyType.Missing)
        {
            AddToPrevious(item, comments);
            return true;
        }

        ReadResult(item, comments);
        return true;
    }

    private void ReadResult(Item item, List<string> comments)
    {
        List<AuthenticationProperty> properties = [.. _pending];
        _pending.Clear();
        string reason = "";
        while (true)
        {
            _scanner.SkipBlank(comments);
            if (_scanner.IsEnd || _scanner.Peek == ';')
            {
                break;
            }

            // The grammar has no comma between properties, but some receivers write one.
            if (_scanner.TryTake(','))
            {
                continue;
            }

            Item next = ReadItem(comments);
            if (!next.HasValue)
            {
                AddSyntax(next);
            }
            else if (Is(next.Name, "reason") && reason.Length == 0)
            {
                reason = next.Value;
            }
            else
            {
                properties.Add(ToProperty(next));
            }
        }

        string method = item.Name;
        int version = 1;
        int slash = method.IndexOf('/');
        if (slash >= 0)
        {
            if (!TryReadVersion(method.Substring(slash + 1), out version))
            {
                AddSyntax(item);
            }

            method = method.Substring(0, slash);
            if (version != 1 && _findings.Count < AuthenticationResultsLimits.Results)
            {
                _findings.Add(AuthenticationResultsFindings.MethodVersion.CreateAt(item.Position, Show(item)));
            }
        }

        _results.Add(new MethodResult
        {
            WrittenMethod = AuthenticationWords.ReadMethod(method),
            Version = version,
            WrittenOutcome = AuthenticationWords.ReadOutcome(item.Value),
            Reason = reason,
            Properties = [.. properties],
            Comments = [.. comments],
            Position = item.Position,
        });
    }

    /// <summary>Reads the server's name with the version, or <c>none</c>; Microsoft repeats a name later.</summary>
    private void ReadServer(Item item, bool first)
    {
        if (Is(item.Name, "none"))
        {
            _isNone = true;
            ReadRest(_scanner.Position);
            return;
        }

        if (item.Name.Length == 0)
        {
            AddSyntax(item);
            _scanner.Position++;
            return;
        }

        if (_authServId.Length == 0 && first)
        {
            _authServId = item.Name;
        }
        else if (item.Name.IndexOf('.') < 0)
        {
            AddSyntax(item);
        }

        _scanner.SkipBlank(_comments);
        int position = _scanner.Position;
        while (!_scanner.IsEnd && _scanner.Peek != ';')
        {
            Item next = ReadItem(_comments);
            if (next.HasValue && (Is(next.Name, "from") || next.Name.IndexOf('.') >= 0))
            {
                _pending.Add(ToProperty(next));
            }
            else if (next.HasValue && first)
            {
                // The semicolon after the server's name is missing.
                _findings.Add(AuthenticationResultsFindings.Syntax.CreateAt(next.Position, Show(next)));
                ReadResult(next, []);
                return;
            }
            else if (first && !next.HasValue && TryReadVersion(next.Name, out int version))
            {
                _version = version;
            }
            else
            {
                AddSyntax(next);
            }

            _scanner.SkipBlank(_comments);
            if (_scanner.Position == position)
            {
                _scanner.Position++;
            }

            position = _scanner.Position;
        }
    }

    /// <summary>Reads a version; an invalid one becomes 0, a too large one the maximum.</summary>
    private static bool TryReadVersion(string text, out int version)
    {
        bool isNumber = text.Length > 0 && text.All(character => character is >= '0' and <= '9');
        version = !isNumber
            ? 0
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
            : int.MaxValue;
        return isNumber;
    }

    private void ReadRest(int start)
    {
        _scanner.SkipBlank(_comments);
        int position = _scanner.Position;
        string rest = _scanner.ReadUntil(';').Trim();
        if (rest.Length > 0)
        {
            _findings.Add(AuthenticationResultsFindings.Syntax.CreateAt(Math.Max(start, position), PrintableText.Shorten(rest)));
        }
    }

    /// <summary>Reads <c>name = value</c>, or a name alone, with white space and comments as RFC 8601 allows.</summary>
    private Item ReadItem(List<string> comments)
    {
        int start = _scanner.Position;
        if (_scanner.Peek == '"')
        {
            return new Item(_scanner.ReadValue(";"), "", false, start);
        }

        string name = _scanner.ReadWord("=;,");
        _scanner.SkipBlank(comments);
        for (int joined = 0; joined < MaximumNameParts && name.Length > 0
            && (_scanner.Peek is '.' or '/' || name[name.Length - 1] is '.' or '/'); joined++)
        {
            name += _scanner.ReadWord("=;,");
            _scanner.SkipBlank(comments);
        }

        if (!_scanner.TryTake('='))
        {
            if (name.Length == 0 && _scanner.Position == start && !_scanner.IsEnd && _scanner.Peek != ';')
            {
                _scanner.Position++;
            }

            return new Item(name, "", false, start);
        }

        _scanner.SkipBlank(comments);
        return new Item(name, _scanner.ReadValue(";"), true, start);
    }

    private void AddToPrevious(Item item, List<string> comments)
    {
        _comments.AddRange(comments);
        if (Is(item.Name, "from"))
        {
            _pending.Add(ToProperty(item));
            return;
        }

        // A semicolon instead of a space: the property belongs to the previous result.
        AddSyntax(item);
        if (_results.Count == 0)
        {
            _pending.Add(ToProperty(item));
        }
        else if (_results[_results.Count - 1] is { Properties.Count: < AuthenticationResultsLimits.Results } last)
        {
            _results[_results.Count - 1] = last with { Properties = [.. last.Properties, ToProperty(item)] };
        }
    }

    private void Finish()
    {
        if (_scanner.UnclosedAt is int unclosed)
        {
            _findings.Add(AuthenticationResultsFindings.Unclosed.CreateAt(unclosed));
        }

        if (_version != 1)
        {
            _findings.Add(AuthenticationResultsFindings.Version.Create(_version));
        }

        if (_results.Count == 0 && !_isNone)
        {
            _findings.Add(AuthenticationResultsFindings.Empty.Create());
        }
        else if (_authServId.Length == 0)
        {
            _findings.Add(AuthenticationResultsFindings.NoServer.Create());
        }
    }

    private void AddSyntax(Item item)
    {
        if (_findings.Count < AuthenticationResultsLimits.Results)
        {
            _findings.Add(AuthenticationResultsFindings.Syntax.CreateAt(item.Position, Show(item)));
        }
    }

    private void AddTooLong(int position) => _findings.Add(AuthenticationResultsFindings.TooLong.CreateAt(
        position,
        AuthenticationResultsLimits.FieldLength.ToString("N0", CultureInfo.InvariantCulture),
        AuthenticationResultsLimits.Results));

    private static AuthenticationProperty ToProperty(Item item) =>
        new(AuthenticationProperty.ReadType(item.Name), item.Name, item.Value, item.Position);

    private static string Show(Item item) => PrintableText.Shorten(item.HasValue ? item.Name + "=" + item.Value : item.Name);

    private readonly record struct Item(string Name, string Value, bool HasValue, int Position);
}
