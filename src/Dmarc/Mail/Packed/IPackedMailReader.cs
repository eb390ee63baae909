namespace Dmarc.Mail.Packed;

/// <summary>Forms of attachments that our own reader does not know.</summary>
internal interface IPackedMailReader
{
    /// <summary>The attachments of a <c>winmail.dat</c> (TNEF, MS-OXTNEF). A message that is attached is TNEF again.</summary>
    /// <param name="content">The file.</param>
    /// <param name="maximumCount">The most attachments to take out.</param>
    PackedParts ReadTnef(byte[] content, int maximumCount);

    /// <summary>Decodes uuencode, from the line with <c>begin</c> to that with <c>end</c>.</summary>
    byte[] DecodeUuencode(byte[] lines);

    /// <summary>Decodes yEnc, from the line with <c>=ybegin</c> to that with <c>=yend</c>.</summary>
    byte[] DecodeYenc(byte[] lines);
}
