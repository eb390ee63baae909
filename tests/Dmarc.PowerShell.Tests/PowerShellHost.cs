using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Dmarc.PowerShell.Tests;

/// <summary>The <c>pwsh</c> of the machine, where there is one with Pester.</summary>
internal static class PowerShellHost
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly Lazy<string?> WhyNot = new(FindReason);

    public static string RepositoryRoot { get; } = typeof(PowerShellHost).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static string TestFolder { get; } = Path.Combine(RepositoryRoot, "tests", "Dmarc.PowerShell.Tests");

    /// <summary>Why Pester tests cannot run here; null where they can.</summary>
    public static string? WhyPesterCannotRun => WhyNot.Value;

    /// <summary>Runs one file of Pester tests.</summary>
    public static PesterResult RunPester(string file)
    {
        string resultFile = Path.GetTempFileName();
        try
        {
            (int exitCode, string output) = Run(
                "-File", Path.Combine(TestFolder, "Invoke-PesterFile.ps1"), "-File", Path.Combine(TestFolder, file), "-ResultFile", resultFile);
            string json = File.ReadAllText(resultFile);
            return json.Length == 0
                ? new PesterResult(0, 0, [new PesterFailure(file, $"pwsh ended with exit code {exitCode}:\n{output}")])
                : JsonSerializer.Deserialize<PesterResult>(json)!;
        }
        finally
        {
            File.Delete(resultFile);
        }
    }

    private static string? FindReason()
    {
        try
        {
            (int exitCode, string output) = Run(
                "-Command",
                "Get-Module Pester -ListAvailable | Where-Object Version -ge '5.0' | Select-Object -First 1 | ForEach-Object { 'found' }");
            return exitCode == 0 && output.Contains("found", StringComparison.Ordinal)
                ? null
                : "There is no Pester 5 or newer for the pwsh on PATH.";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "There is no pwsh on PATH.";
        }
    }

    private static (int ExitCode, string Output) Run(params string[] arguments)
    {
        ProcessStartInfo start = new("pwsh", ["-NoProfile", "-NonInteractive", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = RepositoryRoot,
        };
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(true);
            throw new TimeoutException("pwsh did not end within " + Limit + ".");
        }

        return (process.ExitCode, output.Result + error.Result);
    }
}

/// <summary>What came of a file of Pester tests.</summary>
internal sealed record PesterResult(int Passed, int Skipped, IReadOnlyList<PesterFailure> Failures);

/// <summary>A Pester test that failed.</summary>
internal sealed record PesterFailure(string Name, string Message);
