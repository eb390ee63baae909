<#
.SYNOPSIS
Looks at domains, compares them with the last time, and writes a report of what matters.

.DESCRIPTION
Made for a scheduler: `pwsh -NoProfile -File Watch-MailDomain.ps1 -Path domains.txt -Baseline baseline.xml -Report report.txt`.
The report is written only where there is something to tell; sending it is left to the mail system of the machine, so that no
password stands in a script. The baseline is replaced once all domains were looked at; the look-ups that failed keep what was known
before, so that a failure in one night hides no change from the next.

Exit codes: 0 nothing of the wanted severity changed, 1 something did (the report is there), 2 the script could not do its work,
3 nothing changed as far as is known, but look-ups failed.

.PARAMETER Path
The domains, one a line; lines that begin with # are passed over.

.PARAMETER Baseline
The file in which the last look is kept. Where it is not there, this run makes it and reports nothing.

.PARAMETER Report
The file that the report is written to. It is removed at the start of each run.

.PARAMETER MinimumSeverity
What is worth a report: Information, Warning (the default) or Error.

.PARAMETER Option
More parameters of Test-MailDomain, such as @{ Server = '192.0.2.53'; QueriesPerSecond = 200 }; with -File: -Server and -Zone.

.PARAMETER Server
The DNS servers to ask.

.PARAMETER Zone
Zone files that answer in place of DNS, to try the script.

.EXAMPLE
pwsh -NoProfile -File Watch-MailDomain.ps1 -Path domains.txt -Baseline baseline.xml -Report report.txt || mail -s 'Mail domains' postmaster@example.com < report.txt
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $Baseline,
    [Parameter(Mandatory)] [string] $Report,
    [ValidateSet('Information', 'Warning', 'Error')] [string] $MinimumSeverity = 'Warning',
    [hashtable] $Option = @{},
    [string[]] $Server,
    [string[]] $Zone
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

try {
    if (-not (Get-Module Dmarc)) {
        $built = Join-Path $PSScriptRoot '../../out/Dmarc/Dmarc.psd1'
        Import-Module $(if (Test-Path $built) { $built } else { 'Dmarc' })
    }

    if (Test-Path -LiteralPath $Report) { Remove-Item -LiteralPath $Report }
    if ($Server) { $Option['Server'] = $Server }
    if ($Zone) { $Option['Zone'] = $Zone }

    $now = @(Get-Content -LiteralPath $Path |
        Where-Object { $_.Trim() -and -not $_.TrimStart().StartsWith('#') } |
        Test-MailDomain @Option -ErrorAction SilentlyContinue)
    if ($now.Count -eq 0) { throw "$Path holds no domain; the baseline stays as it is." }
    $failed = @($now | Where-Object { $_.Status -like 'Dns*' -or $_.Status -eq 'Incomplete' })

    $changes = @()
    $keep = $now
    if (Test-Path -LiteralPath $Baseline) {
        $before = @(Import-Clixml -LiteralPath $Baseline)
        $changes = @($now | Compare-MailDomain -ReferenceObject $before -MinimumSeverity $MinimumSeverity)

        # What could not be looked up tonight is compared with what was known tomorrow.
        $known = @{}
        foreach ($domain in $before) { $known[$domain.Domain] = $domain }
        $keep = foreach ($domain in $now) {
            $isUnknown = $domain.Status -like 'Dns*' -or $domain.Status -eq 'Incomplete'
            if ($isUnknown -and $known.ContainsKey($domain.Domain)) { $known[$domain.Domain] } else { $domain }
        }
    }

    # Written beside the old one first, so that a full disk costs no baseline.
    $keep | Export-Clixml -LiteralPath "$Baseline.new" -Depth 6
    Move-Item -LiteralPath "$Baseline.new" -Destination $Baseline -Force

    if ($changes.Count -gt 0) {
        $changes | Sort-Object Severity -Descending -Stable | ForEach-Object {
            "$($_.Severity): $($_.Domain): $($_.Explanation)"
            if ($_.Old) { "    was: $($_.Old)" }
            if ($_.New) { "    is:  $($_.New)" }
            ''
        } | Set-Content -LiteralPath $Report -Encoding utf8
        Write-Output "$($changes.Count) changes in $($now.Count) domains; see $Report."
        exit 1
    }

    Write-Output "No change in $($now.Count) domains; look-ups failed for $($failed.Count)."
    exit $(if ($failed.Count -gt 0) { 3 } else { 0 })
}
catch {
    [Console]::Error.WriteLine("Watch-MailDomain: $_")
    exit 2
}
