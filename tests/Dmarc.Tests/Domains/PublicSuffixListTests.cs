using System.Text;
using Dmarc.Domains;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Domains;

public class PublicSuffixListTests
{
    private const string Sample = """
        // VERSION: 2026-01-01
        // ===BEGIN ICANN DOMAINS===
        com
        uk
        co.uk
        *.ck
        !www.ck
        jp
        *.kobe.jp
        !city.kobe.jp
        公司.cn
        cn
        // ===BEGIN PRIVATE DOMAINS===
        blogspot.com   what follows white space is no part of the rule
        *.compute.example.com
        """;

    private static readonly PublicSuffixList List = PublicSuffixList.Load(new MemoryStream(Encoding.UTF8.GetBytes(Sample)));

    [Theory]
    [InlineData("com", null)]
    [InlineData("example.com", "example.com")]
    [InlineData("a.b.example.com", "example.com")]
    [InlineData("example.co.uk", "example.co.uk")]
    [InlineData("a.example.co.uk", "example.co.uk")]
    [InlineData("ck", null)]
    [InlineData("anything.ck", null)]
    [InlineData("a.anything.ck", "a.anything.ck")]
    [InlineData("www.ck", "www.ck")]
    [InlineData("a.www.ck", "www.ck")]
    [InlineData("city.kobe.jp", "city.kobe.jp")]
    [InlineData("a.city.kobe.jp", "city.kobe.jp")]
    [InlineData("b.kobe.jp", null)]
    [InlineData("a.b.kobe.jp", "a.b.kobe.jp")]
    [InlineData("kobe.jp", "kobe.jp")]
    [InlineData("me.blogspot.com", "me.blogspot.com")]
    [InlineData("x.eu.compute.example.com", "x.eu.compute.example.com")]
    [InlineData("食狮.公司.cn", "xn--85x722f.xn--55qx5d.cn")]
    [InlineData("unlisted", null)]
    [InlineData("a.b.unlisted", "b.unlisted")]
    public void Finds_what_was_registered(string name, string? expected)
    {
        DomainName domain = DomainName.Parse(name);

        Assert.Equal(expected, List.GetRegistrableDomain(domain)?.ToString());
        Assert.Equal(expected is null, List.IsPublicSuffix(domain));
        Assert.Equal(expected ?? domain.ToString(), List.GetOrganizationalDomain(domain).ToString());
    }

    [Fact]
    public void Knows_its_edition_and_its_size()
    {
        Assert.Equal("2026-01-01", List.Version);
        Assert.Equal(12, List.RuleCount);
        Assert.Equal("co.uk", List.GetPublicSuffix(DomainName.Parse("a.example.co.uk")).ToString());
    }

    [Fact]
    public void Refuses_a_file_without_rules() =>
        Assert.Throws<InvalidDataException>(() => PublicSuffixList.Load(new MemoryStream(Encoding.UTF8.GetBytes("// nothing\n\n"))));

    [Fact]
    public void Reads_a_file()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, Sample);
            Assert.Equal(12, PublicSuffixList.Load(path).RuleCount);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Embeds_the_whole_list()
    {
        Assert.True(PublicSuffixList.Default.RuleCount > 9000);
        Assert.Contains("20", PublicSuffixList.Default.Version, StringComparison.Ordinal);
        Assert.Equal("contoso.co.uk", PublicSuffixList.Default.GetOrganizationalDomain(DomainName.Parse("mail.contoso.co.uk")).ToString());
        Assert.Equal("me.github.io", PublicSuffixList.Default.GetOrganizationalDomain(DomainName.Parse("me.github.io")).ToString());
    }

    [Fact]
    public void The_compact_form_holds_the_same_rules()
    {
        using MemoryStream compact = new();
        List.WriteCompact(compact);
        compact.Position = 0;
        using System.IO.Compression.DeflateStream inflate = new(compact, System.IO.Compression.CompressionMode.Decompress);
        PublicSuffixList again = PublicSuffixList.Load(inflate);

        Assert.Equal(List.RuleCount, again.RuleCount);
        Assert.Equal("a.city.kobe.jp", DomainName.Parse("a.city.kobe.jp").ToString());
        Assert.Equal("city.kobe.jp", again.GetOrganizationalDomain(DomainName.Parse("a.city.kobe.jp")).ToString());
        Assert.Equal("a.anything.ck", again.GetOrganizationalDomain(DomainName.Parse("a.anything.ck")).ToString());
    }

    public static TheoryData<string, string?> Published()
    {
        TheoryData<string, string?> rows = [];
        if (!TestFiles.HasConformance)
        {
            rows.Add("", null);
            return rows;
        }

        foreach (string line in File.ReadLines(TestFiles.Conformance("psl", "test_psl.txt")))
        {
            string[] parts = line.Split('\'');
            if (line.StartsWith("checkPublicSuffix('", StringComparison.Ordinal))
            {
                rows.Add(parts[1], parts.Length > 3 ? parts[3] : null);
            }
        }

        return rows;
    }

    [ConformanceTheory]
    [MemberData(nameof(Published))]
    public void Passes_the_published_tests(string input, string? expected)
    {
        PublicSuffixList list = Current.Value;
        string? found = DomainName.TryParse(input, out DomainName? name) ? list.GetRegistrableDomain(name)?.ToString() : null;
        string? wanted = expected is null ? null : DomainName.Parse(expected).ToString();

        Assert.Equal(wanted, found);
    }

    [ConformanceFact]
    public void The_embedded_list_passes_the_published_tests_too()
    {
        foreach (object[] row in Published())
        {
            string? found = DomainName.TryParse((string)row[0], out DomainName? name)
                ? PublicSuffixList.Default.GetRegistrableDomain(name)?.ToString()
                : null;
            Assert.Equal(row[1] is string expected ? DomainName.Parse(expected).ToString() : null, found);
        }
    }

    private static readonly Lazy<PublicSuffixList> Current =
        new(() => PublicSuffixList.Load(TestFiles.Conformance("psl", "public_suffix_list.dat")));
}
