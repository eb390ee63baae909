BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $zone = Join-Path $root 'docs' 'samples' 'example.zone'

    function Get-Tag([string] $Record) {
        $Record.TrimEnd(';', ' ') -split ';' | ForEach-Object Trim | Sort-Object
    }
}

Describe 'New-DmarcRecord' {
    It 'writes <Expected>' -ForEach @(
        @{ Expected = 'v=DMARC1; p=none'; Arguments = @{ Stage = 'Monitor' } }
        @{ Expected = 'v=DMARC1; p=quarantine; t=y'; Arguments = @{ Stage = 'QuarantineTest' } }
        @{ Expected = 'v=DMARC1; p=quarantine'; Arguments = @{ Stage = 'Quarantine' } }
        @{ Expected = 'v=DMARC1; p=reject; t=y'; Arguments = @{ Stage = 'RejectTest' } }
        @{ Expected = 'v=DMARC1; p=reject'; Arguments = @{ Stage = 'Reject' } }
        @{ Expected = 'v=DMARC1; p=reject; sp=quarantine; np=reject'; Arguments = @{ Policy = 'Reject'; SubdomainPolicy = 'Quarantine'; NonexistentSubdomainPolicy = 'Reject' } }
        @{ Expected = 'v=DMARC1; p=reject; t=y'; Arguments = @{ Policy = 'Reject'; Testing = $true } }
        @{ Expected = 'v=DMARC1; p=none; adkim=s; aspf=s'; Arguments = @{ DkimAlignment = 'Strict'; SpfAlignment = 'Strict' } }
        @{ Expected = 'v=DMARC1; p=none; rua=mailto:a@contoso.com,mailto:b@contoso.com'; Arguments = @{ AggregateReportUri = 'a@contoso.com', 'mailto:b@contoso.com' } }
        @{ Expected = 'v=DMARC1; p=none; ruf=mailto:a@contoso.com; fo=1:d'; Arguments = @{ FailureReportUri = 'a@contoso.com'; FailureOptions = 'AnyFail', 'Dkim' } }
        @{ Expected = 'v=DMARC1; p=reject; psd=n'; Arguments = @{ Policy = 'Reject'; PublicSuffixDomain = 'No' } }
    ) {
        $draft = New-DmarcRecord contoso.com @Arguments
        Get-Tag $draft.Value | Should -Be (Get-Tag $Expected)
        $draft | Should -BeOfType Dmarc.Advice.Records.DmarcRecordDraft
    }

    It 'changes a record and keeps what it is not told to change' {
        $draft = New-DmarcRecord contoso.com -From 'v=DMARC1; p=none; sp=none; rua=mailto:a@contoso.com' -Policy Reject
        Get-Tag $draft.Value | Should -Be (Get-Tag 'v=DMARC1; p=reject; sp=none; rua=mailto:a@contoso.com')
    }

    It 'takes test mode out with -Testing:$false' {
        (New-DmarcRecord contoso.com -From 'v=DMARC1; p=reject; t=y' -Testing:$false).Value | Should -Not -Match 't=y'
    }

    It 'takes what Get-DmarcRecord gives' {
        $drafts = 'b.example', 'partial.example' | Get-DmarcRecord -Zone $zone | New-DmarcRecord -Stage Quarantine
        $drafts.Domain | Should -Be 'b.example', 'partial.example'
        $drafts[0].Value | Should -Match 'p=quarantine.*rua=mailto:dmarc@b\.example'
        $drafts[1].Value | Should -Not -Match 'pct'
    }

    It 'names the properties that Add-DnsServerResourceRecord binds' {
        $draft = New-DmarcRecord news.contoso.com -Policy Reject -ZoneName contoso.com -TimeToLive 00:10:00
        $draft.ZoneName | Should -Be 'contoso.com'
        $draft.Name | Should -Be '_dmarc.news'
        $draft.DescriptiveText | Should -Be $draft.Value
        $draft.TimeToLive | Should -Be ([timespan]::FromMinutes(10))
    }

    It 'splits what is long for a zone line, and for nothing else' {
        $addresses = 1..12 | ForEach-Object { "a-rather-long-name-$_@contoso.com" }
        $draft = New-DmarcRecord contoso.com -Policy Reject -AggregateReportUri $addresses
        $draft.Value.Length | Should -BeGreaterThan 255
        [regex]::Matches($draft.ZoneLine, '"[^"]*"').Value | ForEach-Object { $_.Length - 2 | Should -BeLessOrEqual 255 }
        -join ([regex]::Matches($draft.ZoneLine, '"([^"]*)"') | ForEach-Object { $_.Groups[1].Value }) | Should -Be $draft.Value
    }

    It 'tells what another organisation must publish' {
        $draft = New-DmarcRecord contoso.com -Policy Reject -AggregateReportUri x@reports.example
        $draft.ReportAuthorization.Name | Should -Be 'contoso.com._report._dmarc.reports.example'
    }

    It 'publishes a line that reads back' {
        $file = Join-Path $TestDrive 'try.zone'
        $draft = New-DmarcRecord contoso.com -Stage RejectTest -AggregateReportUri dmarc@contoso.com
        "`$ORIGIN com.`n`$TTL 60`ncontoso.com. IN A 192.0.2.1`n$($draft.ZoneLine)" | Set-Content $file
        (Get-DmarcRecord contoso.com -Zone $file -Server 127.0.0.1:1 -TimeoutSec 1 -ErrorAction SilentlyContinue).Record | Should -Be $draft.Value
    }

    It 'makes no record where the look-up of the old one failed' {
        $drafts = Get-DmarcRecord contoso.com -Server 127.0.0.1:9 -TimeoutSec 1 -ErrorAction SilentlyContinue |
            New-DmarcRecord -Stage Reject -ErrorAction SilentlyContinue -ErrorVariable problems
        $drafts | Should -BeNullOrEmpty
        $problems[-1].FullyQualifiedErrorId | Should -BeLike 'RecordUnknown,*'
    }

    It 'makes no record where a saved look-up failed, as any version wrote it (<_>)' -ForEach 'DnsFailure', 'DnsTimeout', 'DnsServerFailure' {
        $status = $_
        foreach ($row in @{ Domain = 'a.example'; Status = $status }, @{ Domain = 'a.example'; Status = 'Incomplete'; DmarcStatus = $status; DmarcRecord = '' }) {
            $draft = [pscustomobject] $row | New-DmarcRecord -Policy Reject -ErrorAction SilentlyContinue -ErrorVariable problems
            $draft | Should -BeNullOrEmpty
            $problems.FullyQualifiedErrorId | Should -BeLike 'RecordUnknown,*'
        }
    }

    It 'does not mind a Status of other objects, nor one beside a given text' {
        ([pscustomobject] @{ Domain = 'contoso.com'; Status = 'Active' } | New-DmarcRecord -Policy Reject).Value | Should -Be 'v=DMARC1; p=reject'
        ([pscustomobject] @{ Domain = 'contoso.com'; Status = 7 } | New-DmarcRecord -Policy Reject).Value | Should -Be 'v=DMARC1; p=reject'
        ([pscustomobject] @{ Domain = 'contoso.com'; Status = 'DnsTimeout' } | New-DmarcRecord -From 'v=DMARC1; p=reject').Value | Should -Be 'v=DMARC1; p=reject'
    }

    It 'knows of a search that was saved as JSON what it knows of a live one' {
        $file = Join-Path $TestDrive 'json.zone'
        @(
            '$TTL 60', 'fine.example. IN A 192.0.2.1', '_dmarc.fine.example. IN TXT "v=DMARC1; p=none; rua=mailto:d@fine.example"',
            'news.fine.example. IN A 192.0.2.1', 'none.example. IN A 192.0.2.1', 'two.example. IN A 192.0.2.1',
            '_dmarc.two.example. IN TXT "v=DMARC1; p=none"', '_dmarc.two.example. IN TXT "v=DMARC1; p=reject"',
            'bad.example. IN A 192.0.2.1', '_dmarc.bad.example. IN TXT "v=DMARC1; p=rejekt"', 'void.example. IN A 192.0.2.1'
        ) | Set-Content $file
        $domains = 'fine.example', 'news.fine.example', 'none.example', 'two.example', 'bad.example', 'not-there.example', 'down.test'
        $from = @{ Zone = $file; Server = '127.0.0.1:1'; TimeoutSec = 1; ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
        $quiet = @{ ErrorVariable = 'problems'; ErrorAction = 'SilentlyContinue' }
        function Write-Draft($Draft, $Problems) { ($Draft.Value, $Draft.Findings.Code, $Problems.FullyQualifiedErrorId | ForEach-Object { $_ }) -join ' ' }

        foreach ($domain in $domains) {
            foreach ($found in (Get-DmarcRecord $domain @from), (Test-MailDomain $domain @from -Include Dmarc), (Test-MailDomain $domain @from -Include Spf)) {
                $live = Write-Draft ($found | New-DmarcRecord -Stage Reject @quiet) $problems
                $live | Should -Not -BeNullOrEmpty
                foreach ($depth in 1, 6) {
                    $json = $found | ConvertTo-Json -Depth $depth -WarningAction SilentlyContinue | ConvertFrom-Json
                    Write-Draft ($json | New-DmarcRecord -Stage Reject @quiet) $problems | Should -BeExactly $live -Because $domain
                }
            }
        }
    }

    It 'takes the number of a Status for one beside <_> only' -ForEach 'Record', 'RecordDomain' {
        foreach ($status in 6, 7, 8, 12) {
            [pscustomobject] @{ Domain = 'a.example'; Status = $status; $_ = $null } |
                New-DmarcRecord -Policy Reject -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
            $problems.FullyQualifiedErrorId | Should -BeLike 'RecordUnknown,*'
        }
        foreach ($status in 0, 1) {
            [pscustomobject] @{ Domain = 'a.example'; Status = $status; $_ = $null } |
                New-DmarcRecord -Policy Reject -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
            $problems.FullyQualifiedErrorId | Should -BeLike 'RecordTextMissing,*'
        }
        foreach ($status in 2, 3, 4, 5) {
            ([pscustomobject] @{ Domain = 'a.example'; Status = $status; $_ = $null } | New-DmarcRecord -Policy Reject).Value | Should -Be 'v=DMARC1; p=reject'
        }
        ([pscustomobject] @{ Domain = 'a.example'; Status = 4; $_ = $null } | New-DmarcRecord -Policy Reject).Findings.Code | Should -Contain DmarcOldRecordsNotTaken
        ([pscustomobject] @{ Domain = 'a.example'; Status = 8 } | New-DmarcRecord -Policy Reject -RecordDomain a.example).Value | Should -Be 'v=DMARC1; p=reject'
    }

    It 'leaves behind what an inherited record says of subdomains' {
        $file = Join-Path $TestDrive 'inherited.zone'
        "`$ORIGIN a.example.`n`$TTL 60`n@ IN A 192.0.2.1`nnews IN A 192.0.2.1`n_dmarc IN TXT `"v=DMARC1; p=reject; sp=none; rua=mailto:d@a.example`"" | Set-Content $file
        $draft = Get-DmarcRecord news.a.example -Zone $file -Server 127.0.0.1:9 -TimeoutSec 1 -ErrorAction SilentlyContinue |
            Where-Object Status -EQ Inherited | New-DmarcRecord -Policy Quarantine
        $draft.Value | Should -Be 'v=DMARC1; p=quarantine; rua=mailto:d@a.example'
    }

    It 'reads -TimeToLive <Given> as <Expected>' -ForEach @(
        @{ Given = 300; Expected = '00:05:00' }
        @{ Given = '300'; Expected = '00:05:00' }
        @{ Given = [timespan]::FromMinutes(10); Expected = '00:10:00' }
    ) {
        (New-DmarcRecord contoso.com -TimeToLive $Given).TimeToLive | Should -Be ([timespan] $Expected)
    }

    It 'takes no time to live of <_>' -ForEach @(-1, '-00:10:00', 2147483648) {
        { New-DmarcRecord contoso.com -TimeToLive $_ } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'takes a public suffix list' {
        $file = Join-Path $TestDrive 'list.dat'
        'contoso.com' | Set-Content $file
        (New-DmarcRecord mail.shop.contoso.com -PublicSuffixList $file).ZoneName | Should -Be 'shop.contoso.com'
        { New-DmarcRecord contoso.com -PublicSuffixList (Join-Path $TestDrive 'none.dat') } | Should -Throw -ErrorId 'PublicSuffixListUnreadable,*'
    }

    It 'says what is no domain' {
        { New-DmarcRecord 'bad..name' -Policy Reject -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidDomainName,*'
        { New-DmarcRecord contoso.com -ZoneName fabrikam.com -ErrorAction Stop } | Should -Throw -ErrorId 'RecordNotPossible,*'
    }

    It 'completes -<Parameter>' -ForEach @(
        @{ Parameter = 'Policy'; Values = 'None', 'Quarantine', 'Reject' }
        @{ Parameter = 'Stage'; Values = 'Monitor', 'Quarantine', 'QuarantineTest', 'Reject', 'RejectTest' }
        @{ Parameter = 'DkimAlignment'; Values = 'Relaxed', 'Strict' }
    ) {
        $line = "New-DmarcRecord x -$Parameter "
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be $Values
    }
    Context 'an old record that is not sound' {
        It 'does what -Stage asks whatever <Old> says' -ForEach @(
            @{ Old = 'v=DMARC1; p=reject; sp=nones; rua=mailto:a@contoso.com'; Expected = 'v=DMARC1; p=reject; rua=mailto:a@contoso.com' }
            @{ Old = 'v=DMARC1; p=rejct; adkim=strict; rua=a@contoso.com'; Expected = 'v=DMARC1; p=reject; rua=mailto:a@contoso.com' }
            @{ Old = 'v=DMARC1 p=none rua=mailto:a@contoso.com'; Expected = 'v=DMARC1; p=reject; rua=mailto:a@contoso.com' }
            @{ Old = 'v=DMARC1; rua=mailto:a@contoso.com; p=none'; Expected = 'v=DMARC1; p=reject; rua=mailto:a@contoso.com' }
        ) {
            $draft = New-DmarcRecord contoso.com -From $Old -Stage Reject
            $draft.Value | Should -BeExactly $Expected
            $draft.Stage | Should -Be 'Reject'
        }

        It 'tells what it dropped' {
            (New-DmarcRecord contoso.com -From 'v=DMARC1; p=reject; sp=nones; t=maybe' -Stage Reject).Findings.Code | Sort-Object |
                Should -Be 'DmarcAggregateReportsMissing', 'DmarcPolicyDropped', 'DmarcValueDropped'
        }
    }

    Context 'an audit piped in' {
        BeforeAll {
            $audit = Join-Path $TestDrive 'audit.zone'
            @(
                '$ORIGIN shop.example.'
                '@ MX 10 mx'
                'mx A 192.0.2.1'
                '@ TXT "v=spf1 mx -all"'
                '_dmarc TXT "v=DMARC1; p=none; rua=mailto:d@shop.example; ruf=mailto:f@shop.example"'
            ) | Set-Content $audit
        }

        It 'keeps rua' {
            (Test-MailDomain shop.example -Zone $audit | New-DmarcRecord -Stage QuarantineTest).Value |
                Should -BeExactly 'v=DMARC1; p=quarantine; t=y; rua=mailto:d@shop.example; ruf=mailto:f@shop.example'
        }

        It 'keeps rua from a CSV' {
            $csv = Join-Path $TestDrive 'audit.csv'
            Test-MailDomain shop.example -Zone $audit | Export-Csv $csv
            (Import-Csv $csv | New-DmarcRecord -Stage Quarantine).Value |
                Should -BeExactly 'v=DMARC1; p=quarantine; rua=mailto:d@shop.example; ruf=mailto:f@shop.example'
        }

        It 'makes a record of its own for a subdomain' {
            $draft = Test-MailDomain news.shop.example -Zone $audit -ErrorAction SilentlyContinue | New-DmarcRecord -Stage Reject
            $draft.FullName | Should -Be '_dmarc.news.shop.example'
            $draft.Value | Should -BeLike '*rua=mailto:d@shop.example*'
        }

        It 'makes none of a record that is not known' {
            $problems = $null
            Test-MailDomain unreachable.test -Server 127.0.0.1:1 -TimeoutSec 1 -ErrorAction SilentlyContinue |
                New-DmarcRecord -Stage Reject -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'RecordUnknown,*'
            [pscustomobject] @{ Domain = 'shop.example'; DmarcStatus = 'Found' } |
                New-DmarcRecord -Stage Reject -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems[-1].FullyQualifiedErrorId | Should -BeLike 'RecordTextMissing,*'
            Test-MailDomain shop.example -Zone $audit -Exclude Dmarc |
                New-DmarcRecord -Stage Reject -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems[-1].FullyQualifiedErrorId | Should -BeLike 'RecordUnknown,*'
        }
    }

    It 'makes none of a roll-out that knows the policy from reports alone, saved as <_>' -ForEach 'live', 'Clixml', 'JSON', 'CSV' {
        $file = Join-Path $TestDrive 'rollout'
        $rollout = Import-DmarcReport (Join-Path $root 'docs' 'samples' 'reports') | Get-DmarcRollout -NoLookup
        $saved = switch ($_) {
            'live' { $rollout }
            'Clixml' { $rollout | Export-Clixml $file; Import-Clixml $file }
            'JSON' { $rollout | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue | ConvertFrom-Json }
            'CSV' { $rollout | ConvertTo-Csv | ConvertFrom-Csv }
        }
        $problems = $null
        $saved | New-DmarcRecord -Stage Quarantine -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[-1].FullyQualifiedErrorId | Should -BeLike 'RecordTextMissing,*'
    }

    It 'changes its own draft, live and saved as <_>' -ForEach 'live', 'JSON', 'CSV' {
        $draft = New-DmarcRecord shop.example -Policy Reject -AggregateReportUri d@shop.example -DkimAlignment Strict
        $saved = switch ($_) {
            'live' { $draft }
            'JSON' { $draft | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue | ConvertFrom-Json }
            'CSV' { $draft | ConvertTo-Csv | ConvertFrom-Csv }
        }
        ($saved | New-DmarcRecord -Stage Quarantine).Value | Should -BeExactly 'v=DMARC1; p=quarantine; adkim=s; rua=mailto:d@shop.example'
    }

    It 'makes no record of the record of another protocol, <_>' -ForEach 'v=spf1 mx -all', 'V=DKIM1; p=MIG', 'v=STSv1; id=1', '"v=BIMI1; l="', 'v=TLSRPTv1; rua=mailto:a@b.example', '0 .' {
        $problems = $null
        [pscustomobject] @{ Domain = 'shop.example'; Record = $_ } |
            New-DmarcRecord -Stage Reject -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[-1].FullyQualifiedErrorId | Should -BeLike 'RecordNotPossible,*'
    }

    Context 'objects that are not about the DMARC record' {
        BeforeAll {
            function Copy-As([object[]] $Object, [string] $Format) {
                switch ($Format) {
                    'live' { $Object }
                    'selected' { $Object | Select-Object * }
                    'Clixml' { $Object | Export-Clixml (Join-Path $TestDrive 'copy.xml'); Import-Clixml (Join-Path $TestDrive 'copy.xml') }
                    'JSON' { $Object | ConvertTo-Json -Depth 2 -WarningAction SilentlyContinue | ConvertFrom-Json }
                    'CSV' { $Object | ConvertTo-Csv | ConvertFrom-Csv }
                }
            }
        }

        It 'makes one record of the next steps of an audit, the one for DMARC, <_>' -ForEach 'live', 'selected', 'Clixml', 'JSON', 'CSV' {
            $file = Join-Path $TestDrive 'steps.zone'
            @(
                '$ORIGIN shop.example.', '@ MX 10 mx', 'mx A 192.0.2.1', '@ TXT "v=spf1 mx -all"'
                '_dmarc TXT "v=DMARC1; p=quarantine; rua=mailto:d@shop.example"'
            ) | Set-Content $file
            $steps = @((Test-MailDomain shop.example -Zone $file).NextSteps | ForEach-Object { $_ })
            $steps.Rule | Should -Contain 'DkimMissing'
            $steps.Rule | Should -Contain 'TransportOpen'
            $output = Copy-As $steps $_ | New-DmarcRecord -Verbose -ErrorVariable problems -WarningVariable warnings 4>&1
            @($output | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }).Count | Should -Be ($steps.Count - 1)
            @($output | Where-Object { $_ -isnot [System.Management.Automation.VerboseRecord] }).Value |
                Should -BeExactly 'v=DMARC1; p=reject; t=y; rua=mailto:d@shop.example'
            $problems + $warnings | Should -BeNullOrEmpty
        }

        It 'says that no next step is about DMARC' {
            (Test-MailDomain strict.example -Zone $zone).NextSteps |
                New-DmarcRecord -ErrorVariable problems -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            $problems | Should -BeNullOrEmpty
            $warnings | Should -HaveCount 1
            , (Test-MailDomain strict.example -Zone $zone).NextSteps |
                New-DmarcRecord -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems[-1].FullyQualifiedErrorId | Should -BeLike 'RecordTextMissing,*'
        }

        It 'makes none of a step for the DMARC record without its text' {
            [pscustomobject] @{ Domain = 'a.example'; Rule = 'DmarcMissing'; RecordName = '_dmarc.a.example'; RecordValue = '' } |
                New-DmarcRecord -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems[-1].FullyQualifiedErrorId | Should -BeLike 'RecordTextMissing,*'
        }

        It 'makes none of <Name>' -ForEach @(
            @{ Name = 'SPF that was not found'; Get = { Test-SpfRecord shop.example -Zone $zone } }
            @{ Name = 'SPF that was found'; Get = { Test-SpfRecord b.example -Zone $zone } }
            @{ Name = 'DKIM keys'; Get = { Get-DkimRecord shop.example -Zone $zone -Selector s1 } }
            @{ Name = 'totals'; Get = { Import-DmarcReport $reports | Measure-DmarcReport Domain } }
            @{ Name = 'rows of reports'; Get = { Import-DmarcReport $reports | Select-Object -First 1 } }
            @{ Name = 'reasons of a grade'; Get = { (Test-MailDomain strict.example -Zone $zone).GradeReasons } }
            @{ Name = 'changes'; Get = { Compare-MailDomain (Test-MailDomain b.example -Zone $zone) (Test-MailDomain b.example -Zone $changed) -WarningAction SilentlyContinue } }
        ) {
            $reports = Join-Path $root 'docs' 'samples' 'reports'
            $changed = Join-Path $TestDrive 'changed.zone'
            "`$TTL 60`nb.example. IN A 192.0.2.1`nb.example. IN TXT `"v=spf1 +all`"`n_dmarc.b.example. IN TXT `"v=DMARC1; p=none`"" | Set-Content $changed
            $found = @(& $Get)
            $found | Should -Not -BeNullOrEmpty
            foreach ($format in 'live', 'selected', 'Clixml', 'JSON', 'CSV') {
                Copy-As $found $format | New-DmarcRecord -Stage Monitor -ErrorVariable problems -ErrorAction SilentlyContinue |
                    Should -BeNullOrEmpty -Because $format
                $problems | Should -HaveCount $found.Count -Because $format
                $problems.FullyQualifiedErrorId | Should -BeLike 'RecordTextMissing,*'
            }
            ($found[0] | New-DmarcRecord -From 'v=DMARC1; p=reject').Value | Should -BeExactly 'v=DMARC1; p=reject'
        }

        It 'makes a new record of <_> with only a domain' -ForEach 'an object', 'a row', 'a selected object', 'text' {
            $item = switch ($_) {
                'an object' { [pscustomobject] @{ Domain = 'x.example' } }
                'a row' { 'Domain,Owner', 'x.example,Sales' | ConvertFrom-Csv }
                'a selected object' { [pscustomobject] @{ Domain = 'x.example'; Records = 1 } | Select-Object Domain }
                'text' { 'x.example' }
            }
            ($item | New-DmarcRecord -Stage Monitor).Value | Should -BeExactly 'v=DMARC1; p=none'
        }

        It 'names the domain and the remedy' {
            New-DmarcRecord shop.example -From 'v=spf1 -all' -ErrorVariable problems -ErrorAction SilentlyContinue
            "$($problems[0])" | Should -BeLike "*shop.example*'v=spf1 -all'*Get-DmarcRecord*-From*"
        }
    }

    It 'makes no record with the address <Address>' -ForEach @{ Address = 'nobody' }, @{ Address = 'a b@contoso.com' }, @{ Address = '@contoso.com' }, @{ Address = 'mailto:' } {
        $problems = $null
        New-DmarcRecord contoso.com -Policy Reject -AggregateReportUri $Address -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'RecordNotPossible,*'
        "$($problems[0])" | Should -BeLike "*'$Address'*"
    }
}
