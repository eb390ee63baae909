#if !NETFRAMEWORK
using Dmarc.Mail.Mailboxes;
using Dmarc.Tests.Support;
using static Dmarc.Tests.Mail.Mailboxes.MailboxReaderTests;

namespace Dmarc.Tests.Mail.Mailboxes;

/// <summary>What the reader of mailboxes holds, measured over the whole process.</summary>
[Collection(GrowthTestsAlone.Name)]
public class MailboxMemoryTests
{
    [Fact]
    public void A_server_that_lies_about_a_size_fills_no_memory()
    {
        using TestImapServer server = new();
        server.Add(Message(1), Message(2), Message(3));
        server.Intercept = (tag, said, stream) =>
        {
            if (!said.StartsWith("UID FETCH 2 (BODY", StringComparison.Ordinal))
            {
                return true;
            }

            // It said a hundred bytes, and sends as many as anybody takes.
            TestImapServer.Write(stream, "* 2 FETCH (UID 2 BODY[] {2000000000}");
            byte[] filler = new byte[1 << 16];
            for (int i = 0; i < 30_000; i++)
            {
                stream.Write(filler);
            }

            return false;
        };
        long before = GC.GetTotalAllocatedBytes();
        using MailboxReader reader = Start(Options(server), Reading() with { MaximumMessageBytes = 1 << 20 });
        List<MailboxItem> items = ReadAll(reader);

        Assert.Equal(["1", "3"], Numbers(items));
        Assert.Equal(2u, Assert.Single(items, item => item.Failure is not null).Place!.Uid);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 200L << 20);
    }
}
#endif
