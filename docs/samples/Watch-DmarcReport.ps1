<#
.SYNOPSIS
Reads the aggregate reports of the last weeks and writes a report of what needs a look: new failing sources, sources that
vanished, domains without reports, and sudden drops.

.DESCRIPTION
Made for a scheduler: `pwsh -NoProfile -File Watch-DmarcReport.ps1 -Path reports -Baseline sources.json -Report report.txt`.
The folder may keep old reports or only those that came since the last run: a report that was counted before is not counted again.
Each run writes a report, also if there is nothing to say. Needs PowerShell 7.4 or newer.

What is reported:
* A new failing source: a network (/24 of IPv4, /48 of IPv6) whose mail fails DMARC for a domain and that did not fail before.
* A source that vanished: its mail passed on at least three days, and none came for -SourceDays days although reports did.
* No reports: a domain for which no report came for -ReportDays days.
* A sudden drop: the newest complete day has fewer messages, or fewer that pass, than the median of the days before by -DropPercent.
* Files that could not be read, in each run that meets them.
* Warnings of Import-DmarcReport that name a file, such as a report that breaks off, and reports that could not be counted for a day because
  they give no time, no domain or a time to come: each once. Of a damaged report, what could be read counts; a whole copy that comes later
  adds the rest.

The baseline is replaced after the report was written, so that a run that fails or is stopped costs nothing: the next one says the same.

Exit codes:
0  Nothing needs a look, or the baseline was made.
1  Something does: the report says what.
2  The script could not do its work, or was called with wrong parameters; the reason is on standard error and in the report.
3  Nothing is known to need a look, but some files could not be read or are told in a new warning: the report names them.

.PARAMETER Path
Folders or files with reports, as Import-DmarcReport takes them; folders are read with what is below them. Files of saved rows (.ndjson), as
Export-DmarcReport and with it Save-MailboxReport.ps1 and Save-GraphReport.ps1 write them, are read too.

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

.PARAMETER IgnoreWarning
Regular expressions: warnings that match one are not told. For a reporter that signs its mail: -IgnoreWarning 'signature was not checked'.

.PARAMETER Now
The time to compare with, to try the script on old reports. Reports of later days are not counted.

.PARAMETER Unknown
Takes what is no parameter, to end with exit code 2.

.EXAMPLE
pwsh -NoProfile -File Watch-DmarcReport.ps1 -Path reports -Baseline sources.json -Report report.txt || mail -s 'DMARC reports' postmaster@example.com < report.txt
#>
[CmdletBinding()]
param(
    # The values are checked below: where PowerShell checks them, it ends with 1, which says that something needs a look.
    [string[]] $Path,
    [string] $Baseline,
    [string] $Report,
    $ReportDays = 3,
    $SourceDays = 7,
    $DropPercent = 50,
    $MinimumMessages = 10,
    $KeepDays = 60,
    [string[]] $IgnoreWarning = @(),
    $Now = [datetime]::UtcNow,
    [Parameter(ValueFromRemainingArguments)] $Unknown
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$culture = [cultureinfo]::InvariantCulture
$lines = [Collections.Generic.List[string]]::new()

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
function Complete-Watch([int] $Code, [string[]] $Line) {
    $Line = @($Line | ForEach-Object { Format-Line $_ })
    Set-Content -LiteralPath $Report -Value $Line -Encoding utf8
    Move-Item -LiteralPath "$Baseline.new" -Destination $Baseline -Force
    Write-Output $Line[0]
    exit $Code
}

function Format-Count([long] $Count, [string] $One, [string] $Many = "${One}s") {
    "$Count $(if ($Count -eq 1) { $One } else { $Many })"
}

function Get-Number([string] $Name, $Value, [long] $Minimum, [long] $Maximum) {
    $number = 0L
    if (-not [long]::TryParse("$Value", [Globalization.NumberStyles]::Integer, $culture, [ref] $number) -or
        $number -lt $Minimum -or $number -gt $Maximum) { throw "-$Name must be a whole number from $Minimum to $Maximum, not '$Value'." }
    $number
}

# Strangers make up numbers: what would be too large stays at the largest one.
function Get-Sum($First, $Second) {
    # Beyond [long], PowerShell goes on with [double].
    $sum = $First + $Second
    if ($sum -lt [long]::MaxValue) { [long] $sum } else { [long]::MaxValue }
}

function Get-Median([long[]] $Value) {
    $sorted = @($Value | Sort-Object)
    $sorted[[int][math]::Floor(($sorted.Count - 1) / 2)]
}

# A table whose keys differ by case. Strangers choose keys: ask it for get_Keys() and get_Count(), because .Keys is the entry of that name.
function Get-Table {
    [Collections.Hashtable]::new([StringComparer]::Ordinal)
}

# A domain in one form, however it is written.
function Get-Name([string] $Domain) {
    $name = $Domain.TrimEnd('.')
    if ($name -match '[^\x00-\x7F]') {
        try { $name = [Globalization.IdnMapping]::new().GetAscii($name) } catch { Write-Verbose "No domain: $(Format-Line $name)" }
    }
    $name.ToLowerInvariant().Replace('|', '_')
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

# Reports: id -> day, messages, passed (in old files the day alone). Days: domain -> day -> messages, passed. Sources: domain|network ->
# first failure, last pass, days with a pass. Warnings: what was told -> day.
function Read-Baseline {
    $state = @{ Reports = Get-Table; Days = Get-Table; Sources = Get-Table; Warnings = Get-Table }
    if (-not (Test-Path -LiteralPath $Baseline)) { return $state }
    try {
        $saved = Get-Content -LiteralPath $Baseline -Raw | ConvertFrom-Json -AsHashtable
        if ($saved -isnot [Collections.IDictionary]) { throw 'It is empty or holds something else.' }
        foreach ($id in $saved.Reports.get_Keys()) { $state.Reports[$id] = $saved.Reports[$id] }
        if ($saved.ContainsKey('Warnings')) { foreach ($text in $saved.Warnings.get_Keys()) { $state.Warnings[$text] = $saved.Warnings[$text] } }
        foreach ($domain in $saved.Days.get_Keys()) {
            foreach ($day in $saved.Days[$domain].get_Keys()) {
                Add-Day $state (Get-Name $domain) $day $saved.Days[$domain][$day].Messages $saved.Days[$domain][$day].Passed
            }
        }
        foreach ($key in $saved.Sources.get_Keys()) {
            $domain, $network = $key -split '\|', 2
            $source = Get-Source $state "$(Get-Name $domain)|$network"
            $old = $saved.Sources[$key]
            foreach ($day in $old.Passes.get_Keys()) { $source.Passes[$day] = $true }
            foreach ($name in 'FailedOn', 'LastPass', 'LastSeen') { if ($old[$name] -gt $source[$name]) { $source[$name] = $old[$name] } }
            if ($old.ContainsKey('Told')) { $source.Told = $true }
        }
        $state
    }
    catch { throw "The baseline $Baseline cannot be read. Restore it, or remove it to make a new one. ($_)" }
}

function Add-Day([hashtable] $State, [string] $Domain, [string] $Day, $Messages, $Passed) {
    if (-not $State.Days.ContainsKey($Domain)) { $State.Days[$Domain] = Get-Table }
    $days = $State.Days[$Domain]
    if (-not $days.ContainsKey($Day)) { $days[$Day] = @{ Messages = 0L; Passed = 0L } }
    $days[$Day].Messages = Get-Sum $days[$Day].Messages $Messages
    $days[$Day].Passed = Get-Sum $days[$Day].Passed $Passed
}

function Get-Source([hashtable] $State, [string] $Key) {
    if (-not $State.Sources.ContainsKey($Key)) { $State.Sources[$Key] = @{ FailedOn = ''; LastPass = ''; LastSeen = ''; Passes = Get-Table } }
    $State.Sources[$Key]
}

# The last day of mail from a source. Days to come are none: an older version of this script kept them.
function Get-LastSeen([hashtable] $Source) {
    if ($Source.LastSeen -le $todayText) { return $Source.LastSeen }
    "$(@(@($Source.Passes.get_Keys()) + $Source.FailedOn + '' | Where-Object { $_ -le $todayText } | Sort-Object)[-1])"
}

# A report belongs to the day that holds the middle of its time, as in Measure-DmarcReport; without a time, to none.
function Get-Day($Begin, $End) {
    $first = if ($null -ne $Begin) { $Begin } else { $End }
    if ($null -eq $first) { return '' }
    $last = if ($null -ne $End -and $End -gt $first) { $End } else { $first }
    $first.AddTicks(($last - $first).Ticks / 2).ToUniversalTime().ToString('yyyy-MM-dd', $culture)
}

# The rows of files that Export-DmarcReport wrote. A report that stands in several of them came twice: the file with most of its messages counts.
function Get-SavedRow([IO.FileInfo[]] $File) {
    $reports = [ordered] @{}
    foreach ($saved in $File) {
        $number = 0
        foreach ($line in [IO.File]::ReadLines($saved.FullName)) {
            $number++
            if ($line.Trim() -eq '') { continue }
            $row = $null
            try {
                $fields = ConvertFrom-Json $line
                if ($fields.type -ne 'aggregate') { continue }
                $row = [pscustomobject] @{
                    OrganizationName = "$($fields.org_name)"
                    ReportId         = "$($fields.report_id)"
                    Begin            = $fields.begin
                    End              = $fields.end
                    Domain           = "$($fields.domain)"
                    HeaderFrom       = "$($fields.header_from)"
                    SourceIP         = "$($fields.source_ip)"
                    Count            = [long] $fields.count
                    Passed           = $fields.passed
                    Path             = "$($saved.FullName)!$($fields.path)"
                }
            }
            catch { $badLines.Add("$($saved.FullName): line $number is not a row of Export-DmarcReport.") }
            if ($null -eq $row) { continue }
            $id = '{0}|{1}|{2}|{3:o}|{4:o}' -f $row.OrganizationName, $row.ReportId, $row.Domain, $row.Begin, $row.End
            if ($row.ReportId -eq '') { $id = "$id|$($row.Path)" }
            if (-not $reports.Contains($id)) { $reports[$id] = Get-Table }
            if (-not $reports[$id].ContainsKey($saved.FullName)) { $reports[$id][$saved.FullName] = [Collections.Generic.List[object]]::new() }
            $reports[$id][$saved.FullName].Add($row)
        }
    }
    foreach ($copies in $reports.get_Values()) {
        $copies.get_Values() | Sort-Object { ($_ | Measure-Object Count -Sum).Sum } -Descending | Select-Object -First 1 | ForEach-Object { $_ }
    }
}

# Takes the rows of a report that came one after the other. A report that was counted before counts only if it has more messages now: then a
# damaged copy of it was read.
function Add-Report([hashtable] $Part) {
    $day = $Part.Day
    if ($day -gt $todayText) {
        $warnings.Add("Not counted: $($Part.Path): the report is dated $day, which is yet to come.")
        return
    }

    $id = $Part.Id
    if (-not $Part.HasId) {
        # Only what it holds tells such a report from another.
        $hash = [Security.Cryptography.SHA256]::HashData([Text.Encoding]::UTF8.GetBytes(($Part.Rows -join "`n")))
        $id = "$id|$([Convert]::ToHexString($hash))"
    }
    elseif ($state.Reports.ContainsKey($Part.OldId) -and $state.Reports[$Part.OldId] -is [string]) { return }

    if (-not $read.ContainsKey($id)) { $read[$id] = @{ Messages = 0L; Passed = 0L } }
    $total = $read[$id]
    $total.Messages = Get-Sum $total.Messages $Part.Messages
    $total.Passed = Get-Sum $total.Passed $Part.Passed
    $before = if ($state.Reports.ContainsKey($id)) { $state.Reports[$id] } else { @{ Messages = -1L; Passed = 0L } }
    $more = $total.Messages - $before.Messages
    $morePassed = $total.Passed - $before.Passed
    if ($more -le 0 -and $morePassed -le 0) { return }

    $more = $total.Messages - [math]::Max(0L, $before.Messages)
    $counted[$id] = $true
    $state.Reports[$id] = @{
        Day      = if ($day) { $day } else { $todayText }
        Messages = [math]::Max($total.Messages, $before.Messages)
        Passed   = [math]::Max($total.Passed, $before.Passed)
    }
    if ($day -and $Part.Domain) { Add-Day $state $Part.Domain $day ([math]::Max(0L, $more)) ([math]::Max(0L, $morePassed)) }
    else {
        $what = if ($day) { 'domain' } else { 'time' }
        $warnings.Add("Counted for no day: $($Part.Path): the report gives no $what; it has $(Format-Count (Get-Sum 0L $Part.Messages) 'message').")
    }

    foreach ($key in $Part.Sources.get_Keys()) {
        $source = Get-Source $state $key
        $mail = $Part.Sources[$key]
        if ($day -gt (Get-LastSeen $source)) { $source.LastSeen = $day }
        if ($mail.HasPassed -and $day) {
            $source.Passes[$day] = $true
            if ($day -gt $source.LastPass -or $source.LastPass -gt $todayText) { $source.LastPass = $day }
        }
        if ($mail.HasFailed -and (-not $source.FailedOn -or $failing.ContainsKey($key))) {
            $failing[$key] = Get-Sum $mail.Failed $(if ($failing.ContainsKey($key)) { $failing[$key] } else { 0L })
            if (-not $source.FailedOn) { $source.FailedOn = if ($day) { $day } else { $todayText } }
        }
    }
}

try {
    if ($PSVersionTable.PSVersion -lt [version] '7.4') { throw "PowerShell 7.4 or newer is needed, and this is $($PSVersionTable.PSVersion)." }
    foreach ($name in 'Path', 'Baseline', 'Report') {
        $value = Get-Variable $name -ValueOnly
        if (-not $value -or @($value) -contains '') { throw "-$name is missing." }
    }
    if ($Unknown) { throw "There is no parameter $($Unknown -join ' ')." }
    $ReportDays = Get-Number ReportDays $ReportDays 1 365
    $SourceDays = Get-Number SourceDays $SourceDays 1 365
    $DropPercent = Get-Number DropPercent $DropPercent 1 100
    $MinimumMessages = Get-Number MinimumMessages $MinimumMessages 1 1000000000
    $KeepDays = Get-Number KeepDays $KeepDays 14 3650
    try { $today = ([datetime] $Now).ToUniversalTime().Date }
    catch { throw "-Now must be a time such as 2026-03-01T06:00:00Z, not '$Now'." }
    $todayText = $today.ToString('yyyy-MM-dd', $culture)

    if (-not (Get-Module Dmarc)) {
        $built = Join-Path $PSScriptRoot '../../out/Dmarc/Dmarc.psd1'
        Import-Module $(if (Test-Path $built) { $built } else { 'Dmarc' })
    }

    $isFirst = -not (Test-Path -LiteralPath $Baseline)
    $state = Read-Baseline

    # A folder that is not there is a fault of the task, and no night without reports.
    $missing = @($Path | Where-Object { $_ -notmatch '[*?[]' -and -not (Test-Path -LiteralPath $_) })
    if ($missing.Count -eq $Path.Count) { throw "There is no file or folder $($missing -join ', ')." }

    $read = Get-Table
    $counted = Get-Table
    $failing = Get-Table
    $warnings = [Collections.Generic.List[string]]::new()
    $unread = $null
    $noted = $null
    $part = $null
    $rows = 0
    $badLines = [Collections.Generic.List[string]]::new()
    $import = @{ Path = $Path; Recurse = $true }
    $saved = @(Get-ChildItem -Path $Path -Recurse -File -Filter *.ndjson -ErrorAction Ignore)
    if ($saved) { $import = @{ LiteralPath = @(Get-ChildItem -Path $Path -Recurse -File | Where-Object Extension -ne '.ndjson' | ForEach-Object FullName) } }
    & {
        Get-SavedRow $saved
        if ($import['Path'] -or $import['LiteralPath']) {
            Import-DmarcReport @import -ErrorAction SilentlyContinue -ErrorVariable unread -WarningAction SilentlyContinue -WarningVariable noted
            $script:unread, $script:noted = $unread, $noted
        }
    } | ForEach-Object {
        $rows++
        $begin = if ($null -ne $_.Begin) { $_.Begin.ToString('o', $culture) } else { '' }
        $end = if ($null -ne $_.End) { $_.End.ToString('o', $culture) } else { '' }
        $facts = '{0}|{1}|{2}|{3}|{4}|{5}' -f $_.OrganizationName, $_.ReportId, $_.Domain, $begin, $end, $_.Path
        if ($null -eq $part -or $part.Facts -cne $facts) {
            if ($null -ne $part) { Add-Report $part }
            $domain = Get-Name $_.Domain
            $part = @{
                Facts    = $facts
                Id       = '{0}|{1}|{2}|{3}|{4}' -f $_.OrganizationName.ToUpperInvariant(), $_.ReportId, $domain, $begin, $end
                OldId    = '{0}|{1}|{2}|{3}' -f $_.OrganizationName, $_.ReportId, $_.Domain, $begin
                HasId    = $_.ReportId -ne ''
                Path     = $_.Path
                Domain   = $domain
                Day      = Get-Day $_.Begin $_.End
                Messages = 0L
                Passed   = 0L
                Rows     = [Collections.Generic.List[string]]::new()
                Sources  = Get-Table
            }
        }

        $name = if ($part.Domain) { $part.Domain } elseif ($_.HeaderFrom) { Get-Name $_.HeaderFrom } else { 'no domain' }
        $key = '{0}|{1}' -f $name, (Get-Network $_.SourceIP)
        if (-not $part.Sources.ContainsKey($key)) { $part.Sources[$key] = @{ HasPassed = $false; HasFailed = $false; Failed = 0L } }
        $mail = $part.Sources[$key]
        $part.Messages += $_.Count
        if ($_.Passed) {
            $part.Passed += $_.Count
            $mail.HasPassed = $true
        }
        elseif ($null -ne $_.Passed) {
            $mail.Failed += $_.Count
            $mail.HasFailed = $true
        }
        if (-not $part.HasId) { $part.Rows.Add("$($_.SourceIP) $($_.Count) $($_.Passed) $($_.HeaderFrom)") }
    }
    if ($null -ne $part) { Add-Report $part }

    if ($rows -eq 0 -and $state.Days.get_Count() -eq 0) { throw "No report was read from $($Path -join ', ')." }

    # Warnings that name a file; those without one count what was left out.
    $roots = @($Path | Where-Object { $missing -notcontains $_ } | ForEach-Object { Resolve-Path -Path $_ -ErrorAction Ignore } |
        ForEach-Object { Format-Line $_.ProviderPath })
    foreach ($warning in $noted) {
        $text = "$warning"
        if (@($roots | Where-Object { $text.StartsWith($_, [StringComparison]::OrdinalIgnoreCase) })) { $warnings.Add("Warning: $text") }
    }
    $news = @($warnings | Where-Object {
        $text = $_
        $isNew = -not $state.Warnings.ContainsKey($text)
        $state.Warnings[$text] = $todayText
        $isNew -and -not @($IgnoreWarning | Where-Object { $text -match $_ })
    })

    if (-not $isFirst) {
        foreach ($key in $failing.get_Keys() | Sort-Object { - $failing[$_] }, { $_ }) {
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

    $sourcesOf = Get-Table
    foreach ($key in $state.Sources.get_Keys() | Sort-Object) {
        $domain = ($key -split '\|', 2)[0]
        if (-not $sourcesOf.ContainsKey($domain)) { $sourcesOf[$domain] = [Collections.Generic.List[string]]::new() }
        $sourcesOf[$domain].Add($key)
    }

    foreach ($domain in $state.Days.get_Keys() | Sort-Object) {
        $days = $state.Days[$domain]
        $known = @($days.get_Keys() | Where-Object { $_ -le $todayText } | Sort-Object)
        if (-not $known) { continue }
        $newest = $known[-1]
        $silent = ($today - [datetime]::ParseExact($newest, 'yyyy-MM-dd', $culture)).Days
        if ($silent -gt $ReportDays) {
            $lines.Add("No reports: ${domain}: the newest report is of $newest, $(Format-Count $silent 'day') ago.")
            continue
        }

        foreach ($key in $(if ($sourcesOf.ContainsKey($domain)) { $sourcesOf[$domain] })) {
            $source = $state.Sources[$key]
            $seen = Get-LastSeen $source
            if (-not $seen -or $source.Passes.get_Count() -lt 3) { continue }
            $absent = ([datetime]::ParseExact($newest, 'yyyy-MM-dd', $culture) - [datetime]::ParseExact($seen, 'yyyy-MM-dd', $culture)).Days
            if ($absent -ge $SourceDays -and -not $source.ContainsKey('Told')) {
                $source.Told = $true
                $lines.Add("Source vanished: ${domain}: nothing came from $(($key -split '\|', 2)[1]) since $seen.")
            }
            elseif ($absent -lt $SourceDays) { $source.Remove('Told') }
        }

        # The reports on the newest days are still coming in: the day before yesterday is complete.
        $complete = @($known | Where-Object { $_ -le $today.AddDays(-2).ToString('yyyy-MM-dd', $culture) })
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
    foreach ($id in @($state.Reports.get_Keys())) {
        $day = if ($state.Reports[$id] -is [string]) { $state.Reports[$id] } else { $state.Reports[$id].Day }
        if ($day -lt $oldest) { $state.Reports.Remove($id) }
    }
    foreach ($text in @($state.Warnings.get_Keys())) { if ($state.Warnings[$text] -lt $oldest) { $state.Warnings.Remove($text) } }
    foreach ($key in @($state.Sources.get_Keys())) {
        $source = $state.Sources[$key]
        if ((Get-LastSeen $source) -lt $oldest -and $source.FailedOn -lt $oldest) { $state.Sources.Remove($key) }
    }
    foreach ($domain in @($state.Days.get_Keys())) {
        foreach ($day in @($state.Days[$domain].get_Keys())) {
            if ($day -lt $oldest -and $state.Days[$domain].get_Count() -gt 1) { $state.Days[$domain].Remove($day) }
        }
    }

    # Written beside the old one first, so that a full disk costs no baseline.
    $state | ConvertTo-Json -Depth 5 -Compress | Set-Content -LiteralPath "$Baseline.new" -Encoding utf8

    $unread = @(@($unread) + $badLines | Where-Object { $_ })
    $failures = @($unread | ForEach-Object { "Not read: $_" }) + $news
    $isUncertain = $failures.Count -gt 0
    $domainCount = Format-Count $state.Days.get_Count() 'domain'
    $unreadCount = "$(Format-Count @($unread).Count 'file') could not be read, $(Format-Count $news.Count 'new warning')"
    if ($isFirst) {
        Complete-Watch $(if ($lines.Count) { 1 } elseif ($isUncertain) { 3 } else { 0 }) `
            (@("Baseline made: $(Format-Count $counted.get_Count() 'report'), $(Format-Count $rows 'row'), $domainCount; $unreadCount.") + $failures + $lines)
    }
    if ($lines.Count) {
        Complete-Watch 1 (@("$(Format-Count $lines.Count 'thing needs' 'things need') a look in $domainCount; see $Report.") + $lines + $failures)
    }
    Complete-Watch $(if ($isUncertain) { 3 } else { 0 }) `
        (@("Nothing needs a look: $(Format-Count $counted.get_Count() 'new report'), $domainCount; $unreadCount.") + $failures)
}
catch {
    # What was found is told again by the next run, because the baseline is as it was.
    $text = Format-Line "Watch-DmarcReport: $_"
    [Console]::Error.WriteLine($text)
    if ($Baseline) { Remove-Item -LiteralPath "$Baseline.new" -ErrorAction Ignore }
    try { if ($Report) { Set-Content -LiteralPath $Report -Value (@($text) + @($lines | ForEach-Object { Format-Line $_ })) -Encoding utf8 } }
    catch { [Console]::Error.WriteLine((Format-Line "The report could not be written: $_")) }
    exit 2
}
