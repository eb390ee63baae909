#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds, tests, analyses, packs and installs the module.
.DESCRIPTION
    The PowerShell front of what the .NET SDK does; every step can be run without it.
.PARAMETER Task
    Build    dotnet build: leaves the module in out/Dmarc and the console in out/cli.
    Test     dotnet test: all tests that the machine can run.
    Analyze  PSScriptAnalyzer over the scripts and the manifest, where it is installed.
    Package  dotnet pack: leaves out/package/Dmarc.<version>.nupkg, fit for the PowerShell Gallery.
    Install  Copies out/Dmarc to the folder of your own modules.
.EXAMPLE
    ./build.ps1 Build, Install
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Analyze', 'Package', 'Install')]
    [string[]] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release'
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $args ended with exit code $LASTEXITCODE."
    }
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

Push-Location $PSScriptRoot
try {
    switch ($Task) {
        'Build' { Invoke-DotNet build Dmarc.sln -c $Configuration }
        'Test' { Invoke-DotNet test Dmarc.sln -c $Configuration }
        'Analyze' { Invoke-Analysis }
        'Package' { Invoke-DotNet pack src/Dmarc.PowerShell -c $Configuration }
        'Install' { Install-Build -WhatIf:$WhatIfPreference }
    }
}
finally {
    Pop-Location
}
