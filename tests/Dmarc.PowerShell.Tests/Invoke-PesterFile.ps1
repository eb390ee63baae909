# Runs one file of Pester tests and leaves what came of it as JSON. Started by PesterTests.cs.
[CmdletBinding()]
param(
    [Parameter(Mandatory)][string] $File,
    [Parameter(Mandatory)][string] $ResultFile
)

$ErrorActionPreference = 'Stop'
Import-Module Pester -MinimumVersion 5.0
$configuration = New-PesterConfiguration
$configuration.Run.Path = $File
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'
$run = Invoke-Pester -Configuration $configuration

$failures = @(
    foreach ($test in $run.Failed) {
        @{ Name = $test.ExpandedPath; Message = "$($test.ErrorRecord)" }
    }
    foreach ($part in @($run.FailedBlocks) + @($run.FailedContainers)) {
        if ($part.ErrorRecord) {
            @{ Name = "$part"; Message = "$($part.ErrorRecord)" }
        }
    }
)
@{
    Passed   = $run.PassedCount
    Skipped  = $run.SkippedCount
    Failures = $failures
} | ConvertTo-Json -Depth 4 | Set-Content -LiteralPath $ResultFile -Encoding utf8
