using System.Text;
using Dmarc.Mail;
using Dmarc.Standards;
using Dmarc.Standards.Dkim;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Standards.Dkim;

public class DkimConformanceTests
{
    // RFC 8463 A.2
    private const string ExampleEd25519 = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    private const string ExampleRsa =
        "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ"
        + "/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB";

    [ConformanceTheory]
    [InlineData("mimekit/rfc8463-example.msg", 2)]
    [InlineData("dkimpy/rfc6376.signed.msg", 2)]
    [InlineData("dkimpy/rfc6376.signed.rsa.msg", 1)]
    public async Task Both_signatures_of_the_example_of_RFC_8463_pass(string file, int count)
    {
        FakeResolver resolver = new FakeResolver().Txt("brisbane._domainkey.football.example.com", ExampleEd25519)
            .Txt("test._domainkey.football.example.com", ExampleRsa);
        PrintableList<DkimVerification> results = await VerifyAsync(file, resolver);
        Assert.Equal(count, results.Count);
        Assert.All(results, result => Assert.Equal(DkimCause.Verified, result.Cause));
    }

    [ConformanceFact]
    public async Task Gmail_passes()
    {
        string key = string.Concat(File.ReadAllLines(TestFiles.Conformance("dkim", "mimekit", "gmail.pub")).Where(line => line[0] != '-'));
        FakeResolver resolver = new FakeResolver().Txt("20120113._domainkey.gmail.com", "v=DKIM1; k=rsa; p=" + key);
        DkimVerification result = Assert.Single(await VerifyAsync("mimekit/gmail.msg", resolver));
        Assert.Equal(AuthenticationResult.Pass, result.Result);
        Assert.Equal(2048, result.Key!.KeySize);
    }

    [ConformanceTheory]
    [InlineData("badversion.txt")]
    [InlineData("badk.txt")]
    public async Task Bad_keys_of_dkimpy_verify_nothing(string file)
    {
        string record = (await File.ReadAllTextAsync(TestFiles.Conformance("dkim", "dkimpy", file))).TrimEnd();
        FakeResolver resolver = new FakeResolver().Txt("test._domainkey.football.example.com", record);
        DkimVerification result = Assert.Single(await VerifyAsync("dkimpy/rfc6376.signed.rsa.msg", resolver));
        Assert.Equal((AuthenticationResult.PermError, DkimCause.KeyInvalid), (result.Result, result.Cause));
    }

    [ConformanceFact]
    public async Task A_message_that_lost_its_signed_fields_fails_but_not_by_its_body()
    {
        // To and Subject are signed, and are not there any more; dkimpy refuses the message too.
        string record = (await File.ReadAllTextAsync(TestFiles.Conformance("dkim", "dkimpy", "ed25519test.dns"))).TrimEnd();
        FakeResolver resolver = new FakeResolver().Txt("sed._domainkey.test.ex", record);
        DkimVerification result = Assert.Single(await VerifyAsync("dkimpy/ed25519test2.msg", resolver));
        Assert.Equal((AuthenticationResult.Fail, DkimCause.SignatureMismatch), (result.Result, result.Cause));
    }

    private static async Task<PrintableList<DkimVerification>> VerifyAsync(string file, FakeResolver resolver)
    {
        byte[] bytes = await File.ReadAllBytesAsync(TestFiles.Conformance(["dkim", .. file.Split('/')]));
        bytes = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).ReplaceLineEndings("\r\n"));
        return await new DkimVerifier(resolver, new DkimVerifierTests.FixedClock()).VerifyAsync(MailMessage.Parse(bytes));
    }
}
