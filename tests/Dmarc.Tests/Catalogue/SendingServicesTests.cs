using Dmarc.Catalogue;
using Dmarc.Domains;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Catalogue;

public class SendingServicesTests
{
    /// <summary>Names that are public suffixes because their owner rents out what stands below; the owner is the service.</summary>
    private static readonly string[] OwnSuffixes =
    [
        "a2hosted.com", "activetrail.biz", "awsapps.com", "cloudflare.net", "gehirn.ne.jp", "kasserver.com", "kinghost.net",
        "mittwald.info", "mittwaldserver.info", "myshopify.com", "sakura.ne.jp", "webhosting.be",
    ];

    private static readonly string[] ColumnNames = ["spf", "mx", "ptr", "dkim", "mailfrom", "aliases"];

    /// <summary>The columns of names.</summary>
    public static TheoryData<string> Columns => [.. ColumnNames];

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
    [InlineData("mail.contoso.com")]
    [InlineData("com.")]
    [InlineData(".")]
    public void A_list_without_any_name_of_a_kind_finds_nothing(string name)
    {
        SendingServices services = SendingServices.Read(new StringReader("[A]\nspf: a.example"));

        Assert.Null(services.FindByPtrName(name));
        Assert.Null(services.FindByMxDomain(name));
        Assert.Equal("A", services.FindBySpfDomain("x.a.example.")?.Name);
    }

    [Theory]
    [InlineData("spf: a.example")]
    [InlineData("[A]\ncolour: blue")]
    [InlineData("[A]\nspf a.example")]
    public void A_list_with_a_mistake_is_refused(string text) =>
        Assert.Throws<FormatException>(() => SendingServices.Read(new StringReader(text)));

    [Theory]
    [InlineData("www1234.sakura.ne.jp", "Sakura Internet")]
    [InlineData("ik1-123-45678.vs.sakura.ne.jp", null)]
    [InlineData("www1.your-server.de", "Hetzner")]
    [InlineData("static.1.2.0.192.clients.your-server.de", null)]
    public void A_machine_for_rent_is_not_the_service(string name, string? service) =>
        Assert.Equal(service, SendingServices.Default.FindByPtrName(name)?.Name);

    [Theory]
    [InlineData("spf.sender.xserver.jp", "Xserver")]
    [InlineData("fc3949.cuenote.jp", "Cuenote")]
    [InlineData("spf.mta.hdems.com", "HENNGE One")]
    [InlineData("spf.besender.jp", "blastengine")]
    [InlineData("spf.worksmobile.com", "LINE WORKS")]
    [InlineData("spf.em.secureserver.net", "GoDaddy")]
    public void Finds_services_of_many_markets(string include, string service) =>
        Assert.Equal(service, SendingServices.Default.FindBySpfDomain(include)?.Name);

    [Fact]
    public void Finds_a_service_by_its_name()
    {
        Assert.All(SendingServices.Default.All, service => Assert.Same(service, SendingServices.Default.FindByName(service.Name)));
        Assert.Null(SendingServices.Default.FindByName("xserver"));
        Assert.Null(SendingServices.Default.FindByName(null));
    }

    [Fact]
    public void At_least_three_hundred_services_are_known() => Assert.InRange(SendingServices.Default.All.Count, 300, 1000);

    [Fact]
    public void Names_of_services_are_written_once_and_can_be_shown()
    {
        string[] names = [.. SendingServices.Default.All.Select(service => service.Name)];

        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.Matches(@"^\S.{0,38}\S$", name));
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public void No_name_belongs_to_two_services_or_stands_below_a_name_of_another(string column)
    {
        Dictionary<string, SendingService> owners = new(StringComparer.OrdinalIgnoreCase);
        foreach (SendingService service in SendingServices.Default.All)
        {
            foreach (string name in NamesOf(service, column))
            {
                Assert.True(owners.TryAdd(name, service), column + ": " + name + " is listed twice");
            }
        }

        foreach ((string name, SendingService service) in owners)
        {
            for (int dot = name.IndexOf('.'); dot >= 0; dot = name.IndexOf('.', dot + 1))
            {
                string parent = name.Substring(dot + 1);
                Assert.True(
                    !owners.TryGetValue(parent, out SendingService? other) || other == service,
                    column + ": " + name + " of " + service + " stands below " + parent + " of " + other);
            }
        }
    }

    [Fact]
    public void A_name_means_the_same_service_in_every_column()
    {
        Dictionary<string, SendingService> owners = new(StringComparer.OrdinalIgnoreCase);
        foreach (string column in ColumnNames)
        {
            foreach (SendingService service in SendingServices.Default.All)
            {
                foreach (string name in NamesOf(service, column))
                {
                    Assert.True(
                        owners.TryAdd(name, service) || owners[name] == service,
                        name + " stands for " + service + " and for " + owners[name]);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public void Every_name_is_a_domain_that_somebody_registered(string column) =>
        Assert.All(
            SendingServices.Default.All.SelectMany(service => NamesOf(service, column)),
            name =>
            {
                Assert.Matches("^[a-z0-9._-]+$", name);
                Assert.True(DomainName.TryParse(name, out DomainName? domain), name);
                Assert.True(!PublicSuffixList.Default.IsPublicSuffix(domain) || OwnSuffixes.Contains(name), name + " is a public suffix");
            });

    [Fact]
    public void A_machine_for_rent_stands_below_the_names_of_its_service() =>
        Assert.All(
            SendingServices.Default.All.SelectMany(service => service.ForeignPtrDomains.Select(name => (service, name))),
            pair => Assert.Contains(pair.service.PtrDomains, domain => pair.name.EndsWith("." + domain, StringComparison.Ordinal)));

    [Fact]
    public void Every_service_has_a_sign_and_a_source() =>
        Assert.All(SendingServices.Default.All, service =>
        {
            Assert.True(
                ColumnNames.Any(column => NamesOf(service, column).Count > 0) || service.FurtherDkimSelectors.Count > 0,
                service + " has no sign");
            Assert.NotEmpty(service.Sources);
            Assert.All(service.Sources, source => Assert.True(
                Uri.TryCreate(source, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps && uri.Host.IndexOf('.') > 0,
                service + ": " + source));
        });

    [Fact]
    public void Selectors_are_labels_and_what_is_to_be_set_up_is_a_noun_phrase() =>
        Assert.All(SendingServices.Default.All, service =>
        {
            Assert.All(
                service.DkimSelectors.Concat(service.CommonDkimSelectors).Concat(service.FurtherDkimSelectors),
                selector => Assert.Matches("^[a-z0-9]([a-z0-9_-]*[a-z0-9])?$", selector));
            Assert.DoesNotMatch(@"[.;:]\s*$", service.SigningSetUp + service.ReturnPathSetUp);
            Assert.False(service is { IsShared: true, IsForwarder: true });
            Assert.Equal(service.ReturnPath == CustomReturnPath.Possible, service.ReturnPathSetUp.Length > 0);
        });

    /// <summary>Who reads Japanese is told in Japanese what to set up, with menus as they are called there.</summary>
    [Fact]
    public void What_is_to_be_set_up_is_told_in_both_languages() =>
        Assert.All(SendingServices.Default.All, service =>
        {
            Assert.Equal(service.SigningSetUp.Length > 0, service.JapaneseSigningSetUp.Length > 0);
            Assert.Equal(service.ReturnPathSetUp.Length > 0, service.JapaneseReturnPathSetUp.Length > 0);
            foreach (string text in new[] { service.JapaneseSigningSetUp, service.JapaneseReturnPathSetUp }.Where(text => text.Length > 0))
            {
                Assert.Matches(@"^[^。：]*[\u3040-\u30FF\u4E00-\u9FFF][^。：]*$", text);
            }

            Language.In("ja-JP", () =>
            {
                Assert.Equal(service.JapaneseSigningSetUp, service.SigningSetUp);
                Assert.Equal(service.JapaneseReturnPathSetUp, service.ReturnPathSetUp);
            });
        });

    [Fact]
    public void A_service_with_selectors_for_all_can_be_missed_in_its_customers_records() =>
        Assert.All(
            SendingServices.Default.All.Where(service => service.DkimSelectors.Count > 0),
            service => Assert.NotEmpty(service.SpfDomains));

    private static PrintableList<string> NamesOf(SendingService service, string column) => column switch
    {
        "spf" => service.SpfDomains,
        "mx" => service.MxDomains,
        "ptr" => service.PtrDomains,
        "dkim" => service.DkimDomains,
        "mailfrom" => service.MailFromDomains,
        _ => service.DkimAliasDomains,
    };
}
