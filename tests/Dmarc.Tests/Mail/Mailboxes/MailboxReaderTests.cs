#if !NETFRAMEWORK
using System.Globalization;
using System.Net;
using System.Text;
using Dmarc.Libraries;
using Dmarc.Mail.Mailboxes;

namespace Dmarc.Tests.Mail.Mailboxes;

/// <summary>The reader of mailboxes with the library's client, against a server that is good, and ones that are not.</summary>
public class MailboxReaderTests
{
    private const string Word = "secret-word";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    internal static byte[] Message(int number, int size = 100) =>
        Encoding.ASCII.GetBytes("Subject: " + number.ToString(CultureInfo.InvariantCulture) + "\r\n\r\n" + new string('x', size) + "\r\n");

    internal static MailboxOptions Options(TestImapServer server, Action<string>? log = null, string word = Word, MailboxTls tls = MailboxTls.Implicit, bool isToken = false, bool check = false) =>
        new("localhost", server.Port, tls, "dmarc@example.com", new NetworkCredential("", word).SecurePassword, isToken)
        {
            SkipCertificateCheck = !check,
            Timeout = TimeSpan.FromSeconds(8),
            Log = log,
        };

    internal static MailboxReadOptions Reading(params string[] folders) => new()
    {
        Folders = folders.Length == 0 ? ["INBOX"] : folders,
        Writable = true,
        Pauses = [TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(40)],
        Grace = TimeSpan.FromSeconds(5),
    };

    internal static MailboxReader Start(MailboxOptions options, MailboxReadOptions reading, CancellationToken cancellationToken = default) =>
        new(LibraryAdapters.Get<IMailboxConnector>(), options, reading, cancellationToken);

    /// <summary>All that comes; each message is ordered about before the next is taken.</summary>
    internal static List<MailboxItem> ReadAll(MailboxReader reader, MailboxAction? action = null, string? target = null)
    {
        List<MailboxItem> items = [];
        DateTime deadline = DateTime.UtcNow + Patience;
        bool isEnded = false;
        while (!isEnded)
        {
            Assert.True(DateTime.UtcNow < deadline, "The reading does not end.");
            bool isRead = reader.IsRead;
            MailboxItem? item = reader.Take(TimeSpan.FromMilliseconds(50), out isEnded);
            if (item is null)
            {
                if (isRead)
                {
                    reader.Finish();
                }

                continue;
            }

            items.Add(item);
            if (item.Content is not null && action is not null)
            {
                reader.Order(new MailboxOrder(item.Place!, item.Address, action.Value, target));
            }
        }

        return items;
    }

    internal static string[] Numbers(IEnumerable<MailboxItem> items) =>
        [.. items.Where(item => item.Content is not null).Select(item => Encoding.ASCII.GetString(item.Content!).Split('\r')[0]["Subject: ".Length..])];

    private static string[] Expected(int count) => [.. Enumerable.Range(1, count).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    [Theory]
    [InlineData(MailboxTls.Implicit, false)]
    [InlineData(MailboxTls.StartTls, false)]
    [InlineData(MailboxTls.Implicit, true)]
    public void Messages_come_once_in_order_and_stay_unread(MailboxTls tls, bool isToken)
    {
        using TestImapServer server = new() { IsPlain = tls == MailboxTls.StartTls };
        server.Capabilities += tls == MailboxTls.StartTls ? " STARTTLS" : "";
        server.Add([.. Enumerable.Range(1, 500).Select(number => Message(number))]);
        using MailboxReader reader = Start(Options(server, tls: tls, isToken: isToken), Reading());
        List<MailboxItem> items = ReadAll(reader);

        Assert.Equal(Expected(500), Numbers(items));
        Assert.Equal(500, reader.Total);
        Assert.All(server.Folders["INBOX"], message => Assert.False(message.Seen));
        Assert.EndsWith("localhost:" + server.Port.ToString(CultureInfo.InvariantCulture) + "/INBOX;UIDVALIDITY=7/;UID=1", items[0].Address, StringComparison.Ordinal);
        Assert.Contains(isToken ? "AUTHENTICATE XOAUTH2" : "AUTHENTICATE PLAIN", string.Join('\n', server.Commands), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_ordered_is_done_and_nothing_else()
    {
        using TestImapServer server = new();
        server.Add(Message(1), Message(2), Message(3));
        using MailboxReader reader = Start(Options(server), Reading());
        while (reader.Take(TimeSpan.FromMilliseconds(50), out _) is not { Place.Uid: 3 })
        {
            Assert.False(reader.IsRead && reader.Total == 0);
        }

        MailboxPlace place(uint uid) => new("INBOX", 7, uid);
        reader.Order(new MailboxOrder(place(1), "", MailboxAction.MarkRead, null));
        reader.Order(new MailboxOrder(place(2), "", MailboxAction.Move, "Done/Reports"));
        Assert.Empty(ReadAll(reader));

        Assert.Equal([true, false], server.Folders["INBOX"].Select(message => message.Seen));
        Assert.Equal([1u, 3u], server.Folders["INBOX"].Select(message => message.Uid));
        Assert.Equal(2u, Assert.Single(server.Folders["Done/Reports"]).Uid);
    }

    [Fact]
    public void Messages_are_deleted_and_no_others_with_them()
    {
        using TestImapServer server = new();
        server.Add([.. Enumerable.Range(1, 50).Select(number => Message(number))]);
        using MailboxReader reader = Start(Options(server), Reading());
        Assert.Equal(50, ReadAll(reader, MailboxAction.Delete).Count);
        Assert.Empty(server.Folders["INBOX"]);
    }

    [Theory]
    [InlineData("FETCH", 3)]
    [InlineData("SEARCH", 1)]
    [InlineData("STORE", 2)]
    [InlineData("SELECT", 1)]
    public void A_lost_connection_costs_and_doubles_nothing(string command, int at)
    {
        using TestImapServer server = new();
        server.Add([.. Enumerable.Range(1, 20).Select(number => Message(number))]);
        int seen = 0;
        server.Intercept = (_, said, _) => !said.Contains(command, StringComparison.Ordinal) || Interlocked.Increment(ref seen) != at ? true : throw new IOException("dropped");
        using MailboxReader reader = Start(Options(server), Reading());
        List<MailboxItem> items = ReadAll(reader, MailboxAction.MarkRead);

        Assert.Equal(Expected(20), Numbers(items));
        Assert.All(items, item => Assert.Null(item.Failure));
        Assert.All(server.Folders["INBOX"], message => Assert.True(message.Seen));
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public void A_message_that_always_costs_the_connection_is_told_and_the_others_are_read()
    {
        using TestImapServer server = new();
        server.Add([.. Enumerable.Range(1, 5).Select(number => Message(number))]);
        server.Intercept = (_, said, _) => !said.StartsWith("UID FETCH 3 (BODY", StringComparison.Ordinal) ? true : throw new IOException("dropped");
        using MailboxReader reader = Start(Options(server), Reading());
        List<MailboxItem> items = ReadAll(reader);

        Assert.Equal(["1", "2", "4", "5"], Numbers(items));
        MailboxItem failed = Assert.Single(items, item => item.Failure is not null);
        Assert.Equal(3u, failed.Place!.Uid);
        Assert.Equal(MailboxFailure.Refused, failed.Failure!.Failure);
        Assert.Equal(3, server.Count("UID FETCH 3 (BODY"));
    }

    [Fact]
    public void A_server_that_is_gone_ends_the_reading_with_what_came_before()
    {
        using TestImapServer server = new();
        server.Add([.. Enumerable.Range(1, 5).Select(number => Message(number))]);
        bool isGone = false;
        server.Intercept = (_, said, _) =>
        {
            isGone |= said.StartsWith("UID FETCH 4 (BODY", StringComparison.Ordinal);
            return !isGone ? true : throw new IOException("gone");
        };
        using MailboxReader reader = Start(Options(server), Reading() with { MaximumFetchTries = 100 });
        List<MailboxItem> items = ReadAll(reader, MailboxAction.MarkRead);

        Assert.Equal(["1", "2", "3"], Numbers(items));
        Assert.Contains(items, item => item.Address.Length == 0 && item.Failure?.Failure == MailboxFailure.Connection);
    }

    [Fact]
    public void A_server_that_is_silent_is_not_waited_for_without_end()
    {
        using TestImapServer server = new();
        server.Add(Message(1));
        server.Intercept = (_, said, _) => !said.Contains("SEARCH", StringComparison.Ordinal);
        using MailboxReader reader = Start(Options(server) with { Timeout = TimeSpan.FromMilliseconds(300) }, Reading() with { Pauses = [TimeSpan.FromMilliseconds(10)] });
        MailboxItem end = Assert.Single(ReadAll(reader));

        Assert.Equal(MailboxFailure.Connection, end.Failure!.Failure);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public void A_message_larger_than_allowed_is_refused_before_it_is_fetched()
    {
        using TestImapServer server = new();
        server.Add(Message(1), Message(2, 5000), Message(3));
        int length = server.Folders["INBOX"][1].Content.Length;
        using (MailboxReader at = Start(Options(server), Reading() with { MaximumMessageBytes = length }))
        {
            Assert.Equal(Expected(3), Numbers(ReadAll(at)));
        }

        using MailboxReader beyond = Start(Options(server), Reading() with { MaximumMessageBytes = length - 1 });
        List<MailboxItem> items = ReadAll(beyond);
        Assert.Equal(["1", "3"], Numbers(items));
        Assert.Equal(MailboxFailure.TooLarge, Assert.Single(items, item => item.Failure is not null).Failure!.Failure);
    }

    [Fact]
    public void A_line_without_end_fills_no_memory()
    {
        using TestImapServer server = new();
        server.Add(Message(1));
        server.Intercept = (tag, said, stream) =>
        {
            if (!said.StartsWith("UID FETCH 1 (UID", StringComparison.Ordinal) && !said.Contains("RFC822.SIZE", StringComparison.Ordinal))
            {
                return true;
            }

            TestImapServer.Write(stream, "* 1 FETCH (UID ", end: "");
            byte[] filler = Encoding.ASCII.GetBytes(new string('9', 1 << 16));
            for (int i = 0; i < 10_000; i++)
            {
                stream.Write(filler);
            }

            return false;
        };
        using MailboxReader reader = Start(Options(server), Reading() with { Pauses = [] });
        Assert.NotNull(Assert.Single(ReadAll(reader)).Failure);
    }

    [Fact]
    public void A_folder_that_was_made_anew_is_not_read_on()
    {
        using TestImapServer server = new();
        server.Add([.. Enumerable.Range(1, 5).Select(number => Message(number))]);
        bool dropped = false;
        server.Intercept = (_, said, _) =>
        {
            if (dropped || !said.StartsWith("UID FETCH 3 (BODY", StringComparison.Ordinal))
            {
                return true;
            }

            dropped = true;
            server.Validity = 8;
            throw new IOException("dropped");
        };
        using MailboxReader reader = Start(Options(server), Reading());
        List<MailboxItem> items = ReadAll(reader);

        Assert.Equal(["1", "2"], Numbers(items));
        Assert.Equal(MailboxFailure.FolderChanged, items[^1].Failure!.Failure);
    }

    [Fact]
    public void A_refused_command_is_told_for_each_message_it_is_about()
    {
        using TestImapServer server = new();
        server.Add([.. Enumerable.Range(1, 3).Select(number => Message(number))]);
        server.Folders["Done"] = [];
        server.Intercept = (tag, said, stream) =>
        {
            if (!said.StartsWith("UID MOVE", StringComparison.Ordinal) || !said.Contains('2', StringComparison.Ordinal) && !said.Contains(':', StringComparison.Ordinal))
            {
                return true;
            }

            TestImapServer.Write(stream, tag + " NO [OVERQUOTA] no room");
            return false;
        };
        using MailboxReader reader = Start(Options(server), Reading());
        List<MailboxItem> items = ReadAll(reader, MailboxAction.Move, "Done");

        Assert.Equal(Expected(3), Numbers(items));
        MailboxItem failed = Assert.Single(items, item => item.Failure is not null);
        Assert.Equal((MailboxAction.Move, 2u), (failed.Action!.Value, failed.Place!.Uid));
        Assert.Contains("no room", failed.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal([2u], server.Folders["INBOX"].Select(message => message.Uid));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_message_that_another_client_removed_meanwhile_is_reported(bool isRemoved)
    {
        using TestImapServer server = new();
        server.Add(Message(1), Message(2), Message(3));
        server.Intercept = (tag, said, stream) =>
        {
            if (said == "NOOP" && isRemoved)
            {
                server.Folders["INBOX"].RemoveAll(message => message.Uid == 2);
                TestImapServer.Write(stream, "* 2 EXPUNGE");
            }

            if (!said.StartsWith("UID FETCH 2 (BODY", StringComparison.Ordinal))
            {
                return true;
            }

            // As Dovecot does until it may say that the message is gone.
            TestImapServer.Write(stream, "* 2 FETCH (UID 2 BODY[] {0}\r\n)\r\n" + tag + " OK [EXPUNGEISSUED] Some messages were already expunged");
            return false;
        };
        using MailboxReader reader = Start(Options(server), Reading());
        List<MailboxItem> items = ReadAll(reader);

        Assert.All(items, item => Assert.Null(item.Failure));
        MailboxItem[] messages = [.. items.Where(item => item.Place is not null)];
        Assert.Equal(isRemoved ? [1u, 3u] : [1u, 2u, 3u], messages.Select(item => item.Place!.Uid));
        Assert.Equal(messages.Length, reader.Total);
        string[] warnings = [.. items.Where(item => item.Warning is not null).Select(item => item.Warning!)];
        Assert.Equal(isRemoved ? 1 : 0, warnings.Length);
        Assert.All(warnings, warning => Assert.StartsWith("1 message in the folder 'INBOX' (the first: UID 2) was gone", warning, StringComparison.Ordinal));
    }

    /// <summary>What the server listed and then does not describe is reported too, and however many they are, once.</summary>
    [Fact]
    public void Messages_that_are_gone_before_they_are_described_are_reported()
    {
        using TestImapServer server = new();
        server.Add(Message(1), Message(2), Message(3), Message(4));
        server.Intercept = (tag, said, stream) =>
        {
            if (said.StartsWith("UID FETCH ", StringComparison.Ordinal) && !said.Contains("BODY", StringComparison.Ordinal))
            {
                server.Folders["INBOX"].RemoveAll(message => message.Uid is 2 or 3);
            }

            return true;
        };
        using MailboxReader reader = Start(Options(server), Reading());
        List<MailboxItem> items = ReadAll(reader);

        Assert.Equal([1u, 4u], items.Where(item => item.Place is not null).Select(item => item.Place!.Uid));
        MailboxItem warning = Assert.Single(items, item => item.Warning is not null);
        Assert.StartsWith("2 messages in the folder 'INBOX' (the first: UID 2) were gone", warning.Warning, StringComparison.Ordinal);
        Assert.Equal(2, reader.Total);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_wrong_secret_is_told_and_shown_nowhere(bool isToken)
    {
        using TestImapServer server = new();
        List<string> log = [];
        using MailboxReader reader = Start(Options(server, log.Add, "wrong-Pa55word", isToken: isToken), Reading());
        MailboxException failure = Assert.Single(ReadAll(reader)).Failure!;

        Assert.Equal(MailboxFailure.Credential, failure.Failure);
        string plain = Convert.ToBase64String("\0dmarc@example.com\0wrong-Pa55word"u8);
        string token = Convert.ToBase64String("user=dmarc@example.com\u0001auth=Bearer wrong-Pa55word\u0001\u0001"u8);
        string all = failure + string.Join('\n', log);
        Assert.NotEmpty(log);
        Assert.DoesNotContain("wrong-Pa55word", all, StringComparison.Ordinal);
        Assert.DoesNotContain(plain, all, StringComparison.Ordinal);
        Assert.DoesNotContain(token, all, StringComparison.Ordinal);
    }

    [Fact]
    public void The_dialogue_is_told_without_secrets_and_content()
    {
        using TestImapServer server = new();
        server.Add(Message(1));
        List<string> log = [];
        using MailboxReader reader = Start(Options(server, log.Add), Reading());
        ReadAll(reader);
        string all = string.Join('\n', log);

        Assert.Contains("UID SEARCH", all, StringComparison.Ordinal);
        Assert.Contains("AUTHENTICATE PLAIN ********", all, StringComparison.Ordinal);
        Assert.DoesNotContain("xxxxx", all, StringComparison.Ordinal);
        Assert.DoesNotContain(Word, all, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes("\0dmarc@example.com\0" + Word)), all, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_TLS_nothing_is_told_to_the_server()
    {
        using TestImapServer server = new() { IsPlain = true };
        using MailboxReader reader = Start(Options(server, tls: MailboxTls.StartTls), Reading());
        Assert.Equal(MailboxFailure.Tls, Assert.Single(ReadAll(reader)).Failure!.Failure);
        Assert.Equal(0, server.Count("AUTHENTICATE") + server.Count("LOGIN"));

        using MailboxReader other = Start(Options(server), Reading());
        Assert.Equal(MailboxFailure.Tls, Assert.Single(ReadAll(other)).Failure!.Failure);
    }

    [Fact]
    public void A_certificate_of_nobody_known_is_refused_and_told()
    {
        using TestImapServer server = new();
        using MailboxReader reader = Start(Options(server, check: true), Reading());
        MailboxException failure = Assert.Single(ReadAll(reader)).Failure!;

        Assert.Equal(MailboxFailure.Certificate, failure.Failure);
        Assert.Contains("-SkipCertificateCheck", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Count("AUTHENTICATE"));
    }

    [Fact]
    public void A_server_that_refuses_is_told_at_once()
    {
        int port;
        using (TestImapServer server = new())
        {
            port = server.Port;
        }

        using TestImapServer none = new();
        using MailboxReader reader = Start(Options(none) with { Port = port }, Reading());
        Assert.Equal(MailboxFailure.Connection, Assert.Single(ReadAll(reader)).Failure!.Failure);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told_and_the_others_are_read()
    {
        using TestImapServer server = new();
        server.Add(Message(1));
        using MailboxReader reader = Start(Options(server), Reading("Nowhere", "INBOX", "inbox"));
        List<MailboxItem> items = ReadAll(reader);

        Assert.Equal(["1"], Numbers(items));
        Assert.Equal(MailboxFailure.FolderMissing, Assert.Single(items, item => item.Failure is not null).Failure!.Failure);
    }

    [Fact]
    public void What_was_ordered_before_a_cancellation_is_still_done()
    {
        using TestImapServer server = new();
        server.Add([.. Enumerable.Range(1, 100).Select(number => Message(number))]);
        using CancellationTokenSource cancellation = new();
        using (MailboxReader reader = Start(Options(server), Reading(), cancellation.Token))
        {
            for (int taken = 0; taken < 10;)
            {
                if (reader.Take(TimeSpan.FromSeconds(5), out _) is { Content: not null } item)
                {
                    reader.Order(new MailboxOrder(item.Place!, item.Address, MailboxAction.MarkRead, null));
                    taken++;
                }
            }

            cancellation.Cancel();
        }

        Assert.Equal(10, server.Folders["INBOX"].Count(message => message.Seen));
    }

    [Fact]
    public void Reading_ahead_is_bounded()
    {
        using TestImapServer server = new();
        server.Add([.. Enumerable.Range(1, 300).Select(number => Message(number))]);
        using MailboxReader reader = Start(Options(server), Reading());
        Assert.NotNull(reader.Take(TimeSpan.FromSeconds(10), out _));
        Thread.Sleep(500);

        Assert.InRange(server.Count("UID FETCH"), 2, 40);
        Assert.Equal(299, Numbers(ReadAll(reader)).Length);
    }
}
#endif
