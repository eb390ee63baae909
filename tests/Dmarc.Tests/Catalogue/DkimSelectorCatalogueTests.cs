using Dmarc.Catalogue;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Catalogue;

public class DkimSelectorCatalogueTests
{
    private static readonly string[] Lines = File.ReadAllLines(TestFiles.Repository("src", "Dmarc", "Catalogue", "dkim-selectors.tsv"));

    [Fact]
    public void The_list_is_sound()
    {
        foreach (string line in Lines.Where(line => line.Length > 0 && line[0] != '#'))
        {
            string[] columns = line.Split('\t');
            Assert.InRange(columns.Length, 2, 4);
            Assert.All(columns.Skip(1).SelectMany(column => column.Split(',')), value => Assert.Matches("^[a-z0-9._-]*$", value));
        }
    }

    [Fact]
    public void No_domain_is_asked_more_than_a_hundred_times() => Assert.InRange(DkimSelectorCatalogue.Default.AlwaysTried.Count, 40, 100);

    [Theory]
    [InlineData("k2.dkim2.mcsv.net.", "Mailchimp")]
    [InlineData("selector1-a-com._domainkey.a.onmicrosoft.com", "Microsoft 365")]
    [InlineData("abc.dkim.amazonses.com", "Amazon SES")]
    [InlineData("notmcsv.net", null)]
    [InlineData("", null)]
    public void Targets_tell_the_service(string target, string? service) =>
        Assert.Equal(service, DkimSelectorCatalogue.Default.FindServiceByTarget(target));
}
