namespace Dmarc.Mail.Packed;

/// <summary>Decodes attachment formats that our own reader does not support.</summary>
internal interface IPackedMailReader
{
    /// <summary>The attachments of a <c>winmail.dat</c> (TNEF, MS-OXTNEF). An attached message is again TNEF.</summary>
    PackedParts ReadTnef(byte[] content, int maximumCount);

    /// <summary>Decodes uuencode, from the <c>begin</c> line to the <c>end</c> line.</summary>
    byte[] DecodeUuencode(byte[] lines);

    /// <summary>Decodes yEnc, from the <c>=ybegin</c> line to the <c>=yend</c> line.</summary>
    byte[] DecodeYenc(byte[] lines);
}
