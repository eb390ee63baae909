using Dmarc.Advice.Audit;
using Dmarc.Dns;
using Dmarc.Dns.Https;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Audit;

/// <summary>
/// One look-up after the other fails, each on its own: whichever it is, the domain is said to be known in part, loses no grade by it and is not
/// taken for one that is used for something else.
/// </summary>
public class OutageTests
{
    public static TheoryData<string, DnsStatus> Beds => new()
    {
        { "sound", DnsStatus.ServFail },
        { "sound", DnsStatus.Timeout },
        { "DANE in place of MTA-STS", DnsStatus.ServFail },
        { "SPF with everything", DnsStatus.ServFail },
        { "SPF by redirect", DnsStatus.ServFail },
        { "SPF with mx alone", DnsStatus.Refused },
        { "subdomain of a sound domain", DnsStatus.ServFail },
        { "parked", DnsStatus.ServFail },
        { "receives only", DnsStatus.NetworkError },
        { "BIMI", DnsStatus.Malformed },
        { "sends from its own address", DnsStatus.ServFail },
    };

    [Theory]
    [MemberData(nameof(Beds))]
    public async Task A_look_up_that_fails_costs_no_grade_and_is_told(string bed, DnsStatus failure)
    {
        Recorder recorder = new(Zone(bed), default, null);
        MailDomainResult whole = await InspectAsync(recorder);

        Assert.Equal((MailDomainGrade.A, MailDomainStatus.Complete), (whole.Grade, whole.Status));
        Assert.Empty(whole.GradeReasons);
        foreach ((string Name, DnsRecordType Type) question in recorder.Questions.Distinct().Where(DecidesSomething))
        {
            // Without a record, the host of a policy only tells of an alias that is left over.
            if (question.Name == "mta-sts.contoso.com" && whole.MtaStsStatus == PartStatus.NotFound)
            {
                continue;
            }

            string what = bed + ": " + question;
            MailDomainResult result = await InspectAsync(new Recorder(Zone(bed), question, failure));

            Assert.True(result.Status == MailDomainStatus.Incomplete, what + " " + result.Status);
            Assert.True(question.Name == "_dmarc.com" || result.Findings.Any(finding => finding.Code == "DmarcDnsFailure" || finding.Code.Contains("Failed", StringComparison.Ordinal)), what + " has no finding");
            Assert.True(result.DnsFailure == failure.ToDnsFailure() && result.FailedParts.Count > 0, what + " " + result.FailedParts);
            Assert.True(result.GradeReasons.Count == 0, what + " " + result.GradeReasons);
            Assert.True(result.Grade is MailDomainGrade.A or MailDomainGrade.Unknown, what + " " + result.Grade);
            Assert.True(result.Profile == whole.Profile || result.Profile == SendingProfile.Unknown, what + " " + result.Profile + " " + result.ProfileReason);
        }
    }

    /// <summary>Where the address of a web server could not be looked up, that says nothing of the server.</summary>
    [Fact]
    public async Task A_look_up_for_the_web_that_fails_costs_no_grade_either()
    {
        const string Logo = "https://brand.contoso.com/logo.svg";
        FakeFetcher web = new FakeFetcher().Fails(PostureBed.PolicyUri, HttpsStatus.DnsFailure).Fails(Logo, HttpsStatus.DnsFailure);
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound().Txt("default._bimi.contoso.com", "v=BIMI1; l=" + Logo), web);

        Assert.Equal((PartStatus.DnsFailure, PartStatus.DnsFailure), (result.MtaStsStatus, result.BimiStatus));
        Assert.Equal((DnsFailure.ServerFailure, DnsFailure.ServerFailure), (result.MtaSts!.DnsFailure, result.Bimi!.DnsFailure));
        Assert.Equal((MailDomainStatus.Incomplete, DnsFailure.ServerFailure, MailDomainGrade.A), (result.Status, result.DnsFailure, result.Grade));
        Assert.Equal([MailDomainPart.MtaSts, MailDomainPart.Bimi], result.FailedParts);
        Assert.Null(result.Bimi!.IsReady);
        Assert.Equal(2, result.Findings.Count(finding => finding.Code == "MailDomainLookupFailed"));
    }

    /// <summary>
    /// False for what only makes a text better: the obsolete type (RFC 7208 §3.1), the record of a host for its HELO, and whether
    /// <c>_domainkey</c> exists where every selector below it was asked for.
    /// </summary>
    private static bool DecidesSomething((string Name, DnsRecordType Type) question) =>
        question.Type != DnsRecordType.SPF && question is not ("mail.contoso.com" or "out.contoso.com" or "_domainkey.contoso.com", DnsRecordType.TXT);

    private static Task<MailDomainResult> InspectAsync(IDnsResolver resolver) =>
        PostureBed.InspectAsync(resolver, null, options => options with { ProbeValidation = false });

    private static IDnsResolver Zone(string bed)
    {
        switch (bed)
        {
            case "DANE in place of MTA-STS":
                FakeResolver dane = PostureBed.Sound("mta-sts");
                dane.Add("_25._tcp.mail.contoso.com", DnsRecordType.TLSA, new TlsaRecord("_25._tcp.mail.contoso.com", 300, 3, 1, 1, Enumerable.Repeat((byte)7, 32).ToPrintableList()));
                return new AuthenticatingResolver(dane, "contoso.com");
            case "SPF with everything":
                return PostureBed.Sound("spf")
                    .Txt("contoso.com", "v=spf1 mx a:out.contoso.com include:_spf.sender.example -all")
                    .Address("out.contoso.com", "203.0.113.7")
                    .Txt("_spf.sender.example", "v=spf1 include:_more.sender.example ?all")
                    .Txt("_more.sender.example", "v=spf1 ip4:198.51.100.0/24 -all");
            case "SPF by redirect":
                return PostureBed.Sound("spf").Txt("contoso.com", "v=spf1 redirect=_spf.contoso.com").Txt("_spf.contoso.com", "v=spf1 ip4:203.0.113.0/28 -all");
            case "SPF with mx alone":
                return PostureBed.Sound("spf").Txt("contoso.com", "v=spf1 mx -all");
            case "parked":
                FakeResolver parked = new FakeResolver().Txt("contoso.com", "v=spf1 -all").Txt("_dmarc.contoso.com", "v=DMARC1; p=reject; np=reject");
                parked.Add("*._domainkey.contoso.com", DnsRecordType.TXT, new TxtRecord("*._domainkey.contoso.com", 300, ["v=DKIM1; p="u8.ToArray()]));
                return parked.Add("contoso.com", DnsRecordType.MX, new MxRecord("contoso.com", 300, 0, ""));
            case "receives only":
                return PostureBed.Sound("spf", "dkim").Txt("contoso.com", "v=spf1 -all");
            case "subdomain of a sound domain":
                return PostureBed.Sound("dmarc").Txt("_dmarc.com", "v=DMARC1; psd=n; p=reject; rua=mailto:a@contoso.com");
            case "sends from its own address":
                return PostureBed.Sound("contoso.com MX", "spf", "mta-sts").Txt("contoso.com", "v=spf1 a -all").Address("contoso.com", "203.0.113.9").Ptr("9.113.0.203.in-addr.arpa", "contoso.com");
            case "BIMI":
                return PostureBed.Sound().Txt("default._bimi.contoso.com", "v=BIMI1; l=; a=");
            default:
                return PostureBed.Sound();
        }
    }

    private sealed class Recorder(IDnsResolver inner, (string Name, DnsRecordType Type) failing, DnsStatus? failure) : IDnsResolver
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<(string Name, DnsRecordType Type)> _questions = new();

        public IEnumerable<(string Name, DnsRecordType Type)> Questions => _questions;

        public async ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default)
        {
            _questions.Enqueue((name, type));
            return failure is { } status && (name, type) == failing
                ? new DnsResponse(name, type, status)
                : await inner.QueryAsync(name, type, cancellationToken);
        }
    }
}
