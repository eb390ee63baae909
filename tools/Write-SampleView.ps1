#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Renders the results of all samples with the views of a built module, for comparing two builds.
.DESCRIPTION
    Runs the commands over docs/samples, collects the objects of each type that the results lead to, and writes how they look as a table and
    as a list, 80 and 120 columns wide, with and without colours. Without -Colour escape sequences are left out. Compare two files with
    git diff --no-index before.txt after.txt
.PARAMETER Module
    The folder of the built module.
.PARAMETER Path
    The file to write.
.PARAMETER Each
    How many objects of each type are shown.
#>
[CmdletBinding()]
param(
    [string] $Module = (Join-Path $PSScriptRoot '..' 'out' 'Dmarc'),

    [Parameter(Mandatory)]
    [string] $Path,

    [ValidateRange(1, 1000)]
    [int] $Each = 25,

    [switch] $Colour
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'SilentlyContinue'
$ProgressPreference = 'SilentlyContinue'
$PSStyle.OutputRendering = $Colour ? 'Ansi' : 'PlainText'
$samples = Join-Path $PSScriptRoot '..' 'docs' 'samples'
Import-Module (Join-Path (Resolve-Path $Module).Path 'Dmarc.psd1') -Force -ErrorAction Stop

# Each for itself: one that fails costs none of the others.
$commands = @(
    { $domains | Test-MailDomain -Zone example.zone -BulkSenderRule Google, Microsoft }
    { $domains | Get-DmarcRecord -Zone example.zone }
    { $domains | Get-DkimRecord -Zone example.zone }
    { $domains | Test-SpfRecord -Zone example.zone }
    { $domains | Test-SpfRecord -Zone example.zone -IPAddress 192.0.2.10 -Flatten }
    { Test-SpfRecord a.example -Zone example.zone -Record 'v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 include:spf.example -all' }
    { New-DmarcRecord a.example -Stage Monitor -AggregateReportUri 'mailto:reports@b.example' -Zone example.zone }
    { $tenants | Test-DirectSendExposure -Zone direct-send.zone }
    {
        $tenants | Test-DirectSendExposure -Zone direct-send.zone -MessageTrace tenant/trace.csv -InboundConnector (Get-Content tenant/connectors.json -Raw) `
            -OrganizationConfig (Get-Content tenant/organization-open.json -Raw)
    }
    { Test-DirectSendExposure contoso.example -Probe -ProbeRecipient postmaster -WhatIf -Zone direct-send.zone }
    { Get-ChildItem messages -File | Test-DmarcAlignment -Zone example.zone }
    { Get-ChildItem messages -File | Test-DmarcAlignment -Zone sources.zone -IPAddress 192.0.2.10 }
    { Import-DmarcReport reports }
    { Import-DmarcReport sources.xml }
    { Import-DmarcReport failure-reports -Type Failure }
    { Import-DmarcReport tls-reports -Type Tls }
    { Import-DmarcReport reports, sources.xml | Measure-DmarcReport }
    { Import-DmarcReport reports, sources.xml | Measure-DmarcReport -GroupBy Source }
    { Import-DmarcReport sources.xml | Resolve-DmarcSource -Zone sources.zone }
    { Import-DmarcReport sources.xml | Get-DmarcRollout -Zone sources.zone }
    { Import-DmarcReport reports | Get-DmarcRollout -Zone example.zone }
    { Compare-MailDomain audits/monday.json audits/friday.json }
)

$byType = [System.Collections.Generic.SortedDictionary[string, System.Collections.Generic.List[object]]]::new([StringComparer]::Ordinal)
$seen = [System.Collections.Generic.HashSet[object]]::new([System.Collections.Generic.ReferenceEqualityComparer]::Instance)

function Add-Object($Item) {
    if ($null -eq $Item -or $Item -is [string] -or $Item -is [enum]) {
        return
    }

    $object = $Item.PSObject.BaseObject
    if ($object -is [System.Collections.IEnumerable]) {
        foreach ($part in $object) { Add-Object $part }
        return
    }

    if ($object.GetType().Namespace -notlike 'Dmarc*' -or -not $seen.Add($object)) {
        return
    }

    $name = $object.GetType().Name
    if (-not $byType.ContainsKey($name)) { $byType[$name] = [System.Collections.Generic.List[object]]::new() }
    if ($byType[$name].Count -ge $Each) { return }
    $byType[$name].Add($Item)
    foreach ($property in $object.GetType().GetProperties()) {
        if ($property.GetIndexParameters().Count -eq 0) { Add-Object $property.GetValue($object) }
    }
}

Push-Location $samples
$domains = Get-Content domains.txt
$tenants = 'contoso.example', 'open.example', 'gateway.example', 'elsewhere.example'
foreach ($command in $commands) {
    try {
        & $command | ForEach-Object { Add-Object $_ }
    }
    catch {
        Write-Warning "$command : $_"
    }
}

Pop-Location
$mixed = Import-DmarcReport (Join-Path $samples 'reports'), (Join-Path $samples 'failure-reports'), (Join-Path $samples 'tls-reports') -Type All
$text = foreach ($width in 80, 120) {
    foreach ($name in $byType.Keys) {
        "=== $name, $width columns"
        $byType[$name] | Out-String -Width $width
        $byType[$name] | Format-Table | Out-String -Width $width
        $byType[$name] | Format-List | Out-String -Width $width
    }

    "=== Reports of all kinds, $width columns"
    $mixed | Out-String -Width $width
    $mixed | Format-List | Out-String -Width $width
    $mixed | Format-Wide | Out-String -Width $width
}

Set-Content -LiteralPath $Path -Value $text -Encoding utf8
Write-Verbose "$($byType.Count) types, $($Error.Count) errors."
