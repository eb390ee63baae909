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
            $all = @{ Path = $list; Baseline = $baseline; Report = $report }
            foreach ($name in $More.Keys) { $all[$name] = $More[$name] }
            $out = @(& $script @all)
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

    It 'tells a change once where a look-up fails each night that is not compared' {
        # The zones answer for names below test alone, and nobody for reverse DNS.
        $one = Join-Path $TestDrive 'one.txt'
        'a.test' | Set-Content $one
        foreach ($zone in $monday, $friday) { (Get-Content $zone -Raw).Replace('$ORIGIN .', '$ORIGIN test.') | Set-Content "$zone.part" }
        $more = @{ Path = $one; Server = '127.0.0.1:1' }
        Watch ($more + @{ Zone = "$monday.part" }) | Should -Be 3
        Watch ($more + @{ Zone = "$friday.part" }) | Should -Be 1
        Watch ($more + @{ Zone = "$friday.part" }) | Should -Be 3
        (Get-Content $report)[0] | Should -Match '^No change in 1 domain'
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

    It 'says in the next run what could not be written' {
        Watch @{ Zone = $monday } | Should -Be 0
        Watch @{ Zone = $friday; Report = Join-Path $TestDrive 'missing' 'report.txt' } | Should -Be 2
        "$baseline.new" | Should -Not -Exist
        Watch @{ Zone = $friday } | Should -Be 1
        Get-Content $report -Raw | Should -Match 'Error: a\.test'
    }

    It 'keeps the changes in the report if the baseline cannot be replaced' {
        Watch @{ Zone = $monday } | Should -Be 0
        $held = [IO.File]::ReadAllText($baseline)
        Mock Move-Item { throw 'The disk is full.' }
        Watch @{ Zone = $friday } | Should -Be 2
        Get-Content $report -Raw | Should -Match '(?s)^Watch-MailDomain: The disk is full\..*Error: a\.test'
        [IO.File]::ReadAllText($baseline) | Should -BeExactly $held
    }

    It 'tells lines that are no domain name in each run and keeps none' {
        $typo = Join-Path $TestDrive 'typo.txt'
        'a.test', 'b test', 'b.test' | Set-Content $typo
        Watch @{ Path = $typo; Zone = $monday } | Should -Be 3
        Get-Content $report | Should -Be 'Baseline made: 2 domains, 0 of them with failed look-ups.', 'InvalidDomainName: 1 of 3 lines: b test'
        Watch @{ Path = $typo; Zone = $monday } | Should -Be 3
        (Get-Content $report)[1] | Should -Be 'InvalidDomainName: 1 of 3 lines: b test'
        Watch @{ Zone = $monday } | Should -Be 0
        Watch @{ Path = $typo; Server = '127.0.0.1:1' } | Should -Be 4
        'b test' | Set-Content $typo
        Watch @{ Path = $typo; Zone = $monday } | Should -Be 2
    }

    It 'says nothing of lines that an older version kept' {
        'a.test', 'b test', 'b.test' | Test-MailDomain -Zone $monday -ErrorAction Ignore | Export-Clixml $baseline -Depth 6
        Watch @{ Zone = $monday } | Should -Be 0
    }

    It 'writes what strangers publish with visible characters' {
        Watch @{ Zone = $monday } | Should -Be 0
        $evil = Join-Path $TestDrive 'evil.zone'
        $records.Replace('v=spf1 -all', 'v=spf1 \027[31m\226\128\174include:x\010 +all') | Set-Content $evil
        Watch @{ Zone = $evil } | Should -Be 1
        $text = Get-Content $report -Raw
        $text | Should -Not -Match '[\p{Cf}\p{Zl}\p{Zp}\p{Cc}-[\r\n]]'
        $text | Should -Match ([regex]::Escape('\u001B[31m\u202Einclude:x'))
    }

    It 'ends with 2 if it is called with <Name>, and says so in the report' -ForEach @(
        @{ Name = 'another severity'; More = @{ MinimumSeverity = 'Foo' }; Text = "-MinimumSeverity must be Information, Warning or Error, not 'Foo'." }
        @{ Name = 'no list'; More = @{ Path = '' }; Text = '-Path is missing.' }
        @{ Name = 'no baseline'; More = @{ Baseline = '' }; Text = '-Baseline is missing.' }
        @{ Name = 'an unknown parameter'; More = @{ Unknown = '-Foo' }; Text = 'There is no parameter -Foo.' }
        @{ Name = 'options that are none'; More = @{ Option = 'x' }; Text = '-Option must be a hashtable*' }
    ) {
        Watch $More | Should -Be 2
        Get-Content $report | Should -BeLike "Watch-MailDomain: $Text"
    }

    It 'names a baseline that cannot be read: <_>' -ForEach '', '<Objs', '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04" />', 'text' {
        $_ | Set-Content $baseline
        Watch @{ Zone = $monday } | Should -Be 2
        Get-Content $report -Raw | Should -BeLike "Watch-MailDomain: The baseline $baseline cannot be read. Restore it, or remove it*"
        Get-Content $baseline | Should -Be $_
    }
}

Describe 'the sample scripts' {
    It 'do not ask for parameters that PowerShell 7.4 does not have: <Name>' -ForEach @(
        Get-ChildItem (Join-Path $PSScriptRoot '..' '..' 'docs' 'samples' '*.ps1') | ForEach-Object { @{ Name = $_.Name; File = $_.FullName } }
    ) {
        $ast = [Management.Automation.Language.Parser]::ParseFile($File, [ref] $null, [ref] $null)
        $ast.FindAll({ param($node) $node -is [Management.Automation.Language.CommandParameterAst] }, $true).ParameterName |
            Should -Not -Contain 'DateKind'
    }

    It 'end with 2, which means that nothing was done, if a parameter is missing or unknown: <Name>' -ForEach @(
        Get-ChildItem (Join-Path $PSScriptRoot '..' '..' 'docs' 'samples' '*.ps1') | ForEach-Object { @{ Name = $_.Name; File = $_.FullName } }
    ) {
        & $File
        $LASTEXITCODE | Should -Be 2
        & $File -Foo x
        $LASTEXITCODE | Should -Be 2
    }
}

Describe 'Watch-DmarcReport.ps1' {
    BeforeAll {
        $script = Join-Path $samples 'Watch-DmarcReport.ps1'
        $start = [DateTimeOffset]::new(2026, 3, 1, 0, 0, 0, [TimeSpan]::Zero)

        # A report of one day: rows of address, messages and whether they pass.
        function Add-Report([int] $Day, [object[][]] $Row, [string] $Domain = 'a.test', [string] $Name = "$Domain-$Day", [hashtable] $Other = @{}) {
            $begin = $start.AddDays($Day).ToUnixTimeSeconds()
            $records = foreach ($one in $Row) {
                $result = if ($one[2]) { 'pass' } else { 'fail' }
                "<record><row><source_ip>$($one[0])</source_ip><count>$($one[1])</count><policy_evaluated><disposition>none</disposition><dkim>$result</dkim><spf>fail</spf></policy_evaluated></row><identifiers><header_from>$Domain</header_from></identifiers><auth_results/></record>"
            }
            $text = "<feedback><report_metadata><org_name>R</org_name><email>r@r.test</email><report_id>$Name</report_id><date_range><begin>$begin</begin><end>$($begin + 86399)</end></date_range></report_metadata><policy_published><domain>$Domain</domain><p>none</p></policy_published>$records</feedback>"
            foreach ($what in $Other.Keys) { $text = $text.Replace($what, $Other[$what]) }
            $text | Set-Content (Join-Path $folder "$Name.xml")
        }

        function Get-State { Get-Content $baseline -Raw | ConvertFrom-Json -AsHashtable }

        function Watch([int] $Day, [hashtable] $More = @{}) {
            $now = $start.AddDays($Day).ToString('yyyy-MM-ddTHH:mm:ssZ', [cultureinfo]::InvariantCulture)
            $all = @{ Path = $folder; Baseline = $baseline; Report = $report; Now = $now }
            foreach ($name in $More.Keys) { $all[$name] = $More[$name] }
            $out = @(& $script @all)
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

    It 'reads the files of saved rows as it reads the reports, and none twice' {
        Watch 10 | Should -Be 0
        $expected = Get-State
        $rows = @(Import-DmarcReport $folder)
        Remove-Item $folder/*.xml, $baseline
        $rows[0..4] | Export-DmarcReport $folder/one.ndjson
        $rows[3..9] | Export-DmarcReport $folder/two.ndjson
        Import-DmarcReport (Join-Path $samples 'tls-reports') -Type Tls | Export-DmarcReport $folder/tls.ndjson
        Watch 10 | Should -Be 0
        (Get-State).Days['a.test'].Keys | Sort-Object | Should -Be ($expected.Days['a.test'].Keys | Sort-Object)
        (Get-State).Days['a.test'].Values.ForEach({ $_.Messages }) | Select-Object -Unique | Should -Be 100

        # A new failing source in saved rows, one in a report beside them, and a line that is cut.
        Add-Report 10 @(@('11.0.0.1', 100, $true), @('12.0.0.1', 30, $false))
        Import-DmarcReport $folder/a.test-10.xml | Export-DmarcReport $folder/three.ndjson
        Remove-Item $folder/a.test-10.xml
        Add-Report 10 @(, @('13.0.0.1', 40, $false)) -Name other
        Add-Content $folder/three.ndjson '{"type":"aggregate","org_name":"R"'
        Watch 11 | Should -Be 1
        $text = Get-Content $report -Raw
        $text | Should -Match '12\.0\.0\.0/24 sent 30 messages that fail'
        $text | Should -Match '13\.0\.0\.0/24 sent 40 messages that fail'
        $text | Should -Match 'Not read: .*three\.ndjson: line 3 is not a row'
        Watch 11 | Should -Be 3
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

    It 'says in the next run what could not be written' {
        Watch 11 | Should -Be 0
        Add-Report 10 @(, @('11.9.0.7', 50, $false))
        Watch 12 @{ Report = Join-Path $TestDrive 'missing' 'report.txt' } | Should -Be 2
        "$baseline.new" | Should -Not -Exist
        Watch 12 | Should -Be 1
        Get-Content $report -Raw | Should -Match 'New failing source: a\.test: 11\.9\.0\.0/24 sent 50 messages'
    }

    It 'keeps what it found in the report if the baseline cannot be replaced' {
        Watch 11 | Should -Be 0
        Add-Report 10 @(, @('11.9.0.7', 50, $false))
        Mock Move-Item { throw 'The disk is full.' }
        Watch 12 | Should -Be 2
        Get-Content $report -Raw | Should -Match '(?s)^Watch-DmarcReport: The disk is full\..*New failing source: a\.test: 11\.9\.0\.0/24'
    }

    It 'tells a damaged report once, and counts what a whole copy adds: <Name>' -ForEach @(
        @{ Name = 'instead of it'; Keep = $false }
        @{ Name = 'beside it'; Keep = $true }
    ) {
        Watch 11 | Should -Be 0
        Add-Report 10 @(@('11.0.0.1', 100, $true), @('11.0.0.1', 7, $true), @('11.9.0.7', 50, $false)) -Name cut
        $whole = Get-Content (Join-Path $folder 'cut.xml') -Raw
        $whole.Substring(0, $whole.IndexOf('<count>50')) | Set-Content (Join-Path $folder 'cut.xml')
        Watch 12 | Should -Be 3
        Get-Content $report -Raw | Should -Match '(?s)^Nothing needs a look: 1 new report, .* [1-9] new warnings?\..*Warning: .*cut\.xml: '
        (Get-State).Days['a.test']['2026-03-11'].Messages | Should -Be 107
        Watch 12 | Should -Be 0
        (Get-State).Days['a.test']['2026-03-11'].Messages | Should -Be 107

        if ($Keep) { Watch 12 | Should -Be 0 } else { Remove-Item (Join-Path $folder 'cut.xml') }
        $whole | Set-Content (Join-Path $folder 'whole.xml')
        Watch 12 | Should -Be 1
        Get-Content $report -Raw | Should -Match 'New failing source: a\.test: 11\.9\.0\.0/24 sent 50 messages'
        (Get-State).Days['a.test']['2026-03-11'].Messages | Should -Be 157
        Watch 12 | Should -Be 0
        (Get-State).Days['a.test']['2026-03-11'].Messages | Should -Be 157
    }

    It 'leaves out warnings that are to be ignored' {
        Watch 11 | Should -Be 0
        $path = Join-Path $folder 'cut.xml'
        Add-Report 10 @(@('11.0.0.1', 100, $true), @('11.0.0.1', 7, $true)) -Name cut
        (Get-Content $path -Raw).Replace('</feedback>', '') | Set-Content $path
        Watch 12 @{ IgnoreWarning = 'cut\.xml' } | Should -Be 0
        Get-Content $report -Raw | Should -Match ' 0 new warnings\.'
    }

    It 'takes a domain with the name of a property: <_>' -ForEach 'keys', 'count', 'values', 'item' {
        Remove-Item (Join-Path $folder '*.xml')
        Add-Report 9 @(, @('11.0.0.1', 100, $true)) -Domain $_
        Watch 11 | Should -Be 0
        Get-Content $report | Should -Match ' 1 domain;'
        Add-Report 10 @(, @('11.9.0.7', 50, $false)) -Domain $_
        Watch 12 | Should -Be 1
        Get-Content $report -Raw | Should -Match "New failing source: ${_}: 11\.9\.0\.0/24 sent 50 messages"
    }

    It 'adds no more messages than a number holds, whoever made them up' {
        Watch 11 | Should -Be 0
        Add-Report 5 @(@('11.0.0.1', [long]::MaxValue, $true), @('11.9.0.7', [long]::MaxValue, $false), @('11.9.0.7', [long]::MaxValue, $false)) -Name huge
        Watch 11 | Should -Be 1
        Get-Content $report -Raw | Should -Match '11\.9\.0\.0/24 sent 9223372036854775807 messages that fail'
        (Get-State).Days['a.test']['2026-03-06'].Messages | Should -Be ([long]::MaxValue)
        Watch 11 | Should -Be 0
    }

    It 'reads a baseline in which an older version kept such a sum, other cases of letters and days to come' {
        $old = @{
            Reports = @{ 'R|a.test-9|a.test|2026-03-10T00:00:00.0000000Z' = '2026-03-10' }
            Days    = @{
                'a.test' = @{ '2026-03-05' = @{ Messages = 1.8446744073709552E+19; Passed = 1 }; '2030-01-01' = @{ Messages = 1; Passed = 1 } }
                'A.Test.' = @{ '2026-03-10' = @{ Messages = 100; Passed = 100 } }
            }
            Sources = @{
                'A.test|11.5.0.0/24' = @{
                    FailedOn = ''; LastPass = '2030-01-01'; LastSeen = '2030-01-01'
                    Passes = @{ '2026-03-01' = $true; '2026-03-02' = $true; '2026-03-03' = $true; '2030-01-01' = $true }
                }
            }
        }
        $old | ConvertTo-Json -Depth 5 | Set-Content $baseline
        Watch 11 | Should -Be 1
        $found = @(Get-Content $report)
        $found | Should -HaveCount 2
        $found[0] | Should -Match '^1 thing needs a look in 1 domain;'
        $found[1] | Should -Be 'Source vanished: a.test: nothing came from 11.5.0.0/24 since 2026-03-03.'
        (Get-State).Days['a.test']['2026-03-10'].Messages | Should -Be 100
        (Get-State).Days['a.test']['2026-03-05'].Messages | Should -Be ([long]::MaxValue)
        Watch 40 | Should -Be 1
        Get-Content $report -Raw | Should -Match 'No reports: a\.test: the newest report is of 2026-03-10, 31 days ago'
    }

    It 'tells a report of a day to come once, and lets it hide nothing' {
        foreach ($day in 0..3) { Add-Report $day @(@('11.0.0.1', 100, $true), @('11.5.0.1', 40, $true)) }
        Watch 11 @{ SourceDays = 10 } | Should -Be 0
        Add-Report 1400 @(, @('11.8.0.1', 1, $true)) -Name future
        Watch 11 @{ SourceDays = 10 } | Should -Be 3
        @(Get-Content $report)[1] | Should -Match '^Not counted: .*future\.xml: the report is dated 2029-12-30, which is yet to come\.$'
        Watch 11 @{ SourceDays = 10 } | Should -Be 0
        Watch 14 | Should -Be 1
        Get-Content $report -Raw | Should -Match 'No reports: a\.test: the newest report is of 2026-03-10, 5 days ago'
    }

    It 'counts a report of today and none of tomorrow' {
        Add-Report 11 @(, @('11.0.0.1', 100, $true))
        Add-Report 12 @(, @('11.0.0.1', 100, $true))
        Watch 11 | Should -Be 3
        Get-Content $report -TotalCount 1 | Should -Match '^Baseline made: 11 reports'
        Get-Content $report -Raw | Should -Match 'Not counted: .*-12\.xml'
        Watch 12 | Should -Be 0
        Get-Content $report | Should -Match '^Nothing needs a look: 1 new report'
    }

    It 'tells the failing sources of a report without <Name>, and names it' -ForEach @(
        @{ Name = 'times'; Without = '<date_range>.*</date_range>'; What = 'time' }
        @{ Name = 'a policy domain'; Without = '<policy_published><domain>.*</domain>'; What = 'domain' }
    ) {
        Watch 11 | Should -Be 0
        Add-Report 10 @(, @('11.9.0.7', 5000, $false)) -Name odd
        $path = Join-Path $folder 'odd.xml'
        (Get-Content $path -Raw) -replace $Without, $(if ($What -eq 'domain') { '<policy_published>' }) | Set-Content $path
        Watch 12 | Should -Be 1
        $text = Get-Content $report -Raw
        $text | Should -Match 'New failing source: a\.test: 11\.9\.0\.0/24 sent 5000 messages'
        $text | Should -Match "Counted for no day: .*odd\.xml: the report gives no $What; it has 5000 messages\."
        Watch 12 | Should -Be 0
    }

    It 'takes a domain and an organisation as the same in any case of letters, on the first night and later' {
        Add-Report 10 @(, @('11.0.0.1', 100, $true)) -Domain 'A.Test.'
        Watch 11 | Should -Be 0
        Get-Content $report | Should -Match ' 1 domain;'
        Add-Report 11 @(, @('11.0.0.1', 100, $true)) -Domain 'a.TEST'
        Add-Report 9 @(, @('11.0.0.1', 100, $true)) -Other @{ '<org_name>R<' = '<org_name>r<'; '<domain>a.test<' = '<domain>A.test<' }
        Watch 13 | Should -Be 0
        Get-Content $report | Should -Match '^Nothing needs a look: 1 new report, 1 domain;'
    }

    It 'tells reports without an identifier from each other, and counts none twice' {
        $noId = @{ '<report_id>one</report_id>' = ''; '<report_id>two</report_id>' = '' }
        Add-Report 9 @(, @('11.0.0.1', 500, $true)) -Name one -Other $noId
        Watch 11 | Should -Be 0
        Add-Report 9 @(, @('11.9.0.7', 500, $false)) -Name two -Other $noId
        Watch 11 | Should -Be 1
        Get-Content $report -Raw | Should -Match 'New failing source: a\.test: 11\.9\.0\.0/24 sent 500 messages'
        Watch 11 | Should -Be 0
        (Get-State).Days['a.test']['2026-03-10'].Messages | Should -Be 1100
    }

    It 'writes what strangers report with visible characters, each thing in one line' {
        Watch 11 | Should -Be 0
        $bell = [char] 0x202E
        Add-Report 10 @(@("11.9.0.7$bell", 50, $false), @('evil&#10;Nothing needs a look', 50, $false)) -Name evil
        Add-Report 10 @(, @('11.9.0.8', 50, $false)) -Domain "evil$bell.test&#10;Nothing needs a look: x" -Name line
        Watch 12 | Should -Be 1
        $text = Get-Content $report
        $text | Should -Not -Match '[\p{Cf}\p{Zl}\p{Zp}\p{Cc}]'
        $text | Should -Not -Match '^Nothing needs'
        $text -match '^New failing source' | Should -HaveCount 3
        "$text" | Should -Match ([regex]::Escape('\u202E'))
    }

    It 'ends with 2 if it is called with <Name>, and says so in the report' -ForEach @(
        @{ Name = 'no day'; More = @{ ReportDays = 0 }; Text = "-ReportDays must be a whole number from 1 to 365, not '0'." }
        @{ Name = 'too many days'; More = @{ SourceDays = '366' }; Text = "-SourceDays must be a whole number from 1 to 365, not '366'." }
        @{ Name = 'no number'; More = @{ DropPercent = 'many' }; Text = "-DropPercent must be a whole number from 1 to 100, not 'many'." }
        @{ Name = 'no messages'; More = @{ MinimumMessages = 0 }; Text = "-MinimumMessages must be a whole number from 1 to 1000000000, not '0'." }
        @{ Name = 'few days'; More = @{ KeepDays = 13 }; Text = "-KeepDays must be a whole number from 14 to 3650, not '13'." }
        @{ Name = 'no time'; More = @{ Now = 'soon' }; Text = "-Now must be a time such as 2026-03-01T06:00:00Z, not 'soon'." }
        @{ Name = 'no baseline'; More = @{ Baseline = '' }; Text = '-Baseline is missing.' }
        @{ Name = 'no path'; More = @{ Path = '' }; Text = '-Path is missing.' }
        @{ Name = 'an unknown parameter'; More = @{ Unknown = '-Foo' }; Text = 'There is no parameter -Foo.' }
    ) {
        $all = @{ Path = $folder; Baseline = $baseline; Report = $report }
        foreach ($name in $More.Keys) { $all[$name] = $More[$name] }
        & $script @all
        $LASTEXITCODE | Should -Be 2
        Get-Content $report | Should -Be "Watch-DmarcReport: $Text"
    }

    It 'takes the largest values of its parameters' {
        Watch 11 @{ ReportDays = 365; SourceDays = '365'; DropPercent = 100; MinimumMessages = 1000000000; KeepDays = 3650 } | Should -Be 0
    }

    It 'names a baseline that cannot be read: <_>' -ForEach '', '{', '[]', '{}', 'null', '{"Reports":{},"Days":{"a.test":1},"Sources":{}}' {
        $_ | Set-Content $baseline
        Watch 11 | Should -Be 2
        Get-Content $report -Raw | Should -BeLike "Watch-DmarcReport: The baseline $baseline cannot be read. Restore it, or remove it*"
        Get-Content $baseline | Should -Be $_
    }
}
