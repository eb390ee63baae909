using Dmarc.Advice.Sources;
using static Dmarc.Tests.Advice.Sources.SourceRows;

namespace Dmarc.Tests.Advice.Sources;

public class SourceEvidenceTests
{
    [Fact]
    public void Rows_add_up()
    {
        SourceEvidence evidence = Evidence(
            "192.0.2.1",
            "10 dkim=pass:mail.contoso.example spf=pass:contoso.example env=contoso.example org=A",
            "5 dkim=fail:contoso.example spf=pass:other.example disposition=reject org=B",
            "3 spf=softfail:contoso.example disposition=quarantine override=forwarded org=A");

        Assert.Equal((3, 18, 10, 8, 10, 10), (evidence.Rows, evidence.Messages, evidence.Passed, evidence.Failed, evidence.DkimAligned, evidence.SpfAligned));
        Assert.Equal((3, 5, 3, 3, 5, 5), (evidence.Quarantined, evidence.Rejected, evidence.Forwarded, evidence.OwnSpfRefused, evidence.ForeignSpfPassed, evidence.BrokenSignature));
        Assert.Equal(["mail.contoso.example"], evidence.DkimPassing);
        Assert.Equal(["contoso.example", "other.example"], evidence.SpfPassing);
    }

    [Fact]
    public void Evidence_that_was_gathered_apart_is_the_same_as_gathered_together()
    {
        string[] rows =
        [
            "10 dkim=pass:contoso.example spf=pass:contoso.example env=contoso.example org=A",
            "5 dkim=fail:contoso.example spf=pass:other.example disposition=reject org=B",
            "3 spf=softfail:contoso.example helo=pass:mx.contoso.example override=forwarded org=A",
        ];
        SourceEvidence whole = Evidence("192.0.2.1", rows);
        SourceEvidence merged = Evidence("192.0.2.1", rows[0]);
        merged.Add(Evidence("192.0.2.1", rows[1], rows[2]));

        foreach (System.Reflection.PropertyInfo property in typeof(SourceEvidence).GetProperties())
        {
            Assert.Equal(property.GetValue(whole), property.GetValue(merged));
        }

        Assert.Equal(whole.DkimPassing, merged.DkimPassing);
        Assert.Equal(whole.SpfPassing, merged.SpfPassing);
    }

    [Fact]
    public void Names_that_strangers_choose_do_not_pile_up()
    {
        SourceEvidence evidence = new("192.0.2.1", From);
        for (int index = 0; index < 10_000; index++)
        {
            evidence.Add(Row("192.0.2.1", From, $"1 dkim=pass:d{index}.test spf=pass:s{index}.test env=e{index}.test org=o{index}"));
        }

        Assert.Equal(10_000, evidence.Messages);
        Assert.All(
            new[] { evidence.DkimPassing, evidence.SpfPassing },
            names => Assert.InRange(names.Count(), 1, 16));
    }

    [Theory]
    [InlineData("mail.contoso.co.uk", "contoso.co.uk")]
    [InlineData("CONTOSO.com", "contoso.com")]
    [InlineData("not a domain", "not a domain")]
    public void The_organisation_is_told_by_the_suffix_list(string from, string expected) =>
        Assert.Equal(expected, new SourceEvidence("192.0.2.1", from).OrganizationalDomain);
}
