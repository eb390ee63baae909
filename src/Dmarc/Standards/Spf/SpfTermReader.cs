namespace Dmarc.Standards.Spf;

/// <summary>Reads the terms of a record in order, and collects the problems.</summary>
internal sealed class SpfTermReader(string record)
{
    /// <summary>Further findings say nothing new; the record is still read to its end.</summary>
    private const int MaximumFindings = 50;

    private int _start;
    private int _end;

    /// <summary>The findings so far.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>The first syntax error, in a sentence; empty if there is none.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Reads the term at a position; null if it is invalid, which has then been reported.</summary>
    public SpfTerm? Read(int start, int end)
    {
        _start = start;
        _end = end;
        for (int index = start; index < end; index++)
        {
            if (record[index] is < '!' or > '~')
            {
                return ReportCharacter(index);
            }
        }

        int name = start;
        SpfQualifier qualifier = record[start] switch
        {
            '-' => SpfQualifier.Fail,
            '~' => SpfQualifier.SoftFail,
            '?' => SpfQualifier.Neutral,
            _ => SpfQualifier.Pass,
        };
        if (qualifier != SpfQualifier.Pass || record[start] == '+')
        {
            name++;
        }

        int nameEnd = name;
        while (nameEnd < end && record[nameEnd] is not (':' or '/' or '='))
        {
            nameEnd++;
        }

        if (nameEnd < end && record[nameEnd] == '=')
        {
            return ReadModifier(nameEnd);
        }

        SpfTermKind? kind = SpfTermNames.FindMechanism(record, name, nameEnd);
        if (kind is null)
        {
            return ReportMechanism(name, nameEnd);
        }

        NoteUpperCase(name, nameEnd);
        return kind switch
        {
            SpfTermKind.All => nameEnd == end ? New(SpfTermKind.All, qualifier) : Fail(SpfFindings.ArgumentNotAllowed),
            SpfTermKind.Include or SpfTermKind.Exists => ReadDomainTerm(kind.Value, qualifier, nameEnd),
            SpfTermKind.Ptr => nameEnd == end ? New(SpfTermKind.Ptr, qualifier) : ReadDomainTerm(SpfTermKind.Ptr, qualifier, nameEnd),
            SpfTermKind.Ip4 or SpfTermKind.Ip6 => ReadNetworkTerm(kind.Value, qualifier, nameEnd),
            _ => ReadAddressTerm(kind.Value, qualifier, nameEnd),
        };
    }

    /// <summary>Records a finding; severity Error makes the record invalid.</summary>
    public void Report(FindingDescriptor descriptor, int position, params object?[] arguments)
    {
        bool isFirstError = Problem.Length == 0
            && descriptor.Severity == Severity.Error
            && descriptor != SpfFindings.MechanismAsModifier;
        if (isFirstError || Findings.Count < MaximumFindings)
        {
            Finding finding = descriptor.CreateAt(position, arguments) with { Term = TermForMessage() };
            Problem = isFirstError ? finding.Message : Problem;
            Findings.Add(finding);
        }
    }

    private SpfTerm New(SpfTermKind kind, SpfQualifier qualifier, MacroString? domain = null) =>
        new(record, _start, _end - _start, kind, qualifier) { Domain = domain };

    private SpfTerm? Fail(FindingDescriptor descriptor, params object?[] more)
    {
        object?[] arguments = [TermForMessage(), _start + 1, .. more];
        Report(descriptor, _start, arguments);
        return null;
    }

    /// <summary>The term escaped for terminals and shortened to fit a sentence.</summary>
    private string TermForMessage()
    {
        string term = record.Substring(_start, Math.Min(_end - _start, 100));
        char[] safe = Array.ConvertAll(term.ToCharArray(), character => char.IsControl(character) ? '?' : character);
        return new string(safe) + (_end - _start > 100 ? "…" : "");
    }

    private SpfTerm? ReportCharacter(int index)
    {
        char character = record[index];
        if (char.IsLetter(character) && record.IndexOfAny([':', '='], _start, _end - _start) is int colon and >= 0
            && Domains.DomainName.TryParse(record.Substring(colon + 1, _end - colon - 1), out Domains.DomainName? name))
        {
            return Fail(SpfFindings.InternationalName, name);
        }

        return Fail(
            SpfFindings.CharacterInvalid,
            index + 1,
            "U+" + ((int)character).ToString("X4", CultureInfo.InvariantCulture));
    }

    private SpfTerm? ReportMechanism(int name, int nameEnd)
    {
        string word = record.Substring(name, Math.Min(nameEnd - name, 64));
        if (SpfTermNames.IsModifier(word))
        {
            return Fail(SpfFindings.ModifierAsMechanism, word.ToLowerInvariant() + "=");
        }

        string? meant = SpfTermNames.FindMeant(word);
        if (meant is null)
        {
            return Fail(SpfFindings.MechanismUnknown);
        }

        // With its qualifier and its domain: "all" in place of "-al" would let everybody pass.
        string term = TermForMessage();
        return Fail(SpfFindings.MechanismMisspelt, meant, term.Substring(0, name - _start) + meant + term.Substring(nameEnd - _start));
    }

    private SpfTerm? ReadModifier(int equals)
    {
        if (!SpfTermNames.IsModifierName(record, _start, equals))
        {
            return Fail(SpfFindings.ModifierNameInvalid);
        }

        int value = equals + 1;
        string name = record.Substring(_start, Math.Min(equals - _start, 64));
        SpfTermKind kind = name.Equals("redirect", StringComparison.OrdinalIgnoreCase) ? SpfTermKind.Redirect
            : name.Equals("exp", StringComparison.OrdinalIgnoreCase) ? SpfTermKind.Explanation
            : SpfTermKind.UnknownModifier;
        if (kind != SpfTermKind.UnknownModifier)
        {
            NoteUpperCase(_start, equals);
            return ReadDomain(value, _end, out MacroString? domain) ? New(kind, SpfQualifier.Pass, domain) : null;
        }

        if (!MacroParser.TryReadString(record, value, _end, out MacroString? text, out int error))
        {
            return Fail(SpfFindings.MacroInvalid, error + 1);
        }

        bool isMechanism = SpfTermNames.FindMechanism(name, 0, name.Length) is not null;
        string? meant = isMechanism ? name.ToLowerInvariant() : SpfTermNames.FindMeant(name);
        if (isMechanism || meant is "ip4" or "ip6" or "include" or "exists")
        {
            Report(SpfFindings.MechanismAsModifier, _start, TermForMessage(), _start + 1, meant);
        }
        else if (SpfTermNames.IsMisspeltRedirect(name))
        {
            Report(SpfFindings.ModifierMisspelt, _start, TermForMessage(), _start + 1, "redirect");
        }
        else
        {
            Report(SpfFindings.ModifierUnknown, _start, TermForMessage(), _start + 1);
        }

        return New(SpfTermKind.UnknownModifier, SpfQualifier.Pass, text);
    }

    private SpfTerm? ReadDomainTerm(SpfTermKind kind, SpfQualifier qualifier, int nameEnd)
    {
        if (nameEnd == _end || nameEnd + 1 == _end)
        {
            return Fail(SpfFindings.DomainMissing);
        }

        if (record[nameEnd] == '/')
        {
            return Fail(SpfFindings.ArgumentNotAllowed);
        }

        return ReadDomain(nameEnd + 1, _end, out MacroString? domain) ? New(kind, qualifier, domain) : null;
    }

    private SpfTerm? ReadAddressTerm(SpfTermKind kind, SpfQualifier qualifier, int nameEnd)
    {
        if (!TryCutPrefixLengths(nameEnd, out int domainEnd, out int ipv4, out int ipv6))
        {
            return Fail(SpfFindings.PrefixLengthInvalid);
        }

        MacroString? domain = null;
        if (domainEnd > nameEnd)
        {
            if (record[nameEnd] == '/')
            {
                return Fail(SpfFindings.PrefixLengthInvalid);
            }

            if (!ReadDomain(nameEnd + 1, domainEnd, out domain))
            {
                return null;
            }
        }

        return new SpfTerm(record, _start, _end - _start, kind, qualifier)
        {
            Domain = domain,
            IPv4PrefixLength = ipv4,
            IPv6PrefixLength = ipv6,
        };
    }

    private SpfTerm? ReadNetworkTerm(SpfTermKind kind, SpfQualifier qualifier, int nameEnd)
    {
        if (nameEnd == _end || nameEnd + 1 == _end || record[nameEnd] != ':')
        {
            return Fail(SpfFindings.AddressMissing);
        }

        int slash = record.IndexOf('/', nameEnd, _end - nameEnd);
        int addressEnd = slash < 0 ? _end : slash;
        bool isIPv6 = AddressText.TryReadIPv6(record, nameEnd + 1, addressEnd, out AddressNumber address);
        bool isIPv4 = AddressText.TryReadIPv4(record, nameEnd + 1, addressEnd, out uint ipv4);
        if (kind == SpfTermKind.Ip4 ? !isIPv4 : !isIPv6)
        {
            return isIPv4 || isIPv6
                ? Fail(SpfFindings.WrongAddressFamily, isIPv6 ? "ip6" : "ip4")
                : Fail(kind == SpfTermKind.Ip4 ? SpfFindings.IPv4AddressInvalid : SpfFindings.IPv6AddressInvalid);
        }

        AddressNumber number = isIPv4 ? new AddressNumber(ipv4) : address;
        int prefixLength = number.Bits;
        if (slash >= 0 && !AddressText.TryReadPrefixLength(record, slash + 1, _end, number.Bits, out prefixLength))
        {
            return Fail(SpfFindings.PrefixLengthInvalid);
        }

        if (!number.First(prefixLength).Equals(number))
        {
            Report(SpfFindings.HostBitsSet, _start, TermForMessage(), _start + 1, new AddressBlock(number, prefixLength));
        }

        return new SpfTerm(record, _start, _end - _start, kind, qualifier)
        {
            Network = new AddressBlock(number, prefixLength),
        };
    }

    private bool ReadDomain(int start, int end, out MacroString? domain)
    {
        domain = null;
        if (start >= end)
        {
            Fail(SpfFindings.DomainMissing);
            return false;
        }

        if (!MacroParser.TryReadString(record, start, end, out domain, out int error))
        {
            Fail(SpfFindings.MacroInvalid, error + 1);
            return false;
        }

        if (!MacroParser.IsDomainSpec(domain!))
        {
            Fail(SpfFindings.DomainInvalid, domain!.Text);
            return false;
        }

        return true;
    }

    /// <summary>Cuts <c>/24</c>, <c>//64</c> or <c>/24//64</c> from the end; other slashes are of the domain.</summary>
    private bool TryCutPrefixLengths(int nameEnd, out int domainEnd, out int ipv4, out int ipv6)
    {
        domainEnd = _end;
        ipv4 = 32;
        ipv6 = 128;
        int digits = DigitsBefore(domainEnd, nameEnd);
        if (digits >= nameEnd + 2 && record[digits - 1] == '/' && record[digits - 2] == '/')
        {
            if (!AddressText.TryReadPrefixLength(record, digits, domainEnd, 128, out ipv6))
            {
                return false;
            }

            domainEnd = digits - 2;
            digits = DigitsBefore(domainEnd, nameEnd);
        }

        if (digits < domainEnd && digits > nameEnd && record[digits - 1] == '/')
        {
            if (!AddressText.TryReadPrefixLength(record, digits, domainEnd, 32, out ipv4))
            {
                return false;
            }

            domainEnd = digits - 1;
        }

        return true;
    }

    private int DigitsBefore(int end, int lowest)
    {
        int index = end;
        while (index > lowest && record[index - 1] is >= '0' and <= '9')
        {
            index--;
        }

        return index;
    }

    private void NoteUpperCase(int start, int end)
    {
        for (int index = start; index < end; index++)
        {
            if (record[index] is >= 'A' and <= 'Z')
            {
                Report(SpfFindings.UpperCase, _start, TermForMessage(), _start + 1);
                return;
            }
        }
    }
}
