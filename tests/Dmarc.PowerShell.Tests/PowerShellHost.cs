using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Dmarc.PowerShell.Tests;

/// <summary>
/// The PowerShell that NuGet brings, run by the .NET that runs the tests. Another one only if the environment
/// variable <c>DMARC_TEST_PWSH</c> names it.
/// </summary>
internal static class PowerShellHost
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);
    private static readonly string[] Command = FindCommand();
    private static readonly Lazy<string> Shims = new(WriteShims);

    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    public static string TestFolder { get; } = Path.Combine(RepositoryRoot, "tests", "Dmarc.PowerShell.Tests");

    /// <summary>The version of the PowerShell that NuGet brings.</summary>
    public static string PowerShellVersion { get; } = Path.GetFileName(Metadata("PowerShellFolder"));

    /// <summary>Runs files of Pester tests in one process, or finds their tests only.</summary>
    public static PesterRun RunPester(bool discoveryOnly, params string[] files)
    {
        string resultFile = Path.GetTempFileName();
        try
        {
            (int exitCode, string output) = Run(
                $"& '{Path.Combine(TestFolder, "Invoke-PesterFile.ps1")}' " +
                $"-File {string.Join(",", files.Select(file => $"'{file}'"))} -ResultFile '{resultFile}' " +
                $"-Pester '{Path.Combine(Metadata("PesterFolder"), "tools", "Pester.psd1")}' " +
                $"-ShimFolder '{Shims.Value}' -DiscoveryOnly:${discoveryOnly}");
            string json = File.ReadAllText(resultFile);
            return json.Length > 0
                ? JsonSerializer.Deserialize<PesterRun>(json)!
                : throw new InvalidOperationException($"PowerShell ended with exit code {exitCode}:\n{output}");
        }
        finally
        {
            File.Delete(resultFile);
        }
    }

    /// <summary>What <c>pwsh</c> prints for a command, with its exit code.</summary>
    public static (int ExitCode, string Output) Run(string script)
    {
        ProcessStartInfo start = new(Command[0], [.. Command[1..], "-NoProfile", "-NonInteractive", "-Command", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = RepositoryRoot,
        };
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        start.Environment["NO_COLOR"] = "1";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(true);
            throw new TimeoutException("PowerShell did not end within " + Limit + ": " + script);
        }

        return (process.ExitCode, output.Result + error.Result);
    }

    /// <summary>The program to start, and what comes before its arguments.</summary>
    private static string[] FindCommand()
    {
        if (Environment.GetEnvironmentVariable("DMARC_TEST_PWSH") is { Length: > 0 } named)
        {
            return [named];
        }

        // …/shared/Microsoft.NETCore.App/10.0.0 of the .NET that runs this. The package's own pwsh is for x64 alone.
        string dotnetRoot = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        string dotnet = Path.Combine(dotnetRoot, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        string system = OperatingSystem.IsWindows() ? "win" : "unix";
        return
        [
            File.Exists(dotnet) ? dotnet : "dotnet",
            Path.Combine(Metadata("PowerShellFolder"), "tools", "net10.0", "any", system, "pwsh.dll"),
        ];
    }

    /// <summary>A folder with a <c>pwsh</c> that starts the same PowerShell, for tests that start one themselves.</summary>
    private static string WriteShims()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "shims");
        Directory.CreateDirectory(folder);
        string words = string.Join(' ', Command.Select(word => $"\"{word}\""));
        File.WriteAllText(Path.Combine(folder, "pwsh.cmd"), $"@{words} %*\r\n");
        string shell = Path.Combine(folder, "pwsh");
        File.WriteAllText(shell, $"#!/bin/sh\nexec {words} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(shell, File.GetUnixFileMode(shell) | UnixFileMode.UserExecute);
        }

        return folder;
    }

    private static string Metadata(string key) => typeof(PowerShellHost).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
