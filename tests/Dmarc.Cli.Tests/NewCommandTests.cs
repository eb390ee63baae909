using System.Text.Json;

namespace Dmarc.Cli.Tests;

public class NewCommandTests
{
    [Theory]
    [InlineData("v=DMARC1; p=none; rua=mailto:r@contoso.com", "--stage", "monitor")]
    [InlineData("v=DMARC1; p=quarantine; t=y; rua=mailto:r@contoso.com", "--stage", "quarantine-test")]
    [InlineData("v=DMARC1; p=reject; rua=mailto:r@contoso.com", "--stage", "Reject")]
    [InlineData("v=DMARC1; p=reject; t=y; rua=mailto:r@contoso.com", "--policy", "reject", "--testing")]
    [InlineData("v=DMARC1; p=reject; sp=quarantine; rua=mailto:r@contoso.com", "--policy", "reject", "--subdomain-policy", "quarantine")]
    [InlineData("v=DMARC1; p=none; adkim=s; rua=mailto:r@contoso.com", "--dkim-alignment", "strict")]
    public async Task Options_become_tags(string expected, params string[] options)
    {
        ConsoleRun run = await ConsoleRun.Of(["new", "contoso.com", "--aggregate-report-uri", "r@contoso.com", "--format", "json", .. options]);

        string value = JsonDocument.Parse(run.Output).RootElement[0].GetProperty("Value").GetString()!;
        Assert.Equal(Tags(expected), Tags(value));
    }

    [Fact]
    public async Task A_bare_time_to_live_is_seconds()
    {
        ConsoleRun run = await ConsoleRun.Of("new", "contoso.com", "--time-to-live", "300", "--format", "list");

        Assert.Contains("_dmarc.contoso.com. 300 IN TXT", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_suffix_list_decides_the_zone()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "contoso.com\n");
            ConsoleRun run = await ConsoleRun.Of("new", "mail.shop.contoso.com", "--public-suffix-list", file, "--format", "json");

            Assert.Equal("shop.contoso.com", JsonDocument.Parse(run.Output).RootElement[0].GetProperty("ZoneName").GetString());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task An_old_record_is_changed()
    {
        ConsoleRun run = await ConsoleRun.Of(
            "new", "contoso.com", "--from", "v=DMARC1; p=none; rua=mailto:r@contoso.com; t=y", "--policy", "reject", "--testing", "false", "--format", "json");

        string value = JsonDocument.Parse(run.Output).RootElement[0].GetProperty("Value").GetString()!;
        Assert.Equal(Tags("v=DMARC1; p=reject; rua=mailto:r@contoso.com"), Tags(value));
    }

    [Theory]
    [InlineData("--policy", "monitor")]
    [InlineData("--stage", "enforce")]
    [InlineData("--failure-options", "any-fail,everything")]
    [InlineData("--zone-name", "fabrikam.com")]
    [InlineData("--time-to-live", "2147483648")]
    [InlineData("--public-suffix-list", "no-such-list.dat")]
    public async Task Values_that_are_none_are_mistakes_of_use(string option, string value)
    {
        ConsoleRun run = await ConsoleRun.Of("new", "contoso.com", option, value);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(value.Split(',')[^1], run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_table_shows_the_whole_value_and_the_list_the_line_for_a_zone()
    {
        string[] arguments = ["new", "contoso.com", "--policy", "reject", "--aggregate-report-uri", "a-rather-long-mailbox-name@reports.contoso.com"];
        ConsoleRun table = await ConsoleRun.Of(arguments);
        ConsoleRun list = await ConsoleRun.Of([.. arguments, "-f", "list"]);

        Assert.Contains("_dmarc.contoso.com", table.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("…", table.Output, StringComparison.Ordinal);
        Assert.Contains("ZoneLine", list.Output, StringComparison.Ordinal);
    }

    private static string[] Tags(string record) => [.. record.TrimEnd(';', ' ').Split(';').Select(tag => tag.Trim()).Order(StringComparer.Ordinal)];
}
