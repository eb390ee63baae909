namespace Dmarc.Cli.Tests;

public sealed class CompareCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Theory]
    [InlineData("ndjson", "ndjson")]
    [InlineData("json", "ndjson")]
    [InlineData("ndjson", "json")]
    [InlineData("csv", "csv")]
    [InlineData("csv", "json")]
    public async Task Two_runs_are_compared_whatever_their_form(string oldForm, string newForm)
    {
        string before = await AuditAsync("p=reject", oldForm);
        string after = await AuditAsync("p=none", newForm);

        ConsoleRun run = await ConsoleRun.With(null, 200, "compare", before, after, "--format", "csv");

        Assert.Equal(ExitCode.Findings, run.ExitCode);
        Assert.StartsWith("Domain,Kind,Part,Severity,Old,New,Explanation", run.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("a.test,PolicyWeakened,Dmarc,Error,v=DMARC1; p=reject,v=DMARC1; p=none,", run.Lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("b.test", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_run_may_come_from_standard_input()
    {
        string before = await AuditAsync("p=reject", "ndjson");
        string after = await File.ReadAllTextAsync(await AuditAsync("p=quarantine", "ndjson"));

        ConsoleRun all = await ConsoleRun.With(after, 200, "compare", before);
        ConsoleRun none = await ConsoleRun.With(await File.ReadAllTextAsync(before), 200, "compare", before, "-");
        ConsoleRun some = await ConsoleRun.With(after, 200, "compare", before, "--minimum-severity", "error", "-f", "ndjson");

        Assert.Contains("PolicyWeakened", all.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, none.ExitCode);
        Assert.Single(some.Lines);
    }

    [Theory]
    [InlineData("{\"Domain\":\"a.test\"}")]
    [InlineData("Name\nx")]
    [InlineData("{broken")]
    [InlineData("[1]")]
    public async Task A_file_of_something_else_is_refused(string content)
    {
        string file = Path.Combine(_folder, "other");
        await File.WriteAllTextAsync(file, content);

        ConsoleRun run = await ConsoleRun.Of("compare", file, file);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_refused() =>
        Assert.Equal(ExitCode.Usage, (await ConsoleRun.Of("compare", Path.Combine(_folder, "none"), "-")).ExitCode);

    [Theory]
    [InlineData("csv")]
    [InlineData("ndjson")]
    public async Task A_broken_off_run_is_gone_on_with(string form)
    {
        string zone = await ZoneAsync("p=reject");
        string whole = (await ConsoleRun.Of("audit", "a.test", "b.test", "not a domain", "c.test", "--zone", zone, "--format", form)).Output;
        string file = Path.Combine(_folder, "part");
        for (int length = 0; length <= whole.Length; length += Math.Max(1, whole.Length / 40))
        {
            await File.WriteAllTextAsync(file, whole[..length]);
            ConsoleRun rest = await ConsoleRun.Of(
                "audit", "a.test", "b.test", "not a domain", "c.test", "--zone", zone, "--format", form, "--resume-from", file);

            Assert.Equal(whole, await File.ReadAllTextAsync(file) + rest.Output);
        }
    }

    [Fact]
    public async Task Parts_of_a_list_together_are_the_whole()
    {
        string zone = await ZoneAsync("p=reject");
        string input = string.Concat(Enumerable.Range(0, 25).Select(at => $"d{at}.test\n"));
        ConsoleRun whole = await ConsoleRun.With(input, 80, "audit", "--zone", zone, "--format", "ndjson");

        List<IReadOnlyList<string>> parts = [];
        for (int part = 1; part <= 4; part++)
        {
            parts.Add((await ConsoleRun.With(input, 80, "audit", "--zone", zone, "--format", "ndjson", "--shard", $"{part}/4")).Lines);
        }

        Assert.Equal(whole.Lines, Enumerable.Range(0, 7).SelectMany(row => parts.Where(part => row < part.Count).Select(part => part[row])));
        Assert.Equal(ExitCode.Usage, (await ConsoleRun.With(input, 80, "audit", "--zone", zone, "--shard", "5/4")).ExitCode);
    }

    private async Task<string> ZoneAsync(string policy)
    {
        string zone = Path.Combine(_folder, policy + ".zone");
        await File.WriteAllTextAsync(
            zone,
            "$ORIGIN .\n$TTL 300\na.test. IN TXT \"v=spf1 -all\"\n_dmarc.a.test. IN TXT \"v=DMARC1; " + policy + "\"\n_dmarc.b.test. IN TXT \"v=DMARC1; p=reject\"\n");
        return zone;
    }

    private async Task<string> AuditAsync(string policy, string form)
    {
        string file = Path.Combine(_folder, policy + "." + form);
        ConsoleRun run = await ConsoleRun.Of("audit", "a.test", "b.test", "--zone", await ZoneAsync(policy), "--format", form);
        await File.WriteAllTextAsync(file, run.Output);
        return file;
    }
}
