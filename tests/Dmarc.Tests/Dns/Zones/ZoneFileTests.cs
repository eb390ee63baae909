using System.Text;
using Dmarc.Dns;
using Dmarc.Dns.Zones;
using Dmarc.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Dmarc.Tests.Dns.Zones;

public sealed class ZoneFileTests
{
    private static ZoneFile Parse(string text) => ZoneFile.Parse(text, "test.zone");

    private static string TextOf(ZoneFile file) => ((TxtRecord)Assert.Single(file.Records)).Text;

    [Fact]
    public void A_whole_zone_is_read_RFC_1035_section_5_1()
    {
        ZoneFile file = Parse(
            """
            $ORIGIN example.com.   ; a comment
            $TTL 1h
            @       IN SOA ns1 hostmaster.example.com. (
                        2026112101 ; serial
                        1d 2h ; refresh, retry
                        4w 600 )
                    NS   ns1
                    300 IN MX 10 mail
                    IN 300 MX 20 mail2.other.example.
            ns1     A    192.0.2.1
                    AAAA 2001:db8::1
            www     CNAME @
            _dmarc  TXT  "v=DMARC1; p=none;" " rua=mailto:d@example.com"
            1.2.0.192.in-addr.arpa. PTR ns1
            _25._tcp.mail TLSA 3 1 1 ( 0123456789abcdef
                                       0123456789ABCDEF )
            old     SPF "v=spf1 -all"
            """);
        Assert.Empty(file.Findings);
        Assert.Equal(["example.com", ""], file.Origins.OrderByDescending(origin => origin).Concat([""]).Distinct());
        SoaRecord soa = (SoaRecord)file.Records[0];
        Assert.Equal(("example.com", 3600u, "ns1.example.com", 2026112101u, 86400u, 7200u, 2419200u, 600u), (soa.Name, soa.TimeToLive, soa.PrimaryServer, soa.Serial, soa.Refresh, soa.Retry, soa.Expire, soa.Minimum));
        Assert.Equal(
            [
                "example.com NS 3600", "example.com MX 300", "example.com MX 300", "ns1.example.com A 3600", "ns1.example.com AAAA 3600",
                "www.example.com CNAME 3600", "_dmarc.example.com TXT 3600", "1.2.0.192.in-addr.arpa PTR 3600", "_25._tcp.mail.example.com TLSA 3600", "old.example.com SPF 3600",
            ],
            file.Records.Skip(1).Select(record => $"{record.Name} {record.Type} {record.TimeToLive}"));
        Assert.Equal("v=DMARC1; p=none; rua=mailto:d@example.com", file.Records.OfType<TxtRecord>().First().Text);
        Assert.Equal(16, file.Records.OfType<TlsaRecord>().Single().Data.Count);
        Assert.Equal("mail2.other.example", file.Records.OfType<MxRecord>().Last().Exchange);
    }

    [Theory]
    [InlineData("a. TXT word", "word")]
    [InlineData("a. TXT \"two words; not a comment\" ; a comment", "two words; not a comment")]
    [InlineData("a. TXT \"a\\\"b\\\\c\\;d\"", "a\"b\\c;d")]
    [InlineData("a. TXT \"\\065\\066\"", "AB")]
    [InlineData("a. TXT semi\\;colon", "semi;colon")]
    [InlineData("a. TXT \"\"", "")]
    [InlineData("a. TXT \"\u00e9\"", "\u00e9")]
    [InlineData("a. TXT (\n\"one\"\n; between\n\"two\" )", "onetwo")]
    [InlineData("a. TYPE16 \\# 4 03 616263", "abc")]
    [InlineData("a. 1w2d3h4m5s in txt x", "x")]
    [InlineData("a. txt \"tab\tinside\"\r\n", "tab\tinside")]
    public void Character_strings(string text, string expected)
    {
        ZoneFile file = Parse(text);
        Assert.Empty(file.Findings);
        Assert.Equal(expected, TextOf(file));
    }

    /// <summary>Whoever writes U-labels means the A-labels (RFC 5890); a server would not find such a name.</summary>
    [Theory]
    [InlineData("b\u00fccher.example. TXT x", "xn--bcher-kva.example TXT", "'b\u00fccher.example.' is not ASCII; it was read as 'xn--bcher-kva.example.'")]
    [InlineData("_dmarc.b\u00fccher.example. TXT x", "_dmarc.xn--bcher-kva.example TXT", "as '_dmarc.xn--bcher-kva.example.'")]
    [InlineData("*.b\u00fccher.example. TXT x", "*.xn--bcher-kva.example TXT", "as '*.xn--bcher-kva.example.'")]
    [InlineData("$ORIGIN b\u00fccher.example.\n_dmarc TXT x", "_dmarc.xn--bcher-kva.example TXT", "line 1: 'b\u00fccher.example.'")]
    [InlineData("$ORIGIN example.\nb\u00fccher TXT x", "xn--bcher-kva.example TXT", "'b\u00fccher' is not ASCII; it was read as 'xn--bcher-kva'")]
    [InlineData("a. MX 10 mail.b\u00fccher.example.", "a MX", "as 'mail.xn--bcher-kva.example.'")]
    [InlineData("a. CNAME \u4f8b\u3048.\u30c6\u30b9\u30c8.", "a CNAME", "as 'xn--r8jz45g.xn--zckzah.'")]
    public void A_name_with_U_labels_is_read_and_the_A_labels_are_told(string text, string record, string told)
    {
        ZoneFile file = Parse(text);

        Assert.Equal(record, $"{Assert.Single(file.Records).Name} {file.Records[0].Type}");
        Finding finding = Assert.Single(file.Findings);
        Assert.Equal(("DnsZoneUnicodeName", Severity.Warning), (finding.Code, finding.Severity));
        Assert.Contains(told, finding.Message, StringComparison.Ordinal);
        Assert.Matches("^Write [!-~]+ in the zone file\\.$", finding.Remedy);
    }

    [Theory]
    [InlineData("a. TXT \"b\u00fccher\"")]
    [InlineData("a. TXT x ; b\u00fccher")]
    public void Text_and_comments_may_have_any_characters(string text) => Assert.Empty(Parse(text).Findings);

    [Theory]
    [InlineData("\u2026.example. TXT x")]
    [InlineData("b\u00fc\u200bcher.example. TXT x")]
    public void A_name_that_is_no_U_label_is_an_error(string text)
    {
        ZoneFile file = Parse(text);

        Assert.Empty(file.Records);
        Assert.Equal("DnsZoneSyntax", Assert.Single(file.Findings).Code);
    }

    /// <summary>What stands below an origin that cannot be read belongs to no other one.</summary>
    [Fact]
    public void After_an_origin_that_cannot_be_read_relative_names_are_errors()
    {
        ZoneFile file = Parse("$ORIGIN example.\na TXT 1\n$ORIGIN a..b.\n_dmarc TXT 2\n  TXT 3\nc.example. TXT 4\n  TXT 5\n$ORIGIN net.\nd TXT 6\n");

        Assert.Equal(["a.example", "c.example", "c.example", "d.net"], file.Records.Select(record => record.Name));
        Assert.Equal([3, 4, 5], file.Findings.Select(finding => int.Parse(finding.Message.Split("line ")[1].Split(':')[0], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("a. TXT \"open", "quoted string is not closed")]
    [InlineData("a. TXT ( \"x\"", "parenthesis is not closed")]
    [InlineData("a. TXT \"x\" )", "has no opening one")]
    [InlineData("rel TXT x", "'rel' is a relative name")]
    [InlineData("a. 300 IN", "no type")]
    [InlineData("a. CH TXT x", "'CH'")]
    [InlineData("a. A 192.0.2.256", "192.0.2.256")]
    [InlineData("a. A 1", "near '1'")]
    [InlineData("a. AAAA 192.0.2.1", "192.0.2.1")]
    [InlineData("a. MX 65536 b.", "65536")]
    [InlineData("a. MX 10", "incomplete")]
    [InlineData("a. NS b. c.", "from 'c.'")]
    [InlineData("a. TXT", "incomplete")]
    [InlineData("a. TXT \\999", "\\999")]
    [InlineData("a. TLSA 3 1 1 abc", "'c'")]
    [InlineData("a..b. TXT x", "'a..b.'")]
    [InlineData("$GENERATE 1-10 a A 192.0.2.1", "$GENERATE")]
    [InlineData("$TTL soon", "$TTL")]
    [InlineData("a. v=DMARC1 x", "'v=DMARC1'")]
    [InlineData("a. TXT \\# 4 03 6162", "near")]
    public void A_line_that_cannot_be_read_is_named_and_the_rest_is_read(string line, string expected)
    {
        ZoneFile file = Parse("ok. TXT first\n" + line + "\n");
        Finding finding = Assert.Single(file.Findings);
        Assert.Equal("DnsZoneSyntax", finding.Code);
        Assert.StartsWith("test.zone, line 2: ", finding.Message, StringComparison.Ordinal);
        Assert.Contains(expected, finding.Message, StringComparison.Ordinal);
        Assert.Equal(14, finding.Position);
        Assert.Equal("first", TextOf(file));
    }

    [Fact]
    public void A_first_line_needs_an_owner()
    {
        Assert.Contains("no owner", Assert.Single(Parse("  TXT x").Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_follows_a_bad_line_keeps_its_line_number()
    {
        ZoneFile file = Parse("a. TXT \"open\nb. TXT fine\nc. TXT \"open\n");
        Assert.Equal("fine", TextOf(file));
        Assert.Equal(["test.zone, line 1", "test.zone, line 3"], file.Findings.Select(finding => finding.Message.Split(':')[0]));
    }

    [Fact]
    public void A_string_over_255_octets_is_named()
    {
        ZoneFile file = Parse("a. TXT \"" + new string('x', 256) + "\"");
        Assert.Contains("256", Assert.Single(file.Findings).Message, StringComparison.Ordinal);
        Assert.Empty(file.Records);
    }

    [Fact]
    public void Includes_are_refused_and_unknown_types_told_once()
    {
        ZoneFile file = Parse("$INCLUDE other.zone\na. SRV 0 0 1 b.\nb. SRV 0 0 1 b.\nb. CAA 0 issue \"x\"\n");
        Assert.Equal(["DnsZoneInclude", "DnsZoneUnknownType", "DnsZoneUnknownType"], file.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public void A_CNAME_beside_other_records_is_named()
    {
        ZoneFile file = Parse("a.example. CNAME b.example.\nA.example. TXT x\n");
        Assert.Equal("DnsZoneCnameConflict", Assert.Single(file.Findings).Code);
    }

    [Theory]
    [InlineData("@ SOA", "$ORIGIN example.\n@ SOA ns host 1 2 3 4 5\n", "example")]
    [InlineData("as servers write it", "$ORIGIN .\nexample SOA ns. host. 1 2 3 4 5\n$ORIGIN example.\nwww A 192.0.2.1\n", "example")]
    [InlineData("everything", "$ORIGIN .\nexample SOA ns. host. 1 2 3 4 5\nother.test A 192.0.2.1\n", ",example")]
    [InlineData("no SOA", "$ORIGIN Example.\n$ORIGIN sub\nwww A 192.0.2.1\n", "example")]
    [InlineData("nothing", "example. A 192.0.2.1\n", "none")]
    public void Origins(string what, string text, string expected)
    {
        ZoneFile file = Parse(text);
        Assert.NotEmpty(what);
        Assert.Empty(file.Findings);
        Assert.Equal(expected, file.Origins.Count == 0 ? "none" : string.Join(',', file.Origins.OrderBy(origin => origin, StringComparer.Ordinal)));
    }

    [Fact]
    public void An_origin_that_is_given_counts()
    {
        ZoneFile file = ZoneFile.Parse("@ TXT x\nwww TXT y\n", "test.zone", "Example.COM.");
        Assert.Equal(["example.com"], file.Origins);
        Assert.Equal(["example.com", "www.example.com"], file.Records.Select(record => record.Name));
    }

    [Theory]
    [InlineData("UTF-8")]
    [InlineData("UTF-8 with mark")]
    [InlineData("UTF-16")]
    [InlineData("ISO-8859-1")]
    public void Files_in_any_encoding(string encoding)
    {
        string path = Path.GetTempFileName();
        try
        {
            const string Text = "a. TXT \"caf\u00e9\"\n";
            byte[] bytes = encoding switch
            {
                "UTF-8" => Encoding.UTF8.GetBytes(Text),
                "UTF-8 with mark" => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Text)],
                "UTF-16" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Text)],
                _ => Encoding.Latin1.GetBytes(Text),
            };
            File.WriteAllBytes(path, bytes);
            ZoneFile file = ZoneFile.Read(path);
            Assert.Equal("caf\u00e9", TextOf(file));
            Assert.Equal(path, file.Source);
            Assert.Equal(encoding == "ISO-8859-1" ? 4 : 5, ((TxtRecord)file.Records[0]).Strings[0].Length);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Random_text_never_throws()
    {
        Gen<string> words = Gen.Elements(
            "a", ".", "@", "$ORIGIN", "$TTL", "IN", "TXT", "SOA", "MX", "TLSA", "A", "AAAA", "CNAME", "(", ")", "\"", "\\", "\\# 1", ";", "\n", " ", "\t", "1h",
            "300", "example.", "\\300", "\\065", "\ud800", "\u00e9", "\0", "*", "TYPE16", "::1", "192.0.2.1", "ff");
        Prop.ForAll(
            Gen.ListOf(words).Select(string.Concat).ToArbitrary(),
            text => Parse(text).Findings.All(finding => finding.Message.Length > 0)).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
        Prop.ForAll<string?>(text => Parse(text ?? "").Source == "test.zone").QuickCheckThrowOnFailure();
    }
}
