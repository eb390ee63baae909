BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $zone = Join-Path $root 'docs' 'samples' 'example.zone'
    $PSStyle.OutputRendering = 'PlainText'
}

Describe 'Test-MailDomain' {
    Context 'input' {
        It 'takes the property <_>' -ForEach 'Domain', 'DomainName', 'Name', 'Id' {
            ([pscustomobject] @{ $_ = 'a.example' } | Test-MailDomain -Zone $zone).Domain | Should -Be 'a.example'
        }

        It 'takes a list from the pipeline and keeps its order' {
            ('c.example', 'a.example', 'b.example' | Test-MailDomain -Zone $zone).Domain | Should -Be 'c.example', 'a.example', 'b.example'
        }

        It 'looks at the parts that are named' {
            $result = Test-MailDomain a.example -Include Mx, Dmarc -Zone $zone
            $result.MxStatus | Should -Be 'Found'
            $result.DmarcPolicy | Should -Be 'Reject'
            $result.Spf | Should -BeNullOrEmpty
            $result.Grade | Should -Be 'Unknown'
        }

        It 'leaves parts out' {
            $result = Test-MailDomain a.example -Exclude Dkim, Bimi -Zone $zone
            $result.DkimStatus | Should -Be 'NotChecked'
            $result.BimiStatus | Should -Be 'NotChecked'
            $result.SpfStatus | Should -Be 'Found'
        }

        It 'looks at the selectors that are given' {
            (Test-MailDomain b.example -Selector f1 -Zone $zone).DkimSelector | Should -Be 'f1'
        }

        It 'takes a profile' {
            $result = Test-MailDomain b.example -Profile Parked -Zone $zone
            $result.Profile | Should -Be 'Parked'
            $result.GradeReasons.Rule | Should -Contain 'SpfAllowsSomeone'
        }

        It 'completes the parts' {
            $text = 'Test-MailDomain a.example -Exclude Mta'
            (TabExpansion2 $text $text.Length).CompletionMatches.CompletionText | Should -Contain 'MtaStsPolicy'
        }
    }

    Context 'results' {
        It 'gives <Grade> to <Domain>, which is used as <Use>' -ForEach @(
            @{ Domain = 'a.example'; Grade = 'A'; Use = 'Sends' }
            @{ Domain = 'parked.example'; Grade = 'A'; Use = 'Parked' }
            @{ Domain = 'inbox.example'; Grade = 'B'; Use = 'ReceivesOnly' }
            @{ Domain = 'shop.example'; Grade = 'C'; Use = 'Sends' }
            @{ Domain = 'gone.example'; Grade = 'C'; Use = 'Sends' }
            @{ Domain = 'b.example'; Grade = 'D'; Use = 'Sends' }
            @{ Domain = 'spf.example'; Grade = 'E'; Use = 'Sends' }
            @{ Domain = 'open.example'; Grade = 'F'; Use = 'Sends' }
            @{ Domain = 'nowhere.example'; Grade = 'Unknown'; Use = 'Unknown' }
        ) {
            $result = Test-MailDomain $Domain -Zone $zone
            $result | Should -BeOfType Dmarc.Advice.Audit.MailDomainResult
            $result.Grade | Should -Be $Grade
            $result.Profile | Should -Be $Use
        }

        It 'names the next step with its record' {
            $step = (Test-MailDomain b.example -Zone $zone).NextSteps[0]
            $step.Rank | Should -Be 1
            $step.RecordName | Should -Be '_dmarc.b.example'
            $step.RecordValue | Should -Be 'v=DMARC1; p=quarantine; t=y; rua=mailto:dmarc@b.example'
        }

        It 'checks the rules of mailbox providers' {
            $rules = (Test-MailDomain c.example -BulkSenderRule Google, Yahoo -Zone $zone).BulkSenderRules
            $rules.Provider | Select-Object -Unique | Should -Be 'Google', 'Yahoo'
            ($rules | Where-Object Rule -EQ 'DmarcRecord').Result | Select-Object -Unique | Should -Be 'Fail'
        }

        It 'names the part of each finding' {
            $findings = (Test-MailDomain gone.example -Zone $zone).Findings
            ($findings | Where-Object Part -EQ 'Mx').Code | Should -Be 'MxHostMissing'
        }

        It 'goes from one CSV to another without losing a row' {
            $in = Join-Path $TestDrive 'in.csv'
            $out = Join-Path $TestDrive 'out.csv'
            'a.example', 'bad..name', 'nowhere.example', 'b.example' | ForEach-Object { [pscustomobject] @{ Domain = $_; Owner = 'x' } } | Export-Csv $in
            Import-Csv $in | Test-MailDomain -Zone $zone -ErrorAction SilentlyContinue | Export-Csv $out
            $rows = Import-Csv $out
            $rows.Domain | Should -Be 'a.example', 'bad..name', 'nowhere.example', 'b.example'
            $rows.Status | Should -Be 'Complete', 'InvalidDomainName', 'DomainNotFound', 'Complete'
            $rows.Grade | Should -Be 'A', 'Unknown', 'Unknown', 'D'
            $rows.PSObject.Properties.Value | Should -Not -Match 'PrintableList|System\.'
        }

        It 'says of each finding and step which domain it is about' {
            $out = Join-Path $TestDrive 'findings.csv'
            $results = 'b.example', 'bad..name', 'greedy.example', 'nowhere.example' | Test-MailDomain -Zone $zone -ErrorAction SilentlyContinue
            $results | Select-Object -ExpandProperty Findings | Export-Csv $out -NoTypeInformation
            $rows = @(Import-Csv $out)
            $rows.Count | Should -Be (($results.Findings | Measure-Object).Count)
            $rows.Domain | Sort-Object -Unique | Should -Be 'b.example', 'bad..name', 'greedy.example', 'nowhere.example'
            $rows | Where-Object Domain -eq '' | Should -BeNullOrEmpty
            $rows.Term | Should -Contain 'p'
            foreach ($result in $results) {
                @($result.NextSteps | Where-Object Domain -ne $result.Domain).Count | Should -Be 0
                @($result.GradeReasons | Where-Object Domain -ne $result.Domain).Count | Should -Be 0
            }
        }

        It 'survives ConvertTo-Json' {
            $json = Test-MailDomain spf.example, gone.example -Zone $zone | ConvertTo-Json -Depth 6 -EnumsAsStrings -WarningVariable warnings | ConvertFrom-Json
            $warnings | Should -BeNullOrEmpty
            $json[0].Grade | Should -Be 'E'
            $json[0].Spf.Terms.Count | Should -BeGreaterThan 10
            $json[0].Spf.Terms[3].Depth | Should -Be 1
            $json[1].Mx.Hosts[0].Status | Should -Be 'NotFound'
        }

        It 'survives Export-Clixml' {
            $file = Join-Path $TestDrive 'out.xml'
            Test-MailDomain b.example -Zone $zone | Export-Clixml $file
            $result = Import-Clixml $file
            $result.Domain | Should -Be 'b.example'
            [Dmarc.Advice.Audit.MailDomainGrade] $result.Grade | Should -Be 'D'
            $result.SpfRecord | Should -Be 'v=spf1 ip4:192.0.2.16/28 ~all'
        }

        It 'shows what makes an SPF record invalid: <Domain>, <Shown>' -ForEach @(
            @{ Domain = 'greedy.example'; Shown = '14 of 10 look-ups' }
            @{ Domain = 'loops.example'; Shown = 'PermError' }
            @{ Domain = 'a.example'; Shown = 'Found' }
        ) {
            $result = Test-MailDomain $Domain -Zone $zone -Include Spf, Dmarc
            $result.SpfOutcome | Should -Be $Shown
            $result | Format-Table | Out-String -Width 120 | Should -Match " $Shown "
        }

        It 'claims nothing of DMARC where the look-up failed' {
            $result = Test-MailDomain unreachable.test -Server 127.0.0.1:1 -TimeoutSec 1 -ErrorAction SilentlyContinue
            foreach ($property in 'DmarcRecord', 'DmarcRecordDomain', 'DmarcPolicy', 'OrganizationalDomain') {
                $null -eq $result.$property | Should -BeTrue -Because $property
            }
            $result | New-DmarcRecord -Stage Reject -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        }

        It 'claims nothing of SPF where the look-up failed' {
            $result = Test-MailDomain unreachable.test -Server 127.0.0.1:1 -TimeoutSec 1 -ErrorAction SilentlyContinue
            $null -eq $result.SpfLookupCount -and -not $result.SpfAll -and -not $result.SpfRecord | Should -BeTrue
            $result | Where-Object -Not SpfIsValid | Should -BeNullOrEmpty
        }

        It 'shows a table and a list' {
            $text = 'b.example' | Test-MailDomain -Zone $zone | Out-String -Width 80
            $text | Should -Match 'Domain\s+Grade\s+DMARC\s+SPF\s+Findings'
            $text | Should -Match '(?m)^b\.example\s+D\s+None\s+Found\s+\d+ warnings'
            $text = Test-MailDomain b.example -Zone $zone | Format-List | Out-String -Width 160
            $text | Should -Match 'GradeReasons\s+: D DmarcPolicyNone: '
            $text | Should -Match 'NextSteps\s+: '
        }
    }

    Context 'errors' {
        It 'gives an error and a row for what is no domain, and goes on' {
            $results = 'bad..name', 'a.example' | Test-MailDomain -Zone $zone -ErrorVariable problems -ErrorAction SilentlyContinue
            $results.Status | Should -Be 'InvalidDomainName', 'Complete'
            $problems[0].FullyQualifiedErrorId | Should -Be 'InvalidDomainName,Dmarc.PowerShell.Commands.TestMailDomainCommand'
        }

        It 'gives one error and a row for failed look-ups' {
            $result = Test-MailDomain unreachable.test -Server 127.0.0.1:1 -TimeoutSec 1 -ErrorVariable problems -ErrorAction SilentlyContinue
            $result.Status | Should -Be 'DnsFailure'
            $result.DnsFailure | Should -BeIn 'NetworkError', 'Timeout'
            $result.FailedParts | Should -Contain 'Dmarc'
            @($problems).Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Match '^(DnsNetworkError|DnsTimeout),'
        }
    }
    Context 'what is not known' {
        It 'is empty in the row of a domain that cannot be reached' {
            $row = Test-MailDomain unreachable.test -Server 127.0.0.1:1 -TimeoutSec 1 -ErrorAction SilentlyContinue
            ($row | Select-Object * -ExcludeProperty Findings, Spf, SpfIsValid, SpfLookupCount | ConvertTo-Csv)[-1] | Should -Not -Match '"(False|0|100|Relaxed)"'
            $row.Mx.AcceptsMail, $row.Mx.IsImplicit, $row.Dmarc.Testing, $row.WarningCount | Should -Be (@($null) * 4)
        }

        It 'shows what the search for DMARC came to' {
            $file = Join-Path $TestDrive 'column.zone'
            '$ORIGIN .', 'none.example. MX 10 mx.none.example.', 'mx.none.example. A 192.0.2.1', 'none.example. TXT "v=spf1 mx -all"' | Set-Content $file
            Test-MailDomain none.example -Zone $file | Out-String -Width 100 | Should -Match '(?m)^none\.example\s+\S+\s+NotFound\s'
            Test-MailDomain unreachable.test -Server 127.0.0.1:1 -TimeoutSec 1 -ErrorAction SilentlyContinue | Out-String -Width 100 |
                Should -Match '(?m)^unreachable\.test\s+Unknown\s+Dns(NetworkError|Timeout)'
        }
    }

    It 'keeps the row of a domain whose wildcard answers for everything' {
        $file = Join-Path $TestDrive 'wild.zone'
        @(
            '$ORIGIN .'
            'wild.example. MX 10 mx.wild.example.'
            'mx.wild.example. A 198.51.100.5'
            '*.wild.example. TXT "v=spf1 -all"'
            'wild.example. TXT "v=spf1 mx -all"'
        ) | Set-Content $file
        $findings = (Test-MailDomain wild.example -Zone $file).Findings | Where-Object Code -Match '^Dkim'
        $findings | Where-Object Severity -EQ Error | Should -BeNullOrEmpty
        ($findings | Where-Object Code -EQ DkimWildcardOther).Message | Should -BeLike '*`*.wild.example*'
    }
}
