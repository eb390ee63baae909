<#
.SYNOPSIS
Reads the aggregate reports of the last weeks and writes a report of what needs a look: new failing sources, sources that
vanished, domains without reports, and sudden drops.

.DESCRIPTION
Made for a scheduler: `pwsh -NoProfile -File Watch-DmarcReport.ps1 -Path reports -Baseline sources.json -Report report.txt`.
The folder may keep old reports or only those that came since the last run: a report that was counted before is not counted again.
Each run writes a report, also if there is nothing to say.

What is reported:
* A new failing source: a network (/24 of IPv4, /48 of IPv6) whose mail fails DMARC for a domain and that did not fail before.
* A source that vanished: its mail passed on at least three days, and none came for -SourceDays days although reports did.
* No reports: a domain for which no report came for -ReportDays days.
* A sudden drop: the newest complete day has fewer messages, or fewer that pass, than the median of the days before by -DropPercent.

Exit codes:
0  Nothing needs a look, or the baseline was made.
1  Something does: the report says what.
2  The script could not do its work; the reason is on standard error and in the report.
3  Nothing is known to need a look, but some files could not be read: the report names them.

.PARAMETER Path
Folders or files with reports, as Import-DmarcReport takes them; folders are read with what is below them.

.PARAMETER Baseline
The file in which sources and days are kept. The first run makes it.

.PARAMETER Report
The file that the report is written to. Each run replaces it.

.PARAMETER ReportDays
A domain without a report for so many days is reported.

.PARAMETER SourceDays
A source without mail for so many days is reported as gone.

.PARAMETER DropPercent
How much of the median must be missing to be a sudden drop.

.PARAMETER MinimumMessages
Sources and days with fewer messages are not reported.

.PARAMETER KeepDays
How long days, sources and ids of reports are remembered.

.PARAMETER Now
The time to compare with, to try the script on old reports.

.EXAMPLE
pwsh -NoProfile -File Watch-DmarcReport.ps1 -Path reports -Baseline sources.json -Report report.txt || mail -s 'DMARC reports' postmaster@example.com < report.txt
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string[]] $Path,
    [Parameter(Mandatory)] [string] $Baseline,
    [Parameter(Mandatory)] [string] $Report,
    [ValidateRange(1, 365)] [int] $ReportDays = 3,
    [ValidateRange(1, 365)] [int] $SourceDays = 7,
    [ValidateRange(1, 100)] [int] $DropPercent = 50,
    [ValidateRange(1, 1000000000)] [long] $MinimumMessages = 10,
    [ValidateRange(14, 3650)] [int] $KeepDays = 60,
    [datetime] $Now = [datetime]::UtcNow
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$culture = [cultureinfo]::InvariantCulture
$today = $Now.ToUniversalTime().Date

# The first line goes to standard output too: it is what a scheduler shows.
function Complete-Watch([int] $Code, [string[]] $Line) {
    Set-Content -LiteralPath $Report -Value $Line -Encoding utf8
    Write-Output $Line[0]
    exit $Code
}

function Format-Count([long] $Count, [string] $One, [string] $Many = "${One}s") {
    "$Count $(if ($Count -eq 1) { $One } else { $Many })"
}

function Get-Median([long[]] $Value) {
    $sorted = @($Value | Sort-Object)
    $sorted[[int][math]::Floor(($sorted.Count - 1) / 2)]
}

# The network of an address: sources of one sender change within it.
function Get-Network([string] $Address) {
    $parsed = [ipaddress]::None
    # Short forms such as 127.1, which [ipaddress] reads, are no addresses.
    if ($Address -notmatch ':|^\d+(\.\d+){3}$' -or -not [ipaddress]::TryParse($Address, [ref] $parsed)) { return $Address }
    $octets = $parsed.GetAddressBytes()
    if ($octets.Length -eq 4) { return '{0}.{1}.{2}.0/24' -f $octets[0], $octets[1], $octets[2] }
    for ($index = 6; $index -lt 16; $index++) { $octets[$index] = 0 }
    "$([ipaddress]::new($octets))/48"
}

try {
    if (-not (Get-Module Dmarc)) {
        $built = Join-Path $PSScriptRoot '../../out/Dmarc/Dmarc.psd1'
        Import-Module $(if (Test-Path $built) { $built } else { 'Dmarc' })
    }

    # Reports: id -> day. Days: domain -> day -> messages, passed. Sources: domain|network -> first failure, last pass, days with a pass.
    $isFirst = -not (Test-Path -LiteralPath $Baseline)
    $state = if ($isFirst) { @{ Reports = @{}; Days = @{}; Sources = @{} } }
    else { Get-Content -LiteralPath $Baseline -Raw | ConvertFrom-Json -AsHashtable -DateKind String }

    # A folder that is not there is a fault of the task, and no night without reports.
    $missing = @($Path | Where-Object { $_ -notmatch '[*?[]' -and -not (Test-Path -LiteralPath $_) })
    if ($missing.Count -eq $Path.Count) { throw "There is no file or folder $($missing -join ', ')." }

    $counted = @{}
    $failing = @{}
    $unread = $null
    $rows = 0
    Import-DmarcReport -Path $Path -Recurse -ErrorAction SilentlyContinue -ErrorVariable unread -WarningAction SilentlyContinue | ForEach-Object {
        $rows++
        if ($null -eq $_.Begin -or -not $_.Domain) { return }

        # A report belongs to the day that holds the middle of its time, as in Measure-DmarcReport.
        $end = if ($null -ne $_.End -and $_.End -gt $_.Begin) { $_.End } else { $_.Begin }
        $day = $_.Begin.AddTicks(($end - $_.Begin).Ticks / 2).ToUniversalTime().ToString('yyyy-MM-dd', $culture)
        $id = '{0}|{1}|{2}|{3}' -f $_.OrganizationName, $_.ReportId, $_.Domain, $_.Begin.ToString('o', $culture)
        if ($state.Reports.ContainsKey($id) -and -not $counted.ContainsKey($id)) { return }

        $counted[$id] = $true
        $state.Reports[$id] = $day
        if (-not $state.Days.ContainsKey($_.Domain)) { $state.Days[$_.Domain] = @{} }
        $days = $state.Days[$_.Domain]
        if (-not $days.ContainsKey($day)) { $days[$day] = @{ Messages = 0L; Passed = 0L } }
        $days[$day].Messages += $_.Count

        $key = '{0}|{1}' -f $_.Domain, (Get-Network $_.SourceIP)
        if (-not $state.Sources.ContainsKey($key)) { $state.Sources[$key] = @{ FailedOn = ''; LastPass = ''; LastSeen = ''; Passes = @{} } }
        $source = $state.Sources[$key]
        if ($day -gt $source.LastSeen) { $source.LastSeen = $day }
        if ($_.Passed) {
            $days[$day].Passed += $_.Count
            $source.Passes[$day] = $true
            if ($day -gt $source.LastPass) { $source.LastPass = $day }
        }
        elseif (-not $source.FailedOn -or $failing.ContainsKey($key)) {
            $failing[$key] = $_.Count + $(if ($failing.ContainsKey($key)) { $failing[$key] } else { 0 })
            if (-not $source.FailedOn) { $source.FailedOn = $day }
        }
    }

    if ($rows -eq 0 -and $state.Days.Count -eq 0) { throw "No report was read from $($Path -join ', ')." }

    $lines = [Collections.Generic.List[string]]::new()
    if (-not $isFirst) {
        foreach ($key in $failing.Keys | Sort-Object { - $failing[$_] }, { $_ }) {
            if ($failing[$key] -lt $MinimumMessages) {
                # Too few to tell tonight; more of them tomorrow are still new.
                $state.Sources[$key].FailedOn = ''
                continue
            }
            $domain, $network = $key -split '\|', 2
            $was = if ($state.Sources[$key].LastPass) { "; its mail passed until $($state.Sources[$key].LastPass)" } else { '' }
            $lines.Add("New failing source: ${domain}: $network sent $(Format-Count $failing[$key] 'message that fails' 'messages that fail') DMARC$was.")
        }
    }

    foreach ($domain in $state.Days.Keys | Sort-Object) {
        $days = $state.Days[$domain]
        $newest = @($days.Keys | Sort-Object)[-1]
        $silent = ($today - [datetime]::ParseExact($newest, 'yyyy-MM-dd', $culture)).Days
        if ($silent -gt $ReportDays) {
            $lines.Add("No reports: ${domain}: the newest report is of $newest, $(Format-Count $silent 'day') ago.")
            continue
        }

        foreach ($key in $state.Sources.Keys | Where-Object { $_.StartsWith("$domain|", [StringComparison]::Ordinal) } | Sort-Object) {
            $source = $state.Sources[$key]
            if (-not $source.LastSeen -or $source.Passes.Count -lt 3) { continue }
            $absent = ([datetime]::ParseExact($newest, 'yyyy-MM-dd', $culture) - [datetime]::ParseExact($source.LastSeen, 'yyyy-MM-dd', $culture)).Days
            if ($absent -ge $SourceDays -and -not $source.ContainsKey('Told')) {
                $source.Told = $true
                $lines.Add("Source vanished: ${domain}: nothing came from $(($key -split '\|', 2)[1]) since $($source.LastSeen).")
            }
            elseif ($absent -lt $SourceDays) { $source.Remove('Told') }
        }

        # The reports on the newest days are still coming in: the day before yesterday is complete.
        $complete = @($days.Keys | Where-Object { $_ -le $today.AddDays(-2).ToString('yyyy-MM-dd', $culture) } | Sort-Object)
        if ($complete.Count -lt 6) { continue }
        $last = $days[$complete[-1]]
        $before = @($complete[([math]::Max(0, $complete.Count - 15))..($complete.Count - 2)])
        foreach ($what in 'Messages', 'Passed') {
            $median = Get-Median @($before | ForEach-Object { $days[$_][$what] })
            if ($median -ge $MinimumMessages -and $last[$what] * 100 -le $median * (100 - $DropPercent)) {
                $count = if ($what -eq 'Passed') { Format-Count $last[$what] 'message that passes' 'messages that pass' } else { Format-Count $last[$what] 'message' }
                $lines.Add("Sudden drop: ${domain}: $count on $($complete[-1]), where $median are usual.")
                break
            }
        }
    }

    # What is too old is forgotten.
    $oldest = $today.AddDays(-$KeepDays).ToString('yyyy-MM-dd', $culture)
    foreach ($id in @($state.Reports.Keys)) { if ($state.Reports[$id] -lt $oldest) { $state.Reports.Remove($id) } }
    foreach ($key in @($state.Sources.Keys)) { if ($state.Sources[$key].LastSeen -lt $oldest) { $state.Sources.Remove($key) } }
    foreach ($domain in @($state.Days.Keys)) {
        foreach ($day in @($state.Days[$domain].Keys)) {
            if ($day -lt $oldest -and $state.Days[$domain].Count -gt 1) { $state.Days[$domain].Remove($day) }
        }
    }

    # Written beside the old one first, so that a full disk costs no baseline.
    $state | ConvertTo-Json -Depth 5 -Compress | Set-Content -LiteralPath "$Baseline.new" -Encoding utf8
    Move-Item -LiteralPath "$Baseline.new" -Destination $Baseline -Force

    $failures = @($unread | ForEach-Object { "Not read: $_" })
    $domainCount = Format-Count $state.Days.Count 'domain'
    $unreadCount = Format-Count $failures.Count 'file'
    if ($isFirst) {
        Complete-Watch $(if ($lines.Count) { 1 } elseif ($failures) { 3 } else { 0 }) `
            (@("Baseline made: $(Format-Count $counted.Count 'report'), $(Format-Count $rows 'row'), $domainCount; $unreadCount could not be read.") + $failures + $lines)
    }
    if ($lines.Count) {
        Complete-Watch 1 (@("$(Format-Count $lines.Count 'thing needs' 'things need') a look in $domainCount; see $Report.") + $lines + $failures)
    }
    Complete-Watch $(if ($failures) { 3 } else { 0 }) `
        (@("Nothing needs a look: $(Format-Count $counted.Count 'new report'), $domainCount; $unreadCount could not be read.") + $failures)
}
catch {
    $text = "Watch-DmarcReport: $_"
    [Console]::Error.WriteLine($text)
    try { Set-Content -LiteralPath $Report -Value $text -Encoding utf8 } catch { [Console]::Error.WriteLine("The report could not be written: $_") }
    exit 2
}
