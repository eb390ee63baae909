using Dmarc.Dns;
using Dmarc.Mail;
using Dmarc.Standards;
using Dmarc.Standards.Dkim;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Standards.Dkim;

public class DkimVerifierTests
{
    private const string Message =
        "Received: from a by b;\r\n\tSat, 21 Nov 2026 20:14:34 +0000\r\nFrom: Anna  <anna@example.com>\r\nTo: bert@example.org\r\n"
        + "Subject: A  test of\r\n\tsignatures \r\nDate: Sat, 21 Nov 2026 20:14:34 +0000\r\n\r\n"
        + "Hello \t Bert,\r\n\r\n  indented  text \r\nlast line\r\n\r\n\r\n";

    private static readonly TestSigner Rsa = TestSigner.Rsa();
    private static readonly TestSigner Ed = TestSigner.Ed();

    public static TheoryData<string, bool> Forms => new()
    {
        { "simple/simple", false }, { "simple/relaxed", false }, { "relaxed/simple", false }, { "relaxed/relaxed", false },
        { "simple", false }, { "relaxed", false }, { "simple/simple", true }, { "relaxed/relaxed", true },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_signed_message_passes(string canonicalization, bool ed25519)
    {
        TestSigner signer = (ed25519 ? Ed : Rsa).With(canonicalization: canonicalization);
        string signed = signer.Sign(Message);
        foreach (string text in new[] { signed, signed.Replace("\r\n", "\n", StringComparison.Ordinal) })
        {
            DkimVerification result = await VerifyOneAsync(text, Published(signer));
            Assert.Equal((AuthenticationResult.Pass, DkimCause.Verified), (result.Result, result.Cause));
            Assert.Equal("example.com", result.Domain);
            Assert.Equal(0, result.UnsignedBodyBytes);
        }
    }

    [Theory]
    // RFC 6376 §3.4: what each form tolerates.
    [InlineData("relaxed/relaxed", "Anna  <", "anna <", false)]
    [InlineData("relaxed/relaxed", "Anna  <", "Anna\r\n\t <", true)]
    [InlineData("relaxed/simple", "From: Anna", "FROM : Anna", true)]
    [InlineData("simple/simple", "From: Anna", "from: Anna", false)]
    [InlineData("relaxed/relaxed", "Hello \t Bert", "Hello Bert", true)]
    [InlineData("relaxed/relaxed", "Hello \t Bert", "HelloBert", false)]
    [InlineData("relaxed/relaxed", "text \r\n", "text\r\n", true)]
    [InlineData("relaxed/simple", "text \r\n", "text\r\n", false)]
    [InlineData("relaxed/simple", "last line\r\n\r\n\r\n", "last line\r\n", true)]
    [InlineData("relaxed/simple", "last line\r\n\r\n\r\n", "last line", true)]
    [InlineData("relaxed/relaxed", "last line\r\n\r\n\r\n", "last line\r\n \r\n\t\r\n", true)]
    [InlineData("relaxed/simple", "last line\r\n\r\n\r\n", "last line\r\n \r\n", false)]
    [InlineData("relaxed/relaxed", "\r\n\r\n  indented", "\r\n\r\n\r\n  indented", false)]
    [InlineData("relaxed/relaxed", "Received: from a", "Received: from elsewhere", true)]
    [InlineData("relaxed/relaxed", "Received: from a", "X-New: 1\r\nReceived: from a", true)]
    [InlineData("relaxed/relaxed", "To: bert@", "To: carl@", false)]
    public async Task Changes_pass_as_the_form_says(string canonicalization, string before, string after, bool passes)
    {
        TestSigner signer = Rsa.With(canonicalization: canonicalization);
        string signed = signer.Sign(Message);
        Assert.Contains(before, signed, StringComparison.Ordinal);
        DkimVerification result = await VerifyOneAsync(signed.Replace(before, after, StringComparison.Ordinal), Published(signer));
        Assert.Equal(passes ? AuthenticationResult.Pass : AuthenticationResult.Fail, result.Result);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    [InlineData("\r\n\r\n\r\n")]
    [InlineData("x")]
    [InlineData(" ")]
    [InlineData(" \r\n \r\n")]
    [InlineData("a\rb\r\r\n")]
    [InlineData("a \rb")]
    [InlineData("\t\ta\t\tb\t\t")]
    public async Task Bodies_at_the_edge_pass(string body)
    {
        foreach (string form in new[] { "relaxed/simple", "relaxed/relaxed" })
        {
            TestSigner signer = Rsa.With(canonicalization: form);
            string signed = signer.Sign(Message[..(Message.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)] + body);
            Assert.Equal(AuthenticationResult.Pass, (await VerifyOneAsync(signed, Published(signer))).Result);
        }
    }

    [Fact]
    public async Task A_footer_that_was_added_is_named()
    {
        string signed = Rsa.Sign(Message);
        DkimVerification result = await VerifyOneAsync(signed + "--\r\nThe list\r\nhttps://list.example\r\n", Published(Rsa));
        Assert.Equal((AuthenticationResult.Fail, DkimCause.BodyChanged), (result.Result, result.Cause));
        Assert.True(result.HasAddedText);
        Assert.Contains("the last 3 lines", result.Reason, StringComparison.Ordinal);

        result = await VerifyOneAsync(signed.Replace("Hello \t", "CAUTION: external\r\n\r\nHello \t", StringComparison.Ordinal), Published(Rsa));
        Assert.True(result.HasAddedText);
        Assert.Contains("the first 2 lines", result.Reason, StringComparison.Ordinal);

        result = await VerifyOneAsync(signed.Replace("last line", "lost line", StringComparison.Ordinal), Published(Rsa));
        Assert.Equal(DkimCause.BodyChanged, result.Cause);
        Assert.False(result.HasAddedText);
    }

    [Theory]
    [InlineData("Subject: A  test", "Subject: [list] A  test", "Subject")]
    [InlineData("Subject: A  test", "Subject: [my list] A  test", "Subject")]
    [InlineData("Subject: A  test", "Subject: ***SPAM*** A  test", "Subject")]
    [InlineData("From: Anna  <anna@example.com>", "From: Anna via list <list@list.example>\r\nX-Original-From: Anna  <anna@example.com>", "From")]
    [InlineData("To: bert@example.org", "To: bert@example.org\r\nReply-To: list@list.example", "Reply-To")]
    [InlineData("Subject: A  test", "To: other@example.org\r\nSubject: A  test", "To")]
    [InlineData("To: bert@example.org", "To: carl@example.org", "")]
    public async Task A_changed_field_is_named_where_it_can_be_found(string before, string after, string changed)
    {
        foreach (TestSigner key in new[] { Rsa, Ed })
        {
            TestSigner signer = key.With(headers: ["From", "To", "Subject", "Date", "Reply-To"]);
            string signed = signer.Sign(Message).Replace(before, after, StringComparison.Ordinal);
            DkimVerification result = await VerifyOneAsync(signed, Published(signer));
            Assert.Equal(AuthenticationResult.Fail, result.Result);
            Assert.Equal(changed, result.ChangedHeader);
            Assert.Equal(changed.Length == 0 && key == Ed ? DkimCause.SignatureMismatch : DkimCause.HeaderChanged, result.Cause);
            Assert.Contains(changed.Length == 0 ? "From, To, Subject" : changed, result.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_copy_of_the_field_in_the_signature_tells_what_it_was()
    {
        TestSigner signer = Rsa.With(extra: "z=From:Anna|To:bert@example.org|Subject:x; ");
        string signed = signer.Sign(Message).Replace("To: bert@", "To: carl@", StringComparison.Ordinal);
        DkimVerification result = await VerifyOneAsync(signed, Published(signer));
        Assert.Equal("To", result.ChangedHeader);
        Assert.Contains("bert@example.org", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_key_is_told_from_a_changed_header()
    {
        TestSigner other = TestSigner.Rsa();
        DkimVerification result = await VerifyOneAsync(Rsa.Sign(Message), new FakeResolver().Txt(Rsa.KeyName, other.Record));
        Assert.Equal((AuthenticationResult.Fail, DkimCause.WrongKey), (result.Result, result.Cause));
    }

    [Fact]
    public async Task Without_explaining_a_mismatch_is_only_a_mismatch()
    {
        DkimVerifier verifier = new(Published(Rsa), new FixedClock(), new DkimVerifierOptions { ExplainFailures = false });
        string signed = Rsa.Sign(Message);
        foreach ((string text, DkimCause reason) in new[]
        {
            (signed.Replace("Subject: ", "Subject: [list] ", StringComparison.Ordinal), DkimCause.SignatureMismatch),
            (signed + "footer\r\n", DkimCause.BodyChanged),
        })
        {
            DkimVerification result = Assert.Single(await verifier.VerifyAsync(MailMessage.Parse(TestSigner.Bytes(text))));
            Assert.Equal((AuthenticationResult.Fail, reason, "", false), (result.Result, result.Cause, result.ChangedHeader, result.HasAddedText));
        }
    }

    [Fact]
    public async Task Oversigned_fields_cannot_be_added()
    {
        TestSigner signer = Rsa.With(headers: ["From", "From", "Subject", "Subject", "To", "Cc"]);
        string signed = signer.Sign(Message);
        Assert.Equal(AuthenticationResult.Pass, (await VerifyOneAsync(signed, Published(signer))).Result);
        foreach (string added in new[] { "From: x@evil.example", "Subject: new", "Cc: x@y.example" })
        {
            DkimVerification result = await VerifyOneAsync(added + "\r\n" + signed, Published(signer));
            Assert.Equal((AuthenticationResult.Fail, DkimCause.HeaderChanged), (result.Result, result.Cause));
            Assert.Equal(added.Split(':')[0], result.ChangedHeader);
        }

        Assert.Equal(AuthenticationResult.Pass, (await VerifyOneAsync("Reply-To: x@y.example\r\n" + signed, Published(signer))).Result);
    }

    [Fact]
    public async Task A_part_of_the_body_may_be_signed()
    {
        TestSigner signer = Rsa.With(length: 10);
        string signed = signer.Sign(Message);
        DkimVerification result = await VerifyOneAsync(signed + "anything", Published(signer));
        Assert.Equal(AuthenticationResult.Pass, result.Result);
        Assert.True(result.UnsignedBodyBytes > 10);
        Assert.Contains("not signed", result.Reason, StringComparison.Ordinal);

        result = await VerifyOneAsync(Cut(signed, 4), Published(signer));
        Assert.Equal((AuthenticationResult.PermError, DkimCause.BodyTooShort), (result.Result, result.Cause));
    }

    /// <summary>RFC 6376 §3.5: l= may be as long as the body, which then is signed as a whole, and no longer.</summary>
    [Theory]
    [InlineData(12, 12, AuthenticationResult.Pass, 0L)]
    [InlineData(11, 12, AuthenticationResult.Pass, 1L)]
    [InlineData(12, 11, AuthenticationResult.PermError, 0L)]
    public async Task The_signed_length_and_the_body(int length, int body, AuthenticationResult result, long unsigned)
    {
        const string Body = "0123456789\r\n";
        TestSigner signer = Ed.With(canonicalization: "simple/simple", length: length);
        string signed = signer.Sign("From: anna@example.com\r\n\r\n" + Body);

        DkimVerification verification = await VerifyOneAsync(signed.Replace(Body, Body.Substring(Body.Length - body), StringComparison.Ordinal), Published(signer));

        Assert.Equal((result, unsigned), (verification.Result, verification.UnsignedBodyBytes));
        Assert.Equal(result == AuthenticationResult.PermError, verification.Cause == DkimCause.BodyTooShort);
    }

    [Theory]
    // RFC 6376 §3.5, §6.1.1
    [InlineData("v=1;", "v=2;", DkimCause.SyntaxError)]
    [InlineData("v=1; ", "", DkimCause.SyntaxError)]
    [InlineData("v=1;", "v=1; v=1;", DkimCause.SyntaxError)]
    [InlineData("v=1;", "v=1; nonsense;", DkimCause.SyntaxError)]
    [InlineData("a=rsa-sha256", "a=rsa-sha1", DkimCause.AlgorithmForbidden)]
    [InlineData("a=rsa-sha256", "a=rsa-md5", DkimCause.AlgorithmUnknown)]
    [InlineData("a=rsa-sha256", "a=ed25519-sha256", DkimCause.KeyMismatch)]
    [InlineData("c=relaxed/relaxed", "c=loose/relaxed", DkimCause.SyntaxError)]
    [InlineData("d=example.com", "d=", DkimCause.SyntaxError)]
    [InlineData("d=example.com", "d=exa mple..com", DkimCause.SyntaxError)]
    [InlineData("d=example.com", "d=com", DkimCause.SyntaxError)]
    [InlineData("s=s1", "s=s..1", DkimCause.SyntaxError)]
    [InlineData("h=From : To", "h=To", DkimCause.FromNotSigned)]
    [InlineData("bh=", "bh=*", DkimCause.SyntaxError)]
    [InlineData("d=example.com", "i=@example.org; d=example.com", DkimCause.IdentityOutsideDomain)]
    [InlineData("d=example.com", "i=example.com; d=example.com", DkimCause.IdentityOutsideDomain)]
    [InlineData("d=example.com", "q=dns/foo; d=example.com", DkimCause.SyntaxError)]
    [InlineData("d=example.com", "l=-1; d=example.com", DkimCause.SyntaxError)]
    [InlineData("d=example.com", "t=100; x=50; d=example.com", DkimCause.SyntaxError)]
    public async Task A_signature_that_is_not_as_the_standard_says_never_passes(string before, string after, object reasonValue)
    {
        DkimCause reason = (DkimCause)reasonValue;
        string signed = Rsa.Sign(Message);
        Assert.Contains(before, signed, StringComparison.Ordinal);
        DkimVerification result = await VerifyOneAsync(signed.Replace(before, after, StringComparison.Ordinal), Published(Rsa));
        Assert.Equal((AuthenticationResult.PermError, reason), (result.Result, result.Cause));
        Assert.NotEmpty(result.Reason);
    }

    [Theory]
    // RFC 6376 §3.6.1, §6.1.2; RFC 8301 §3.2
    [InlineData("v=DKIM1; k=rsa; p=", DkimCause.KeyRevoked)]
    [InlineData("v=DKIM2; {0}", DkimCause.KeyInvalid)]
    [InlineData("v=DKIM1; k=dsa; {0}", DkimCause.KeyInvalid)]
    [InlineData("v=DKIM1; p=AAAA", DkimCause.KeyInvalid)]
    [InlineData("some other text", DkimCause.KeyInvalid)]
    [InlineData("v=DKIM1; h=sha1; {0}", DkimCause.KeyMismatch)]
    [InlineData("v=DKIM1; s=tlsrpt; {0}", DkimCause.KeyMismatch)]
    [InlineData("v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", DkimCause.KeyMismatch)]
    public async Task A_key_that_is_not_for_the_signature_verifies_nothing(string record, object reasonValue)
    {
        DkimCause reason = (DkimCause)reasonValue;
        string key = Rsa.Record[Rsa.Record.IndexOf("p=", StringComparison.Ordinal)..];
        string published = record.Replace("{0}", key, StringComparison.Ordinal);
        DkimVerification result = await VerifyOneAsync(Rsa.Sign(Message), new FakeResolver().Txt(Rsa.KeyName, published));
        Assert.Equal((AuthenticationResult.PermError, reason), (result.Result, result.Cause));
        Assert.Contains("s1._domainkey.example.com", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DnsStatus.NxDomain, AuthenticationResult.PermError, DkimCause.KeyMissing)]
    [InlineData(DnsStatus.NoData, AuthenticationResult.PermError, DkimCause.KeyMissing)]
    [InlineData(DnsStatus.ServFail, AuthenticationResult.TempError, DkimCause.KeyUnavailable)]
    [InlineData(DnsStatus.Refused, AuthenticationResult.TempError, DkimCause.KeyUnavailable)]
    [InlineData(DnsStatus.Timeout, AuthenticationResult.TempError, DkimCause.KeyUnavailable)]
    [InlineData(DnsStatus.NetworkError, AuthenticationResult.TempError, DkimCause.KeyUnavailable)]
    public async Task A_failed_look_up_is_not_an_absent_key(DnsStatus status, AuthenticationResult expected, object reasonValue)
    {
        DkimCause reason = (DkimCause)reasonValue;
        DkimVerification result = await VerifyOneAsync(Rsa.Sign(Message), new FakeResolver().Fails(Rsa.KeyName, status));
        Assert.Equal((expected, reason), (result.Result, result.Cause));
    }

    [Theory]
    [InlineData(512)]
    [InlineData(1000)]
    public async Task A_short_key_never_passes(int bits)
    {
        using System.Security.Cryptography.RSA rsa = TestSigner.NewRsa(bits);
        TestSigner signer = TestSigner.FromRsa(rsa);
        DkimVerification result = await VerifyOneAsync(signer.Sign(Message), Published(signer));
        Assert.Equal((AuthenticationResult.PermError, DkimCause.KeyTooShort), (result.Result, result.Cause));
    }

    [Fact]
    public async Task Of_several_keys_at_a_selector_any_may_verify()
    {
        FakeResolver resolver = new FakeResolver().Txt(Rsa.KeyName, "v=spf1 -all", TestSigner.Rsa().Record, Rsa.Record, Ed.Record, "v=DKIM1; p=");
        DkimVerification result = await VerifyOneAsync(Rsa.Sign(Message), resolver);
        Assert.Equal(AuthenticationResult.Pass, result.Result);
        Assert.Equal(Rsa.Record, result.Key!.Text);
    }

    [Theory]
    [InlineData("i=@example.com; ", true)]
    [InlineData("i=anna@example.com; ", true)]
    [InlineData("i=@mail.example.com; ", false)]
    [InlineData("", true)]
    public async Task A_key_may_ask_for_the_exact_domain(string extra, bool passes)
    {
        TestSigner signer = Rsa.With(extra: extra);
        FakeResolver resolver = new FakeResolver().Txt(signer.KeyName, signer.Record + "; t=s");
        DkimVerification result = await VerifyOneAsync(signer.Sign(Message), resolver);
        Assert.Equal(passes ? DkimCause.Verified : DkimCause.IdentityOutsideDomain, result.Cause);
    }

    [Fact]
    public async Task A_key_in_testing_passes_and_says_so()
    {
        DkimVerification result = await VerifyOneAsync(Rsa.Sign(Message), new FakeResolver().Txt(Rsa.KeyName, Rsa.Record + "; t=y"));
        Assert.Equal(AuthenticationResult.Pass, result.Result);
        Assert.True(result.IsTesting);
        Assert.Contains("t=y", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t=1700000000; x=1700000001; ", DkimCause.Expired)]
    [InlineData("x=4102444800; ", DkimCause.Verified)]
    [InlineData("t=4102444800; ", DkimCause.Verified)]
    [InlineData("x=999999999999999; ", DkimCause.Verified)]
    public async Task Expiry_counts(string extra, object reasonValue)
    {
        DkimCause reason = (DkimCause)reasonValue;
        TestSigner signer = Rsa.With(extra: extra);
        Assert.Equal(reason, (await VerifyOneAsync(signer.Sign(Message), Published(signer))).Cause);
    }

    [Fact]
    public async Task A_public_suffix_signs_for_nobody()
    {
        TestSigner signer = Rsa.With(domain: "co.uk");
        DkimVerifier verifier = new(Published(signer), new FixedClock(), new DkimVerifierOptions { IsPublicSuffix = name => name.ToString() == "co.uk" });
        DkimVerification result = Assert.Single(await verifier.VerifyAsync(MailMessage.Parse(TestSigner.Bytes(signer.Sign(Message)))));
        Assert.Equal((AuthenticationResult.Policy, DkimCause.PublicSuffix), (result.Result, result.Cause));
    }

    [Fact]
    public async Task Ten_signatures_are_verified_with_one_look_up_for_each_key_and_the_rest_named()
    {
        string message = Message;
        for (int i = 0; i < 12; i++)
        {
            message = Rsa.With(selector: "s" + (i % 3)).Sign(message);
        }

        FakeResolver resolver = new FakeResolver().Txt("s0._domainkey.example.com", Rsa.Record).Txt("s1._domainkey.example.com", Rsa.Record)
            .Txt("s2._domainkey.example.com", Rsa.Record);
        PrintableList<DkimVerification> results = await new DkimVerifier(resolver, new FixedClock()).VerifyAsync(MailMessage.Parse(TestSigner.Bytes(message)));
        Assert.Equal(10, results.Count(result => result.Result == AuthenticationResult.Pass));
        Assert.Equal(2, results.Count(result => result is { Result: AuthenticationResult.Neutral, Cause: DkimCause.TooManySignatures }));
        Assert.Equal(3, resolver.Queries.Count);
    }

    [Fact]
    public async Task Keys_are_asked_for_at_once()
    {
        TestSigner other = Ed.With(domain: "example.net");
        FakeResolver resolver = new FakeResolver { Delay = TimeSpan.FromMilliseconds(300) }.Txt(Rsa.KeyName, Rsa.Record).Txt(other.KeyName, other.Record);
        DkimVerifier verifier = new(resolver, new FixedClock());
        Task<PrintableList<DkimVerification>> task = verifier.VerifyAsync(MailMessage.Parse(TestSigner.Bytes(other.Sign(Rsa.Sign(Message)))));
        Assert.Equal(2, resolver.Queries.Count);
        Assert.All(await task, result => Assert.Equal(AuthenticationResult.Pass, result.Result));
    }

    [Fact]
    public async Task A_message_without_signature_has_no_result() =>
        Assert.Empty(await new DkimVerifier(new FakeResolver(), new FixedClock()).VerifyAsync(MailMessage.Parse(TestSigner.Bytes(Message))));

    [Fact]
    public async Task Internationalised_domains_are_asked_for_as_A_labels()
    {
        // RFC 8616 §4: the tags may hold U-labels; the hash is made over what is written.
        TestSigner signer = Rsa.With(domain: "bücher.example");
        DkimVerification result = await VerifyOneAsync(
            signer.Sign(Message),
            new FakeResolver().Txt("s1._domainkey.xn--bcher-kva.example", Rsa.Record));
        Assert.Equal(AuthenticationResult.Pass, result.Result);
        Assert.Equal("xn--bcher-kva.example", result.Domain);
    }

    [Fact]
    public async Task A_message_that_was_cut_is_not_called_changed()
    {
        MailMessage message = MailMessage.Parse(TestSigner.Bytes(Rsa.Sign(Message)), new MailReadOptions { MaximumMessageBytes = 700 });
        Assert.True(message.IsTruncated);
        DkimVerification result = Assert.Single(await new DkimVerifier(Published(Rsa), new FixedClock()).VerifyAsync(message));
        Assert.Equal((AuthenticationResult.Neutral, DkimCause.MessageTruncated), (result.Result, result.Cause));
    }

    [Fact]
    public async Task A_large_body_passes()
    {
        System.Text.StringBuilder body = new(Message);
        Random random = new(3);
        while (body.Length < 600_000)
        {
            body.Append(random.Next(6) switch
            {
                0 => "\r\n",
                1 => " ",
                2 => "\t",
                3 => "word",
                4 => "\r\n\r\n",
                _ => new string('x', random.Next(200)),
            });
        }

        foreach (string form in new[] { "relaxed/relaxed", "simple/simple" })
        {
            TestSigner signer = Rsa.With(canonicalization: form);
            byte[] signed = TestSigner.Bytes(signer.Sign(body.ToString()));
            DkimVerifier verifier = new(Published(signer), new FixedClock());
            Assert.Equal(AuthenticationResult.Pass, Assert.Single(await verifier.VerifyAsync(MailMessage.Parse(signed))).Result);
        }
    }

    private static FakeResolver Published(TestSigner signer) => new FakeResolver().Txt(signer.KeyName, signer.Record);

    private static async Task<DkimVerification> VerifyOneAsync(string message, FakeResolver resolver) =>
        Assert.Single(await new DkimVerifier(resolver, new FixedClock()).VerifyAsync(MailMessage.Parse(TestSigner.Bytes(message))));

    private static string Cut(string message, int bodyLength) =>
        message[..(message.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4 + bodyLength)];

    internal sealed class FixedClock : IClock
    {
        public DateTimeOffset UtcNow { get; init; } = new(2026, 11, 21, 20, 0, 0, TimeSpan.Zero);
    }
}
