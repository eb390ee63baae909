using System.Text;
using Dmarc.Posture.Bulk;

namespace Dmarc.Tests.Posture.Bulk;

public sealed class EarlierResultsTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("Domain,Status\r\na.test,Complete\r\n\"b.test\",\"x, \"\"y\"\"\nz\"\r\n", "a.test b.test", "")]
    [InlineData("Domain,Status\na.test,Complete\nb.test,Comp", "a.test", "b.test")]
    [InlineData("Domain,Status\na.test,Complete\nb.test,\"Comp\nmore\n", "a.test", "b.test")]
    [InlineData("\"Status\";\"Domain\"\n\"x\";\"a.test\"\n", "a.test", "x")]
    [InlineData("#TYPE Dmarc.MailDomainResult\n\"Domain\"\n\"a.test\"\n", "a.test", "b.test")]
    [InlineData("Dom", "", "a.test")]
    [InlineData("Domain,Status\n", "", "a.test")]
    [InlineData("", "", "a.test")]
    [InlineData("{\"Domain\":\"a.test\",\"Mx\":{\"Domain\":\"no.test\"}}\n{\"Domain\":\"b.te", "a.test", "b.test no.test")]
    [InlineData("{\"Mx\":{\"Domain\":\"no.test\",\"x\":[\"]\"]}, \"Domain\" : \"a\\u002Etest\"}\n{\"Domain\":\"b.test\"}\n", "a.test b.test", "no.test")]
    [InlineData("{\"Domain\":\"a.test\"}\n\n{\"Domain\":\"a.test\"}\n", "a.test a.test", "a.test")]
    public void Rows_are_taken_and_a_broken_last_one_is_cut(string content, string there, string missing)
    {
        File.WriteAllText(_path, content);

        EarlierResults results = EarlierResults.Open(_path);

        Assert.All(Words(there), domain => Assert.True(results.TryTake(domain), domain));
        Assert.All(Words(missing), domain => Assert.False(results.TryTake(domain), domain));
        Assert.Equal(Words(there).Length, results.Count);
        string left = File.ReadAllText(_path);
        Assert.True(left.Length == 0 || left[^1] == '\n');
        Assert.StartsWith(left, content, StringComparison.Ordinal);
        Assert.Equal(content.Length > left.Length, results.WasCut);
    }

    /// <summary>Wherever a file is cut off, going on with it gives the whole file.</summary>
    [Theory]
    [InlineData("Domain,Note\r\na.test,\"1\r\n2\"\r\na.test,\"é\"\"\"\r\n\"not a domain\",x\r\nb.test,\r\n", true)]
    [InlineData("{\"Domain\":\"a.test\",\"n\":\"é\\\"}\"}\n{\"Domain\":\"a.test\"}\n{\"Domain\":\"not a domain\"}\n{\"Domain\":\"b.test\"}\n", false)]
    public void Wherever_it_was_broken_off_the_rest_is_known(string whole, bool hasHeader)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(whole);
        string[] inputs = ["a.test", "https://a.test/", "not a domain", "b.test"];
        string[] lines = [.. whole.Replace("1\r\n2", "1|2", StringComparison.Ordinal).Split('\n').Select(line => line.Replace("1|2", "1\r\n2", StringComparison.Ordinal) + "\n")];
        string[] rows = lines[(hasHeader ? 1 : 0)..^1];
        for (int length = 0; length <= bytes.Length; length++)
        {
            File.WriteAllBytes(_path, bytes[..length]);

            EarlierResults earlier = EarlierResults.Open(_path);
            DomainSelection selection = new(null, earlier);
            if (hasHeader && !earlier.HasHeader)
            {
                File.AppendAllText(_path, lines[0]);
            }

            for (int at = 0; at < inputs.Length; at++)
            {
                if (selection.Takes(inputs[at]))
                {
                    File.AppendAllText(_path, rows[at]);
                }
            }

            Assert.Equal(whole, File.ReadAllText(_path));
        }
    }

    [Theory]
    [InlineData("Name,Status\na.test,x\n")]
    [InlineData("{\"Name\":\"a.test\"}\n")]
    [InlineData("{\"Domain\":5}\n")]
    [InlineData("{broken\n")]
    public void A_file_of_something_else_is_refused_and_left_alone(string content)
    {
        File.WriteAllText(_path, content);

        Assert.Throws<InvalidDataException>(() => EarlierResults.Open(_path));
        Assert.Equal(content, File.ReadAllText(_path));
    }

    [Fact]
    public void UTF_16_is_refused()
    {
        File.WriteAllText(_path, "Domain\na.test\n", Encoding.Unicode);

        Assert.Throws<InvalidDataException>(() => EarlierResults.Open(_path));
    }

    [Fact]
    public void A_file_that_is_not_there_has_no_rows()
    {
        EarlierResults results = EarlierResults.Open(_path);

        Assert.Equal((0, false), (results.Count, results.TryTake("a.test")));
    }

    [Fact]
    public void A_text_that_a_CSV_made_safe_is_known_again()
    {
        File.WriteAllText(_path, "Domain\n'=cmd\n");

        Assert.True(EarlierResults.Open(_path).TryTake("=cmd"));
    }

    [Theory]
    [InlineData("1/1", 0, true)]
    [InlineData("3/64", 2, true)]
    [InlineData("3/64", 66, true)]
    [InlineData("3/64", 3, false)]
    public void A_shard_takes_every_so_manieth(string text, long index, bool taken)
    {
        Assert.Equal(taken, Shard.Parse(text).Includes(index));
        Assert.Equal(text, Shard.Parse(text).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("1/0")]
    [InlineData("1")]
    [InlineData("1/2/3")]
    [InlineData("-1/4")]
    [InlineData("1/1000001")]
    public void What_is_no_shard_is_refused(string text) => Assert.Throws<FormatException>(() => Shard.Parse(text));

    [Fact]
    public void Shards_together_are_the_list()
    {
        string[] domains = [.. Enumerable.Range(0, 100).Select(at => $"d{at}.test")];

        string[][] parts = [.. Enumerable.Range(1, 7).Select(number => domains.Where(new DomainSelection(Shard.Parse(number + "/7")).Takes).ToArray())];

        Assert.Equal(domains, Enumerable.Range(0, 15).SelectMany(row => parts.Where(part => row < part.Length).Select(part => part[row])));
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
