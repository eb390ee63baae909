using System.Security.Cryptography;
using Dmarc.Mail;

namespace Dmarc.Standards.Dkim;

/// <summary>
/// The fields that a signature covers, in the order of <c>h=</c>: of several fields with one name the lowest comes
/// first, and a name that occurs more often than its fields covers nothing (RFC 6376 §5.4.2).
/// </summary>
internal sealed class SignedFields
{
    private readonly List<(string Name, MailHeader? Header)> _fields = [];
    private readonly byte[] _signatureField;

    private SignedFields(DkimSignature signature)
    {
        Signature = signature;
        _signatureField = HeaderCanonicalizer.WithoutTagValue(signature.Header, signature.Tags["b"]);
    }

    public DkimSignature Signature { get; }

    /// <summary>The names of <c>h=</c>, each with its field; null if there is none.</summary>
    public IReadOnlyList<(string Name, MailHeader? Header)> Fields => _fields;

    public static SignedFields Select(DkimSignature signature, PrintableList<MailHeader> headers)
    {
        SignedFields selection = new(signature);
        Dictionary<string, Stack<MailHeader>> byName = new(StringComparer.OrdinalIgnoreCase);
        foreach (string name in signature.SignedHeaders.AsSpan())
        {
            if (!byName.ContainsKey(name))
            {
                byName.Add(name, new Stack<MailHeader>());
            }
        }

        foreach (MailHeader header in headers.AsSpan())
        {
            if (!ReferenceEquals(header, signature.Header) && byName.TryGetValue(header.Name, out Stack<MailHeader>? same))
            {
                same.Push(header);
            }
        }

        foreach (string name in signature.SignedHeaders.AsSpan())
        {
            Stack<MailHeader> left = byName[name];
            selection._fields.Add((name, left.Count > 0 ? left.Pop() : null));
        }

        return selection;
    }

    /// <summary>The hash over the fields and the signature's own field without its value.</summary>
    /// <param name="changedIndex">The index of a field to replace; -1 for none.</param>
    /// <param name="replacement">The replacement; null to omit the field.</param>
    public byte[] Hash(int changedIndex = -1, byte[]? replacement = null)
    {
        DkimCanonicalization form = Signature.HeaderCanonicalization;
        ByteBuffer buffer = new();
        for (int i = 0; i < _fields.Count; i++)
        {
            if (i == changedIndex)
            {
                if (replacement is not null)
                {
                    HeaderCanonicalizer.Append(buffer, replacement, form);
                }
            }
            else if (_fields[i].Header is { } header)
            {
                HeaderCanonicalizer.Append(buffer, header.Raw.Span, form);
            }
        }

        HeaderCanonicalizer.AppendWithoutLineEnd(buffer, _signatureField, form);
        using SHA256 sha256 = SHA256.Create();
        return sha256.ComputeHash(buffer.Bytes, 0, buffer.Length);
    }
}
