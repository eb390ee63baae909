using Dmarc.Advice.Audit;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.Audit;

/// <summary>A domain that is as it should be, to be spoilt by one thing a test.</summary>
internal static class PostureBed
{
    public const string Domain = "contoso.com";

    public const string PolicyUri = "https://mta-sts.contoso.com/.well-known/mta-sts.txt";

    public const string Policy = "version: STSv1\r\nmode: enforce\r\nmx: mail.contoso.com\r\nmax_age: 604800\r\n";

    private const string Key = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    /// <summary>Each part of a sound domain, by the name of its record.</summary>
    public static FakeResolver Sound(params string[] without)
    {
        FakeResolver resolver = new();
        Add(Domain + " MX", () => resolver.Mx(Domain, "mail.contoso.com"));
        Add("mail", () => resolver.Address("mail.contoso.com", "203.0.113.1"));
        Add("ptr", () => resolver.Ptr("1.113.0.203.in-addr.arpa", "mail.contoso.com"));
        Add("spf", () => resolver.Txt(Domain, "v=spf1 ip4:203.0.113.0/28 -all"));
        Add("dmarc", () => resolver.Txt("_dmarc." + Domain, "v=DMARC1; p=reject; rua=mailto:dmarc@contoso.com"));
        Add("dkim", () => resolver.Txt("s1._domainkey." + Domain, Key));
        Add("mta-sts", () => resolver.Txt("_mta-sts." + Domain, "v=STSv1; id=1"));
        Add("tlsrpt", () => resolver.Txt("_smtp._tls." + Domain, "v=TLSRPTv1; rua=mailto:tls@contoso.com"));
        return resolver;

        void Add(string part, Action add)
        {
            if (!without.Contains(part))
            {
                add();
            }
        }
    }

    public static FakeFetcher SoundWeb => new FakeFetcher().File(PolicyUri, Policy);

    public static Task<MailDomainResult> InspectAsync(IDnsResolver resolver, FakeFetcher? web = null, Func<MailDomainOptions, MailDomainOptions>? change = null)
    {
        MailDomainOptions options = new() { Fetcher = web ?? SoundWeb, ProbeWrongNames = false };
        return new MailDomainInspector(resolver, change?.Invoke(options) ?? options).InspectAsync(DomainName.Parse(Domain));
    }

    public static IEnumerable<string> Codes(MailDomainResult result, MailDomainPart part) =>
        result.Findings.Where(finding => finding.Part == part).Select(finding => finding.Code);
}
