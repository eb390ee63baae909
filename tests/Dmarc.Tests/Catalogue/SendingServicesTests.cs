using Dmarc.Catalogue;
using Dmarc.Text;

namespace Dmarc.Tests.Catalogue;

public class SendingServicesTests
{
    [Theory]
    [InlineData("_spf.google.com", "Google Workspace")]
    [InlineData("SPF.Protection.Outlook.com.", "Microsoft 365")]
    [InlineData("u1234.wl.sendgrid.net", "SendGrid")]
    [InlineData("google.com", null)]
    [InlineData("example.com", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Finds_a_service_by_what_its_customers_include(string? domain, string? name) =>
        Assert.Equal(name, SendingServices.Default.FindBySpfDomain(domain)?.Name);

    [Theory]
    [InlineData("mail-db8eur05on2066.outbound.protection.outlook.com.", "Microsoft 365")]
    [InlineData("mail-sor-f41.google.com", "Google Workspace")]
    [InlineData("a8-29.smtp-out.amazonses.com", "Amazon SES")]
    [InlineData("MAIL128-2.atl41.MANDRILLAPP.com", "Mailchimp Transactional")]
    [InlineData("notamazonses.com", null)]
    [InlineData("amazonses.com.evil.test", null)]
    [InlineData("com", null)]
    [InlineData(".", null)]
    [InlineData("..amazonses.com", "Amazon SES")]
    public void Finds_a_service_by_the_name_of_its_address(string name, string? service) =>
        Assert.Equal(service, SendingServices.Default.FindByPtrName(name)?.Name);

    [Theory]
    [InlineData("contoso.onmicrosoft.com", "Microsoft 365")]
    [InlineData("mcsv.net", "Mailchimp")]
    [InlineData("contoso.com", null)]
    public void Finds_a_service_by_its_default_signature(string domain, string? service) =>
        Assert.Equal(service, SendingServices.Default.FindByDkimDomain(domain)?.Name);

    [Theory]
    [InlineData("eu-west-1.amazonses.com", "Amazon SES")]
    [InlineData("pm-bounces.contoso.com", null)]
    [InlineData("pm.mtasv.net", "Postmark")]
    public void Finds_a_service_by_its_return_path(string domain, string? service) =>
        Assert.Equal(service, SendingServices.Default.FindByMailFromDomain(domain)?.Name);

    [Fact]
    public void The_length_of_a_name_does_not_matter()
    {
        string name = string.Concat(Enumerable.Repeat("a.", 400)) + "amazonses.com";

        Assert.Equal("Amazon SES", SendingServices.Default.FindByPtrName(name)?.Name);
        Assert.Null(SendingServices.Default.FindByPtrName(new string('a', 100_000) + ".amazonses.com"));
    }

    [Theory]
    [InlineData("spf: a.example")]
    [InlineData("[A]\ncolour: blue")]
    [InlineData("[A]\nspf a.example")]
    public void A_list_with_a_mistake_is_refused(string text) =>
        Assert.Throws<FormatException>(() => SendingServices.Read(new StringReader(text)));

    [Fact]
    public void The_list_is_sound()
    {
        SendingService[] all = [.. SendingServices.Default.All];

        Assert.Equal(all.Length, all.Select(service => service.Name).Distinct().Count());
        string[] names = [.. all.SelectMany(service => service.SpfDomains)];
        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(all, service => Assert.NotEmpty(service.SpfDomains));
        Assert.All(all.SelectMany(service => service.SpfDomains.Concat(service.MxDomains)), name => Assert.Matches("^[a-z0-9._-]+$", name));
        foreach (Func<SendingService, PrintableList<string>> column in new Func<SendingService, PrintableList<string>>[]
        {
            service => service.PtrDomains, service => service.DkimDomains, service => service.MailFromDomains,
            service => service.DkimAliasDomains, service => service.DkimSelectors, service => service.CommonDkimSelectors,
        })
        {
            Assert.All(all.SelectMany(column), name => Assert.Matches("^[a-z0-9._-]+$", name));
        }

        foreach (Func<SendingService, PrintableList<string>> column in new Func<SendingService, PrintableList<string>>[]
        {
            service => service.PtrDomains, service => service.DkimDomains, service => service.MailFromDomains, service => service.DkimAliasDomains,
        })
        {
            string[] domains = [.. all.SelectMany(column)];
            Assert.Equal(domains.Length, domains.Distinct().Count());
        }

        Assert.All(all.Where(service => service.DkimDomains.Count > 0), service => Assert.NotEmpty(service.SigningSetUp));
    }
}
