BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $samples = Join-Path $root 'docs' 'samples'
}

Describe 'Watch-MailDomain.ps1' {
    BeforeAll {
        $script = Join-Path $samples 'Watch-MailDomain.ps1'
        $list = Join-Path $TestDrive 'domains.txt'
        'a.test', '# later', 'b.test' | Set-Content $list
        $baseline = Join-Path $TestDrive 'baseline.xml'
        $report = Join-Path $TestDrive 'report.txt'
        $monday = Join-Path $TestDrive 'monday.zone'
        $friday = Join-Path $TestDrive 'friday.zone'
        $records = @'
$ORIGIN .
$TTL 300
a.test. IN TXT "v=spf1 include:_spf.one.test -all"
a.test. IN MX 10 mx.a.test.
mx.a.test. IN A 11.0.0.1
_dmarc.a.test. IN TXT "v=DMARC1; p=reject; rua=mailto:d@a.test"
b.test. IN TXT "v=spf1 -all"
_dmarc.b.test. IN TXT "v=DMARC1; p=reject"
_spf.one.test. IN TXT "v=spf1 ip4:11.1.0.0/24 ~all"
_spf.two.test. IN TXT "v=spf1 ip4:11.2.0.0/24 ~all"
'@
        $records | Set-Content $monday
        $records.Replace('p=reject; rua', 'p=none; rua').Replace('include:_spf.one.test', 'include:_spf.one.test include:_spf.two.test') | Set-Content $friday

        # The first line of the report is the output. A process of its own is started where its exit code is the point.
        function Watch([hashtable] $More = @{}) {
            $out = @(& $script -Path $list -Baseline $baseline -Report $report @More)
            $code = $LASTEXITCODE
            if ($code -ne 2) { $out | Should -Be (Get-Content $report -TotalCount 1) }
            $code
        }
    }

    BeforeEach {
        Remove-Item $baseline, $report -ErrorAction Ignore
    }

    It 'makes the baseline, finds nothing, and finds a change once' {
        Watch @{ Zone = $monday } | Should -Be 0
        Get-Content $report | Should -Match '^Baseline made: 2 domains, 0 '
        Watch @{ Zone = $monday } | Should -Be 0
        Get-Content $report | Should -Match '^No change in 2 domains'
        Watch @{ Zone = $friday } | Should -Be 1
        Get-Content $report -Raw | Should -Match '(?s)^\d+ changes in 2 domains.*Error: a\.test: The DMARC record is weaker.*was: v=DMARC1; p=reject.*_spf\.two\.test'
        Watch @{ Zone = $friday } | Should -Be 0
    }

    It 'tells an outage in one line, with a code of its own, and keeps the baseline' {
        Watch @{ Zone = $monday } | Should -Be 0
        $kept = Get-Content $baseline -Raw
        Watch @{ Server = '127.0.0.1:1' } | Should -Be 4
        (Get-Content $report)[0] | Should -Match '^Outage: the look-ups of all 2 domains failed'
        @(Get-Content $report) | Should -HaveCount 2
        Get-Content $baseline -Raw | Should -BeExactly $kept
        Watch @{ Zone = $friday } | Should -Be 1
    }

    It 'tells an outage on the first night and makes no baseline of it' {
        Watch @{ Server = '127.0.0.1:1' } | Should -Be 4
        Test-Path $baseline | Should -BeFalse
    }

    It 'tells failed look-ups of some domains in one line and keeps what was known of them' {
        Watch @{ Zone = $monday } | Should -Be 0
        $only = Join-Path $TestDrive 'only.zone'
        '$ORIGIN b.test.', '$TTL 300', '@ IN TXT "v=spf1 -all"', '_dmarc IN TXT "v=DMARC1; p=reject"' | Set-Content $only
        Watch @{ Zone = $only; Server = '127.0.0.1:1' } | Should -Be 3
        @(Get-Content $report | Where-Object { $_ -match 'a\.test' }) | Should -HaveCount 1
        Watch @{ Zone = $friday } | Should -Be 1
        Get-Content $report -Raw | Should -Match 'Error: a\.test'
    }

    It 'gives its exit code to who started it' {
        pwsh -NoProfile -File $script -Path $list -Baseline $baseline -Report $report -Server 127.0.0.1:1 | Should -Match '^Outage'
        $LASTEXITCODE | Should -Be 4
    }

    It 'ends with 2 if it cannot work, and says why in the report' {
        Watch @{ Zone = (Join-Path $TestDrive 'missing.zone') } | Should -Be 2
        Get-Content $report | Should -Match '^Watch-MailDomain: .*missing\.zone'
    }
}

Describe 'Watch-DmarcReport.ps1' {
    BeforeAll {
        $script = Join-Path $samples 'Watch-DmarcReport.ps1'
        $start = [DateTimeOffset]::new(2026, 3, 1, 0, 0, 0, [TimeSpan]::Zero)

        # A report of one day: rows of address, messages and whether they pass.
        function Add-Report([int] $Day, [object[][]] $Row, [string] $Domain = 'a.test') {
            $begin = $start.AddDays($Day).ToUnixTimeSeconds()
            $records = foreach ($one in $Row) {
                $result = if ($one[2]) { 'pass' } else { 'fail' }
                "<record><row><source_ip>$($one[0])</source_ip><count>$($one[1])</count><policy_evaluated><disposition>none</disposition><dkim>$result</dkim><spf>fail</spf></policy_evaluated></row><identifiers><header_from>$Domain</header_from></identifiers><auth_results/></record>"
            }
            "<feedback><report_metadata><org_name>R</org_name><email>r@r.test</email><report_id>$Domain-$Day</report_id><date_range><begin>$begin</begin><end>$($begin + 86399)</end></date_range></report_metadata><policy_published><domain>$Domain</domain><p>none</p></policy_published>$records</feedback>" |
                Set-Content (Join-Path $folder "$Domain-$Day.xml")
        }

        function Watch([int] $Day, [hashtable] $More = @{}) {
            $now = $start.AddDays($Day).ToString('yyyy-MM-ddTHH:mm:ssZ', [cultureinfo]::InvariantCulture)
            $out = @(& $script -Path $folder -Baseline $baseline -Report $report -Now $now @More)
            $code = $LASTEXITCODE
            if ($code -ne 2) { $out | Should -Be (Get-Content $report -TotalCount 1) }
            $code
        }
    }

    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        New-Item $folder -ItemType Directory | Out-Null
        $baseline = Join-Path $TestDrive "$([guid]::NewGuid()).json"
        $report = "$baseline.txt"
        foreach ($day in 0..9) { Add-Report $day @(, @('11.0.0.1', 100, $true)) }
    }

    It 'makes the baseline and then has nothing to say' {
        Watch 11 | Should -Be 0
        Get-Content $report | Should -Match '^Baseline made: 10 reports, 10 rows, 1 domain;'
        Watch 11 | Should -Be 0
        Get-Content $report | Should -Match '^Nothing needs a look: 0 new reports'
    }

    It 'tells a new failing source once' {
        Watch 11 | Should -Be 0
        Add-Report 10 @(@('11.0.0.1', 100, $true), @('11.9.0.7', 50, $false))
        Watch 12 | Should -Be 1
        Get-Content $report -Raw | Should -Match 'New failing source: a\.test: 11\.9\.0\.0/24 sent 50 messages'
        Add-Report 11 @(@('11.0.0.1', 100, $true), @('11.9.0.8', 50, $false))
        Watch 13 | Should -Be 0
    }

    It 'tells a source that passed before and fails now, and from how many messages on' {
        Watch 11 | Should -Be 0
        Add-Report 10 @(@('11.0.0.1', 91, $true), @('11.0.0.2', 9, $false))
        Watch 12 | Should -Be 0
        Add-Report 11 @(@('11.0.0.1', 90, $true), @('11.0.0.2', 10, $false))
        Watch 13 | Should -Be 1
        Get-Content $report -Raw | Should -Match '11\.0\.0\.0/24 sent 10 messages that fail DMARC; its mail passed until 2026-03-12'
    }

    It 'tells a source that vanished, once, and only after as many days as asked' {
        foreach ($day in 0..3) { Add-Report $day @(@('11.0.0.1', 100, $true), @('11.5.0.1', 40, $true)) }
        Watch 11 @{ SourceDays = '7' } | Should -Be 0
        Add-Report 10 @(, @('11.0.0.1', 100, $true))
        Watch 12 @{ SourceDays = '7' } | Should -Be 1
        Get-Content $report -Raw | Should -Match 'Source vanished: a\.test: nothing came from 11\.5\.0\.0/24 since 2026-03-04'
        Add-Report 11 @(, @('11.0.0.1', 100, $true))
        Watch 13 @{ SourceDays = '7' } | Should -Be 0
    }

    It 'tells a domain without reports after as many days as asked' {
        Watch 11 | Should -Be 0
        Watch 12 @{ ReportDays = '3' } | Should -Be 0
        Watch 13 @{ ReportDays = '3' } | Should -Be 1
        Get-Content $report -Raw | Should -Match 'No reports: a\.test: the newest report is of 2026-03-10, 4 days ago'
    }

    It 'tells a sudden drop at the limit and not before it' {
        Watch 11 | Should -Be 0
        Add-Report 10 @(, @('11.0.0.1', 51, $true))
        Watch 12 | Should -Be 0
        Add-Report 11 @(, @('11.0.0.1', 50, $true))
        Watch 13 | Should -Be 1
        Get-Content $report -Raw | Should -Match 'Sudden drop: a\.test: 50 messages on 2026-03-12, where 100 are usual'
    }

    It 'names a file that could not be read' {
        Watch 11 | Should -Be 0
        '<feedback><report_meta' | Set-Content (Join-Path $folder 'cut.xml')
        Watch 11 | Should -Be 3
        Get-Content $report -Raw | Should -Match 'cut\.xml'
    }

    It 'gives its exit code to who started it' {
        Add-Report 10 @(@('11.0.0.1', 100, $true), @('11.9.0.7', 50, $false))
        pwsh -NoProfile -File $script -Path $folder -Baseline $baseline -Report $report -Now 2026-03-12 | Should -Match '^Baseline made'
        $LASTEXITCODE | Should -Be 0
        pwsh -NoProfile -File $script -Path $folder -Baseline $baseline -Report $report -Now 2026-04-12 | Should -Match '^1 thing needs a look'
        $LASTEXITCODE | Should -Be 1
    }

    It 'ends with 2 if the folder is not there, also with a baseline' {
        Watch 11 | Should -Be 0
        Remove-Item $folder -Recurse
        Watch 12 | Should -Be 2
        Get-Content $report | Should -Match '^Watch-DmarcReport: There is no file or folder '
    }

    It 'ends with 2 if there is nothing to read' {
        Remove-Item (Join-Path $folder '*.xml')
        Watch 11 | Should -Be 2
        Get-Content $report | Should -Match '^Watch-DmarcReport: No report was read'
    }
}
