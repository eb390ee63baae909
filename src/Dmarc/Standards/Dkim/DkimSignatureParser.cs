using Dmarc.Mail;

namespace Dmarc.Standards.Dkim;

/// <summary>The fields with the syntax of signatures, which require different tags.</summary>
internal enum DkimSignatureKind
{
    /// <summary>DKIM-Signature (RFC 6376 §3.5).</summary>
    Dkim,

    /// <summary>ARC-Message-Signature (RFC 8617 §4.1.2): no version, and <c>i</c> is the instance.</summary>
    ArcMessage,

    /// <summary>ARC-Seal (RFC 8617 §4.1.3): no body hash and no list of fields.</summary>
    ArcSeal,
}

/// <summary>Reads signatures. Tag values in UTF-8 (RFC 8616 §4) are supported.</summary>
internal static class DkimSignatureParser
{
    /// <summary>Reads a signature.</summary>
    /// <param name="header">The field.</param>
    /// <param name="kind">The kind of field.</param>
    /// <param name="defaultForm">The default canonical form of an ARC message signature.</param>
    public static DkimSignature Parse(
        MailHeader header, DkimSignatureKind kind, DkimCanonicalization defaultForm = DkimCanonicalization.Relaxed)
    {
        // One character for each byte, so that positions in the text match positions in the field.
        TagList tags = TagList.Parse(Latin1(header.RawValue.Span));
        string domainText = Text(tags["d"]);
        bool hasDomain = DomainName.TryParse(domainText, out DomainName? domain);
        string selector = SelectorName(Text(tags["s"]));
        Problems problems = new();
        CheckTags(tags, kind, problems);
        if (tags["d"] is not null && (!hasDomain || domain!.LabelCount < 2))
        {
            problems.Add(DkimCause.SyntaxError, Strings.Dkim_DomainInvalid, domainText);
        }

        if (tags["s"] is not null && !DomainName.TryParse(selector, out _))
        {
            problems.Add(DkimCause.SyntaxError, Strings.Dkim_SelectorInvalid, selector);
        }

        string domainName = domain?.ToString() ?? domainText;
        string identity = tags["i"] is { } i && kind == DkimSignatureKind.Dkim ? Text(i) : "@" + domainName;
        DkimAlgorithm algorithm = ReadAlgorithm(tags["a"], problems);
        (DkimCanonicalization headerForm, DkimCanonicalization bodyForm) = ReadCanonicalization(tags["c"], kind, defaultForm, problems);
        PrintableList<string> signed = tags["h"] is { } h && kind != DkimSignatureKind.ArcSeal ? ReadNames(h, kind, problems) : [];
        long? length = ReadNumber(tags["l"], problems);
        DateTimeOffset? signedAt = ReadTime(tags["t"], problems);
        DateTimeOffset? expiresAt = ReadTime(tags["x"], problems);
        if (kind == DkimSignatureKind.Dkim)
        {
            CheckIdentity(identity, domain, problems);
            if (signedAt is not null && expiresAt is not null && expiresAt <= signedAt)
            {
                problems.Add(DkimCause.SyntaxError, Strings.Dkim_ExpiresBeforeSigned);
            }

            if (tags["q"] is { } query && !TagList.SplitColons(query.Value).Contains("dns/txt"))
            {
                problems.Add(DkimCause.SyntaxError, Strings.Dkim_QueryMethodUnknown, query.Value);
            }
        }

        return new DkimSignature(header, tags)
        {
            Domain = domainName,
            DomainName = domain,
            Selector = selector,
            Identity = identity,
            WrittenAlgorithm = WrittenValue.Word(algorithm, tags["a"]?.Value ?? ""),
            HeaderCanonicalization = headerForm,
            BodyCanonicalization = bodyForm,
            SignedHeaders = signed,
            BodyLength = length,
            ExpiresAt = expiresAt,
            BodyHash = kind == DkimSignatureKind.ArcSeal ? default : ReadBytes(tags["bh"], problems),
            Value = ReadBytes(tags["b"], problems),
            Problem = problems.First,
        };
    }

    private static void CheckTags(TagList tags, DkimSignatureKind kind, Problems problems)
    {
        string? format = tags.Problem switch
        {
            TagListProblem.Duplicate => Strings.Dkim_TagTwice,
            TagListProblem.TooMany => Strings.Dkim_TooManyTags,
            TagListProblem.NoEqualsSign or TagListProblem.BadName => Strings.Dkim_TagUnreadable,
            _ => null,
        };
        if (format is not null)
        {
            object detail = tags.Problem == TagListProblem.TooMany ? DkimLimits.Tags : tags.ProblemText;
            problems.Add(DkimCause.SyntaxError, format, detail);
        }

        if (tags.HasEmptyTag)
        {
            problems.Add(DkimCause.SyntaxError, Strings.Dkim_TagEmpty);
        }

        string[] required = kind switch
        {
            DkimSignatureKind.Dkim => ["v", "a", "b", "bh", "d", "h", "s"],
            DkimSignatureKind.ArcMessage => ["i", "a", "b", "bh", "d", "h", "s"],
            _ => ["i", "a", "b", "cv", "d", "s"],
        };
        foreach (string name in required)
        {
            // An ARC message signature may sign no field at all.
            bool mayBeEmpty = name == "h" && kind == DkimSignatureKind.ArcMessage;
            if (tags[name] is not { } tag || (tag.Value.Length == 0 && !mayBeEmpty))
            {
                problems.Add(DkimCause.SyntaxError, Strings.Dkim_TagMissing, name);
            }
        }

        if (kind == DkimSignatureKind.Dkim && tags["v"] is { Value: not ("1" or "") } version)
        {
            problems.Add(DkimCause.SyntaxError, Strings.Dkim_VersionUnknown, version.Value);
        }

        if (kind == DkimSignatureKind.ArcSeal && tags["h"] is not null)
        {
            problems.Add(DkimCause.SyntaxError, Strings.Dkim_SealWithFieldList);
        }
    }

    private static DkimAlgorithm ReadAlgorithm(Tag? tag, Problems problems)
    {
        switch (tag?.Value)
        {
            case "rsa-sha256":
                return DkimAlgorithm.RsaSha256;
            case "ed25519-sha256":
                return DkimAlgorithm.Ed25519Sha256;
            case "rsa-sha1":
                problems.Add(DkimCause.AlgorithmForbidden, Strings.Dkim_Sha1);
                return DkimAlgorithm.RsaSha1;
            default:
                problems.Add(DkimCause.AlgorithmUnknown, Strings.Dkim_AlgorithmUnknown, tag?.Value ?? "");
                return DkimAlgorithm.Unknown;
        }
    }

    private static (DkimCanonicalization Header, DkimCanonicalization Body) ReadCanonicalization(
        Tag? tag,
        DkimSignatureKind kind,
        DkimCanonicalization defaultForm,
        Problems problems)
    {
        if (kind == DkimSignatureKind.ArcSeal)
        {
            return (DkimCanonicalization.Relaxed, DkimCanonicalization.Relaxed);
        }

        if (tag is null && kind == DkimSignatureKind.ArcMessage)
        {
            return (defaultForm, defaultForm);
        }

        // The default for the body is simple (RFC 6376 §3.5).
        string[] parts = (tag?.Value ?? "simple").Split('/');
        if (parts.Length > 2 || !TryRead(parts[0], out DkimCanonicalization header)
            || !TryRead(parts.Length == 2 ? parts[1] : "simple", out DkimCanonicalization body))
        {
            problems.Add(DkimCause.SyntaxError, Strings.Dkim_CanonicalizationUnknown, tag?.Value ?? "");
            return default;
        }

        return (header, body);

        static bool TryRead(string text, out DkimCanonicalization form)
        {
            form = text.Trim() == "relaxed" ? DkimCanonicalization.Relaxed : DkimCanonicalization.Simple;
            return text.Trim() is "relaxed" or "simple";
        }
    }

    private static PrintableList<string> ReadNames(Tag tag, DkimSignatureKind kind, Problems problems)
    {
        List<string> names = TagList.SplitColons(tag.Value);
        names.RemoveAll(name => name.Length == 0);
        if (names.Count > DkimLimits.SignedHeaders)
        {
            problems.Add(DkimCause.SyntaxError, Strings.Dkim_TooManySignedFields);
            names.RemoveRange(DkimLimits.SignedHeaders, names.Count - DkimLimits.SignedHeaders);
        }

        if (kind == DkimSignatureKind.Dkim && !names.Exists(name => name.Equals("From", StringComparison.OrdinalIgnoreCase)))
        {
            problems.Add(DkimCause.FromNotSigned, Strings.Dkim_FromNotSigned);
        }

        if (kind == DkimSignatureKind.ArcMessage && names.Exists(name => name.Equals("ARC-Seal", StringComparison.OrdinalIgnoreCase)))
        {
            problems.Add(DkimCause.SyntaxError, Strings.Dkim_SealSignedByMessageSignature);
        }

        return names.ToPrintableList();
    }

    /// <summary>The identity must be in the signing domain or below it (RFC 6376 §3.5).</summary>
    private static void CheckIdentity(string identity, DomainName? domain, Problems problems)
    {
        if (domain is null)
        {
            return;
        }

        int at = identity.LastIndexOf('@');
        if (at < 0
            || !DomainName.TryParse(identity.Substring(at + 1), out DomainName? identityDomain)
            || !identityDomain.IsEqualToOrBelow(domain))
        {
            problems.Add(DkimCause.IdentityOutsideDomain, Strings.Dkim_IdentityOutsideDomain, identity, domain.ToString());
        }
    }

    private static ReadOnlyMemory<byte> ReadBytes(Tag? tag, Problems problems)
    {
        if (tag is null)
        {
            return default;
        }

        byte[]? bytes = TagList.DecodeBase64(tag.Value);
        if (bytes is null)
        {
            problems.Add(DkimCause.SyntaxError, Strings.Dkim_Base64Damaged, tag.Name);
        }

        return bytes;
    }

    private static long? ReadNumber(Tag? tag, Problems problems)
    {
        if (tag is null)
        {
            return null;
        }

        if (long.TryParse(tag.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            return number;
        }

        problems.Add(DkimCause.SyntaxError, Strings.Dkim_NumberUnreadable, tag.Name, tag.Value);
        return null;
    }

    private static DateTimeOffset? ReadTime(Tag? tag, Problems problems)
    {
        const long latest = 253402300799;
        return ReadNumber(tag, problems) is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(Math.Min(seconds, latest)) : null;
    }

    /// <summary>The selector with its U-labels converted to A-labels.</summary>
    private static string SelectorName(string selector) =>
        DomainName.TryParse(selector, out DomainName? name) ? name.ToString() : selector;

    private static string Text(Tag? tag)
    {
        string value = TagList.WithoutWhiteSpace(tag?.Value ?? "");
        return value.Any(character => character > 0x7F)
            ? Charsets.DecodeLenient(Array.ConvertAll(value.ToCharArray(), octet => (byte)octet))
            : value;
    }

    private static string Latin1(ReadOnlySpan<byte> bytes)
    {
        char[] characters = new char[bytes.Length];
        for (int i = 0; i < characters.Length; i++)
        {
            characters[i] = (char)bytes[i];
        }

        return new string(characters);
    }

    /// <summary>Keeps the first problem.</summary>
    private sealed class Problems
    {
        public DkimFailure? First { get; private set; }

        public void Add(DkimCause reason, string format, params object[] arguments) =>
            First ??= new DkimFailure(reason, Sentences.Insert(format, arguments));
    }
}
