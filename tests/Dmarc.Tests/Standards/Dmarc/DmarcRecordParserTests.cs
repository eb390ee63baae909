using System.Text;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Dmarc.Tests.Standards.Dmarc;

public class DmarcRecordParserTests
{
    [Fact]
    public void Reads_every_tag()
    {
        DmarcRecord record = DmarcRecordParser.Parse(
            "v=DMARC1; p=reject; sp=quarantine; np=none; psd=n; t=y; adkim=s; aspf=s; fo=1:d:s; pct=50; rf=afrf; ri=3600; "
            + "rua=mailto:a@example.com,mailto:b%2Cc@example.net!10m; ruf=mailto:f@example.com");

        Assert.Equal(DmarcRecordValidity.Valid, record.Validity);
        Assert.Equal(DmarcPolicy.Reject, record.Policy);
        Assert.Equal(DmarcPolicy.Quarantine, record.SubdomainPolicy);
        Assert.Equal(DmarcPolicy.None, record.NonexistentSubdomainPolicy);
        Assert.Equal(PublicSuffixDomain.No, record.PublicSuffixDomain);
        Assert.True(record.Testing);
        Assert.Equal(AlignmentMode.Strict, record.DkimAlignment);
        Assert.Equal(AlignmentMode.Strict, record.SpfAlignment);
        Assert.Equal(FailureReportOptions.AnyFail | FailureReportOptions.Dkim | FailureReportOptions.Spf, record.FailureOptions);
        Assert.Equal(50, record.Percentage);
        Assert.Equal(3600u, record.ReportInterval);
        Assert.Equal(["mailto:a@example.com", "mailto:b%2Cc@example.net"], record.AggregateReportUris.Select(uri => uri.Text));
        Assert.Equal("b,c@example.net", record.AggregateReportUris[1].Address);
        Assert.Equal("example.net", record.AggregateReportUris[1].Host!.ToString());
        Assert.Equal("10m", record.AggregateReportUris[1].Size);
        Assert.Equal(["DmarcHistoricTag", "DmarcHistoricTag", "DmarcHistoricTag", "DmarcSizeLimitObsolete"], record.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public void Tells_a_default_from_a_tag()
    {
        DmarcRecord record = DmarcRecordParser.Parse("v=DMARC1; p=none; adkim=r");

        Assert.Equal(AlignmentMode.Relaxed, record.DkimAlignment);
        Assert.NotNull(record.Find("adkim"));
        Assert.Null(record.Find("aspf"));
        Assert.Empty(record.Findings);
        Assert.Equal(100, record.Percentage);
        Assert.Equal(FailureReportOptions.AllFail, record.FailureOptions);
    }

    [Theory]
    [InlineData("\"v=DMARC1; p=none\"")]
    [InlineData("\"v=DMARC1; p=reject; rua=mailto:a@example.com;\"")]
    public void Quotation_marks_explain_everything_else(string text) =>
        Assert.Equal("DmarcRecordQuoted", Assert.Single(DmarcRecordParser.Parse(text).Findings).Code);

    [Theory]
    [InlineData("v=DMARC1; p=reject", DmarcRecordValidity.Valid)]
    [InlineData("v = DMARC1 ; p = reject ;", DmarcRecordValidity.Valid)]
    [InlineData("V=DMARC1; P=Reject", DmarcRecordValidity.Valid)]
    [InlineData("v=DMARC1", DmarcRecordValidity.Valid)]
    [InlineData("v=DMARC1;; p=reject;;", DmarcRecordValidity.Valid)]
    [InlineData(" v=DMARC1; p=reject", DmarcRecordValidity.NotDmarc)]
    [InlineData("v=DMARC1 p=reject", DmarcRecordValidity.NotDmarc)]
    [InlineData("v=DMARC10; p=reject", DmarcRecordValidity.NotDmarc)]
    [InlineData("v=dmarc1; p=reject", DmarcRecordValidity.NotDmarc)]
    [InlineData("p=reject; v=DMARC1", DmarcRecordValidity.NotDmarc)]
    [InlineData("", DmarcRecordValidity.NotDmarc)]
    [InlineData("=", DmarcRecordValidity.NotDmarc)]
    [InlineData("v=DMARC1; p=none; p=reject", DmarcRecordValidity.Broken)]
    [InlineData("v=DMARC1; zz=1; p=reject; ZZ=2", DmarcRecordValidity.Broken)]
    public void Knows_a_record_by_its_version(string text, object expectedValue)
    {
        DmarcRecordValidity expected = (DmarcRecordValidity)expectedValue;
        DmarcRecord record = DmarcRecordParser.Parse(text);

        Assert.Equal(expected, record.Validity);
        Assert.Equal(expected != DmarcRecordValidity.NotDmarc, DmarcRecordParser.IsDmarcRecord(text));
    }

    [Theory]
    [InlineData("\"v=DMARC1; p=none\"", "DmarcRecordQuoted", 0)]
    [InlineData(" v=DMARC1; p=none", "DmarcLeadingSpace", 0)]
    [InlineData("hello", "DmarcVersionMissing", 0)]
    [InlineData("p=none; v=DMARC1", "DmarcVersionNotFirst", 8)]
    [InlineData("v=dmarc1; p=none", "DmarcVersionWrongCase", 2)]
    [InlineData("v=DMARC1 p=none", "DmarcVersionSeparatorMissing", 8)]
    [InlineData("v=DMARC1, p=none", "DmarcVersionSeparatorMissing", 8)]
    [InlineData("v=DMARC2; p=none", "DmarcVersionUnknown", 2)]
    [InlineData("v=DMARC1; p=none;;", "DmarcEmptyTag", 17)]
    [InlineData("v=DMARC1;; p=none", "DmarcTagsAfterEmptyTag", 9)]
    [InlineData("v=DMARC1; p=none; rua=mailto:a@b.example; mailto:c@d.example", "DmarcUriListSeparator", 42)]
    [InlineData("v=DMARC1; p=none; sp", "DmarcTagWithoutValue", 18)]
    [InlineData("v=DMARC1; p=none; sp=", "DmarcTagWithoutValue", 18)]
    [InlineData("v=DMARC1; p=none; ptc=100", "DmarcTagMisspelt", 18)]
    [InlineData("v=DMARC1; p=none; adkm=s", "DmarcTagMisspelt", 18)]
    [InlineData("v=DMARC1; policy=none", "DmarcTagMisspelt", 10)]
    [InlineData("v=DMARC1; p=none; ps=none", "DmarcTagMisspelt", 18)]
    [InlineData("v=DMARC1; p=none; zz=1", "DmarcTagUnknown", 18)]
    [InlineData("v=DMARC1; p=none; x-y=1", "DmarcTagNameInvalid", 18)]
    [InlineData("v=DMARC1; p=none; pct=100", "DmarcHistoricTag", 18)]
    [InlineData("v=DMARC1; p=none; rf=afrf", "DmarcHistoricTag", 18)]
    [InlineData("v=DMARC1; p=none; ri=86400", "DmarcHistoricTag", 18)]
    [InlineData("v=DMARC1; p=none sp=reject", "DmarcSeparatorMissing", 17)]
    [InlineData("v=DMARC1; p=none; rua=mailto:a@b.example ruf=mailto:c@d.example", "DmarcSeparatorMissing", 41)]
    [InlineData("v=DMARC1; p=none; rua=mailto:jörg@b.example", "DmarcCharacterNotAllowed", 30)]
    [InlineData("v=DMARC1; p=none; p=none", "DmarcTagDuplicate", 18)]
    [InlineData("v=DMARC1; p=block", "DmarcPolicyInvalid", 12)]
    [InlineData("v=DMARC1; p=none; np=x", "DmarcPolicyInvalid", 21)]
    [InlineData("v=DMARC1; p=none; t=maybe", "DmarcValueInvalid", 20)]
    [InlineData("v=DMARC1; p=none; psd=x", "DmarcValueInvalid", 22)]
    [InlineData("v=DMARC1; p=none; aspf=strict", "DmarcValueInvalid", 23)]
    [InlineData("v=DMARC1; p=none; fo=0:1", "DmarcValueInvalid", 21)]
    [InlineData("v=DMARC1; p=none; fo=1,d", "DmarcValueInvalid", 21)]
    [InlineData("v=DMARC1; p=none; pct=101", "DmarcValueInvalid", 22)]
    [InlineData("v=DMARC1; p=none; ri=daily", "DmarcValueInvalid", 21)]
    [InlineData("v=DMARC1; p=none; rua=mailto:a@b.example,", "DmarcReportUriEmpty", 41)]
    [InlineData("v=DMARC1; p=none; rua=mailto:a@b.example, mailto:a@b.example", "DmarcReportUriRepeated", 42)]
    [InlineData("v=DMARC1; p=none; rua=mailto:a@b@c.example", "DmarcReportUriInvalid", 22)]
    [InlineData("v=DMARC1; p=none; rua=mailto:a@192.0.2.1", "DmarcReportUriInvalid", 22)]
    [InlineData("v=DMARC1; p=none; rua=mailto:a@127.1", "DmarcReportUriInvalid", 22)]
    [InlineData("v=DMARC1; p=none; rua=mailto:a@0x7f.0.0.1", "DmarcReportUriInvalid", 22)]
    [InlineData("v=DMARC1; p=none; rua=mailto:a@b.example!10m", "DmarcSizeLimitObsolete", 40)]
    [InlineData("v=DMARC1; p=none; rua=mailto:a!b@b.example", "DmarcReportUriInvalid", 30)]
    [InlineData("v=DMARC1; p=none; rua=mailto:a!b@b.example!10m", "DmarcReportUriInvalid", 22)]
    [InlineData("v=DMARC1; p=none; rua=mailto:nobody", "DmarcReportUriInvalid", 22)]
    [InlineData("v=DMARC1; p=none; rua=a@b.example", "DmarcReportUriWithoutScheme", 22)]
    [InlineData("v=DMARC1; p=none; rua=mailto:x@y.example , a@b.example", "DmarcReportUriWithoutScheme", 43)]
    [InlineData("v=DMARC1; p=none; rua=https://b.example/r", "DmarcReportUriScheme", 22)]
    public void Says_what_is_wrong_and_where(string text, string code, int position)
    {
        Finding finding = Assert.Single(DmarcRecordParser.Parse(text).Findings, each => each.Code == code);

        Assert.Equal(position, finding.Position);
        Assert.NotEmpty(finding.Reference);
    }

    [Fact]
    public void Asks_whether_a_misspelt_tag_was_meant()
    {
        Finding finding = Assert.Single(DmarcRecordParser.Parse("v=DMARC1; p=none; ptc=100").Findings);

        Assert.Contains("Did you mean 'pct'?", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_may_hold_an_equals_sign()
    {
        DmarcRecord record = DmarcRecordParser.Parse("v=DMARC1; p=none; rua=mailto:a+k=v@example.com,https://example.com/?a=b");

        Assert.Equal(["mailto:a+k=v@example.com", "https://example.com/?a=b"], record.AggregateReportUris.Select(uri => uri.Text));
        Assert.All(record.AggregateReportUris, uri => Assert.True(uri.IsValid));
    }

    [Fact]
    public void A_clean_record_has_no_findings() =>
        Assert.Empty(DmarcRecordParser.Parse("v=DMARC1; p=reject; rua=mailto:a@example.com; adkim=s; fo=1").Findings);

    [Fact]
    public void Never_throws_whatever_the_text()
    {
        Gen<string> pieces = Gen.Elements(
            "v=DMARC1", ";", "=", " ", "\t", ",", "!", "p", "sp", "rua", "mailto:", "a@b.c", "none", "%", "%zz", "\0", "ß", "\uD800", ":", "https://", "1", "fo", "DMARC1", "v");
        Arbitrary<string> texts = Gen.ListOf(pieces).Select(list => string.Concat(list)).ToArbitrary();
        Prop.ForAll(texts, text => DmarcRecordParser.Parse(text).Text == text).QuickCheckThrowOnFailure();
        Prop.ForAll<string?>(text => text is null || DmarcRecordParser.Parse("v=DMARC1;" + text).Validity != DmarcRecordValidity.NotDmarc).QuickCheckThrowOnFailure();
        Prop.ForAll<byte[]>(bytes => DmarcRecordParser.Parse(Encoding.Latin1.GetString(bytes ?? [])) is not null).QuickCheckThrowOnFailure();
    }
}
