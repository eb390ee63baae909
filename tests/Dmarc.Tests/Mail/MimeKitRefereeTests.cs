using System.Text;
using Dmarc.Mail;
using Dmarc.Mail.Pasted;
using Dmarc.Tests.Conformance;
using Dmarc.Tests.Support;
using Kit = MimeKit;

namespace Dmarc.Tests.Mail;

/// <summary>
/// MimeKit reads every sample message beside our reader: header fields, parts, their bytes, addresses. What differs on purpose:
/// <list type="bullet">
/// <item>Encoded words in ISO-2022-JP: MimeKit reads them only if the process has registered the code pages; ours needs nothing.</item>
/// <item>The empty line before the next message of an mbox file: it is of the format (RFC 4155), and MimeKit counts it to the body.</item>
/// <item><c>text/rfc822-headers</c> (RFC 6522 §4): MimeKit makes a message of it; ours is the part as it is.</item>
/// <item>Uuencode as an encoding: our reader gives the lines as they are, and the reader of reports has MimeKit decode them.</item>
/// <item>A header that was pasted as text is repaired first, which MimeKit does not do: it gets the repaired one.</item>
/// </list>
/// </summary>
public class MimeKitRefereeTests
{
    private static readonly string[] Folders = ["docs/samples", "tests/Dmarc.Tests"];

    private static readonly string[] Endings = [".eml", ".mbox", ".txt", ".msg"];

    /// <summary>Files that are no messages.</summary>
    private static readonly Dictionary<string, string> Skipped = new(StringComparer.Ordinal)
    {
        ["domains.txt"] = "a list of domains",
    };

    public static TheoryData<string> Files()
    {
        TheoryData<string> files = [];
        foreach (string file in Folders
            .SelectMany(folder => Directory.EnumerateFiles(TestFiles.Repository(folder.Split('/')), "*", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(TestFiles.RepositoryRoot, file).Replace('\\', '/'))
            .Where(file => Array.IndexOf(Endings, Path.GetExtension(file)) >= 0
                && !file.Contains("/bin/", StringComparison.Ordinal)
                && !file.Contains("/obj/", StringComparison.Ordinal)
                && !Skipped.ContainsKey(Path.GetFileName(file)))
            .OrderBy(file => file, StringComparer.Ordinal))
        {
            files.Add(file);
        }

        return files;
    }

    public static TheoryData<string> ConformanceFiles()
    {
        TheoryData<string> files = [];
        if (TestFiles.HasConformance)
        {
            foreach (string file in Directory.EnumerateFiles(TestFiles.ConformanceRoot, "*", SearchOption.AllDirectories)
                .Where(file => Path.GetExtension(file) is ".eml" or ".msg" or ".message")
                .OrderBy(file => file, StringComparer.Ordinal))
            {
                files.Add(Path.GetRelativePath(TestFiles.ConformanceRoot, file).Replace('\\', '/'));
            }
        }

        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Samples(string file) => CheckFile(TestFiles.Repository(file.Split('/')));

    [ConformanceTheory]
    [MemberData(nameof(ConformanceFiles))]
    public void Messages_of_others(string file) => CheckFile(TestFiles.Conformance(file.Split('/')));

    [Fact]
    public void Messages_of_the_conformance_data()
    {
        foreach ((string folder, string name, string word) in new[] { ("dkim", "dkim-cases.json", "result"), ("arc", "arc-cases.json", "cv") })
        {
            string file = TestFiles.Repository("tests", "Dmarc.Tests", "Conformance", folder, name);
            foreach ((int group, string test) in ConformanceSuite.Names(file))
            {
                MailMessage message = ConformanceSuite.Read(file, group, test, word).Message;
                Compare(message.Raw.ToArray(), message);
            }
        }
    }

    private static void CheckFile(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        if (MailDetector.Detect(bytes) == MailFormat.Mbox)
        {
            using MemoryStream ours = new(bytes, false);
            using MemoryStream theirs = new(bytes, false);
            Kit.MimeParser parser = new(theirs, Kit.MimeFormat.Mbox);
            int count = 0;
            foreach (MailMessage message in MailText.ReadMbox(ours))
            {
                Assert.False(parser.IsEndOfStream);
                CompareMessages(parser.ParseMessage(), message, isOfMbox: true);
                count++;
            }

            Assert.True(parser.IsEndOfStream);
            Assert.NotEqual(0, count);
            return;
        }

        if (Path.GetExtension(path) == ".txt")
        {
            PastedHeaders pasted = PastedHeaders.Read(Encoding.UTF8.GetString(bytes));
            Compare(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(pasted.Message.Raw.Span) + "\r\n"), pasted.Message);
            return;
        }

        Compare(bytes, MailMessage.Parse(bytes));
    }

    private static void Compare(byte[] bytes, MailMessage ours)
    {
        using MemoryStream stream = new(bytes, false);
        CompareMessages(Kit.MimeMessage.Load(stream), ours);
        using MemoryStream again = new(bytes, false);
        Kit.HeaderList headers = Kit.HeaderList.Load(again);
        Assert.Equal(headers.Select(header => header.Field), ours.Headers.Select(header => header.Name));
        Assert.Equal(headers.Select(header => Bytes(header.RawValue)), ours.Headers.Select(header => Bytes(header.RawValue.Span)));
    }

    private static void CompareMessages(Kit.MimeMessage theirs, MailMessage ours, bool isOfMbox = false)
    {
        if (ours.GetHeader("Subject")?.Value.IndexOf("iso-2022-jp", StringComparison.OrdinalIgnoreCase) is null or < 0)
        {
            Assert.Equal(theirs.Subject ?? "", ours.Subject);
        }

        Assert.Equal(theirs.From.Mailboxes.Select(mailbox => mailbox.Address), ours.From.Select(address => address.Address));
        foreach ((string name, Kit.InternetAddressList list) in new[] { ("To", theirs.To), ("Cc", theirs.Cc), ("Reply-To", theirs.ReplyTo) })
        {
            Assert.Equal(
                list.Mailboxes.Select(mailbox => mailbox.Address),
                ours.GetHeaders(name).SelectMany(header => MailAddress.ParseList(header.Value)).Select(address => address.Address));
        }

        if (theirs.Body is not null)
        {
            CompareParts(theirs.Body, ours.Root, isOfMbox);
        }
    }

    private static void CompareParts(Kit.MimeEntity theirs, MimePart ours, bool isOfMbox = false)
    {
        Assert.Equal(theirs.ContentType.MimeType.ToLowerInvariant(), ours.MediaType);
        switch (theirs)
        {
            case Kit.Multipart multipart:
                Assert.Equal(multipart.Count, ours.Parts.Count);
                for (int i = 0; i < multipart.Count; i++)
                {
                    CompareParts(multipart[i], ours.Parts[i]);
                }

                break;
            case Kit.TextRfc822Headers:
                break;
            case Kit.MessagePart { Message: { } message }:
                CompareMessages(message, Assert.IsType<MailMessage>(ours.Message));
                break;
            case Kit.MimePart { ContentTransferEncoding: Kit.ContentEncoding.UUEncode }:
                break;
            case Kit.MimePart part:
                using (MemoryStream decoded = new())
                {
                    part.Content?.DecodeTo(decoded);
                    Assert.Equal(part.FileName ?? "", ours.FileName);
                    string content = Bytes(decoded.ToArray());
                    string own = Bytes(ours.ReadContent());
                    Assert.Equal(isOfMbox && content == own + "\n" ? own : content, own);
                }

                break;
            default:
                break;
        }
    }

    /// <summary>One character a byte, so that a difference shows where it is.</summary>
    private static string Bytes(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
