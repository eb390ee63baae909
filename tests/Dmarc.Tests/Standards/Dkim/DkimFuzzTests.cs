using System.Text;
using Dmarc.Mail;
using Dmarc.Standards;
using Dmarc.Standards.Arc;
using Dmarc.Standards.Dkim;
using Dmarc.Tests.Support;
using Dmarc.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Dmarc.Tests.Standards.Dkim;

/// <summary>Signatures, keys and chains are written by strangers: nothing of them may throw or hang, and nothing broken pass.</summary>
public class DkimFuzzTests
{
    private static readonly string[] Pieces =
    [
        "v=1;", "v=DKIM1;", "a=rsa-sha256;", "a=ed25519-sha256;", "a=rsa-sha1;", "c=relaxed/simple;", "c=/;", "d=example.com;", "d=ü.example;", "d=;", "s=s1;",
        "s=..;", "h=From:To;", "h=::;", "h=", "bh=AAAA;", "bh=;", "b=AAAA;", "b=*;", "l=5;", "l=99999999999999999999;", "t=1;", "x=0;", "i=@;", "i=1;", "i=50;", "cv=none;",
        "cv=pass;", "q=dns/txt;", "z=From:=20|:;", ";", "=", " ", "\r\n ", "\t", "k=ed25519;", "k=rsa;", "p=;", "p=MIGf;", "t=y:s;", "\u0000", "日", "\"", "\\",
    ];

    private static readonly Arbitrary<string> Texts = Arb.From(Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)));

    private static readonly TestSigner Signer = TestSigner.Rsa();

    [Fact]
    public void No_signature_or_chain_throws_or_passes() => Prop.ForAll(Texts, Texts, (first, second) =>
    {
        byte[] message = Encoding.UTF8.GetBytes(
            "DKIM-Signature: " + first + "\r\nARC-Seal: i=1; " + first + "\r\nARC-Message-Signature: i=1; " + second
            + "\r\nARC-Authentication-Results: i=1; " + first + "\r\nFrom: a@example.com\r\nDKIM-Signature: " + second + "\r\n\r\n" + second);
        FakeResolver resolver = new FakeResolver().Txt("s1._domainkey.example.com", first, second, Signer.Record);
        MailMessage mail = MailMessage.Parse(message);
        PrintableList<DkimVerification> results = new DkimVerifier(resolver, new DkimVerifierTests.FixedClock()).VerifyAsync(mail).GetAwaiter().GetResult();
        ArcVerification chain = new ArcVerifier(resolver).VerifyAsync(mail).GetAwaiter().GetResult();
        return results.Count == 2 && results.All(result => result.Result != AuthenticationResult.Pass && result.Reason.Length > 0) && chain.Result == AuthenticationResult.Fail;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_key_record_throws() => Prop.ForAll(Texts, text => DkimKeyRecord.Parse(text).ToString() == text).QuickCheckThrowOnFailure();

    [Fact]
    public void No_bytes_make_a_key_reader_throw() => Prop.ForAll<byte[]>(bytes =>
    {
        byte[] der = bytes;
        return RsaPublicKeyReader.Read(der) is null
            && RsaPublicKeyReader.Read([0x30, (byte)Math.Min(der.Length, 127), .. der]) is var key
            && (key is null || key.Value.Modulus!.Length > 0);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task A_signed_message_with_one_bit_changed_never_passes()
    {
        byte[] signed = TestSigner.Bytes(Signer.With(canonicalization: "simple/simple").Sign("From: a@example.com\r\nSubject: x\r\n\r\nbody text\r\n"));
        FakeResolver resolver = new FakeResolver().Txt(Signer.KeyName, Signer.Record);
        DkimVerifier verifier = new(resolver, new DkimVerifierTests.FixedClock(), new DkimVerifierOptions { ExplainFailures = false });
        Assert.Equal(AuthenticationResult.Pass, (await verifier.VerifyAsync(MailMessage.Parse(signed)))[0].Result);
        for (int i = 0; i < (signed.Length - 1) * 8; i += 7)
        {
            byte[] changed = (byte[])signed.Clone();
            changed[i / 8] ^= (byte)(1 << (i % 8));
            PrintableList<DkimVerification> results = await verifier.VerifyAsync(MailMessage.Parse(changed));

            // What changes nothing that counts: the unused last bits of base64, a line end of the file.
            bool isLastOfBase64 = signed[(i / 8) + 1] == (byte)'=';
            bool isLineEnd = changed[i / 8] is (byte)'\n' or (byte)'\r' || signed[i / 8] is (byte)'\n' or (byte)'\r';
            bool harmless = (isLastOfBase64 || isLineEnd) && results.Count == 1
                && results[0].Signature.Value.Span.SequenceEqual(DkimSignature.Parse(MailMessage.Parse(signed).Headers[0]).Value.Span);
            Assert.True(harmless || results.All(result => result.Result != AuthenticationResult.Pass), "Bit " + i + " at '" + (char)signed[i / 8] + "'.");
        }
    }
}
