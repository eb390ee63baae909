namespace Dmarc.Mail;

/// <summary>Reads the header of a message from a stream and leaves the body.</summary>
internal static class MailHeaderStream
{
    private const int PieceSize = 16 * 1024;

    /// <summary>Reads up to the end of the header section.</summary>
    /// <param name="stream">The message.</param>
    /// <param name="options">The limits; the rest of a larger header counts as body.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The fields, and the part of the body that was read with them.</returns>
    public static async Task<(PrintableList<MailHeader> Headers, ReadOnlyMemory<byte> Beginning)> ReadAsync(
        Stream stream,
        MailReadOptions options,
        CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[PieceSize];
        int length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            int read = await stream.ReadAsync(buffer, length, buffer.Length - length, cancellationToken).ConfigureAwait(false);
            int searched = length;
            length += read;
            if (read == 0 || length > options.MaximumHeaderBytes || EndsIn(buffer.AsSpan(0, length), searched))
            {
                break;
            }
        }

        ReadOnlyMemory<byte> bytes = buffer.AsMemory(0, length);
        MailHeaderSection section = MailHeaderSection.Read(bytes, 0, isMessage: true, options, []);
        return (section.Headers, bytes.Slice(section.BodyStart));
    }

    /// <summary>True if an empty line follows the first field.</summary>
    private static bool EndsIn(ReadOnlySpan<byte> bytes, int searched)
    {
        int start = Math.Max(MailHeaderSection.SkipPreface(bytes), searched - 3);
        ReadOnlySpan<byte> rest = start < bytes.Length ? bytes.Slice(start) : default;
        return rest.IndexOf("\n\r\n"u8) >= 0 || rest.IndexOf("\n\n"u8) >= 0;
    }
}
