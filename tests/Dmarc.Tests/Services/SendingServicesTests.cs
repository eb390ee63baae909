using Dmarc.Services;

namespace Dmarc.Tests.Services;

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

    [Fact]
    public void The_list_is_sound()
    {
        SendingService[] all = [.. SendingServices.Default.All];

        Assert.Equal(all.Length, all.Select(service => service.Name).Distinct().Count());
        string[] names = [.. all.SelectMany(service => service.SpfDomains)];
        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(all, service => Assert.NotEmpty(service.SpfDomains));
        Assert.All(all.SelectMany(service => service.SpfDomains.Concat(service.MxDomains)), name => Assert.Matches("^[a-z0-9._-]+$", name));
    }
}
