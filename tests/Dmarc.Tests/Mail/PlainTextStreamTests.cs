using System.Text;
using Dmarc.Mail;

namespace Dmarc.Tests.Mail;

/// <summary>Text in UTF-16 or with carriage returns alone, read in pieces of every size.</summary>
public class PlainTextStreamTests
{
    /// <summary>Characters of two halves, at every distance from the ends of the pieces that are decoded.</summary>
    [Theory]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public void No_character_of_two_halves_is_cut(bool isBig, bool isMarked)
    {
        UnicodeEncoding encoding = new(isBig, isMarked);
        for (int letters = 0; letters < 4; letters++)
        {
            string text = "Subject: Report Domain: shop.example\n" + new string('x', letters) + string.Concat(Enumerable.Repeat("\U0001F600é", 5000));
            byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];

            Assert.Equal(text, Read(bytes, 777));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(4096)]
    public void Lines_end_with_a_line_feed(int piece)
    {
        string lines = string.Join('\r', "From: a@b.example", "Subject: Report Domain: shop.example", "Message-ID: <1@b.example>", "", "text", "");
        byte[] bytes = Encoding.ASCII.GetBytes(lines + "later\r\nlast");

        Assert.Equal(lines.Replace('\r', '\n') + "later\nlast", Read(bytes, piece, Encoding.ASCII.GetBytes(lines)));
    }

    private static string Read(byte[] bytes, int piece, byte[]? head = null)
    {
        Func<Stream, Stream>? opener = PlainTextStream.OpenerFor(head ?? bytes[..Math.Min(bytes.Length, 4096)], lines => MailDetector.Detect(lines) == MailFormat.Message);
        Assert.NotNull(opener);
        using Stream stream = opener(new MemoryStream(bytes));
        using MemoryStream all = new();
        byte[] buffer = new byte[piece];
        for (int read = stream.Read(buffer, 0, piece); read > 0; read = stream.Read(buffer, 0, piece))
        {
            all.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(all.ToArray());
    }
}
