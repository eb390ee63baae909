<#
.SYNOPSIS
Audits domains, compares the results with the last run, and writes a report of what matters.

.DESCRIPTION
Made for a scheduler: `pwsh -NoProfile -File Watch-MailDomain.ps1 -Path domains.txt -Baseline baseline.xml -Report report.txt`.
Each run writes a report, also if nothing changed; sending it is left to the mail system of the machine, so that no password
stands in a script. The baseline is replaced after the report was written, so that a run that fails or is stopped costs nothing:
the next one says the same. A domain of which less is known than before keeps what was known, so that an outage in one night hides
no change from the next. A line that is no domain name is told in each run and is not kept.

Exit codes:
0  Nothing of the wanted severity changed, or the baseline was made.
1  Something changed: the report says what.
2  The script could not do its work, or was called with wrong parameters; the reason is on standard error and in the report.
3  No change is known, but the look-ups of some domains failed, or a line is no domain name.
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

.PARAMETER Unknown
Takes what is no parameter, to end with exit code 2.

.EXAMPLE
pwsh -NoProfile -File Watch-MailDomain.ps1 -Path domains.txt -Baseline baseline.xml -Report report.txt || mail -s 'Mail domains' postmaster@example.com < report.txt
#>
[CmdletBinding()]
param(
    # The values are checked below: where PowerShell checks them, it ends with 1, which says that something changed.
    [string] $Path,
    [string] $Baseline,
    [string] $Report,
    [string] $MinimumSeverity = 'Warning',
    $Option = @{},
    [string[]] $Server,
    [string[]] $Zone,
    [Parameter(ValueFromRemainingArguments)] $Unknown
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$lines = @()

# What strangers wrote, with characters that are not seen or move the cursor as escapes: a line stays one line.
function Format-Line([string] $Text) {
    [regex]::Replace($Text, '[\uD800-\uDBFF][\uDC00-\uDFFF]|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}-[\u200C\u200D]]', {
        param($found)
        if ($found.Length -eq 2 -and [Globalization.CharUnicodeInfo]::GetUnicodeCategory($found.Value, 0) -ne 'Format') { return $found.Value }
        -join ($found.Value.ToCharArray() | ForEach-Object { '\u{0:X4}' -f [int] $_ })
    })
}

# The first line goes to standard output too: it is what a scheduler shows. The baseline is replaced last: what no report told is
# told by the next run.
function Complete-Watch([int] $Code, [string[]] $Line, [switch] $KeepBaseline) {
    $Line = @($Line | ForEach-Object { Format-Line $_ })
    Set-Content -LiteralPath $Report -Value $Line -Encoding utf8
    if (-not $KeepBaseline) { Move-Item -LiteralPath "$Baseline.new" -Destination $Baseline -Force }
    Write-Output $Line[0]
    exit $Code
}

function Format-Count([long] $Count, [string] $One) {
    "$Count $One$(if ($Count -ne 1) { 's' })"
}

# A line for one way to fail, however many domains it is about.
function Format-Failure([string] $Name, [string[]] $Domain, [string] $Of) {
    $more = if ($Domain.Count -gt 5) { ", and $($Domain.Count - 5) more" } else { '' }
    "${Name}: $($Domain.Count) of ${Of}: $(@($Domain | Select-Object -First 5) -join ', ')$more"
}

try {
    foreach ($name in 'Path', 'Baseline', 'Report') {
        if (-not (Get-Variable $name -ValueOnly)) { throw "-$name is missing." }
    }
    if ($Unknown) { throw "There is no parameter $($Unknown -join ' ')." }
    $severities = 'Error', 'Warning', 'Information'
    if ($severities -notcontains $MinimumSeverity) { throw "-MinimumSeverity must be Information, Warning or Error, not '$MinimumSeverity'." }
    if ($Option -isnot [hashtable]) { throw '-Option must be a hashtable; with -File use -Server and -Zone.' }

    if (-not (Get-Module Dmarc)) {
        $built = Join-Path $PSScriptRoot '../../out/Dmarc/Dmarc.psd1'
        Import-Module $(if (Test-Path $built) { $built } else { 'Dmarc' })
    }

    if ($Server) { $Option['Server'] = $Server }
    if ($Zone) { $Option['Zone'] = $Zone }

    $listed = @(Get-Content -LiteralPath $Path |
        Where-Object { $_.Trim() -and -not $_.TrimStart().StartsWith('#') } |
        Test-MailDomain @Option -ErrorAction SilentlyContinue)
    $invalid = @($listed | Where-Object { $_.Status -eq 'InvalidDomainName' })
    $now = @($listed | Where-Object { $_.Status -ne 'InvalidDomainName' })
    if ($now.Count -eq 0) { throw "$Path holds no domain; the baseline stays as it is." }

    $total = Format-Count $now.Count 'domain'
    $failed = @($now | Where-Object { $_.Status -notin 'Complete', 'DomainNotFound' })
    $unknown = @{}
    foreach ($domain in $failed) { $unknown[$domain.Domain] = $true }
    $failures = @($failed | Group-Object { if ($_.Status -eq 'DnsFailure') { "Dns$($_.DnsFailure)" } else { $_.Status } } |
        ForEach-Object { Format-Failure $_.Name $_.Group.Domain $total })
    if ($invalid) { $failures += Format-Failure 'InvalidDomainName' $invalid.Domain (Format-Count $listed.Count 'line') }
    if (@($failed | Where-Object { $_.Status -ne 'Incomplete' }).Count -eq $now.Count) {
        Complete-Watch 4 -KeepBaseline `
            (@("Outage: the look-ups of $(if ($now.Count -ne 1) { 'all ' })$total failed. The baseline stays as it is.") + $failures)
    }

    $isFirst = -not (Test-Path -LiteralPath $Baseline)
    $changes = @()
    $keep = $now
    if (-not $isFirst) {
        try {
            # An older version of this script kept lines that are no domain names. In the file, the status is a number.
            $isInvalid = [enum]::Parse($now[0].Status.GetType(), 'InvalidDomainName')
            $before = @(Import-Clixml -LiteralPath $Baseline | Where-Object { $_.Status -ne $isInvalid })
            if (-not $before) { throw 'It holds no domain.' }
        }
        catch { throw "The baseline $Baseline cannot be read. Restore it, or remove it to make a new one. ($_)" }

        $changes = @($now | Compare-MailDomain -ReferenceObject $before -MinimumSeverity $MinimumSeverity |
            Where-Object { -not ($_.Kind -eq 'LookupFailed' -and $unknown.ContainsKey($_.Domain)) })

        # What could not be looked up tonight is compared with what was known tomorrow. Where only parts failed that nobody knew before,
        # or that are not compared, the rest counts: a domain whose reverse DNS always fails would tell the same change each night.
        $compared = 'Mx', 'Spf', 'Dmarc', 'Dkim', 'MtaSts', 'TlsRpt', 'Bimi', 'Dane'
        $known = @{}
        foreach ($domain in $before) { $known[$domain.Domain] = $domain }
        $keep = foreach ($domain in $now) {
            $old = $known[$domain.Domain]
            if (-not $old -or -not $unknown.ContainsKey($domain.Domain)) { $domain; continue }
            $oldFailed = @($old.FailedParts | ForEach-Object { [int] $_ })
            $lost = @($domain.FailedParts | Where-Object { "$_" -in $compared -and [int] $_ -notin $oldFailed })
            if ($domain.Status -eq 'Incomplete' -and -not $lost) { $domain } else { $old }
        }
    }

    # Written beside the old one first, so that a full disk costs no baseline.
    $keep | Export-Clixml -LiteralPath "$Baseline.new" -Depth 6

    $uncertain = if ($failures) { 3 } else { 0 }
    if ($isFirst) {
        Complete-Watch $uncertain (@("Baseline made: $total, $($failed.Count) of them with failed look-ups.") + $failures)
    }

    if ($changes) {
        $lines = @(foreach ($severity in $severities) {
            $changes | Where-Object Severity -EQ $severity | ForEach-Object {
                ''
                "$($_.Severity): $($_.Domain): $($_.Explanation)"
                if ($_.Old) { "    was: $($_.Old)" }
                if ($_.New) { "    is:  $($_.New)" }
            }
        })
        Complete-Watch 1 (@("$(Format-Count $changes.Count 'change') in $total; see $Report.") + $failures + $lines)
    }

    Complete-Watch $uncertain (@("No change in $total; look-ups failed for $($failed.Count).") + $failures)
}
catch {
    # What was found is told again by the next run, because the baseline is as it was.
    $text = Format-Line "Watch-MailDomain: $_"
    [Console]::Error.WriteLine($text)
    if ($Baseline) { Remove-Item -LiteralPath "$Baseline.new" -ErrorAction Ignore }
    try { if ($Report) { Set-Content -LiteralPath $Report -Value (@($text) + @($lines | ForEach-Object { Format-Line $_ })) -Encoding utf8 } }
    catch { [Console]::Error.WriteLine((Format-Line "The report could not be written: $_")) }
    exit 2
}
