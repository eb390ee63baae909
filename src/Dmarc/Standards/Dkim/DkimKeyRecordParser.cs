using System.Security.Cryptography;
using Dmarc.Libraries;

namespace Dmarc.Standards.Dkim;

/// <summary>Reads key records (RFC 6376 §3.6.1, RFC 8301, RFC 8463 §4).</summary>
internal static class DkimKeyRecordParser
{
    /// <summary>The length of an Ed25519 key in bytes (RFC 8463 §4).</summary>
    private const int Ed25519KeyLength = 32;

    public static DkimKeyRecord Parse(string text)
    {
        TagList tags = TagList.Parse(text);
        List<Finding> findings = [];
        bool sound = CheckList(text, tags, findings) && CheckVersion(tags, findings);
        string typeText = tags["k"]?.Value ?? "rsa";
        DkimKeyType type = typeText switch
        {
            "rsa" => DkimKeyType.Rsa,
            "ed25519" => DkimKeyType.Ed25519,
            _ => DkimKeyType.Unknown,
        };
        if (type == DkimKeyType.Unknown)
        {
            findings.Add(DkimFindings.KeyTypeUnknown.CreateAt(tags["k"]!.ValuePosition, typeText));
            sound = false;
        }

        Tag? keyTag = tags["p"];
        byte[]? key = keyTag is null ? null : TagList.DecodeBase64(keyTag.Value);
        RSAParameters? rsa = null;
        int size = 0;
        Finding? fault = keyTag is null ? DkimFindings.KeyMissing.Create()
            : keyTag.Value.Length == 0 ? DkimFindings.KeyRevoked.CreateAt(keyTag.Position)
            : key is null ? DkimFindings.KeyBase64Damaged.CreateAt(keyTag.ValuePosition)
            : RsaPublicKeyReader.IsPrivateKey(key) ? DkimFindings.KeyPrivate.CreateAt(keyTag.ValuePosition)
            : null;
        if (fault is not null)
        {
            findings.Add(fault);
        }
        else if (type == DkimKeyType.Ed25519)
        {
            size = ReadEd25519(key!, keyTag!, findings);
        }
        else if (type == DkimKeyType.Rsa)
        {
            rsa = ReadRsa(key!, keyTag!, findings, out size);
        }

        PrintableList<string> hashes = List(tags["h"]);
        PrintableList<string> services = tags["s"] is { Value.Length: > 0 } tag ? List(tag) : ["*"];
        PrintableList<string> flags = List(tags["t"]);
        CheckUse(tags, hashes, services, flags, findings);
        return new DkimKeyRecord(text)
        {
            WrittenKeyType = WrittenValue.Word(type, typeText),
            KeySize = size,
            IsRevoked = sound && keyTag is { Value.Length: 0 },
            IsUsable = sound && size > 0,
            HashAlgorithms = hashes,
            ServiceTypes = services,
            Flags = flags,
            Notes = tags["n"]?.Value ?? "",
            PublicKey = key ?? [],
            Rsa = rsa,
            Findings = findings.ToFindingList(),
        };
    }

    private static bool CheckList(string text, TagList tags, List<Finding> findings)
    {
        int escape = text.IndexOfAny(['\\', '"']);
        if (escape >= 0 && (tags["n"] is not { } note || escape < note.ValuePosition || escape > note.ValueEnd))
        {
            findings.Add(DkimFindings.KeyEscaped.CreateAt(escape));
        }

        findings.AddRange(
            tags.Repeated.Select(tag =>
                DkimFindings.KeyDuplicateTag.CreateAt(tag.Position, PrintableText.Shorten(tag.Name))));
        switch (tags.Problem)
        {
            case TagListProblem.None:
                return true;
            case TagListProblem.Duplicate:
                return false;
            case TagListProblem.TooMany:
                findings.Add(DkimFindings.KeyTooManyTags.CreateAt(tags.ProblemPosition, DkimLimits.Tags));
                return false;
            default:
                findings.Add(DkimFindings.KeySyntax.CreateAt(tags.ProblemPosition, tags.ProblemText));
                return false;
        }
    }

    private static bool CheckVersion(TagList tags, List<Finding> findings)
    {
        if (tags["v"] is not { } version)
        {
            return true;
        }

        if (version.Value != "DKIM1")
        {
            findings.Add(DkimFindings.KeyVersionWrong.CreateAt(version.ValuePosition, version.Value));
            return false;
        }

        if (!ReferenceEquals(tags.Tags[0], version))
        {
            findings.Add(DkimFindings.KeyVersionNotFirst.CreateAt(version.Position));
        }

        return true;
    }

    private static int ReadEd25519(byte[] key, Tag tag, List<Finding> findings)
    {
        bool isWhole = key.Length == Ed25519KeyLength;
        if (isWhole && LibraryAdapters.Get<IEd25519>().IsSound(key))
        {
            return Ed25519KeyLength * 8;
        }

        findings.Add(isWhole ? DkimFindings.KeyEd25519Unsafe.CreateAt(tag.ValuePosition)
            : RsaPublicKeyReader.Read(key) is null ? DkimFindings.KeyNotEd25519.CreateAt(tag.ValuePosition, key.Length)
            : DkimFindings.KeyOfOtherType.CreateAt(tag.ValuePosition, "Ed25519", "RSA", "k=rsa"));
        return 0;
    }

    private static RSAParameters? ReadRsa(byte[] key, Tag tag, List<Finding> findings, out int size)
    {
        RSAParameters? rsa = RsaPublicKeyReader.Read(key);
        size = rsa is null ? 0 : RsaPublicKeyReader.CountBits(rsa.Value.Modulus!);
        string bits = size.ToString(CultureInfo.InvariantCulture);
        int position = tag.ValuePosition;
        Finding? fault = size > DkimLimits.MaximumRsaBits
                ? DkimFindings.KeyTooLarge.CreateAt(
                    position, bits, DkimLimits.MaximumRsaBits.ToString(CultureInfo.InvariantCulture))
            : rsa is null && key.Length == Ed25519KeyLength
                ? DkimFindings.KeyOfOtherType.CreateAt(position, "RSA", "Ed25519", "k=ed25519")
            : rsa is not { } found || found.Exponent!.Length > DkimLimits.RsaExponentLength
                ? DkimFindings.KeyNotRsa.CreateAt(position)
            : RsaSoundness.Explain(found) is { } reason ? DkimFindings.KeyRsaUnsafe.CreateAt(position, reason)
            : null;
        if (fault is not null)
        {
            findings.Add(fault);
            size = 0;
            return null;
        }

        FindingDescriptor? weakness = size < DkimLimits.MinimumRsaBits ? DkimFindings.KeyTooShort
            : size < DkimLimits.RecommendedRsaBits ? DkimFindings.KeyWeak
            : size > DkimLimits.CommonRsaBits ? DkimFindings.KeyLarge
            : null;
        if (weakness is not null)
        {
            findings.Add(weakness.CreateAt(position, bits));
        }

        return rsa;
    }

    private static void CheckUse(
        TagList tags,
        PrintableList<string> hashes,
        PrintableList<string> services,
        PrintableList<string> flags,
        List<Finding> findings)
    {
        if (hashes.Count > 0 && !hashes.Contains("sha256"))
        {
            findings.Add(DkimFindings.KeyHashUnusable.CreateAt(tags["h"]!.ValuePosition, hashes));
        }

        if (!services.Contains("*") && !services.Contains("email"))
        {
            findings.Add((services.Contains(DkimKeyRecord.TlsReportService) ? DkimFindings.KeyForTlsReports : DkimFindings.KeyNotForMail)
                .CreateAt(tags["s"]!.ValuePosition, services));
        }

        if (flags.Contains("y"))
        {
            findings.Add(DkimFindings.KeyTesting.CreateAt(tags["t"]!.ValuePosition));
        }

        if (tags["g"] is { } granularity)
        {
            findings.Add(DkimFindings.KeyGranularity.CreateAt(granularity.Position));
        }
    }

    private static PrintableList<string> List(Tag? tag) =>
        tag is null ? PrintableList<string>.Empty : TagList.SplitColons(tag.Value).Where(item => item.Length > 0).ToPrintableList();
}
