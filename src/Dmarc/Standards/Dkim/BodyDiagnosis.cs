using Dmarc.Mail;

namespace Dmarc.Standards.Dkim;

/// <summary>Lines added to a body after signing.</summary>
/// <param name="Count">The number of lines.</param>
/// <param name="AtEnd">True for lines at the end, false for lines at the beginning.</param>
internal sealed record AddedLines(int Count, bool AtEnd);

/// <summary>Finds text added to a body after signing: a list's footer, a gateway's banner.</summary>
internal static class BodyDiagnosis
{
    private const int MaximumLines = 60;

    /// <summary>The maximum number of bytes hashed in the search.</summary>
    private const long MaximumWork = 32L * 1024 * 1024;

    /// <summary>The lines without which the body matches; null if no attempt matches.</summary>
    public static AddedLines? FindAddedLines(ReadOnlyMemory<byte> body, DkimSignature signature)
    {
        if (signature.BodyLength is not null || body.Length == 0)
        {
            return null;
        }

        long work = MaximumWork;
        int end = body.Length;
        int start = 0;
        for (int lines = 1; lines <= MaximumLines; lines++)
        {
            end = StartOfLastLine(body.Span, end);
            if (end >= 0 && Matches(body.Slice(0, end), signature, ref work))
            {
                return new AddedLines(lines, AtEnd: true);
            }

            start = start < body.Length ? MailHeaderSection.NextLine(body.Span, start) : body.Length;
            if (start < body.Length && Matches(body.Slice(start), signature, ref work))
            {
                return new AddedLines(lines, AtEnd: false);
            }

            if (work <= 0 || (end <= 0 && start >= body.Length))
            {
                break;
            }
        }

        return null;
    }

    private static int StartOfLastLine(ReadOnlySpan<byte> body, int end) =>
        end <= 0 ? -1 : body.Slice(0, end - 1).LastIndexOf(AsciiBytes.LineFeed) + 1;

    private static bool Matches(ReadOnlyMemory<byte> body, DkimSignature signature, ref long work)
    {
        work -= body.Length;
        if (work <= 0)
        {
            return false;
        }

        using BodyHashSet hashes = new();
        hashes.Add(signature);
        hashes.Read(body);
        return signature.BodyHash.Span.SequenceEqual(hashes.HasherOf(signature).Value);
    }
}
