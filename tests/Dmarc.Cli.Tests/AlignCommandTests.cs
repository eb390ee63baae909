using System.Text.Json;

namespace Dmarc.Cli.Tests;

public class AlignCommandTests
{
    private static readonly string Samples = Path.Combine(ConsoleRun.RepositoryRoot, "docs", "samples", "messages");

    [Fact]
    public async Task A_folder_gives_a_line_for_each_message()
    {
        ConsoleRun run = await ConsoleRun.Of("align", Samples, "--zone", ConsoleRun.SampleZone);

        Assert.StartsWith("From ", run.Lines[0], StringComparison.Ordinal);
        Assert.Contains(run.Lines, line => line.Contains("info@例え.example", StringComparison.Ordinal) && line.Contains("Pass", StringComparison.Ordinal));
        Assert.True(run.Lines.Count >= 14, run.Output);
        Assert.Equal(ExitCode.Findings, run.ExitCode);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task A_header_comes_from_standard_input()
    {
        string header = await File.ReadAllTextAsync(Path.Combine(Samples, "direct-send.txt"));
        ConsoleRun run = await ConsoleRun.With(header, 200, "align", "--zone", ConsoleRun.SampleZone, "--format", "json");

        JsonElement result = JsonDocument.Parse(run.Output).RootElement;
        result = result.ValueKind == JsonValueKind.Array ? result[0] : result;
        Assert.Equal("DirectSend", result.GetProperty("Cause").GetString());
        Assert.Equal("【至急】給与明細の確認のお願い", result.GetProperty("Subject").GetString());
    }

    [Fact]
    public async Task A_message_comes_from_standard_input_byte_for_byte()
    {
        // An octet that is no UTF-8 is lost where anything decodes it on the way.
        byte[] message = [.. "From: a@a.example\r\nSubject: "u8, 0xFC, .. "ber\r\n\r\nHello\r\n"u8];
        ConsoleRun run = await ConsoleRun.WithBytes(message, 200, "align", "--zone", ConsoleRun.SampleZone, "--format", "json");

        Assert.Equal("über", JsonDocument.Parse(run.Output).RootElement[0].GetProperty("Subject").GetString());
    }

    [Theory]
    [InlineData("pass", ExitCode.Success)]
    [InlineData("fail", ExitCode.Findings)]
    public async Task Identifiers_are_enough(string result, int code)
    {
        ConsoleRun run = await ConsoleRun.Of(
            "align", "--from", "a@a.example", "--dkim-domain", "a.example", "--dkim-result", result, "--record", "v=DMARC1; p=reject", "--zone", ConsoleRun.SampleZone);

        Assert.Equal(code, run.ExitCode);
    }

    [Theory]
    [InlineData("align")]
    [InlineData("align", "--from", "a@a.example", "--ip-address", "nonsense")]
    [InlineData("align", "--from", "a@a.example", "--dkim-domain", "b.example", "--dkim-result", "7")]
    public async Task A_mistake_of_use_is_said(params string[] arguments) =>
        Assert.Equal(ExitCode.Usage, (await ConsoleRun.Of(arguments)).ExitCode);

    [Fact]
    public async Task A_file_without_message_is_a_failure()
    {
        ConsoleRun run = await ConsoleRun.Of("align", ConsoleRun.SampleZone, "--zone", ConsoleRun.SampleZone);

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains("example.zone", run.Error, StringComparison.Ordinal);
    }
}
