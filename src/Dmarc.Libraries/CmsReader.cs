using System.Formats.Asn1;
using Dmarc.Mail.Packed;

namespace Dmarc.Libraries;

/// <summary>Unpacks S/MIME data with .NET's ASN.1 reader, which does not recurse into nested data.</summary>
internal sealed class CmsReader : ICmsReader
{
    private const string SignedData = "1.2.840.113549.1.7.2";
    private const string CompressedData = "1.2.840.113549.1.9.16.1.9";

    private static readonly Asn1Tag Explicit = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <inheritdoc/>
    public CmsContent Read(byte[] content)
    {
        try
        {
            // RFC 5652 §3; trailing content, such as a line end, is harmless.
            AsnReader info = new AsnReader(content, AsnEncodingRules.BER).ReadSequence();
            string type = info.ReadObjectIdentifier();
            return type switch
            {
                SignedData => ReadSigned(info.ReadSequence(Explicit).ReadSequence()),
                CompressedData => ReadCompressed(info.ReadSequence(Explicit).ReadSequence()),
                _ => new CmsContent(CmsKind.Closed, []),
            };
        }
        catch (AsnContentException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    /// <summary>RFC 5652 §5.1: a version, the algorithms, and the signed content.</summary>
    private static CmsContent ReadSigned(AsnReader data)
    {
        data.ReadInteger();
        data.ReadEncodedValue();
        return ReadContent(data.ReadSequence()) is { } content
            ? new CmsContent(CmsKind.Signed, content)
            : new CmsContent(CmsKind.SignatureAlone, []);
    }

    /// <summary>RFC 3274 §1.1: a version, the algorithm, and the compressed content.</summary>
    private static CmsContent ReadCompressed(AsnReader data)
    {
        data.ReadInteger();
        data.ReadEncodedValue();
        return new CmsContent(CmsKind.Compressed, ReadContent(data.ReadSequence()) ?? []);
    }

    private static byte[]? ReadContent(AsnReader encapsulated)
    {
        encapsulated.ReadObjectIdentifier();
        return encapsulated.HasData ? encapsulated.ReadSequence(Explicit).ReadOctetString() : null;
    }
}
