#if !NETFRAMEWORK
using Dmarc.Mail.Mailboxes;
using static Dmarc.Tests.Mail.Mailboxes.MailboxReaderTests;

namespace Dmarc.Tests.Mail.Mailboxes;

/// <summary>Messages are moved on servers without MOVE: by copies that are made once, wherever the connection is lost.</summary>
public class MailboxCopyTests
{
    private const int Count = 20;
    private static readonly string[] Steps = ["STATUS", "UID COPY", "UID STORE", "UID EXPUNGE"];

    private static TestImapServer Server(string capabilities = "UIDPLUS")
    {
        TestImapServer server = new() { Capabilities = "IMAP4rev1 SASL-IR AUTH=PLAIN NAMESPACE " + capabilities };
        server.Add([.. Enumerable.Range(1, Count).Select(number => Message(number, 100 + number))]);
        server.Folders["Done"] = [new TestMessage(1, Message(99))];
        return server;
    }

    private static List<MailboxItem> MoveAll(TestImapServer server)
    {
        // The reader is kept busy until all is ordered, so that it is one batch.
        using ManualResetEventSlim ordered = new();
        Func<string, string, Stream, bool>? fault = server.Intercept;
        server.Intercept = (tag, said, stream) =>
        {
            if (said.Contains("\\Seen", StringComparison.Ordinal))
            {
                ordered.Wait(TimeSpan.FromSeconds(8));
                return true;
            }

            return fault?.Invoke(tag, said, stream) ?? true;
        };
        using MailboxReader reader = Start(Options(server), Reading());
        List<MailboxItem> items = [];
        while (!reader.IsRead || items.Count(item => item.Content is not null) < Count)
        {
            if (reader.Take(TimeSpan.FromMilliseconds(50), out _) is { } item)
            {
                items.Add(item);
            }
        }

        reader.Order(new MailboxOrder(items[0].Place!, items[0].Address, MailboxAction.MarkRead, null));
        items.ForEach(item => reader.Order(new MailboxOrder(item.Place!, item.Address, MailboxAction.Move, "Done")));
        ordered.Set();
        items.AddRange(ReadAll(reader));
        Assert.NotEqual(0, server.Count("UID COPY 1:20 "));
        return items;
    }

    /// <summary>The messages of a folder by what they hold, without the one that was there before.</summary>
    private static string[] Held(TestImapServer server, string folder) =>
        [.. server.Folders[folder].Select(message => System.Text.Encoding.ASCII.GetString(message.Content).Split('\r')[0]).Where(subject => subject != "Subject: 99").Order(StringComparer.Ordinal)];

    private static string[] All => [.. Enumerable.Range(1, Count).Select(number => $"Subject: {number}").Order(StringComparer.Ordinal)];

    public static TheoryData<string, bool> Losses()
    {
        TheoryData<string, bool> data = [];
        foreach (string step in Steps)
        {
            data.Add(step, false);
            data.Add(step, true);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_lost_connection_leaves_each_message_once(string command, bool isDone)
    {
        using TestImapServer server = Server();
        int lost = 0;
        bool isLost(string said) => said.StartsWith(command, StringComparison.Ordinal) && !said.Contains("\\Seen", StringComparison.Ordinal) && Interlocked.Increment(ref lost) == 1;
        server.Intercept = (_, said, _) => isDone || !isLost(said) ? true : throw new IOException("dropped");
        server.AfterAnswer = said => { if (isDone && isLost(said)) { throw new IOException("dropped"); } };
        List<MailboxItem> items = MoveAll(server);

        Assert.True(lost > 0);
        Assert.Equal(Count, items.Count);
        Assert.All(items, item => Assert.Null(item.Failure));
        Assert.All(items, item => Assert.Null(item.Warning));
        Assert.Empty(server.Folders["INBOX"]);
        Assert.Equal(All, Held(server, "Done"));
        Assert.Equal(0, server.Count("UID MOVE"));
    }

    [Fact]
    public void Others_that_arrive_meanwhile_are_not_taken_for_copies()
    {
        using TestImapServer server = Server();
        int lost = 0;
        server.Intercept = (_, said, _) =>
        {
            if (!said.StartsWith("UID COPY", StringComparison.Ordinal) || Interlocked.Increment(ref lost) != 1)
            {
                return true;
            }

            // As many, but none of them is one of those.
            server.Folders["Done"].AddRange(Enumerable.Range(2, Count).Select(uid => new TestMessage((uint)uid, Message(99, 1000))));
            throw new IOException("dropped");
        };
        Assert.All(MoveAll(server), item => Assert.Null(item.Failure ?? (object?)item.Warning));
        Assert.Empty(server.Folders["INBOX"]);
        Assert.Equal(All, Held(server, "Done"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_it_cannot_be_told_whether_the_copies_are_there_each_is_warned_of(bool isTold)
    {
        using TestImapServer server = Server();
        int copies = 0;
        server.Intercept = (tag, said, stream) =>
        {
            if (said.StartsWith("STATUS", StringComparison.Ordinal) && !isTold)
            {
                TestImapServer.Write(stream, "* STATUS Done (UIDVALIDITY 7)\r\n" + tag + " OK done");
                return false;
            }

            return true;
        };
        server.AfterAnswer = said =>
        {
            if (said.StartsWith("UID COPY", StringComparison.Ordinal) && Interlocked.Increment(ref copies) == 1)
            {
                server.Folders["Done"].RemoveAll(message => isTold && message.Uid > Count);
                throw new IOException("dropped");
            }
        };
        List<MailboxItem> items = MoveAll(server);

        Assert.Equal(Count, items.Count(item => item.Warning is not null));
        Assert.All(items, item => Assert.Null(item.Failure));
        Assert.All(items.Where(item => item.Warning is not null), item => Assert.Contains("twice", item.Warning, StringComparison.Ordinal));
        Assert.Empty(server.Folders["INBOX"]);
        Assert.Equal(All, Held(server, "Done").Distinct());
    }

    [Fact]
    public void A_message_that_was_copied_and_cannot_be_removed_is_told_and_copied_once()
    {
        using TestImapServer server = Server();
        server.Intercept = (tag, said, stream) =>
        {
            if (!said.StartsWith("UID STORE", StringComparison.Ordinal))
            {
                return true;
            }

            TestImapServer.Write(stream, tag + " NO not yours");
            return false;
        };
        List<MailboxItem> items = MoveAll(server);

        Assert.Equal(Count, items.Count(item => item.Failure is not null));
        Assert.All(items.Where(item => item.Failure is not null), item => Assert.Contains("copied to 'Done' but could not be removed", item.Failure!.Message, StringComparison.Ordinal));
        Assert.Equal(All, Held(server, "INBOX"));
        Assert.Equal(All, Held(server, "Done"));
    }
}
#endif
