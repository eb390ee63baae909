using System.Buffers.Binary;

namespace Dmarc.Dns.Wire;

/// <summary>
/// Reads a response that <see cref="DnsQuery.IsAnsweredBy"/> has matched with its question. Any octets result in an
/// answer with a status; reading stays within the message and never loops.
/// </summary>
internal ref struct AnswerReader
{
    /// <summary>The maximum number of aliases followed.</summary>
    public const int MaximumAliases = 16;

    private const int HeaderLength = 12;
    private const int TypeOpt = 41;
    private const int ClassIn = 1;

    private static readonly List<DnsRecord> NoRecords = [];

    private readonly ReadOnlySpan<byte> _message;
    private readonly DnsQuery _query;
    private int _position;
    private int _extendedCode;
    private List<DnsRecord>? _answers;
    private bool _hasSoa;
    private uint _negativeTimeToLive;
    private bool _hasNameServers;
    private string _serverSays = "";

    private AnswerReader(ReadOnlySpan<byte> message, DnsQuery query)
    {
        _message = message;
        _query = query;
        _position = HeaderLength;
    }

    /// <summary>Reads the response to a question.</summary>
    public static DnsResponse Read(ReadOnlySpan<byte> message, DnsQuery query)
    {
        try
        {
            return new AnswerReader(message, query).Read();
        }
#pragma warning disable CA1031 // Answers are read on our own threads, where an exception would end the process.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return query.Failed(DnsStatus.Malformed, exception.Message);
        }
    }

    private DnsResponse Read()
    {
        if (_message.Length < HeaderLength)
        {
            return Malformed();
        }

        if ((_message[2] & 0x02) != 0)
        {
            return _query.Failed(DnsStatus.Malformed, Strings.Dns_AnswerTruncated, DnsRetry.OverTcp);
        }

        int questions = BinaryPrimitives.ReadUInt16BigEndian(_message.Slice(4));
        if (questions > 0)
        {
            _position += _query.Octets.Length + 4;
        }

        if (!ReadSection(BinaryPrimitives.ReadUInt16BigEndian(_message.Slice(6)), Section.Answer)
            || !ReadSection(BinaryPrimitives.ReadUInt16BigEndian(_message.Slice(8)), Section.Authority)
            || !ReadSection(BinaryPrimitives.ReadUInt16BigEndian(_message.Slice(10)), Section.Additional))
        {
            return Malformed();
        }

        int code = (_extendedCode << 4) | (_message[3] & 0x0F);
        return code switch
        {
            0 or 3 => Follow(code == 3),
            5 => _query.Failed(DnsStatus.Refused, Describe("REFUSED")),
            _ => _query.Failed(
                DnsStatus.ServFail, Describe(CodeName(code)), _query.Edns && code is 1 or 4 or 16 ? DnsRetry.WithoutEdns : DnsRetry.None),
        };
    }

    private bool ReadSection(int count, Section section)
    {
        for (; count > 0; count--)
        {
            string owner = "";
            if (_position + 1 < _message.Length && _message[_position] == 0xC0 && _message[_position + 1] == HeaderLength)
            {
                owner = _query.Name;
                _position += 2;
            }
            else if (section == Section.Answer
                ? !WireName.TryRead(_message, ref _position, out owner)
                : !WireName.TrySkip(_message, ref _position))
            {
                return false;
            }

            if (_message.Length - _position < 10)
            {
                return false;
            }

            ReadOnlySpan<byte> head = _message.Slice(_position, 10);
            int length = BinaryPrimitives.ReadUInt16BigEndian(head.Slice(8));
            int start = _position + 10;
            if (_message.Length - start < length)
            {
                return false;
            }

            _position = start + length;
            int type = BinaryPrimitives.ReadUInt16BigEndian(head);
            if (section == Section.Additional)
            {
                if (type == TypeOpt)
                {
                    _extendedCode = head[4];
                    _serverSays = ReadExtendedError(_message.Slice(start, length));
                }
            }
            else if (BinaryPrimitives.ReadUInt16BigEndian(head.Slice(2)) == ClassIn
                && !ReadRecord(section, owner, type, start, ReadTimeToLive(head.Slice(4))))
            {
                return false;
            }
        }

        return true;
    }

    private bool ReadRecord(Section section, string owner, int type, int start, uint timeToLive)
    {
        if (section == Section.Authority)
        {
            _hasNameServers |= type == (int)DnsRecordType.NS;
            if (type == (int)DnsRecordType.SOA)
            {
                // RFC 2308 §5: the lesser of the SOA's own TTL and its minimum field. Its names are not needed.
                _hasSoa = RecordReader.TryReadMinimum(_message.Slice(0, _position), start, out uint minimum);
                _negativeTimeToLive = Math.Min(timeToLive, minimum);
                return _hasSoa;
            }

            return true;
        }

        if (type != (int)_query.Type && type != (int)DnsRecordType.CNAME)
        {
            return true;
        }

        DnsRecord? record = RecordReader.Knows(type)
            ? RecordReader.Read(_message.Slice(0, _position), start, owner, (DnsRecordType)type, timeToLive)
            : null;
        if (record is null)
        {
            return !RecordReader.Knows(type);
        }

        (_answers ??= []).Add(record);
        return true;
    }

    private readonly DnsResponse Follow(bool nameError)
    {
        bool authenticated = (_message[3] & 0x20) != 0;
        string current = _query.Name;
        uint timeToLive = uint.MaxValue;
        List<string>? path = null;
        while (true)
        {
            List<DnsRecord>? found = null;
            NameRecord? alias = null;
            foreach (DnsRecord record in _answers ?? NoRecords)
            {
                if (!string.Equals(record.Name, current, StringComparison.OrdinalIgnoreCase))
                {
                    continue;
                }

                if (record.Type == _query.Type)
                {
                    (found ??= []).Add(record);
                    timeToLive = Math.Min(timeToLive, record.TimeToLive);
                }
                else
                {
                    alias = record as NameRecord;
                }
            }

            if (found is not null && !nameError)
            {
                return new DnsResponse(_query.Name, _query.Type, DnsStatus.NoError)
                {
                    Records = new PrintableList<DnsRecord>(found.ToArray()),
                    CnamePath = Path(path),
                    TimeToLive = timeToLive,
                    AuthenticatedData = authenticated,
                };
            }

            if (alias is null)
            {
                break;
            }

            path ??= [];
            if (string.Equals(alias.Target, _query.Name, StringComparison.OrdinalIgnoreCase)
                || path.Contains(alias.Target, StringComparer.OrdinalIgnoreCase))
            {
                return _query.Failed(DnsStatus.Malformed, Sentences.Fill(Strings.Dns_CnameLoop, _query.Name, alias.Target)) with
                {
                    CnamePath = Path(path),
                };
            }

            if (path.Count >= MaximumAliases)
            {
                return _query.Failed(
                    DnsStatus.Malformed, Sentences.Fill(Strings.Dns_CnameTooLong, _query.Name, MaximumAliases));
            }

            path.Add(alias.Target);
            timeToLive = Math.Min(timeToLive, alias.TimeToLive);
            current = alias.Target;
        }

        return Nothing(nameError, authenticated, Path(path), timeToLive);
    }

    /// <summary>No record at the end of the chain: no such name, no data, or the server knows no more.</summary>
    private readonly DnsResponse Nothing(bool nameError, bool authenticated, PrintableList<string> path, uint timeToLive)
    {
        bool authoritative = (_message[2] & 0x04) != 0;
        bool recursive = (_message[3] & 0x80) != 0;
        if (!nameError && !_hasSoa)
        {
            if (path.Count > 0)
            {
                return new DnsResponse(_query.Name, _query.Type, DnsStatus.NoData)
                {
                    Retry = DnsRetry.ForTarget,
                    CnamePath = path,
                    TimeToLive = timeToLive,
                    AuthenticatedData = authenticated,
                };
            }

            if (_hasNameServers && !authoritative && !recursive)
            {
                return _query.Failed(DnsStatus.Refused, Strings.Dns_Referral);
            }
        }

        // RFC 2308 §5: without an SOA it must not be cached.
        uint negative = _hasSoa ? _negativeTimeToLive : 0;
        DnsStatus status = nameError ? DnsStatus.NxDomain : DnsStatus.NoData;
        return new DnsResponse(_query.Name, _query.Type, status)
        {
            CnamePath = path,
            TimeToLive = Math.Min(timeToLive, negative),
            AuthenticatedData = authenticated,
        };
    }

    /// <summary>RFC 2181 §8: a TTL with its highest bit set counts as zero.</summary>
    private static uint ReadTimeToLive(ReadOnlySpan<byte> octets)
    {
        uint value = BinaryPrimitives.ReadUInt32BigEndian(octets);
        return value > int.MaxValue ? 0 : value;
    }

    /// <summary>The first extended error (RFC 8914) among the options: its number and the server's words.</summary>
    private static string ReadExtendedError(ReadOnlySpan<byte> options)
    {
        while (options.Length >= 4)
        {
            int code = BinaryPrimitives.ReadUInt16BigEndian(options);
            int length = BinaryPrimitives.ReadUInt16BigEndian(options.Slice(2));
            if (options.Length < 4 + length)
            {
                return "";
            }

            if (code == 15 && length >= 2)
            {
                string number = BinaryPrimitives.ReadUInt16BigEndian(options.Slice(4)).ToString(CultureInfo.InvariantCulture);
                char[] text = new char[length - 2];
                for (int index = 0; index < text.Length; index++)
                {
                    byte octet = options[6 + index];
                    text[index] = octet is >= 0x20 and < 0x7F ? (char)octet : '?';
                }

                return "EDE " + number + (text.Length == 0 ? "" : ": " + new string(text));
            }

            options = options.Slice(4 + length);
        }

        return "";
    }

    private readonly string Describe(string code) => _serverSays.Length == 0 ? code : code + " (" + _serverSays + ")";

    private static string CodeName(int code) => code switch
    {
        1 => "FORMERR",
        2 => "SERVFAIL",
        4 => "NOTIMP",
        9 => "NOTAUTH",
        16 => "BADVERS",
        _ => "RCODE " + code.ToString(CultureInfo.InvariantCulture),
    };

    private static PrintableList<string> Path(List<string>? path) =>
        path is null ? PrintableList<string>.Empty : new PrintableList<string>(path.ToArray());

    private readonly DnsResponse Malformed() => _query.Failed(DnsStatus.Malformed, Strings.Dns_AnswerUnreadable);

    private enum Section
    {
        Answer,
        Authority,
        Additional,
    }
}
