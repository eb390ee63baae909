#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Tries, builds, tests, analyses, packs and installs the module.
.DESCRIPTION
    The PowerShell front of what the .NET SDK does; every step can be run without it. A machine without PowerShell takes it from
    NuGet: dotnet tool exec PowerShell@7.6.9 --yes -- -NoProfile -File build.ps1 Try
.PARAMETER Task
    Try      Builds the module where that is needed, audits the sample domains, and shows what is wrong with one and what to do.
    Build    dotnet build: leaves the module in out/Dmarc.
    Test     dotnet test: all tests that the machine can run.
    Analyze  PSScriptAnalyzer over the scripts and the manifest, where it is installed.
    Package  dotnet pack: leaves out/package/Dmarc.<version>.nupkg, fit for the PowerShell Gallery, and out/Dmarc, which
             Publish-PSResource -Path takes.
    Install  Copies out/Dmarc to the folder of your own modules.
.EXAMPLE
    ./build.ps1 Try
.EXAMPLE
    ./build.ps1 Build, Install
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Try', 'Build', 'Test', 'Analyze', 'Package', 'Install')]
    [string[]] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release'
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Invoke-DotNet {
    # Nodes that stay for the next build would keep a pipe open that somebody reads to its end.
    & dotnet @args -nodeReuse:false
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $args ended with exit code $LASTEXITCODE."
    }
}

function Test-BuildNeeded {
    $module = Get-Item (Join-Path $PSScriptRoot 'out' 'Dmarc' 'net8.0' 'Dmarc.PowerShell.dll') -ErrorAction Ignore
    if (-not $module) {
        return $true
    }

    $folders = @('src', (Join-Path 'docs' 'commands'), (Join-Path 'docs' 'ja' 'commands'))
    $newer = @(Get-Item 'Dmarc.psd1', 'Directory.*.props') + @(Get-ChildItem $folders -Recurse -File) |
        Where-Object { $_.LastWriteTime -gt $module.LastWriteTime -and $_.FullName -notmatch '[\\/](bin|obj)[\\/]' } |
        Select-Object -First 1
    [bool] $newer
}

function Invoke-Sample {
    if (Test-BuildNeeded) {
        Write-Host 'Building the module into out/Dmarc. The first time packages are restored too, which takes about a minute.'
        # Whoever tries it need not wait for the code to be analysed.
        Invoke-DotNet build src/Dmarc.PowerShell -c $Configuration -nologo '-p:RunAnalyzers=false' | Out-Host
    }

    Import-Module (Join-Path $PSScriptRoot 'out' 'Dmarc') -Force
    $zone = 'docs/samples/example.zone'

    Write-Host "`
PS> Get-Content docs/samples/domains.txt | Test-MailDomain -Zone $zone"
    $audit = Get-Content docs/samples/domains.txt | Test-MailDomain -Zone $zone
    $audit | Out-Host

    Write-Host "PS> Test-MailDomain b.example -Zone $zone | Select-Object -ExpandProperty Findings"
    $domain = $audit | Where-Object Domain -eq 'b.example'
    $domain.Findings | Format-List | Out-Host

    Write-Host "PS> Test-MailDomain b.example -Zone $zone | Select-Object -ExpandProperty NextSteps"
    $domain.NextSteps | Format-List | Out-Host

    Write-Host 'Now with domains of your own, in a session with the module loaded (Get-Command -Module Dmarc lists its commands):'
    Write-Host "    $(Get-SessionCommand)"
}

# How the PowerShell that runs this is started once more.
function Get-SessionCommand {
    $isFromNuGet = [IO.Path]::GetFileNameWithoutExtension([Environment]::ProcessPath) -eq 'dotnet'
    $start = $isFromNuGet ? "dotnet tool exec PowerShell@$($PSVersionTable.PSVersion) --yes --" : 'pwsh'
    "$start -NoProfile -NoExit -Command `"Import-Module ./out/Dmarc`""
}

function Invoke-Analysis {
    if (-not (Get-Module PSScriptAnalyzer -ListAvailable)) {
        Write-Warning 'PSScriptAnalyzer is not installed; nothing was analysed.'
        return
    }

    # The manifest names files that lie beside it in the built module only.
    $manifest = Join-Path $PSScriptRoot 'out' 'Dmarc' 'Dmarc.psd1'
    $scripts = @(Get-ChildItem $PSScriptRoot -Recurse -Filter *.ps1 -File | Where-Object FullName -NotMatch '[\\/](bin|obj|out)[\\/]') +
        @(Get-Item $manifest -ErrorAction Ignore)
    $findings = $scripts | ForEach-Object {
        Invoke-ScriptAnalyzer -Path $_.FullName -Settings (Join-Path $PSScriptRoot 'PSScriptAnalyzerSettings.psd1')
    }
    $findings
    if ($findings) {
        throw "PSScriptAnalyzer has $(@($findings).Count) findings."
    }
}

function Install-Build {
    [CmdletBinding(SupportsShouldProcess)]
    param()

    $source = Join-Path $PSScriptRoot 'out' 'Dmarc'
    $version = (Test-ModuleManifest (Join-Path $source 'Dmarc.psd1')).Version
    $modules = ($env:PSModulePath -split [IO.Path]::PathSeparator)[0]
    $target = Join-Path $modules 'Dmarc' $version
    if ($PSCmdlet.ShouldProcess($target, 'Install the module Dmarc')) {
        if (Test-Path -LiteralPath $target) {
            Remove-Item -LiteralPath $target -Recurse -Force
        }

        New-Item $target -ItemType Directory -Force | Out-Null
        Copy-Item (Join-Path $source '*') $target -Recurse
        Get-Module Dmarc -ListAvailable
    }
}

function New-Package {
    Invoke-DotNet pack src/Dmarc.PowerShell -c $Configuration | Out-Host
    # What Publish-PSResource would refuse is better said here.
    $module = Join-Path $PSScriptRoot 'out' 'Dmarc'
    $version = (Test-ModuleManifest (Join-Path $module 'Dmarc.psd1')).Version
    $package = Get-Item (Join-Path $PSScriptRoot 'out' 'package' "Dmarc.$version.nupkg")
    Write-Host "To publish it: Publish-PSResource -Path '$module' -Repository PSGallery -ApiKey `$key"
    $package
}

Push-Location $PSScriptRoot
try {
    switch ($Task) {
        'Try' { Invoke-Sample }
        'Build' { Invoke-DotNet build Dmarc.sln -c $Configuration }
        'Test' { Invoke-DotNet test Dmarc.sln -c $Configuration }
        'Analyze' { Invoke-Analysis }
        'Package' { New-Package }
        'Install' { Install-Build -WhatIf:$WhatIfPreference }
    }
}
finally {
    Pop-Location
}
