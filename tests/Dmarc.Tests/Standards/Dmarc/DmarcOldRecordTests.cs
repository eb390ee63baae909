using Dmarc.Advice.Records;
using Dmarc.Domains;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Dmarc.Tests.Standards.Dmarc;

/// <summary>
/// What becomes of a record that is changed: nothing that is not valid is left in it, tags that receivers ignore stay, and each change is told.
/// </summary>
public class DmarcOldRecordTests
{
    private static readonly DomainName Example = DomainName.Parse("example.com");

    private static readonly string[] Pieces =
    [
        "v=DMARC1", "v=DMARC1;", ";", "; ", " ", ",", "p=reject", "p=rejct", "p=", "p", "sp=nones", "sp=none", "np=x", "np=reject", "t=y", "t=maybe", "psd=n",
        "psd=z", "adkim=s", "adkim=q", "aspf=", "fo=1,d", "fo=0:1:d:s", "fo=x", "rua=a@example.com", "rua=mailto:a@example.com", "mailto:b@example.com",
        "rua=mailto: a@example.com", "rua=mailto:a@example.com!10m", "rua=mailto:a@example.com mailto:b@example.com", "rua=nobody", "ruf=https://r.example/x",
        "ruf=mailto:é@example.com", "pct=50", "ri=3600", "rf=afrf", "x-y=1", "xy=1", "xy=é", "\"", "\r\n", "\\;", "\u201C", "policy=reject", "=", "v=spf1", "\u00A0",
    ];

    [Theory]
    [InlineData("p=reject; sp=nones", "p=reject", "DmarcPolicyDropped")]
    [InlineData("p=rejct; np=reject", "p=none; np=reject", "DmarcPolicyDropped")]
    [InlineData("p=reject; np=quarantin", "p=reject", "DmarcPolicyDropped")]
    [InlineData("p=reject; adkim=strict", "p=reject", "DmarcValueDropped")]
    [InlineData("p=reject; aspf=x", "p=reject", "DmarcValueDropped")]
    [InlineData("p=reject; t=1", "p=reject", "DmarcValueDropped")]
    [InlineData("p=reject; psd=yes", "p=reject", "DmarcValueDropped")]
    [InlineData("p=reject; fo=a", "p=reject", "DmarcValueDropped")]
    [InlineData("p=reject; fo=1,d,s", "p=reject; fo=1:d:s", "DmarcValueCorrected")]
    [InlineData("p=reject; fo=0:1:d:s", "p=reject; fo=1:d:s", "DmarcValueCorrected")]
    [InlineData("p=reject; rua=d@example.com", "p=reject; rua=mailto:d@example.com", "DmarcValueCorrected")]
    [InlineData("p=reject; rua=mailto: d@example.com", "p=reject; rua=mailto:d@example.com", null)]
    [InlineData("p=reject; rua=mailto:d@example.com!10m", "p=reject; rua=mailto:d@example.com", "DmarcValueCorrected")]
    [InlineData("p=reject; rua=mailto:d@example.com mailto:e@example.com", "p=reject; rua=mailto:d@example.com,mailto:e@example.com", "DmarcValueCorrected")]
    [InlineData("p=reject; rua=mailto:d@example.com; mailto:e@example.com", "p=reject; rua=mailto:d@example.com,mailto:e@example.com", "DmarcValueCorrected")]
    [InlineData("p=reject; rua=nobody", "p=reject", "DmarcValueDropped")]
    [InlineData("p=reject; rua=nobody,mailto:d@example.com", "p=reject; rua=mailto:d@example.com", "DmarcValueDropped")]
    [InlineData("p=reject; rua=mailto:nobody", "p=reject", "DmarcValueDropped")]
    [InlineData("p=reject; rua=mailto:d@192.0.2.1", "p=reject", "DmarcValueDropped")]
    [InlineData("p=reject; rua=mailto:d@example.com,mailto:d@example.com", "p=reject; rua=mailto:d@example.com", "DmarcValueCorrected")]
    [InlineData("p=reject rua=mailto:d@example.com", "p=reject; rua=mailto:d@example.com", "DmarcSeparatorRestored")]
    [InlineData("p=reject, sp=none t=y", "p=reject; sp=none; t=y", "DmarcSeparatorRestored")]
    [InlineData("p=reject\\; rua=mailto:d@example.com", "p=reject; rua=mailto:d@example.com", null)]
    [InlineData("p=reject;\r\n\trua=mailto:d@example.com", "p=reject; rua=mailto:d@example.com", null)]
    [InlineData("x.y=1; p=reject", "p=reject", "DmarcTagDropped")]
    [InlineData("foo=\u00E9; p=reject", "p=reject", "DmarcValueDropped")]
    [InlineData("foo=bar; p=reject", "p=reject; foo=bar", null)]
    [InlineData("p=reject; rua=nobody mailto:d@example.com", "p=reject; rua=mailto:d@example.com", "DmarcValueDropped")]
    [InlineData("p=reject; rua=,", "p=reject", "DmarcValueDropped")]
    [InlineData("p=reject; rua=mailto:a!b@example.com!10m", "p=reject", "DmarcValueDropped")]
    [InlineData("p=bogus; p=reject", "p=reject", "DmarcPolicyDropped")]
    [InlineData("p=reject; rua=mailto://d@example.com", "p=reject; rua=mailto:d@example.com", "DmarcValueCorrected")]
    [InlineData("p=reject; rua=mailto:d@example com", "p=reject", "DmarcValueDropped")]
    [InlineData("p=reject; ruf=mailto:d@localhost", "p=reject", "DmarcValueDropped")]
    public void Drops_or_corrects_what_is_not_valid(string old, string expected, string? code)
    {
        DmarcRecordDraft draft = Change("v=DMARC1; " + old, null);

        Assert.Equal("v=DMARC1; " + expected, draft.Value);
        if (code is not null)
        {
            Assert.Contains(draft.Findings, finding => finding.Code == code);
        }
        else
        {
            Assert.DoesNotContain(draft.Findings, finding => finding.Code is "DmarcValueDropped" or "DmarcTagDropped" or "DmarcPolicyDropped");
        }
    }

    [Theory]
    [InlineData("v=DMARC1 p=none; rua=mailto:d@example.com")]
    [InlineData("\"v=DMARC1; p=no\" \"ne; rua=mailto:d@example.com\"")]
    [InlineData("\u201Cv=DMARC1; p=none; rua=mailto:d@example.com\u201D")]
    [InlineData("rua=mailto:d@example.com; v=DMARC1; p=none")]
    [InlineData("v=dmarc1; P=None; RUA=mailto:d@example.com")]
    [InlineData("_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=no\" \"ne; rua=mailto:d@example.com\"")]
    [InlineData("_dmarc\tTXT\tv=DMARC1; p=none; rua=mailto:d@example.com")]
    public void Reads_what_people_paste(string old) => Assert.Equal("v=DMARC1; p=reject; rua=mailto:d@example.com", Change(old, RolloutStage.Reject).Value);

    /// <summary>A text that receivers do not read as a record at all is told as such.</summary>
    [Theory]
    [InlineData("v=spf1 -all", "v=spf1 -all")]
    [InlineData("v=DMARC2; p=none", "v=DMARC2")]
    [InlineData("v=dmarc1; p=none", "v=dmarc1")]
    [InlineData("p=none; v=DMARC1", "p=none")]
    [InlineData("hello", "hello")]
    [InlineData("v=DMARC1; p=none", null)]
    [InlineData("v = DMARC1 ; p=none", null)]
    [InlineData("v=DMARC1 p=none", null)]
    [InlineData("", null)]
    public void Says_that_receivers_did_not_read_the_old_text(string old, string? first)
    {
        Finding? finding = Change(old, RolloutStage.Reject).Findings.FirstOrDefault(each => each.Code == "DmarcVersionCorrected");

        Assert.Equal(first, finding?.Message.Split('\'')[1]);
    }

    /// <summary>RFC 9989 §4.10.1: one policy that is not valid takes all of them out of force.</summary>
    [Fact]
    public void Whatever_the_old_record_says_the_new_one_does_what_the_stage_asks()
    {
        Gen<string> records = Gen.ListOf(Gen.OneOf(Gen.Elements(Pieces), Gen.Elements(Pieces).Select(piece => piece + "; "))).Select(string.Concat);
        Gen<RolloutStage> stages = Gen.Elements(Enum.GetValues<RolloutStage>());
        Prop.ForAll(records.ToArbitrary(), stages.ToArbitrary(), (old, stage) =>
        {
            DmarcRecord record = DmarcRecordParser.Parse(Change(old, stage).Value);
            DmarcPolicy asked = stage == RolloutStage.Monitor ? DmarcPolicy.None : stage < RolloutStage.RejectTest ? DmarcPolicy.Quarantine : DmarcPolicy.Reject;
            return record is { Validity: DmarcRecordValidity.Valid, HasFaultyPolicy: false }
                && record.Policy == asked
                && record.Testing == stage is RolloutStage.QuarantineTest or RolloutStage.RejectTest
                && record.Tags[1].Name == "p"
                && record.Findings.All(finding => finding.Severity == Severity.Information || finding.Code == "DmarcTagMisspelt");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(7, 11));
    }

    /// <summary>Each tag that was there is in the new record or in a finding.</summary>
    [Fact]
    public void Nothing_is_left_out_in_silence()
    {
        foreach (string piece in Pieces.Where(piece => piece.Contains('=', StringComparison.Ordinal) && !piece.StartsWith("v=", StringComparison.Ordinal) && piece != "="))
        {
            DmarcRecordDraft draft = Change("v=DMARC1; p=reject; " + piece, null);
            string value = piece.Substring(piece.IndexOf('=', StringComparison.Ordinal) + 1).Trim();
            Assert.True(
                draft.Value.Contains(value, StringComparison.Ordinal) && value.Length > 0
                || draft.Findings.Any(finding => finding.Code.EndsWith("Dropped", StringComparison.Ordinal) || finding.Code.EndsWith("Corrected", StringComparison.Ordinal)),
                piece + " -> " + draft.Value);
        }
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("nobody@")]
    [InlineData("@example.com")]
    [InlineData("a b@example.com")]
    [InlineData("a@b@example.com")]
    [InlineData("a..b@example.com")]
    [InlineData("mailto:")]
    [InlineData("mailto:a@exa mple.com")]
    [InlineData("mailto:a@.example.com")]
    [InlineData("https:")]
    [InlineData("Domain")]
    public void An_address_that_is_none_is_an_error(string address)
    {
        foreach (DmarcRecordBuilder builder in new[]
        {
            new DmarcRecordBuilder { Domain = Example, AggregateReportUri = [address] },
            new DmarcRecordBuilder { Domain = Example, FailureReportUri = ["a@example.com", address] },
        })
        {
            Assert.Contains(address, Assert.Throws<ArgumentException>(() => builder.Build()).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("a@example.com,b@example.com", "mailto:a@example.com,mailto:b@example.com")]
    [InlineData("a@b\u00FCcher.example", "mailto:a@xn--bcher-kva.example")]
    [InlineData("mailto:a@b\u00FCcher.example", "mailto:a@xn--bcher-kva.example")]
    [InlineData("https://r.example/x", "https://r.example/x")]
    [InlineData("a!b@example.com", "mailto:a%21b@example.com")]
    [InlineData("MAILTO:a@example.com?subject=x", "MAILTO:a@example.com?subject=x")]
    public void Addresses_are_written_as_a_record_has_them(string given, string expected) => Assert.Equal(
        "v=DMARC1; p=none; rua=" + expected,
        new DmarcRecordBuilder { Domain = Example, AggregateReportUri = [given] }.Build().Value);

    private static DmarcRecordDraft Change(string old, RolloutStage? stage) => new DmarcRecordBuilder { Domain = Example, From = old, Stage = stage }.Build();
}
