using System.Net;
using Dmarc.Standards;
using Dmarc.Standards.AuthenticationResults;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Tests.Standards.AuthenticationResults;

public class AuthenticationResultsHeaderTests
{
    [Theory]
    [InlineData("RFC 8601 B.1", "example.org 1; none", "example.org", 1, true, "")]
    [InlineData("RFC 8601 B.2 as written", "example.org 1; none;", "example.org", 1, true, "")]
    [InlineData("RFC 8601 B.3", "example.com; spf=pass smtp.mailfrom=example.net", "example.com", 1, false, "spf=pass smtp.mailfrom=example.net")]
    [InlineData(
        "RFC 8601 B.4",
        "example.com; auth=pass (cram-md5) smtp.auth=sender@example.net; spf=pass smtp.mailfrom=example.net",
        "example.com",
        1,
        false,
        "auth=pass smtp.auth=sender@example.net | spf=pass smtp.mailfrom=example.net")]
    [InlineData(
        "RFC 8601 B.6",
        "example.com; dkim=pass reason=\"good signature\" header.i=@mail-router.example.net; dkim=fail reason=\"bad signature\" header.i=@newyork.example.com",
        "example.com",
        1,
        false,
        "dkim=pass reason=good signature header.i=@mail-router.example.net | dkim=fail reason=bad signature header.i=@newyork.example.com")]
    [InlineData(
        "RFC 8601 B.7",
        "foo.example.net (foobar) 1 (baz); dkim (Because I like it) / 1 (One yay) = (wait for it) fail policy (A dot can go here) . (like that) expired (this surprised me) = (as I wasn't expecting it) 1362471462",
        "foo.example.net",
        1,
        false,
        "dkim=fail policy.expired=1362471462")]
    [InlineData("quoted server", "\"example.com\"; spf=pass", "example.com", 1, false, "spf=pass")]
    [InlineData("semicolon in a quoted value", "a.example; spf=fail reason=\"x; y\" smtp.helo=h", "a.example", 1, false, "spf=fail reason=x; y smtp.helo=h")]
    [InlineData("quoted local part", "a.example; spf=pass smtp.mailfrom=\"a b\"@example.com", "a.example", 1, false, "spf=pass smtp.mailfrom=a b@example.com")]
    [InlineData("equals sign in a value", "a.example; spf=pass smtp.mailfrom=b=1@example.com; dkim=pass header.b=ab/c+d==", "a.example", 1, false, "spf=pass smtp.mailfrom=b=1@example.com | dkim=pass header.b=ab/c+d==")]
    [InlineData("version 2", "a.example 2; spf=pass", "a.example", 2, false, "spf=pass")]
    [InlineData("empty parts", "a.example;; ;spf=pass;", "a.example", 1, false, "spf=pass")]
    [InlineData("upper case", "a.example; SPF=Pass SMTP.MailFrom=b.example", "a.example", 1, false, "SPF=Pass SMTP.MailFrom=b.example")]
    [InlineData("lost semicolon after the server", "a.example spf=pass smtp.mailfrom=b.example", "a.example", 1, false, "spf=pass smtp.mailfrom=b.example")]
    [InlineData("stray property", "a.example; dkim=pass; header.d=b.example", "a.example", 1, false, "dkim=pass header.d=b.example")]
    [InlineData("internationalized server", "bücher.example; spf=pass", "bücher.example", 1, false, "spf=pass")]
    [InlineData("nothing but none", "none", "", 1, true, "")]
    public void Grammar(string reason, string value, string server, int version, bool isNone, string results)
    {
        AuthenticationResultsHeader header = AuthenticationResultsHeader.Parse(value);

        Assert.NotEmpty(reason);
        Assert.Equal(server, header.AuthServId);
        Assert.Equal(version, header.Version);
        Assert.Equal(isNone, header.IsNone);
        Assert.Equal(results, string.Join(" | ", header.Results));
        Assert.Equal(value, header.Raw);
    }

    /// <summary>RFC 8601 §2.6: nothing follows from a field or a result of a version that is not known.</summary>
    [Theory]
    [InlineData("a.example; spf=pass", 1, 1, true, null)]
    [InlineData("a.example 1; spf=pass", 1, 1, true, null)]
    [InlineData("a.example 01; spf/01=pass", 1, 1, true, null)]
    [InlineData("a.example; spf (x) / (y) 1=pass", 1, 1, true, null)]
    [InlineData("a.example 0; spf=pass", 0, 1, false, "AuthResVersion")]
    [InlineData("a.example 2; spf=pass", 2, 1, false, "AuthResVersion")]
    [InlineData("a.example (x) 2 (y); spf=pass", 2, 1, false, "AuthResVersion")]
    [InlineData("a.example 99999999999999999999; spf=pass", int.MaxValue, 1, false, "AuthResVersion")]
    [InlineData("a.example; spf/0=pass", 1, 0, false, "AuthResMethodVersion")]
    [InlineData("a.example; spf/2=pass", 1, 2, false, "AuthResMethodVersion")]
    [InlineData("a.example; spf / 2 = pass", 1, 2, false, "AuthResMethodVersion")]
    [InlineData("a.example spf/2=pass", 1, 2, false, "AuthResMethodVersion")]
    [InlineData("a.example; spf/99999999999999999999=pass", 1, int.MaxValue, false, "AuthResMethodVersion")]
    [InlineData("a.example; spf/x=pass", 1, 0, false, "AuthResMethodVersion")]
    [InlineData("a.example; spf/=pass", 1, 0, false, "AuthResMethodVersion")]
    public void What_has_an_unknown_version_is_kept_and_not_used(string value, int version, int methodVersion, bool isKnown, string? code)
    {
        AuthenticationResultsHeader header = AuthenticationResultsHeader.Parse(value);

        Assert.Equal((version, methodVersion), (header.Version, Assert.Single(header.Results).Version));
        Assert.Equal(isKnown, header.GetResults(AuthenticationMethod.Spf).Any());
        string[] found = [.. header.Findings.Select(finding => finding.Code).Where(name => name.EndsWith("Version", StringComparison.Ordinal))];
        string[] expected = code is null ? [] : [code];
        Assert.Equal(expected, found);
    }

    [Fact]
    public void Comments_belong_to_their_result()
    {
        AuthenticationResultsHeader header = AuthenticationResultsHeader.Parse(
            "a.example (mine); dkim=pass (2048-bit (really) key; unprotected) header.d=b.example; spf=none (no \\) record)");

        Assert.Equal(["mine"], header.Comments);
        Assert.Equal(["2048-bit (really) key; unprotected"], header.Results[0].Comments);
        Assert.Equal(["no ) record"], header.Results[1].Comments);
    }

    [Fact]
    public void Positions_point_into_the_value()
    {
        const string Value = "a.example; dkim=pass header.d=b.example;  spf=fail smtp.mailfrom=c.example";

        AuthenticationResultsHeader header = AuthenticationResultsHeader.Parse(Value);

        Assert.Equal(Value.IndexOf("dkim=", StringComparison.Ordinal), header.Results[0].Position);
        Assert.Equal(Value.IndexOf("spf=", StringComparison.Ordinal), header.Results[1].Position);
        Assert.Equal(Value.IndexOf("smtp.mailfrom", StringComparison.Ordinal), header.Results[1].Properties[0].Position);
    }

    [Fact]
    public void Gmail()
    {
        AuthenticationResultsHeader header = AuthenticationResultsHeader.Parse(
            "mx.google.com;       dkim=pass header.i=@contoso.com header.s=selector1 header.b=\"Ab/d+f12\";"
            + "       arc=pass (i=1 spf=pass spfdomain=contoso.com dkim=pass dkdomain=contoso.com dmarc=pass fromdomain=contoso.com);"
            + "       spf=pass (google.com: domain of bounce+1=2@mail.contoso.com designates 192.0.2.10 as permitted sender) smtp.mailfrom=\"bounce+1=2@mail.contoso.com\";"
            + "       dmarc=pass (p=QUARANTINE sp=REJECT dis=NONE) header.from=contoso.com");

        Assert.Equal("mx.google.com", header.AuthServId);
        Assert.Empty(header.Findings);
        Assert.Equal(
            [AuthenticationMethod.Dkim, AuthenticationMethod.Arc, AuthenticationMethod.Spf, AuthenticationMethod.Dmarc],
            header.Results.Select(result => result.Method));
        Assert.Equal("contoso.com", header.Results[0].Domain);
        Assert.Equal("Ab/d+f12", header.Results[0].GetProperty("header.b"));
        Assert.Equal("mail.contoso.com", header.Results[2].Domain);
        Assert.Equal(IPAddress.Parse("192.0.2.10"), header.Results[2].ClientAddress);
        DmarcHandling handling = header.Results[3].Handling!;
        Assert.Equal(DmarcPolicy.Quarantine, handling.Policy);
        Assert.Equal(DmarcPolicy.Reject, handling.SubdomainPolicy);
        Assert.Equal(DmarcPolicy.None, handling.Disposition);
        Assert.Null(handling.Action);
    }

    [Fact]
    public void Microsoft_without_a_server_name()
    {
        AuthenticationResultsHeader header = AuthenticationResultsHeader.Parse(
            "spf=fail (sender IP is 2001:db8::7) smtp.mailfrom=contoso.com; dkim=none (message not signed) header.d=none;"
            + "dmarc=fail action=oreject header.from=contoso.com;compauth=fail reason=601");

        Assert.Equal("", header.AuthServId);
        Assert.Equal(["AuthResNoServer"], header.Findings.Select(finding => finding.Code));
        Assert.Equal(4, header.Results.Count);
        Assert.Equal(AuthenticationResult.Fail, header.Results[0].Outcome);
        Assert.Equal(IPAddress.Parse("2001:db8::7"), header.Results[0].ClientAddress);
        Assert.Equal("contoso.com", header.Results[0].Domain);
        Assert.Equal(AuthenticationResult.None, header.Results[1].Outcome);
        Assert.Null(header.Results[1].Domain);
        Assert.Equal(MicrosoftDmarcAction.OverriddenReject, header.Results[2].Handling!.Action);
        Assert.Equal(AuthenticationPropertyType.Missing, header.Results[2].Properties[0].Type);
        Assert.Equal(AuthenticationMethod.CompAuth, header.Results[3].Method);
        Assert.Equal("601", header.Results[3].Reason);
        Assert.Equal(CompositeReasonKind.OwnDomainImplicitFailure, header.Results[3].CompositeReason!.Kind);
    }

    [Fact]
    public void Microsoft_with_the_recipient_between_the_results()
    {
        AuthenticationResultsHeader header = AuthenticationResultsHeader.Parse(
            "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=example.com; contoso.com; dkim=pass (signature was verified) header.d=example.com;contoso.com; dmarc=bestguesspass action=none header.from=example.com;");

        Assert.Equal("", header.AuthServId);
        Assert.Equal("spf | dkim | dmarc", string.Join(" | ", header.Results.Select(result => result.WrittenMethod)));
        Assert.Equal(AuthenticationResult.BestGuessPass, header.Results[2].Outcome);
        Assert.DoesNotContain(header.Findings, finding => finding.Code == "AuthResSyntax");
    }

    [Fact]
    public void Yahoo()
    {
        AuthenticationResultsHeader header = AuthenticationResultsHeader.Parse(
            "atlas-production.v2-mail-prod1-gq1.omega.yahoo.com; dkim=pass header.i=@example.com header.s=s1; spf=pass smtp.mailfrom=bounce.example.com; dmarc=pass(p=REJECT) header.from=example.com;");

        Assert.Empty(header.Findings);
        Assert.Equal(DmarcPolicy.Reject, header.Results[2].Handling!.Policy);
        Assert.Equal("bounce.example.com", header.Results[1].Domain);
    }

    [Fact]
    public void Yahoo_of_old_names_the_sender_before_the_check()
    {
        AuthenticationResultsHeader header = AuthenticationResultsHeader.Parse(
            "mta1001.mail.bf1.yahoo.com  from=example.com; domainkeys=neutral (no sig);  from=example.com; dkim=pass (ok)");

        Assert.Equal("mta1001.mail.bf1.yahoo.com", header.AuthServId);
        Assert.Equal("domainkeys=neutral from=example.com | dkim=pass from=example.com", string.Join(" | ", header.Results));
    }

    [Fact]
    public void Arc_instance()
    {
        AuthenticationResultsHeader header = AuthenticationResultsHeader.Parse(
            "i=2; mx.example.org; spf=pass smtp.mailfrom=example.com; arc=none");

        Assert.Equal(2, header.Instance);
        Assert.Equal("mx.example.org", header.AuthServId);
        Assert.Equal(2, header.Results.Count);
    }

    [Fact]
    public void Arc_of_microsoft()
    {
        AuthenticationResultsHeader header = AuthenticationResultsHeader.Parse(
            "i=1; mx.microsoft.com 1; spf=pass smtp.mailfrom=contoso.com; dmarc=pass action=none header.from=contoso.com; dkim=pass header.d=contoso.com; arc=none");

        Assert.Equal(1, header.Instance);
        Assert.Equal("mx.microsoft.com", header.AuthServId);
        Assert.Empty(header.Findings);
        Assert.Equal(MicrosoftDmarcAction.None, header.Results[1].Handling!.Action);
    }

    [Theory]
    [InlineData("", "AuthResEmpty")]
    [InlineData("a.example;", "AuthResEmpty")]
    [InlineData("a.example 3; spf=pass", "AuthResVersion")]
    [InlineData("a.example; spf=pass (no end; dkim=pass", "AuthResUnclosed")]
    [InlineData("a.example; spf=pass reason=\"no end; dkim=pass", "AuthResUnclosed")]
    [InlineData("a.example; spf=pass junk; dkim=pass", "AuthResSyntax")]
    [InlineData("a.example; \"; spf=pass", "AuthResUnclosed")]
    [InlineData("a.example; none of these", "AuthResSyntax")]
    public void Damage_is_said(string value, string code)
    {
        AuthenticationResultsHeader header = AuthenticationResultsHeader.Parse(value);

        Assert.Contains(header.Findings, finding => finding.Code == code);
    }

    [Fact]
    public void An_open_comment_ends_before_the_next_result()
    {
        AuthenticationResultsHeader header = AuthenticationResultsHeader.Parse("a.example; spf=pass (no end; dkim=fail header.d=b.example");

        Assert.Equal("spf=pass | dkim=fail header.d=b.example", string.Join(" | ", header.Results));
        Assert.Equal(["no end"], header.Results[0].Comments);
    }

    [Fact]
    public void Too_many_results_are_cut()
    {
        AuthenticationResultsHeader header = AuthenticationResultsHeader.Parse(
            "a.example" + string.Concat(Enumerable.Repeat("; spf=pass", AuthenticationResultsLimits.Results + 5)));

        Assert.Equal(AuthenticationResultsLimits.Results, header.Results.Count);
        Assert.Contains(header.Findings, finding => finding.Code == "AuthResTooLong");
    }

    [Theory]
    [InlineData("000", CompositeReasonKind.ExplicitFailure)]
    [InlineData("001", CompositeReasonKind.ImplicitFailure)]
    [InlineData("002", CompositeReasonKind.BlockedByAdministrator)]
    [InlineData("010", CompositeReasonKind.OwnDomainExplicitFailure)]
    [InlineData("100", CompositeReasonKind.Pass)]
    [InlineData("130", CompositeReasonKind.ArcOverride)]
    [InlineData("202", CompositeReasonKind.SoftPass)]
    [InlineData("300", CompositeReasonKind.NotChecked)]
    [InlineData("451", CompositeReasonKind.Bypassed)]
    [InlineData("601", CompositeReasonKind.OwnDomainImplicitFailure)]
    [InlineData("703", CompositeReasonKind.Pass)]
    [InlineData("905", CompositeReasonKind.Bypassed)]
    [InlineData("500", CompositeReasonKind.Unknown)]
    [InlineData("1", CompositeReasonKind.Unknown)]
    [InlineData("1x0", CompositeReasonKind.Unknown)]
    public void Composite_reasons(string code, CompositeReasonKind kind)
    {
        CompositeReason reason = CompositeReason.Parse(code);

        Assert.Equal(kind, reason.Kind);
        Assert.StartsWith(code + ": ", reason.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(".", reason.Description, StringComparison.Ordinal);
    }
}
