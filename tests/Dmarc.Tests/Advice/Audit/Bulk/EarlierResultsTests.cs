using System.Text;
using Dmarc.Advice.Audit.Bulk;

namespace Dmarc.Tests.Advice.Audit.Bulk;

public sealed class EarlierResultsTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    private const string ClixmlStart = "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">\n";

    [Theory]
    [InlineData("Domain,Status\r\na.test,Complete\r\n\"b.test\",\"x, \"\"y\"\"\nz\"\r\n", "a.test b.test", "", null, 0)]
    [InlineData("Domain,Status\na.test,Complete\nb.test,Comp", "a.test", "b.test", 3, 0)]
    [InlineData("Domain,Status\na.test,Complete\nb.test,\"Comp\nmore\n", "a.test", "b.test", 3, 0)]
    [InlineData("Domain,Status\na.test,\"x\ny\"\nb.test,Complete\nc.test,x", "a.test b.test", "c.test", 5, 0)]
    [InlineData("Domain,Status\na.test,Complete\nb.test,Comc.test,Complete\nd.test,Complete\n", "a.test d.test", "b.test c.test", null, 1)]
    [InlineData("Domain,Status\na.test\nb.test,Complete\n", "b.test", "a.test", null, 1)]
    [InlineData("\"Status\";\"Domain\"\n\"x\";\"a.test\"\n", "a.test", "x", null, 0)]
    [InlineData("#TYPE Dmarc.MailDomainResult\n\"Domain\"\n\"a.test\"\n", "a.test", "b.test", null, 0)]
    [InlineData("Domain,Status\na.test,Complete\nb.test,\"Complete\nc.test,Complete\nd.test,Complete\n", "a.test c.test d.test", "b.test", null, 1)]
    [InlineData("Domain,Status\na.test\"x,Complete\nb.test,a \"word\n", "a.test\"x b.test", "a.test", null, 0)]
    [InlineData("\n\nDomain,Status\n\na.test,Complete\n\nb.test,", "a.test", "b.test", 7, 0)]
    [InlineData("Dom", "", "a.test", 1, 0)]
    [InlineData("\nDomain,Status", "", "a.test", 2, 0)]
    [InlineData("Domain,Status\n", "", "a.test", null, 0)]
    [InlineData("", "", "a.test", null, 0)]
    [InlineData("\n\n{\"Domain\":\"a.test\",\"Mx\":{\"Domain\":\"no.test\"}}\n{\"Domain\":\"b.te", "a.test", "b.test no.test", 4, 0)]
    [InlineData("{\"Mx\":{\"Domain\":\"no.test\",\"x\":[\"]\"]}, \"Domain\" : \"a\\u002Etest\"}\n{\"Domain\":\"b.test\"}\n", "a.test b.test", "no.test", null, 0)]
    [InlineData("{\"Domain\":\"a.test\"}\n\n{\"Domain\":\"a.test\"}\n", "a.test a.test", "a.test", null, 0)]
    [InlineData("{\"Domain\":\"a.test\"}\n{\"Domain\":\"b.test\",\"Sta{\"Domain\":\"c.test\"}\n{\"Domain\":\"d.test\"}\n", "a.test d.test", "b.test c.test", null, 1)]
    [InlineData("{\"Domain\":\"a.test\"}\n{\"Domain\":\"b.test\",\"Mx\":{\n{\"Domain\":\"c.test\"}{}\n", "a.test", "b.test c.test", null, 2)]
    [InlineData(ClixmlStart + "<Obj><Props><S N=\"Domain\">a.test</S><Obj N=\"Mx\"><Props><S N=\"Domain\">no.test</S></Props></Obj></Props></Obj>\n<Obj><MS><S N=\"Domain\">b.test</S></MS></Obj></Objs>", "a.test b.test", "no.test", null, 0)]
    [InlineData(ClixmlStart + "<Obj><LST><Obj><Props><S N=\"Domain\">a.test</S></Props></Obj><Obj><Props><S N=\"Domain\">b_x000A_</S></Props></Obj></LST></Obj></Objs>", "a.test b\n", "b", null, 0)]
    [InlineData(ClixmlStart + "<Obj><Props><S N=\"Domain\">a.test</S></Props></Obj>\n<Obj><Props><S N=\"Domain\">b.test</S><S N=\"X\">", "a.test", "b.test", 3, 0)]
    [InlineData(ClixmlStart + "<S>other</S>\n<Obj><Props><S N=\"Domain\">a.test</S></Props></Obj></Objs>", "a.test", "other", null, 1)]
    [InlineData(ClixmlStart + "</Objs>", "", "a.test", null, 0)]
    public void Whole_results_count_and_nothing_else(string content, string there, string missing, int? incompleteLine, int broken)
    {
        File.WriteAllText(_path, content);

        EarlierResults results = new();
        EarlierFile file = results.Read(_path);

        Assert.Equal((Words(there).Length, incompleteLine, broken), (file.Count, file.IncompleteLine, file.BrokenCount));
        Assert.Equal(broken > 0, file.FirstBrokenLine > 0);
        Assert.All(Words(there), domain => Assert.True(results.TryTake(domain), domain));
        Assert.All(Words(missing), domain => Assert.False(results.TryTake(domain), domain));
        Assert.Equal(content, File.ReadAllText(_path));
    }

    /// <summary>Wherever a file is cut off: what is whole is skipped, the rest is given, and the file stays as it is.</summary>
    [Theory]
    [InlineData("Domain,Note\r\na.test,\"1\r\n2\"\r\na.test,\"é\"\"\"\r\n\"not a domain\",x\r\nb.test,\r\n", "\n")]
    [InlineData("{\"Domain\":\"a.test\",\"n\":\"é\\\"}\"}\n{\"Domain\":\"a.test\"}\n{\"Domain\":\"not a domain\"}\n{\"Domain\":\"b.test\"}\n", "\n")]
    [InlineData(ClixmlStart + "<Obj><Props><S N=\"Domain\">a.test</S></Props></Obj><Obj><Props><S N=\"Domain\">a.test</S><B N=\"é\">true</B></Props></Obj><Obj><Props><S N=\"Domain\">not a domain</S></Props></Obj><Obj><Props><S N=\"Domain\">b.test</S></Props></Obj></Objs>", "</Obj>")]
    public void Wherever_it_was_broken_off_the_rest_is_known(string whole, string end)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(whole);
        string[] inputs = ["a.test", "https://a.test/", "not a domain", "b.test"];
        int header = whole.StartsWith("Domain", StringComparison.Ordinal) ? 1 : 0;
        int start = whole[0] == '<' ? Encoding.UTF8.GetByteCount(ClixmlStart) : 0;
        for (int length = start; length <= bytes.Length; length++)
        {
            File.WriteAllBytes(_path, bytes[..length]);

            EarlierResults earlier = new();
            EarlierFile file = earlier.Read(_path);
            DomainSelection selection = new(null, earlier);
            string[] rest = [.. inputs.Where(selection.Takes)];

            // The first half of a line's end is an end too.
            int counted = length > 0 && length < bytes.Length && bytes[length - 1] == '\r' ? length + 1 : length;
            string left = Encoding.UTF8.GetString(bytes[..counted]).Replace("1\r\n2", "1", StringComparison.Ordinal);
            int done = Math.Clamp(left.Replace("\"1\r\n", "", StringComparison.Ordinal).Split(end).Length - 1 - header, 0, 4);
            Assert.Equal(inputs[done..], rest);
            Assert.Equal(done, file.Count);
            Assert.Equal(bytes[..length], File.ReadAllBytes(_path));
            Assert.Equal(counted == bytes.Length, done == 4 && file.IncompleteLine is null);
        }
    }

    /// <summary>One reader for what scripts append and what ConvertTo-Json writes.</summary>
    [Theory]
    [InlineData("[{\"Domain\":\"a.test\"},{\"Domain\":\"b.test\"}]", "a.test b.test", null, 0)]
    [InlineData("[\n  {\n    \"Domain\": \"a.test\",\n    \"x\": \"]}\\\"{[\"\n  },\n  {\n    \"Domain\": \"b.test\"\n  }\n]\n", "a.test b.test", null, 0)]
    [InlineData("{\n  \"Domain\": \"a.test\"\n}\n{\n  \"Domain\": \"b.test\",\n  \"Mx\": { \"Domain\": \"no.test\" }\n}", "a.test b.test", null, 0)]
    [InlineData("[\n  {\n    \"Domain\": \"a.test\"\n  },\n  {\n    \"Domain\": \"b.te", "a.test", 5, 0)]
    [InlineData("[\n  {\n    \"Domain\": \"a.test\"\n  },\n", "a.test", 5, 0)]
    [InlineData("[{\"Domain\":\"a.test\"}, 5, {\"Domain\":7}]", "a.test", null, 2)]
    [InlineData("[]", "", null, 0)]
    public void JSON_in_every_form_that_PowerShell_writes(string content, string there, int? incompleteLine, int broken)
    {
        File.WriteAllText(_path, content);
        EarlierResults results = new();
        EarlierFile file = results.Read(_path);

        Assert.Equal((Words(there).Length, incompleteLine, broken), (file.Count, file.IncompleteLine, file.BrokenCount));
        Assert.All(Words(there), domain => Assert.True(results.TryTake(domain), domain));
        Assert.False(results.TryTake("no.test"));
    }

    /// <summary>Whose look-ups failed, in whole or in a part, is asked for again: by name, by number, or by the word for the failure.</summary>
    [Theory]
    [InlineData("Complete", 0, false)]
    [InlineData("Incomplete", 1, true)]
    [InlineData("DomainNotFound", 2, false)]
    [InlineData("InvalidDomainName", 3, false)]
    [InlineData("UnexpectedError", 4, true)]
    [InlineData("DnsFailure", 5, true)]
    [InlineData("DnsTimeout", 5, true)]
    [InlineData("of another program", null, false)]
    public void Results_of_failed_look_ups_do_not_count(string status, int? number, bool isAgain)
    {
        string enumeration = $"<Obj N=\"Status\" RefId=\"1\"><TN RefId=\"1\"><T>Dmarc.Advice.Audit.MailDomainStatus</T></TN><ToString>{status}</ToString><I32>{number ?? 0}</I32></Obj>";
        string result = $"<Obj><Props><S N=\"Domain\">a.test</S>{enumeration}<Obj N=\"Mx\"><Props><S N=\"Status\">DnsFailure</S></Props></Obj></Props></Obj>";
        List<string> files =
        [
            $"\"Domain\",\"Status\"\n\"a.test\",\"{status}\"\n",
            $"{{\"Domain\":\"a.test\",\"Status\":\"{status}\",\"Mx\":{{\"Status\":\"DnsFailure\"}}}}\n",
            $"[{{\"Status\":\"{status}\",\"Domain\":\"a.test\"}}]",
            ClixmlStart + result + "</Objs>",
            ClixmlStart + "<Obj><LST>" + result + "</LST></Obj></Objs>",
            ClixmlStart + $"<Obj><MS><S N=\"Status\">{status}</S><S N=\"Domain\">a.test</S></MS></Obj></Objs>",
        ];
        files.AddRange(number is null ? [] : new[] { $"[{{\"Domain\":\"a.test\",\"Status\":{number}}}]" });
        foreach (string content in files)
        {
            File.WriteAllText(_path, content);
            EarlierResults results = new();
            EarlierFile file = results.Read(_path);

            Assert.Equal((content, isAgain ? 0 : 1, isAgain ? 1 : 0, false), (content, file.Count, file.FailedCount, file.LacksStatus));
            Assert.Equal((content, !isAgain), (content, results.TryTake("a.test")));
        }
    }

    [Theory]
    [InlineData("Domain\na.test\n", true)]
    [InlineData("{\"Domain\":\"a.test\"}\n", true)]
    [InlineData("[{\"Domain\":\"a.test\"}]", true)]
    [InlineData(ClixmlStart + "<Obj><Props><S N=\"Domain\">a.test</S></Props></Obj></Objs>", true)]
    [InlineData("{\"Domain\":\"a.test\",\"Status\":\"Complete\"}\n", false)]
    public void A_file_without_a_Status_is_told_in_every_form(string content, bool lacksStatus)
    {
        File.WriteAllText(_path, content);

        Assert.Equal(lacksStatus, new EarlierResults().Read(_path).LacksStatus);
    }

    [Fact]
    public void Several_files_count_together()
    {
        EarlierResults results = new();
        File.WriteAllText(_path, "Domain\na.test\na.test\n");
        results.Read(_path);
        File.WriteAllText(_path, "{\"Domain\":\"A.TEST\"}\n");
        results.Read(_path);

        Assert.Equal(3, results.Count);
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => results.TryTake("a.test")));
    }

    [Theory]
    [InlineData("Name,Status\na.test,x\n")]
    [InlineData("{\"Name\":\"a.test\"}\n")]
    [InlineData("{\"Domain\":5}\n")]
    [InlineData("{broken\n")]
    [InlineData("[5, \"a.test\"]\n")]
    [InlineData("<html><body>a.test</body></html>")]
    [InlineData("<html><body>")]
    [InlineData("<!DOCTYPE Objs [<!ENTITY a \"b\">]><Objs></Objs>")]
    [InlineData(ClixmlStart + "<S>a.test</S></Objs>")]
    public void A_file_of_something_else_is_refused_and_left_alone(string content)
    {
        File.WriteAllText(_path, content);

        Assert.Throws<InvalidDataException>(() => new EarlierResults().Read(_path));
        Assert.Equal(content, File.ReadAllText(_path));
    }

    [Fact]
    public void The_encodings_of_Windows_PowerShell_are_read()
    {
        File.WriteAllText(_path, "Domain\na.test\n", Encoding.Unicode);
        EarlierResults results = new();

        Assert.Equal(1, results.Read(_path).Count);
        Assert.True(results.TryTake("a.test"));
    }

    [Fact]
    public void A_file_that_is_not_there_has_no_results()
    {
        EarlierResults results = new();

        Assert.Equal(new EarlierFile(0, null, 0, 0), results.Read(_path));
        Assert.False(results.TryTake("a.test"));
    }

    [Theory]
    [InlineData("1/1", 0, true)]
    [InlineData("3/64", 2, true)]
    [InlineData("3/64", 66, true)]
    [InlineData("3/64", 3, false)]
    public void A_partition_takes_every_nth_domain(string text, long index, bool taken)
    {
        Assert.Equal(taken, DomainPartition.Parse(text).Includes(index));
        Assert.Equal(text, DomainPartition.Parse(text).ToString());
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
    public void Text_that_names_no_partition_is_refused(string text) => Assert.Throws<FormatException>(() => DomainPartition.Parse(text));

    [Fact]
    public void Partitions_together_are_the_list()
    {
        string[] domains = [.. Enumerable.Range(0, 100).Select(at => $"d{at}.test")];

        string[][] parts = [.. Enumerable.Range(1, 7).Select(number => domains.Where(new DomainSelection(DomainPartition.Parse(number + "/7")).Takes).ToArray())];

        Assert.Equal(domains, Enumerable.Range(0, 15).SelectMany(row => parts.Where(part => row < part.Length).Select(part => part[row])));
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
