<#
.SYNOPSIS
    Runs Pester files against the module in out/Dmarc.
.DESCRIPTION
    By hand: shows each test. With -ResultFile, as PesterTests.cs starts it: writes the tests found or run as JSON.
.EXAMPLE
    tests/Dmarc.PowerShell.Tests/Invoke-PesterFile.ps1 Test-SpfRecord.Tests.ps1 Module.Tests.ps1
.EXAMPLE
    dotnet tool exec PowerShell@7.6.9 --yes -- -NoProfile -File tests/Dmarc.PowerShell.Tests/Invoke-PesterFile.ps1 Test-SpfRecord.Tests.ps1
#>
[CmdletBinding()]
param(
    # Names of files in this folder, or paths.
    [Parameter(Mandatory, Position = 0, ValueFromRemainingArguments)]
    [string[]] $File,

    # Where Pester is; without it, the folder of NuGet's packages, then the modules of the machine.
    [string] $Pester,

    # A folder whose pwsh is found before any other: for tests that start pwsh themselves.
    [string] $ShimFolder,

    [string] $ResultFile,

    # Finds the tests and runs none.
    [switch] $DiscoveryOnly
)

$ErrorActionPreference = 'Stop'

# The tests expect English texts, whatever the language of the machine: in this session, and in any pwsh that they start.
[cultureinfo]::CurrentUICulture = [cultureinfo]::DefaultThreadCurrentUICulture = 'en-US'
if (-not $IsWindows) {
    $env:LC_ALL = 'C.UTF-8'
}

# The name of a test, its data filled in as far as they are known before it runs: one name when found and when run.
function Get-TestName {
    param($Test)

    $parts = for ($item = $Test; $item -and $item.Name -and -not $item.IsRoot; $item = $item.Parent ?? $item.Block) {
        $item
    }
    $values = @{}
    $names = foreach ($item in $parts[-1..-$parts.Count]) {
        $values['_'] = $item.Data ?? $values['_']
        if ($item.Data -is [System.Collections.IDictionary]) {
            foreach ($key in $item.Data.Keys) {
                $values["$key"] = $item.Data[$key]
            }
        }

        $filled = [regex]::Replace($item.Name, '<(\w+)>', {
                param($match)
                $key = $match.Groups[1].Value
                $values.ContainsKey($key) ? "$($values[$key])" : $match.Value
            })
        [regex]::Replace($filled, '[\s\p{Cc}]+', ' ').Trim()
    }

    $name = $names -join ' > '
    $name.Length -gt 300 ? $name.Substring(0, 299) + '…' : $name
}

function Get-ErrorText {
    param($Records)

    $texts = foreach ($record in $Records) {
        $record.DisplayErrorMessage ?? "$record"
        $record.DisplayStackTrace ?? $record.ScriptStackTrace
    }
    $texts -join "`n"
}

if ($ShimFolder) {
    # In this process, as PowerShell puts its own folder, which holds a pwsh for one kind of processor, before all others.
    $env:PATH = $ShimFolder + [IO.Path]::PathSeparator + $env:PATH
}

if (-not $Pester) {
    $packages = $env:NUGET_PACKAGES ? $env:NUGET_PACKAGES : (Join-Path $HOME '.nuget' 'packages')
    $Pester = Get-ChildItem (Join-Path $packages 'pester' '*' 'tools' 'Pester.psd1') -ErrorAction Ignore |
        Sort-Object { [version] $_.Directory.Parent.Name } | Select-Object -Last 1
    $Pester = $Pester ? $Pester : 'Pester'
}

Import-Module $Pester -MinimumVersion 6.0
$paths = foreach ($name in $File) {
    (Test-Path -LiteralPath $name) ? (Resolve-Path -LiteralPath $name).Path : (Join-Path $PSScriptRoot $name)
}
$configuration = New-PesterConfiguration
$configuration.Run.Path = $paths
$configuration.Run.PassThru = [bool] $ResultFile
$configuration.Run.SkipRun = [bool] $DiscoveryOnly
$configuration.Output.Verbosity = $ResultFile ? 'None' : 'Detailed'
if (-not $ResultFile) {
    $configuration.Run.Exit = $true
    Invoke-Pester -Configuration $configuration
    return
}

$run = Invoke-Pester -Configuration $configuration
$seen = @{}
$tests = foreach ($test in $run.Tests) {
    $name = Get-TestName $test
    $path = $test.ScriptBlock.File
    $count = ++$seen["$path $name"]
    @{
        File    = Split-Path $path -Leaf
        Name    = $count -gt 1 ? "$name ($count)" : $name
        Result  = "$($test.Result)"
        Message = Get-ErrorText $test.ErrorRecord
    }
}
$errors = foreach ($part in @($run.Containers) + @($run.FailedBlocks)) {
    if ($part.ErrorRecord) {
        "$part`n" + (Get-ErrorText $part.ErrorRecord)
    }
}
@{
    Tests  = @($tests)
    Errors = @($errors)
} | ConvertTo-Json -Depth 4 | Set-Content -LiteralPath $ResultFile -Encoding utf8
