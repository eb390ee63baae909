using System.Reflection;
using System.Text;

namespace Dmarc.Cli.Tests;

/// <summary>What a command line wrote and ended with.</summary>
internal sealed record ConsoleRun(int ExitCode, string Output, string Error)
{
    public static string RepositoryRoot { get; } = typeof(ConsoleRun).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static string SampleZone { get; } = Path.Combine(RepositoryRoot, "docs", "samples", "example.zone");

    public IReadOnlyList<string> Lines => Output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    public static Task<ConsoleRun> Of(params string[] arguments) => With(null, 80, arguments);

    public static Task<ConsoleRun> With(string? input, int width, params string[] arguments) =>
        WithBytes(input is null ? null : Encoding.UTF8.GetBytes(input), width, arguments);

    public static async Task<ConsoleRun> WithBytes(byte[]? input, int width, params string[] arguments)
    {
        StringWriter output = new();
        StringWriter error = new();
        Terminal terminal = new()
        {
            InputBytes = new MemoryStream(input ?? []),
            Output = output,
            Error = error,
            Width = width,
            HasInput = input is not null,
        };
        int code = await DmarcConsole.RunAsync(arguments, terminal);
        return new ConsoleRun(code, output.ToString(), error.ToString());
    }
}
