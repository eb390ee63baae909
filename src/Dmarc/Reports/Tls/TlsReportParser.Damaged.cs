namespace Dmarc.Reports.Tls;

/// <content>Damaged TLS reports: brackets and quotation marks are unreliable, the names of members are not.</content>
internal sealed partial class TlsReportParser
{
    /// <summary>
    /// Reads the reports in a damaged text by member names. A repeated member begins the next failure, policy or
    /// report; so does the kind of member that came first, after another one. A value that cannot be separated from the
    /// damage is dropped, and a row without its domain or number is left out.
    /// </summary>
    /// <exception cref="ReportLimitException">A limit was exceeded.</exception>
    public IEnumerable<IReadOnlyList<TlsReportRow>> ReadDamaged(string text)
    {
        DamagedReport current = new(this);
        int position = 0;
        while (NextMember(text, ref position) is var (name, value, isAfterEnd) && name.Length > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (current.BeginsNext(name))
            {
                yield return current.Finish();
                current = new DamagedReport(this);
            }

            current.Set(name, value, isAfterEnd);
        }

        if (current.HasAny)
        {
            yield return current.Finish();
        }
    }

    /// <summary>True if a text contains a member of a policy.</summary>
    public static bool HasPolicies(string text)
    {
        int position = 0;
        while (NextMember(text, ref position) is var (name, _, _) && name.Length > 0)
        {
            if (TlsMembers.PartOf(name) != TlsPart.Report)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Finds the next known name (empty at the end), its value, and whether an object ended before.</summary>
    private static (string Name, string Value, bool IsAfterEnd) NextMember(string text, ref int position)
    {
        bool isAfterEnd = false;
        while (position < text.Length)
        {
            int start = position;
            while (position < text.Length && IsNameCharacter(text[position]))
            {
                position++;
            }

            if (position == start)
            {
                isAfterEnd |= text[position] == '}';
                position++;
                continue;
            }

            string name = TlsMemberReader.Fold(text.Substring(start, Math.Min(position - start, 64)));
            if (TlsMembers.PartOf(name) != TlsPart.None)
            {
                return (name, ReadValue(text, ref position), isAfterEnd);
            }
        }

        return ("", "", isAfterEnd);
    }

    private static bool IsNameCharacter(char character) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '-' or '_' or (>= '0' and <= '9');

    /// <summary>The value after a name; empty if it is neither text nor number, or its bounds are uncertain.</summary>
    private static string ReadValue(string text, ref int position)
    {
        bool hasColon = false;
        bool isQuoted = false;
        int from = position;
        while (position < text.Length && position - from < 64 && (text[position] is '"' or ':' || char.IsWhiteSpace(text[position])))
        {
            isQuoted = hasColon && text[position] == '"';
            hasColon |= text[position] == ':';
            position++;
            if (isQuoted)
            {
                break;
            }
        }

        int start = position;
        if (!isQuoted)
        {
            while (position < text.Length && text[position] is >= '0' and <= '9')
            {
                position++;
            }

            return hasColon && position < text.Length && (text[position] is ',' or '}' or ']' || char.IsWhiteSpace(text[position]))
                ? text.Substring(start, position - start)
                : "";
        }

        while (position < text.Length && text[position] is not ('"' or '\n'))
        {
            position += text[position] == '\\' ? 2 : 1;
        }

        int end = Math.Min(position, text.Length);
        string value = text.Substring(start, end - start).Trim();

        // A comma or bracket at the end shows that the next quotation mark begins another text.
        bool isCertain = end < text.Length
            && text[end] == '"'
            && !(value.Length > 0 && value[value.Length - 1] is ',' or ':' or '}' or ']' or '{' or '[');
        if (isCertain)
        {
            position++;
            return Unescape(value);
        }

        // The skipped text is searched again for names.
        position = start;
        return "";
    }

    private static string Unescape(string value)
    {
        if (value.IndexOf('\\') < 0)
        {
            return value;
        }

        JsonTokenReader inner = TlsMemberReader.Open(new StringReader("\"" + value + "\""), value.Length, 1);
        return inner.Read() == JsonToken.Text ? inner.Text : value;
    }

    /// <summary>One report of a damaged text while it is read.</summary>
    private sealed class DamagedReport(TlsReportParser parser)
    {
        private readonly TlsReport _report = new(parser._path) { Place = new ReportPlace(parser, ++parser._begun) };
        private readonly HashSet<string> _ofReport = [];
        private readonly HashSet<string> _ofPolicy = [];
        private readonly HashSet<string> _ofFailure = [];
        private readonly List<TlsReportRow> _made = [];
        private readonly List<TlsFailureValues> _failures = [];
        private TlsPolicyValues _policy = new() { Number = 1 };
        private TlsFailureValues _failure = new();
        private TlsPart _first;
        private TlsPart _last;
        private TlsPart _firstOfPolicy;
        private TlsPart _lastOfPolicy;

        public bool HasAny => _first != TlsPart.None;

        /// <summary>True if a member of the report level shows that this report has ended.</summary>
        public bool BeginsNext(string name) =>
            TlsMembers.PartOf(name) == TlsPart.Report
                && (_ofReport.Contains(name)
                    || (_first == TlsPart.Report && _last != TlsPart.Report && _ofReport.Count > 2));

        public void Set(string name, string value, bool isAfterEnd)
        {
            TlsPart part = TlsMembers.PartOf(name);
            _first = _first == TlsPart.None ? part : _first;
            _last = part;
            if (part == TlsPart.Report)
            {
                _ofReport.Add(name);
                SetMember(_report, name, value, TlsMembers.OfReport, TlsMembers.OfDateRange);
                return;
            }

            bool isNext = part == _firstOfPolicy && _lastOfPolicy != part;
            if (isNext || part != TlsPart.Failure && _ofPolicy.Contains(name))
            {
                FinishPolicy();
            }

            _firstOfPolicy = _firstOfPolicy == TlsPart.None ? part : _firstOfPolicy;
            _lastOfPolicy = part;
            if (part == TlsPart.Failure)
            {
                if (isAfterEnd || _ofFailure.Contains(name))
                {
                    FinishFailure();
                }

                _ofFailure.Add(name);
                SetMember(_failure, name, value, TlsMembers.OfFailure);
            }
            else
            {
                FinishFailure();
                _ofPolicy.Add(name);
                SetMember(_policy, name, value, TlsMembers.OfPolicy, TlsMembers.OfSummary);
            }
        }

        private static void SetMember<T>(
            T target, string name, string value, params Dictionary<string, Action<T, string>>[] tables) =>
            Array.Find(tables, table => table.ContainsKey(name))![name](target, value);

        public List<TlsReportRow> Finish()
        {
            FinishPolicy();
            Check(_report, [], _report.Policies > 0);
            parser.Report = _report;
            parser.Reports++;
            return _made;
        }

        private void FinishFailure()
        {
            if (_ofFailure.Count > 0)
            {
                if (ReportValueParser.TryCount(_failure.Count.AsSpan(), out _))
                {
                    parser.Count();
                    _failures.Add(_failure);
                }
                else
                {
                    parser.LeftOut.Add(RowPlace.Policy(_report.Policies + 1));
                }
            }

            _failure = new TlsFailureValues();
            _ofFailure.Clear();
        }

        private void FinishPolicy()
        {
            FinishFailure();
            bool hasAny = _ofPolicy.Count > 0 || _failures.Count > 0;
            if (hasAny && (_policy.Domain.Length == 0 || _policy.Domain.IndexOf('\uFFFD') >= 0))
            {
                parser.LeftOut.Add(RowPlace.Policy(_report.Policies + 1), Math.Max(1, _failures.Count));
            }
            else if (hasAny)
            {
                parser.Count();
                _report.Policies++;
                parser._rows.Clear();
                parser._members.Dropped = 0;
                parser._members.HasNameMarks = false;
                parser.AddRows(
                    _report,
                    _policy,
                    [.. _failures],
                    _ofPolicy.Contains("totalsuccessfulsessioncount")
                        || _ofPolicy.Contains("totalfailuresessioncount"));
                _made.AddRange(parser._rows);
            }

            _policy = new TlsPolicyValues { Number = _report.Policies + 1 };
            _failures.Clear();
            _ofPolicy.Clear();
            (_firstOfPolicy, _lastOfPolicy) = (TlsPart.None, TlsPart.None);
        }
    }
}
