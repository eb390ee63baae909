<#
.SYNOPSIS
Audits domains, compares the results with the last run, and writes a report of what matters.

.DESCRIPTION
Made for a scheduler: `pwsh -NoProfile -File Watch-MailDomain.ps1 -Path domains.txt -Baseline baseline.xml -Report report.txt`.
Each run writes a report, also if nothing changed; sending it is left to the mail system of the machine, so that no password
stands in a script. The baseline is replaced after all domains were audited. A domain whose look-ups failed keeps what was known
before, so that an outage in one night hides no change from the next.

Exit codes:
0  Nothing of the wanted severity changed, or the baseline was made.
1  Something changed: the report says what.
2  The script could not do its work; the reason is on standard error and in the report.
3  No change is known, but the look-ups of some domains failed.
4  Outage: the look-ups of all domains failed. The baseline stays as it is.

.PARAMETER Path
The domains, one a line. Lines that begin with # are ignored.

.PARAMETER Baseline
The file in which the last results are kept. The first run makes it.

.PARAMETER Report
The file that the report is written to. Each run replaces it.

.PARAMETER MinimumSeverity
What is worth a report: Information, Warning (the default) or Error.

.PARAMETER Option
More parameters of Test-MailDomain, such as @{ QueriesPerSecond = 200 }. With -File use -Server and -Zone.

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

# The first line goes to standard output too: it is what a scheduler shows.
function Complete-Watch([int] $Code, [string[]] $Line) {
    Set-Content -LiteralPath $Report -Value $Line -Encoding utf8
    Write-Output $Line[0]
    exit $Code
}

function Format-Count([long] $Count, [string] $One) {
    "$Count $One$(if ($Count -ne 1) { 's' })"
}

try {
    if (-not (Get-Module Dmarc)) {
        $built = Join-Path $PSScriptRoot '../../out/Dmarc/Dmarc.psd1'
        Import-Module $(if (Test-Path $built) { $built } else { 'Dmarc' })
    }

    if ($Server) { $Option['Server'] = $Server }
    if ($Zone) { $Option['Zone'] = $Zone }

    $now = @(Get-Content -LiteralPath $Path |
        Where-Object { $_.Trim() -and -not $_.TrimStart().StartsWith('#') } |
        Test-MailDomain @Option -ErrorAction SilentlyContinue)
    if ($now.Count -eq 0) { throw "$Path holds no domain; the baseline stays as it is." }

    $total = Format-Count $now.Count 'domain'
    # A line for each way to fail, however many domains it is about.
    $failed = @($now | Where-Object { $_.Status -in 'DnsFailure', 'Incomplete' })
    $unknown = @{}
    foreach ($domain in $failed) { $unknown[$domain.Domain] = $true }
    $failures = @($failed | Group-Object { if ($_.Status -eq 'DnsFailure') { "Dns$($_.DnsFailure)" } else { $_.Status } } | ForEach-Object {
        $more = if ($_.Count -gt 5) { ", and $($_.Count - 5) more" } else { '' }
        "$($_.Name): $($_.Count) of ${total}: $(@($_.Group.Domain | Select-Object -First 5) -join ', ')$more"
    })
    if (@($failed | Where-Object Status -EQ DnsFailure).Count -eq $now.Count) {
        Complete-Watch 4 (@("Outage: the look-ups of $(if ($now.Count -ne 1) { 'all ' })$total failed. The baseline stays as it is.") + $failures)
    }

    $isFirst = -not (Test-Path -LiteralPath $Baseline)
    $changes = @()
    $keep = $now
    if (-not $isFirst) {
        $before = @(Import-Clixml -LiteralPath $Baseline)
        $changes = @($now | Compare-MailDomain -ReferenceObject $before -MinimumSeverity $MinimumSeverity |
            Where-Object { -not ($_.Kind -eq 'LookupFailed' -and $unknown.ContainsKey($_.Domain)) })

        # What could not be looked up tonight is compared with what was known tomorrow.
        $known = @{}
        foreach ($domain in $before) { $known[$domain.Domain] = $domain }
        $keep = foreach ($domain in $now) {
            if ($unknown.ContainsKey($domain.Domain) -and $known.ContainsKey($domain.Domain)) { $known[$domain.Domain] } else { $domain }
        }
    }

    # Written beside the old one first, so that a full disk costs no baseline.
    $keep | Export-Clixml -LiteralPath "$Baseline.new" -Depth 6
    Move-Item -LiteralPath "$Baseline.new" -Destination $Baseline -Force

    if ($isFirst) {
        $code = if ($failed) { 3 } else { 0 }
        Complete-Watch $code (@("Baseline made: $total, $($failed.Count) of them with failed look-ups.") + $failures)
    }

    if ($changes) {
        $lines = $changes | Sort-Object Severity -Descending -Stable | ForEach-Object {
            ''
            "$($_.Severity): $($_.Domain): $($_.Explanation)"
            if ($_.Old) { "    was: $($_.Old)" }
            if ($_.New) { "    is:  $($_.New)" }
        }
        Complete-Watch 1 (@("$(Format-Count $changes.Count 'change') in $total; see $Report.") + $failures + $lines)
    }

    Complete-Watch $(if ($failed) { 3 } else { 0 }) `
        (@("No change in $total; look-ups failed for $($failed.Count).") + $failures)
}
catch {
    $text = "Watch-MailDomain: $_"
    [Console]::Error.WriteLine($text)
    try { Set-Content -LiteralPath $Report -Value $text -Encoding utf8 } catch { [Console]::Error.WriteLine("The report could not be written: $_") }
    exit 2
}
