using Dmarc.Advice.Sources;
using Dmarc.Standards;
using static Dmarc.Tests.Advice.Sources.SourceRows;

namespace Dmarc.Tests.Advice.Sources;

public class SourceClassifierTests
{
    private const string Source = "198.51.100.20";

    /// <summary>What rows alone say: a name for the case, the class, the service, the rows.</summary>
    public static TheoryData<string, SourceClass, string, string> Cases { get; } = new()
    {
        { "own server", SourceClass.AlignedSender, "", "100 dkim=pass:contoso.example spf=pass:contoso.example" },
        { "own server, SPF only", SourceClass.AlignedSender, "", "100 spf=pass:bounce.contoso.example" },
        { "99 % aligned, 1 % failing", SourceClass.AlignedSender, "", "99 dkim=pass:contoso.example spf=pass:contoso.example|1 spf=pass:other.example" },
        { "1 of 20 fails", SourceClass.AlignedSender, "", "19 dkim=pass:contoso.example spf=pass:contoso.example|1 spf=pass:other.example" },
        { "listed, but a twentieth of much fails", SourceClass.AlignedSender, "", "9600 spf=pass:contoso.example|400 spf=pass:other.example" },
        { "SPF of a subdomain, strict", SourceClass.KnownServiceNotAligned, "", "50 spf=pass:mail.contoso.example aligns=no" },
        { "DKIM of a subdomain, strict", SourceClass.KnownServiceNotAligned, "", "50 dkim=pass:mail.contoso.example spf=pass:mailer.test aligns=no" },
        { "a service with a MAIL FROM below the domain, strict", SourceClass.KnownServiceNotAligned, "SendGrid", "50 dkim=pass:em.contoso.example,pass:sendgrid.net spf=pass:em.contoso.example aligns=no" },
        { "own server, domain with broken SPF and no DKIM", SourceClass.Unknown, "", "20 spf=permerror:contoso.example" },
        { "listed, but half fails", SourceClass.AlignedSender, "", "50 spf=pass:contoso.example|50 spf=pass:other.example" },
        { "domain without SPF", SourceClass.AlignedSender, "", "20 dkim=pass:contoso.example spf=none:contoso.example" },
        { "domain with broken SPF", SourceClass.AlignedSender, "", "20 dkim=pass:contoso.example spf=permerror:contoso.example" },
        { "no SPF result in the report", SourceClass.AlignedSender, "", "20 dkim=pass:contoso.example" },
        { "SES with own DKIM and its own MAIL FROM", SourceClass.AlignedSender, "Amazon SES", "80 dkim=pass:contoso.example,pass:amazonses.com spf=pass:eu-west-1.amazonses.com" },
        { "unknown service that signs for itself too", SourceClass.AlignedSender, "", "80 dkim=pass:contoso.example,pass:mailer.test spf=pass:b.mailer.test" },
        { "SES as it comes", SourceClass.KnownServiceNotAligned, "Amazon SES", "80 dkim=pass:amazonses.com spf=pass:eu-west-1.amazonses.com" },
        { "SendGrid, found by MAIL FROM", SourceClass.KnownServiceNotAligned, "SendGrid", "80 spf=pass:u123.wl.sendgrid.net" },
        { "half of what Mailchimp sends", SourceClass.KnownServiceNotAligned, "Mailchimp", "50 dkim=pass:contoso.example,pass:mcsv.net spf=pass:mail1.mcsv.net|50 dkim=pass:mcsv.net spf=pass:mail1.mcsv.net" },
        { "own tenant of Microsoft 365", SourceClass.KnownServiceNotAligned, "Microsoft 365", "30 dkim=pass:contoso.onmicrosoft.com spf=none:contoso.example" },
        { "own tenant of Google", SourceClass.KnownServiceNotAligned, "Google Workspace", "30 dkim=pass:contoso-example.20230601.gappssmtp.com spf=softfail:contoso.example" },
        { "tenant of another name, domain without SPF", SourceClass.KnownServiceNotAligned, "Microsoft 365", "30 dkim=pass:contosogroup.onmicrosoft.com spf=none:contoso.example" },
        { "tenant of another name, domain with broken SPF", SourceClass.KnownServiceNotAligned, "Microsoft 365", "30 dkim=pass:contosogroup.onmicrosoft.com spf=permerror:contoso.example" },
        { "somebody else's tenant of Microsoft 365", SourceClass.Unknown, "Microsoft 365", "3 dkim=pass:evil.onmicrosoft.com spf=pass:evil.test" },
        { "somebody else's tenant of Google", SourceClass.Unknown, "Google Workspace", "3 dkim=pass:evil-test.20230601.gappssmtp.com spf=pass:evil.test" },
        { "forwarder that keeps MAIL FROM", SourceClass.Forwarder, "", "7 dkim=pass:contoso.example spf=fail:contoso.example" },
        { "forwarder that rewrites MAIL FROM", SourceClass.Forwarder, "", "7 dkim=pass:contoso.example spf=pass:alumni.test" },
        { "forwarding by Gmail", SourceClass.Forwarder, "", "7 dkim=pass:contoso.example spf=pass:gmail.com" },
        { "list that breaks signatures", SourceClass.Forwarder, "", "7 dkim=fail:contoso.example,pass:lists.test spf=pass:lists.test" },
        { "mailing_list", SourceClass.Forwarder, "", "7 spf=pass:lists.test override=mailing_list" },
        { "forwarded", SourceClass.Forwarder, "", "7 spf=fail:contoso.example override=forwarded" },
        { "trusted_forwarder", SourceClass.Forwarder, "", "7 spf=fail:contoso.example override=trusted_forwarder" },
        { "local_policy with arc=pass", SourceClass.Forwarder, "", "7 spf=pass:lists.test override=local_policy:arc=pass" },
        { "local_policy alone", SourceClass.Unknown, "", "7 spf=fail:contoso.example override=local_policy" },
        { "sampled_out alone", SourceClass.Unknown, "", "7 spf=fail:contoso.example override=sampled_out" },
        { "one override among many failures", SourceClass.Unknown, "", "99 spf=fail:contoso.example|1 spf=fail:contoso.example override=forwarded" },
        { "own HELO that passes", SourceClass.OwnNetworkMissingFromSpf, "", "9 spf=softfail:contoso.example helo=pass:mail.contoso.example" },
        { "own HELO that does not pass", SourceClass.Unknown, "", "9 spf=softfail:contoso.example helo=none:mail.contoso.example" },
        { "spoofing with the domain as MAIL FROM", SourceClass.Unknown, "", "9 spf=fail:contoso.example dkim=fail:contoso.example" },
        { "spoofing with another MAIL FROM", SourceClass.Unknown, "", "9 spf=pass:evil.test dkim=pass:evil.test" },
        { "a domain that only looks alike", SourceClass.Unknown, "", "9 spf=pass:notcontoso.example dkim=pass:notcontoso.example" },
        { "no evaluation", SourceClass.Unknown, "", "9 dkim=pass:contoso.example spf=pass:contoso.example evaluated=no" },
        { "one message in ten evaluated", SourceClass.AlignedSender, "", "9 spf=pass:contoso.example evaluated=no|1 dkim=pass:contoso.example spf=pass:contoso.example" },
        { "no message at all", SourceClass.Unknown, "", "0 spf=pass:contoso.example" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rows_alone_tell_the_class(string name, SourceClass expected, string service, string rows)
    {
        SourceVerdict verdict = new SourceClassifier().Classify(Evidence(Source, rows.Split('|')));

        Assert.Equal((name, expected, service), (name, verdict.Class, verdict.Service));
        Assert.NotEmpty(verdict.Reason);
        Assert.DoesNotContain("{", verdict.Reason + verdict.Remedy, StringComparison.Ordinal);
        Assert.Equal(verdict.Class is SourceClass.KnownServiceNotAligned or SourceClass.OwnNetworkMissingFromSpf || name.StartsWith("listed, but", StringComparison.Ordinal), verdict.NeedsWork);
    }

    [Fact]
    public void Every_class_has_a_case() =>
        Assert.Equal(Enum.GetValues<SourceClass>().Order(), Cases.Select(row => (SourceClass)row[1]).Distinct().Order());

    [Fact]
    public void A_neighbour_of_an_aligned_sender_is_likely_own()
    {
        IReadOnlyList<SourceVerdict> verdicts = new SourceClassifier().ClassifyAll(
        [
            Evidence("192.0.2.10", "100 spf=pass:contoso.example"),
            Evidence("192.0.2.77", "40 dkim=pass:contoso.example spf=softfail:contoso.example"),
            Evidence("192.0.2.78", "4 spf=fail:contoso.example"),
            Evidence("192.0.2.79", "4 spf=pass:evil.test"),
            Evidence("192.0.3.77", "4 spf=fail:contoso.example"),
            EvidenceOf("192.0.2.80", "fabrikam.example", "4 spf=fail:fabrikam.example"),
        ]);

        Assert.Equal(
            [
                SourceClass.AlignedSender, SourceClass.OwnNetworkMissingFromSpf, SourceClass.OwnNetworkMissingFromSpf,
                SourceClass.Unknown, SourceClass.Unknown, SourceClass.Unknown,
            ],
            verdicts.Select(verdict => verdict.Class));
        Assert.Contains("ip4:192.0.2.78", verdicts[2].Remedy, StringComparison.Ordinal);
        Assert.False(verdicts[1].NeedsWork);
        Assert.True(verdicts[2].NeedsWork);
    }

    [Fact]
    public void A_service_says_what_to_set_up_there()
    {
        SourceVerdict ses = new SourceClassifier().Classify(Evidence(Source, "8 dkim=pass:amazonses.com spf=pass:amazonses.com"));
        SourceVerdict mailchimp = new SourceClassifier().Classify(Evidence(Source, "8 dkim=pass:mcsv.net spf=pass:mcsv.net"));

        Assert.Contains("Easy DKIM", ses.Remedy, StringComparison.Ordinal);
        Assert.Contains("custom MAIL FROM", ses.Remedy, StringComparison.Ordinal);
        Assert.Contains("DKIM has to align", mailchimp.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the name tells the service", SourceClass.KnownServiceNotAligned, "Microsoft 365", "9 spf=softfail:contoso.example")]
    [InlineData("another tenant", SourceClass.Unknown, "Microsoft 365", "9 spf=pass:evil.test")]
    [InlineData("forwarded by a tenant", SourceClass.Forwarder, "Microsoft 365", "9 dkim=pass:contoso.example spf=pass:tenant.test")]
    [InlineData("forwarded, the MAIL FROM kept", SourceClass.Forwarder, "Microsoft 365", "9 dkim=pass:contoso.example spf=softfail:contoso.example")]
    [InlineData("a list of a tenant", SourceClass.Forwarder, "Google Workspace", "9 dkim=fail:contoso.example spf=pass:lists.test")]
    [InlineData("a key of a service that is not right", SourceClass.KnownServiceNotAligned, "Amazon SES", "9 dkim=fail:contoso.example,pass:amazonses.com spf=pass:amazonses.com")]
    [InlineData("customer of a service", SourceClass.Unknown, "SendGrid", "9 dkim=pass:evil.test spf=pass:bounce.evil.test")]
    [InlineData("customer of a service, unsigned", SourceClass.KnownServiceNotAligned, "SendGrid", "9 spf=fail:contoso.example")]
    [InlineData("a forwarding service", SourceClass.Forwarder, "ImprovMX", "9 spf=fail:contoso.example")]
    public void Look_ups_tell_more(string name, SourceClass expected, string service, string rows)
    {
        SourceResult resolved = new() { SourceIP = Source, Status = SourceStatus.Resolved, Service = service, ServiceSign = ServiceSign.ReverseName };

        SourceVerdict verdict = new SourceClassifier().Classify(Evidence(Source, rows), null, resolved);

        Assert.Equal((name, expected, service), (name, verdict.Class, verdict.Service));
    }

    [Fact]
    public void A_confirmed_own_name_tells_an_own_machine()
    {
        SourceResult resolved = new() { SourceIP = Source, Status = SourceStatus.Resolved, Names = ["out.contoso.example"], IsNameConfirmed = true, SpfCovers = AuthenticationResult.SoftFail };
        SourceEvidence failing = Evidence(Source, "9 spf=softfail:contoso.example");

        Assert.Equal(SourceClass.OwnNetworkMissingFromSpf, Judge(failing, resolved));
        Assert.Equal(SourceClass.OwnNetworkMissingFromSpf, Judge(Evidence(Source, "9 spf=none:contoso.example"), resolved));
        Assert.Equal(SourceClass.Unknown, Judge(failing, resolved with { IsNameConfirmed = false }));
        Assert.Equal(SourceClass.AlignedSender, Judge(failing, resolved with { SpfCovers = AuthenticationResult.Pass }));
    }

    [Fact]
    public void A_source_that_the_record_lists_no_more_is_said_to_be_missing()
    {
        SourceResult resolved = new() { SourceIP = Source, Status = SourceStatus.Resolved, SpfCovers = AuthenticationResult.Fail };

        SourceVerdict gone = new SourceClassifier().Classify(Evidence(Source, "9 spf=pass:contoso.example"), null, resolved);
        Assert.Equal((SourceClass.OwnNetworkMissingFromSpf, true), (gone.Class, gone.NeedsWork));
        SourceVerdict signed = new SourceClassifier().Classify(Evidence(Source, "9 dkim=pass:contoso.example spf=pass:contoso.example"), null, resolved);
        Assert.Equal((SourceClass.AlignedSender, false), (signed.Class, signed.NeedsWork));
        Assert.Contains("ip4:" + Source, signed.Remedy, StringComparison.Ordinal);

        // What counts for a subdomain in MAIL FROM is its own record, and a failed look-up says nothing.
        Assert.Equal(SourceClass.AlignedSender, Judge(Evidence(Source, "9 spf=pass:bounce.contoso.example"), resolved));
        Assert.Equal(SourceClass.AlignedSender, Judge(Evidence(Source, "9 spf=pass:contoso.example"), resolved with { SpfCovers = AuthenticationResult.TempError }));
    }

    [Fact]
    public void A_source_that_the_record_lists_is_is_the_domains_own_affair()
    {
        SourceResult resolved = new() { SourceIP = Source, Status = SourceStatus.Resolved, SpfCovers = AuthenticationResult.Pass };

        Assert.Equal(SourceClass.KnownServiceNotAligned, Judge(Evidence(Source, "9 spf=pass:mailer.test"), resolved));
        // A subdomain has a record of its own, which still refuses.
        Assert.Equal(SourceClass.AlignedSender, Judge(Evidence(Source, "9 spf=fail:contoso.example"), resolved));
        Assert.Equal(SourceClass.KnownServiceNotAligned, Judge(Evidence(Source, "9 spf=fail:bounce.contoso.example"), resolved));
        Assert.Equal(SourceClass.Unknown, Judge(Evidence(Source, "9 spf=pass:mailer.test"), resolved with { SpfCovers = AuthenticationResult.Fail }));
    }

    [Theory]
    [InlineData(999, 1000, "99.9 %")]
    [InlineData(99999, 100000, "99.9 %")]
    public void Nothing_that_fails_is_rounded_away(long passed, long messages, string expected) =>
        Assert.Contains(
            expected,
            new SourceClassifier().Classify(Evidence(Source, $"{passed} spf=pass:contoso.example", $"{messages - passed} spf=fail:contoso.example")).Reason,
            StringComparison.Ordinal);

    private static SourceClass Judge(SourceEvidence evidence, SourceResult resolved) =>
        new SourceClassifier().Classify(evidence, null, resolved).Class;
}
