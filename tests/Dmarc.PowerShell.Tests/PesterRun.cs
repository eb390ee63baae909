namespace Dmarc.PowerShell.Tests;

/// <summary>What Invoke-PesterFile.ps1 writes: the tests found or run, and errors outside of tests.</summary>
internal sealed record PesterRun(IReadOnlyList<PesterOutcome> Tests, IReadOnlyList<string> Errors);

/// <summary>What came of a Pester test; the result is Pester's word: Passed, Failed, Skipped, NotRun …</summary>
internal sealed record PesterOutcome(string File, string Name, string Result, string Message);
