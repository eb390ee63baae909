using System.IO.Compression;
using System.Net;
using System.Text;
using Dmarc.Advice.Sources;
using Dmarc.Domains;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.Sources;

/// <summary>Tables of the owners of networks: what is read, what is found, and that nothing is lost in silence.</summary>
public sealed class NetworkTableTests : IDisposable
{
    private const string Sample =
        "192.0.2.0\t192.0.2.255\t64496\tUS\tCONTOSO\n" +
        "198.51.100.0\t198.51.100.127\t64497\tJP\tHOSTING - Example Hosting\n" +
        "203.0.113.0\t203.0.113.255\t0\tNone\tNot routed\n" +
        "2001:db8::\t2001:db8:ffff:ffff:ffff:ffff:ffff:ffff\t64500\tDE\tCAMPUS\n";

    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())).FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Theory]
    [InlineData("192.0.2.0", 64496L, "US", "CONTOSO", "192.0.2.0/24")]
    [InlineData("192.0.2.255", 64496L, "US", "CONTOSO", "192.0.2.0/24")]
    [InlineData("198.51.100.127", 64497L, "JP", "HOSTING - Example Hosting", "198.51.100.0/25")]
    [InlineData("2001:db8:5::25", 64500L, "DE", "CAMPUS", "2001:db8::/32")]
    public void An_address_has_the_owner_of_its_range(string address, long asn, string country, string name, string network)
    {
        NetworkOwner? owner = Find(Read(Sample), address);

        Assert.NotNull(owner);
        Assert.Equal((asn, country, name, network), (owner.Asn, owner.Country, owner.Name, owner.Network?.ToString()));
    }

    [Theory]
    [InlineData("192.0.1.255")]
    [InlineData("192.0.3.0")]
    [InlineData("198.51.100.128")]
    [InlineData("203.0.113.7")]
    [InlineData("2001:db9::")]
    [InlineData("255.255.255.255")]
    [InlineData("0.0.0.0")]
    public void An_address_outside_or_in_a_network_that_nobody_announces_has_no_owner(string address) => Assert.Null(Find(Read(Sample), address));

    [Fact]
    public void A_compressed_file_reads_the_same()
    {
        NetworkTable table = NetworkTable.Load(File("t.tsv.gz", Gzip(Sample)));

        Assert.Equal(4, table.Count);
        Assert.Empty(table.Problems);
        Assert.Equal("CONTOSO", Find(table, "192.0.2.1")?.Name);
    }

    [Fact]
    public void Line_ends_comments_and_a_number_with_AS_are_read()
    {
        NetworkTable table = Read("# comment\r\n\r\n192.0.2.0\t192.0.2.255\tAS64496\tus\tCONTOSO\r\n198.51.100.0\t198.51.100.255\t64497\tJP");

        Assert.Empty(table.Problems);
        Assert.Equal("US", Find(table, "192.0.2.1")?.Country);
        Assert.Equal(("", 64497L), (Find(table, "198.51.100.1")?.Name, Find(table, "198.51.100.1")?.Asn));
    }

    [Theory]
    [InlineData("192.0.2.0\t192.0.2.255\t64496")]
    [InlineData("192.0.2.0 192.0.2.255 64496 US CONTOSO")]
    [InlineData("192.0.2.255\t192.0.2.0\t64496\tUS\tX")]
    [InlineData("192.0.2.0\t2001:db8::\t64496\tUS\tX")]
    [InlineData("192.0.2.256\t192.0.2.255\t64496\tUS\tX")]
    [InlineData("1\t2\t64496\tUS\tX")]
    [InlineData("192.0.2.0\t192.0.2.255\tcontoso\tUS\tX")]
    [InlineData("192.0.2.0\t192.0.2.255\t4294967296\tUS\tX")]
    [InlineData("range_start\trange_end\tAS_number\tcountry_code\tAS_description")]
    public void A_damaged_line_costs_itself_and_is_reported(string line)
    {
        NetworkTable table = Read(Sample + line + "\n" + line + "\n");

        Assert.Equal(4, table.Count);
        string problem = Assert.Single(table.Problems);
        Assert.Contains("table.tsv: 2 lines", problem, StringComparison.Ordinal);
        Assert.Contains("line 5", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NetworkTableReader.MaximumLineLength, 0)]
    [InlineData(NetworkTableReader.MaximumLineLength + 1, 1)]
    public void A_line_has_a_limit(int length, int problems)
    {
        string start = "192.0.2.0\t192.0.2.255\t64496\tUS\t";
        NetworkTable table = Read(start + new string('x', length - start.Length) + "\n198.51.100.0\t198.51.100.255\t64497\tJP\tY\n");

        Assert.Equal(problems, table.Problems.Count);
        Assert.Equal("Y", Find(table, "198.51.100.1")?.Name);
    }

    [Fact]
    public void The_narrower_of_two_ranges_counts_and_the_contradiction_is_reported()
    {
        NetworkTable table = Read("10.0.0.0\t10.255.255.255\t1\tUS\tWIDE\n10.1.0.0\t10.1.255.255\t2\tJP\tNARROW\n");

        Assert.Equal(
            ["WIDE", "NARROW", "NARROW", "WIDE", "WIDE"],
            new[] { "10.0.255.255", "10.1.0.0", "10.1.255.255", "10.2.0.0", "10.255.255.255" }.Select(address => Find(table, address)?.Name));
        string problem = Assert.Single(table.Problems);
        Assert.Contains("1 range overlaps", problem, StringComparison.Ordinal);
        Assert.Contains("line 2 (10.1.0.0-10.1.255.255)", problem, StringComparison.Ordinal);
        Assert.Contains("line 1 (10.0.0.0-10.255.255.255)", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ranges_that_cross_the_later_counts_and_no_address_is_lost()
    {
        NetworkTable table = Read("10.0.0.0\t10.0.0.10\t1\tUS\tA\n10.0.0.5\t10.0.0.15\t2\tJP\tB\n10.0.0.12\t10.0.0.13\t3\tDE\tC\n");

        Assert.Equal(
            "AAAAABBBBBBBCCBB-",
            string.Concat(Enumerable.Range(0, 17).Select(last => Find(table, "10.0.0." + last)?.Name ?? "-")));
        Assert.Contains("2 ranges", Assert.Single(table.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_range_of_another_owner_is_a_contradiction_and_of_the_same_owner_is_not()
    {
        NetworkTable table = Read("10.0.0.0\t10.0.0.255\t1\tUS\tFIRST\n10.0.0.0\t10.0.0.255\t2\tUS\tSECOND\n");

        Assert.Equal("FIRST", Find(table, "10.0.0.1")?.Name);
        Assert.Single(table.Problems);
        Assert.Empty(Read("10.0.0.0\t10.0.0.255\t1\tUS\tX\n10.0.0.0\t10.0.0.255\t1\tUS\tX\n").Problems);
    }

    [Fact]
    public void A_range_up_to_the_last_address_of_a_family_ends_there()
    {
        NetworkTable table = Read(
            "0.0.0.0\t255.255.255.255\t1\tUS\tALL\n255.0.0.0\t255.255.255.255\t2\tUS\tEND\n::\tffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff\t3\tUS\tSIX\n");

        Assert.Equal("ALL", Find(table, "254.255.255.255")?.Name);
        Assert.Equal("END", Find(table, "255.255.255.255")?.Name);
        Assert.Equal("SIX", Find(table, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")?.Name);
    }

    [Fact]
    public void A_file_that_breaks_off_gives_what_came_before_and_says_so()
    {
        byte[] whole = Gzip(string.Concat(Enumerable.Range(0, 2000).Select(i => $"10.{i / 256}.{i % 256}.0\t10.{i / 256}.{i % 256}.255\t{i + 1}\tUS\tOWNER {i * 7919}\n")));

        NetworkTable table = NetworkTable.Load(File("cut.tsv.gz", [.. whole.Take(whole.Length / 2)]));

        Assert.InRange(table.Count, 1, 1999);
        Assert.Contains(table.Problems, problem => problem.StartsWith("cut.tsv.gz is damaged after line", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n\n")]
    [InlineData("domain,owner\ncontoso.example,Contoso\n")]
    public void A_file_without_a_line_of_the_table_is_an_error(string text) => Assert.Throws<InvalidDataException>(() => Read(text));

    [Fact]
    public void Random_ranges_are_found_as_by_looking_at_each()
    {
        Random random = new(5);
        for (int run = 0; run < 50; run++)
        {
            List<(int First, int Last, int Owner)> ranges = [];
            for (int i = 1; i <= 12; i++)
            {
                int first = random.Next(200);
                ranges.Add((first, Math.Min(255, first + random.Next(60)), i));
            }

            NetworkTable table = Read(string.Concat(ranges.Select(range => $"10.0.0.{range.First}\t10.0.0.{range.Last}\t{range.Owner}\tUS\tX\n")));
            for (int address = 0; address < 256; address++)
            {
                (int First, int Last, int Owner) expected = ranges
                    .Where(range => range.First <= address && address <= range.Last)
                    .OrderByDescending(range => range.First).ThenBy(range => range.Last).ThenBy(range => range.Owner)
                    .FirstOrDefault();
                Assert.Equal(expected.Owner == 0 ? null : expected.Owner, (int?)Find(table, "10.0.0." + address)?.Asn);
            }
        }
    }

    [Fact]
    public async Task An_inspector_with_a_table_asks_nobody_for_the_owner()
    {
        FakeResolver resolver = new();
        SourceInspector inspector = new(resolver, new SourceInspectorOptions { NetworkTable = Read(Sample.Replace("192.0.2", "8.8.4", StringComparison.Ordinal)) });

        SourceResult result = await inspector.InspectAsync("8.8.4.4");

        Assert.Equal((64496L, "CONTOSO", "US", "8.8.4.0/24"), (result.Asn, result.Owner, result.Country, result.Network));
        Assert.Null(result.NetworkStatus);
        Assert.DoesNotContain(resolver.Queries, query => query.Name.Contains("cymru", StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_looked_up_goes_before_the_table()
    {
        SourceKnowledge owners = new(
            [new SourceResult { SourceIP = "192.0.2.1", Status = SourceStatus.Resolved, Asn = 1, Owner = "ASKED", Country = "FR" }, new SourceResult { SourceIP = "198.51.100.1", Status = SourceStatus.Resolved }],
            Read(Sample));

        Assert.Equal(("ASKED", "FR"), (owners.OwnerOf("192.0.2.1"), owners.CountryOf("192.0.2.1")));
        Assert.Equal(("CONTOSO", "US"), (owners.OwnerOf("192.0.2.2"), owners.CountryOf("192.0.2.2")));
        Assert.Equal("JP", owners.CountryOf("198.51.100.1"));
        Assert.Equal(("", ""), (owners.OwnerOf("no address"), owners.CountryOf("203.0.113.1")));
        Assert.Equal("AS64497", new SourceKnowledge(null, Read("192.0.2.0\t192.0.2.255\t64497\tJP")).OwnerOf("192.0.2.1"));
    }

    private static NetworkOwner? Find(NetworkTable table, string address) => table.Find(AddressNumber.From(IPAddress.Parse(address)));

    private static NetworkTable Read(string text) => new NetworkTableReader("table.tsv").Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static byte[] Gzip(string text)
    {
        using MemoryStream bytes = new();
        using (GZipStream gzip = new(bytes, CompressionMode.Compress))
        {
            byte[] plain = Encoding.UTF8.GetBytes(text);
            gzip.Write(plain, 0, plain.Length);
        }

        return bytes.ToArray();
    }

    private string File(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }
}
