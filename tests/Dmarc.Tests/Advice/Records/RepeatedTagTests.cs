using System.Text;
using Dmarc.Advice.Audit;
using Dmarc.Advice.Records;
using Dmarc.Mail;
using Dmarc.Standards.Dkim;
using Dmarc.Standards.Dmarc;
using Dmarc.Standards.MtaSts;
using Dmarc.Standards.Spf;
using Dmarc.Tests.Advice.Audit;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Records;

/// <summary>A tag, field or modifier that comes twice is never passed over without a word, whatever else is wrong.</summary>
public class RepeatedTagTests
{
    private const string Ed25519 = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    private static readonly Dictionary<string, (string Sound, char Separator, char Assign, Func<string, Task<IEnumerable<string>>> Told)> Protocols = new()
    {
        ["DMARC"] = (
            "v=DMARC1; p=reject; sp=reject; np=reject; t=n; psd=n; adkim=r; aspf=r; rua=mailto:a@contoso.com; ruf=mailto:a@contoso.com; fo=1; x=1",
            ';', '=', text => Done(new DmarcRecordInspector(null).InspectText(text).Findings)),
        ["DKIM key"] = ("v=DKIM1; k=ed25519; h=sha256; s=email; t=s; n=x; y=1; p=" + Ed25519, ';', '=', text => Done(DkimKeyRecord.Parse(text).Findings)),
        ["DKIM signature"] = (
            "v=1; a=rsa-sha256; d=contoso.com; s=x; c=simple/simple; q=dns/txt; t=1; x=2; i=@contoso.com; h=From; l=1; bh=AA==; b=AA==; y=1",
            ';', '=', text => Said(DkimSignature.Parse(new MailMessageField("DKIM-Signature", text).Header).Problem?.Reason)),
        ["ARC message signature"] = ("i=1; a=rsa-sha256; d=contoso.com; s=x; h=From; bh=AA==; b=AA==; y=1", ';', '=', text => Said(
            DkimSignatureParser.Parse(new MailMessageField("ARC-Message-Signature", text).Header, DkimSignatureKind.ArcMessage).Problem?.Reason)),
        ["ARC seal"] = ("i=1; a=rsa-sha256; cv=none; d=contoso.com; s=x; t=1; b=AA==; y=1", ';', '=', text => Said(
            DkimSignatureParser.Parse(new MailMessageField("ARC-Seal", text).Header, DkimSignatureKind.ArcSeal).Problem?.Reason)),
        ["BIMI"] = ("v=BIMI1; l=https://contoso.com/a.svg; a=https://contoso.com/a.pem; avp=brand; lps=x", ';', '=', text => AuditAsync("", "default._bimi.contoso.com", text, MailDomainPart.Bimi)),
        ["MTA-STS"] = ("v=STSv1; id=1; x=1", ';', '=', text => AuditAsync("mta-sts", "_mta-sts.contoso.com", text, MailDomainPart.MtaSts)),
        ["TLS-RPT"] = ("v=TLSRPTv1; rua=mailto:a@contoso.com; x=1", ';', '=', text => AuditAsync("tlsrpt", "_smtp._tls.contoso.com", text, MailDomainPart.TlsRpt)),
        ["MTA-STS policy"] = ("version: STSv1\nmode: enforce\nmax_age: 604800\nx: 1\nmx: a.contoso.com", '\n', ':', text => Done(MtaStsPolicy.Parse(text).Findings)),
        ["SPF"] = ("v=spf1 redirect=a.example exp=b.example", ' ', '=', text => Done(SpfParser.Parse(text).Findings)),
    };

    public static TheoryData<string, string> Tags
    {
        get
        {
            TheoryData<string, string> rows = [];
            foreach (KeyValuePair<string, (string Sound, char Separator, char Assign, Func<string, Task<IEnumerable<string>>> Told)> protocol in Protocols)
            {
                // Each host of a policy has a line mx, and of SPF the version is no modifier.
                foreach (string name in Parts(protocol.Value.Sound, protocol.Value.Separator).Select(part => part.Split(protocol.Value.Assign)[0])
                    .Where(name => name != "mx" && (name, protocol.Key) != ("v", "SPF")))
                {
                    rows.Add(protocol.Key, name);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public async Task A_repeated_tag_is_told(string protocol, string tag)
    {
        (string sound, char separator, char assign, Func<string, Task<IEnumerable<string>>> told) = Protocols[protocol];
        string[] parts = [.. Parts(sound, separator)];
        string repeated = parts.First(part => part.StartsWith(tag + assign, StringComparison.Ordinal));
        Assert.DoesNotContain(await told(sound), message => IsAbout(message, tag, repeated));
        for (int place = 1; place <= parts.Length; place++)
        {
            string text = string.Join(separator, [.. parts.Take(place), repeated, .. parts.Skip(place)]);

            Assert.True((await told(text)).Any(message => IsAbout(message, tag, repeated)), text);
        }
    }

    [Theory]
    [InlineData("DKIM key", "v=DKIM1; broken; k=ed25519; k=ed25519; n=1; n=2; p=" + Ed25519, "k", "n")]
    [InlineData("BIMI", "v=BIMI1; broken; l=; l=; a=; a=", "l", "a")]
    [InlineData("DMARC", "v=DMARC1; broken; p=none; p=none; sp=none; sp=none", "p", "sp")]
    [InlineData("MTA-STS", "v=STSv1; broken; id=1; id=2; x=1; x=1", "id", "x")]
    [InlineData("TLS-RPT", "v=TLSRPTv1; broken; rua=mailto:a@contoso.com; rua=mailto:b@contoso.com; x=1; x=1", "rua", "x")]
    [InlineData("MTA-STS policy", "version: STSv2\nmode: x\nmode: enforce\nmax_age: z\nmax_age: 1", "mode", "max_age")]
    public async Task Each_repeated_tag_is_told_beside_another_fault(string protocol, string text, string first, string second)
    {
        string[] told = [.. await Protocols[protocol].Told(text)];

        Assert.Contains(told, message => IsAbout(message, first, ""));
        Assert.Contains(told, message => IsAbout(message, second, ""));
    }

    [Fact]
    public async Task Of_repeated_fields_the_first_is_shown()
    {
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound("mta-sts", "tlsrpt")
            .Txt("_mta-sts.contoso.com", "v=STSv1; id=1; id=2")
            .Txt("_smtp._tls.contoso.com", "v=TLSRPTv1; rua=mailto:a@contoso.com; rua=mailto:b@contoso.com"));

        Assert.Equal(("1", "mailto:a@contoso.com"), (result.MtaSts!.Id, result.TlsRpt!.ReportUri.ToString()));
        Assert.Equal(["MtaStsFieldRepeated"], PostureBed.Codes(result, MailDomainPart.MtaSts));
        Assert.Equal(["TlsRptFieldRepeated"], PostureBed.Codes(result, MailDomainPart.TlsRpt));
    }

    /// <summary>RFC 8461 §3.2: all lines of a key but the first are ignored, so a first that is wrong is not put right by a second.</summary>
    [Fact]
    public void Of_repeated_keys_of_a_policy_the_first_counts()
    {
        MtaStsPolicy policy = MtaStsPolicy.Parse("version: STSv1\nmode: Enforce\nmode: enforce\nmax_age: 604800\nmx: a.example");

        Assert.False(policy.IsUsable);
        Assert.Equal(["MtaStsPolicyKeyRepeated", "MtaStsPolicyInvalid"], policy.Findings.Select(finding => finding.Code));
    }

    [Theory]
    [InlineData(DmarcLimits.Tags, false)]
    [InlineData(DmarcLimits.Tags + 1, true)]
    public void Tags_that_are_not_read_are_told(int tags, bool told)
    {
        string text = "v=DMARC1; p=none" + string.Concat(Enumerable.Range(2, tags - 2).Select(number => "; x" + new string('a', number) + "=1"));

        Assert.Equal(told, DmarcRecordParser.Parse(text).Findings.Any(finding => finding.Code == "DmarcTooManyTags"));
    }

    [Theory]
    [InlineData(TagList.MaximumTags, false)]
    [InlineData(TagList.MaximumTags + 1, true)]
    public async Task Tags_of_a_BIMI_record_that_are_not_read_are_told(int tags, bool told)
    {
        string text = "v=BIMI1; l=" + string.Concat(Enumerable.Range(2, tags - 2).Select(number => "; x" + number + "=1"));

        Assert.Equal(told, (await Protocols["BIMI"].Told(text)).Any(message => message.Contains("more than 200", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Parts(string text, char separator) => text.Split(separator).Select(part => part.Trim());

    /// <summary>True for a message that names the tag, and is about its being there twice: a finding of something else names the value.</summary>
    private static bool IsAbout(string message, string tag, string repeated) =>
        (repeated.Length == 0 || message.Contains("twice", StringComparison.Ordinal) || message.Contains("more than one", StringComparison.Ordinal)
            || message.Contains("more than once", StringComparison.Ordinal) || message.Contains("repeats", StringComparison.Ordinal))
        && (message.Contains(" " + tag + " ", StringComparison.Ordinal) || message.Contains("\"" + tag, StringComparison.Ordinal)
            || message.Contains("'" + tag + "'", StringComparison.Ordinal) || message.Contains(" " + tag + "=", StringComparison.Ordinal));

    private static Task<IEnumerable<string>> Done(IEnumerable<Finding> findings) =>
        Task.FromResult(findings.Where(finding => finding.Severity != Severity.Information).Select(finding => finding.Message));

    private static Task<IEnumerable<string>> Said(string? message) => Task.FromResult<IEnumerable<string>>(message is null ? [] : [message]);

    private static async Task<IEnumerable<string>> AuditAsync(string without, string name, string record, MailDomainPart part)
    {
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound(without).Txt(name, record));
        return result.Findings.Where(finding => finding.Part == part && finding.Severity != Severity.Information).Select(finding => finding.Message);
    }

    private sealed record MailMessageField(string Name, string Value)
    {
        public MailHeader Header => MailMessage.Parse(Encoding.ASCII.GetBytes(Name + ": " + Value + "\r\n\r\n")).Headers[0];
    }
}
