using Dmarc.Mail;

namespace Dmarc.Standards.Dkim;

/// <summary>
/// Finds the signed field that was changed: it restores fields one at a time to what they may have been (without a
/// list's prefix, without an added field, with the copy in the signature), until the signature matches.
/// </summary>
internal sealed class HeaderDiagnosis
{
    private const int MaximumTrials = 200;

    /// <summary>The maximum number of bytes hashed in the search.</summary>
    private const int MaximumWork = 8 * 1024 * 1024;
    private const int SubjectWords = 6;

    private static readonly string[] FormerAuthorFields = ["X-Original-From", "Original-From", "X-From", "Reply-To", "X-Original-Sender"];

    private readonly SignedFields _fields;
    private readonly ILookup<string, MailHeader> _byName;
    private readonly DkimKeyRecord _key;
    private readonly byte[]? _signedHash;
    private readonly int _maximumTrials;
    private int _trials;
    private ILookup<string, string>? _copies;

    private HeaderDiagnosis(SignedFields fields, PrintableList<MailHeader> headers, DkimKeyRecord key, byte[]? signedHash)
    {
        _fields = fields;
        _byName = headers.ToLookup(header => header.Name, StringComparer.OrdinalIgnoreCase);
        _key = key;
        _signedHash = signedHash;
        int size = fields.Fields.Sum(field => field.Header?.Raw.Length ?? 0) + 1;
        _maximumTrials = Math.Min(MaximumTrials, MaximumWork / size);
    }

    /// <summary>Explains why a signature does not match its header.</summary>
    public static DkimVerification Explain(
        SignedFields fields,
        PrintableList<MailHeader> headers,
        List<DkimKeyRecord> keys,
        string keyName,
        bool search)
    {
        DkimSignature signature = fields.Signature;
        DkimKeyRecord key = keys[0];
        byte[]? signedHash = null;
        foreach (DkimKeyRecord candidate in keys)
        {
            if (search && signedHash is null && SignatureVerifier.RecoverHash(candidate, signature.Value) is { } recovered)
            {
                (key, signedHash) = (candidate, recovered);
            }
        }

        if (search && key.KeyType == DkimKeyType.Rsa && signedHash is null)
        {
            return Failed(DkimCause.WrongKey, Sentences.Insert(Strings.Dkim_WrongKey, keyName), "");
        }

        (string Name, string Reason)? found = search ? new HeaderDiagnosis(fields, headers, key, signedHash).Search() : null;
        if (found is { } change)
        {
            return Failed(DkimCause.HeaderChanged, change.Reason, change.Name);
        }

        string names = string.Join(", ", signature.SignedHeaders.Distinct(StringComparer.OrdinalIgnoreCase).Take(20));
        return signedHash is null
            ? Failed(DkimCause.SignatureMismatch, Sentences.Insert(Strings.Dkim_SignatureMismatch, names, keyName), "")
            : Failed(DkimCause.HeaderChanged, Sentences.Insert(Strings.Dkim_HeaderChanged, names), "");

        DkimVerification Failed(DkimCause cause, string reason, string changed) =>
            new(signature, AuthenticationResult.Fail, cause, reason) { Key = key, ChangedHeader = changed };
    }

    private (string Name, string Reason)? Search()
    {
        for (int i = 0; i < _fields.Fields.Count && _trials < _maximumTrials; i++)
        {
            (string name, MailHeader? header) = _fields.Fields[i];
            if (header is not null && Matches(i, null))
            {
                return (name, Sentences.Insert(Strings.Dkim_HeaderAdded, name));
            }

            foreach (byte[] former in FormerFields(name, header))
            {
                if (Matches(i, former))
                {
                    string format = header is null ? Strings.Dkim_HeaderRemoved : Strings.Dkim_HeaderChangedNamed;
                    return (name, Sentences.Insert(format, name, Value(former)));
                }
            }
        }

        return null;
    }

    /// <summary>Possible original values of the field.</summary>
    private IEnumerable<byte[]> FormerFields(string name, MailHeader? header)
    {
        foreach (MailHeader other in _byName[name])
        {
            if (!ReferenceEquals(other, header))
            {
                yield return other.Raw.ToArray();
            }
        }

        foreach (string copy in (_copies ??= ReadCopies())[name])
        {
            yield return Field(name, copy);
        }

        string[] former = name.Equals("From", StringComparison.OrdinalIgnoreCase) ? FormerAuthorFields : [];
        foreach (MailHeader other in
            new[] { "X-Original-" + name, "Original-" + name }.Concat(former)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .SelectMany(one => _byName[one]))
        {
            yield return [.. Encoding.ASCII.GetBytes(name + ":"), .. other.RawValue.ToArray()];
        }

        if (header is null)
        {
            yield break;
        }

        // A field that was folded or unfolded in transit, if the signature does not tolerate that.
        if (_fields.Signature.HeaderCanonicalization == DkimCanonicalization.Simple)
        {
            yield return Field(header.Name, header.Value);
        }

        if (name.Equals("Subject", StringComparison.OrdinalIgnoreCase))
        {
            foreach (byte[] shorter in WithoutFirstWords(header))
            {
                yield return shorter;
            }
        }
    }

    /// <summary>The copies of values in the signature's <c>z=</c>, for diagnosis (RFC 6376 §3.5).</summary>
    private ILookup<string, string> ReadCopies() =>
        TagList.WithoutWhiteSpace(_fields.Signature.Tags["z"]?.Value ?? "")
            .Split('|')
            .Select(copy => (Text: copy, Colon: copy.IndexOf(':')))
            .Where(copy => copy.Colon > 0)
            .Take(MaximumTrials)
            .ToLookup(
                copy => copy.Text.Substring(0, copy.Colon),
                copy =>
                {
                    byte[] encoded = Encoding.ASCII.GetBytes(copy.Text.Substring(copy.Colon + 1));
                    return Charsets.DecodeLenient(
                        new MimePart(
                            [],
                            encoded,
                            ParameterizedValue.Parse(null),
                            "",
                            TransferEncoding.QuotedPrintable).ReadContent());
                },
                StringComparer.OrdinalIgnoreCase);

    /// <summary>The subject without its first words, the mark of a list or gateway, around a <c>Re:</c>.</summary>
    private static IEnumerable<byte[]> WithoutFirstWords(MailHeader header)
    {
        byte[] raw = header.Raw.ToArray();
        int start = raw.Length - header.RawValue.Length;
        while (start < raw.Length && AsciiBytes.IsWhiteSpace(raw[start]))
        {
            start++;
        }

        int position = start;
        for (int words = 0; words < SubjectWords; words++)
        {
            int space = Array.IndexOf(raw, AsciiBytes.Space, position);
            if (space < 0)
            {
                yield break;
            }

            yield return Without(raw, start, space + 1);
            if (position > start)
            {
                yield return Without(raw, position, space + 1);
            }

            position = space + 1;
        }
    }

    private static byte[] Without(byte[] bytes, int start, int end) =>
        [.. bytes.AsSpan(0, start), .. bytes.AsSpan(end)];

    private bool Matches(int index, byte[]? replacement)
    {
        if (_trials++ >= _maximumTrials)
        {
            return false;
        }

        byte[] hash = _fields.Hash(index, replacement);
        return _signedHash is null
            ? SignatureVerifier.Verify(_key, hash, _fields.Signature.Value)
            : hash.AsSpan().SequenceEqual(_signedHash);
    }

    private static byte[] Field(string name, string value) => Encoding.UTF8.GetBytes(name + ": " + value + "\r\n");

    private static string Value(byte[] field)
    {
        string text = Charsets.DecodeLenient(field);
        return EncodedWords.Decode(text.Substring(text.IndexOf(':') + 1).Trim());
    }

}
