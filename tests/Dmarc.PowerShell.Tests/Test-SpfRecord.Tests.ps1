BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $zone = Join-Path $root 'docs' 'samples' 'example.zone'
    $PSStyle.OutputRendering = 'PlainText'
}

Describe 'Test-SpfRecord' {
    Context 'records' {
        It 'gives <Status> for <Domain>, valid: <Valid>, <Lookups> look-ups' -ForEach @(
            @{ Domain = 'a.example'; Status = 'Found'; Valid = $true; Lookups = 1 }
            @{ Domain = 'spf.example'; Status = 'Found'; Valid = $true; Lookups = 9 }
            @{ Domain = 'greedy.example'; Status = 'Found'; Valid = $false; Lookups = 14 }
            @{ Domain = 'loops.example'; Status = 'Found'; Valid = $false; Lookups = 1 }
            @{ Domain = 'lost.example'; Status = 'Invalid'; Valid = $false; Lookups = 1 }
            @{ Domain = 'doubled.example'; Status = 'Multiple'; Valid = $false; Lookups = 0 }
            @{ Domain = 'c.example'; Status = 'NotFound'; Valid = $false; Lookups = 0 }
            @{ Domain = 'nowhere.example'; Status = 'DomainNotFound'; Valid = $false; Lookups = 0 }
        ) {
            $result = Test-SpfRecord $Domain -Zone $zone
            $result.Status | Should -Be $Status
            $result.IsValid | Should -Be $Valid
            $result.LookupCount | Should -Be $Lookups
            $result.Result | Should -BeNullOrEmpty
        }

        It 'keeps the order of the input and loses no row' {
            $results = 'b.example', 'not a domain', 'a.example' | Test-SpfRecord -Zone $zone -ErrorVariable problems -ErrorAction SilentlyContinue
            $results.Domain | Should -Be 'b.example', 'not a domain', 'a.example'
            $results[1].Status | Should -Be 'InvalidDomainName'
            $problems.FullyQualifiedErrorId | Should -BeLike 'InvalidDomainName,*'
        }

        It 'tells a failed look-up from an absent record' {
            $result = Test-SpfRecord unreachable.test -Server 127.0.0.1:1 -TimeoutSec 1 -ErrorVariable problems -ErrorAction SilentlyContinue
            $result.Status | Should -BeLike 'Dns*'
            $problems.Count | Should -Be 1
        }

        It 'leaves what a failed look-up would have told empty' {
            $result = Test-SpfRecord unreachable.test -Server 127.0.0.1:1 -TimeoutSec 1 -ErrorAction SilentlyContinue
            $null -eq $result.LookupCount -and $null -eq $result.VoidLookupCount -and $null -eq $result.All -and $null -eq $result.IPv4AddressCount | Should -BeTrue
            "$($result.IsValid)$($result.Record)" | Should -BeNullOrEmpty
            ($result | ConvertTo-Csv | ConvertFrom-Csv).IsValid | Should -BeNullOrEmpty
            ($result | ConvertTo-Json -Depth 3 | ConvertFrom-Json).IsValid | Should -BeNullOrEmpty
        }

        It 'lists broken records with -Not IsValid, and no domain that could not be asked' {
            $results = @(Test-SpfRecord greedy.example, a.example, nowhere.example -Zone $zone) +
                @(Test-SpfRecord unreachable.test -Server 127.0.0.1:1 -TimeoutSec 1 -ErrorAction SilentlyContinue)
            ($results | Where-Object -Not IsValid).Domain | Should -Be 'greedy.example', 'nowhere.example'
            ($results | Where-Object IsValid -eq $true).Domain | Should -Be 'a.example'
        }

        It 'says what each condition makes of a validity that is not known' {
            $file = Join-Path $TestDrive 'half.zone'
            Set-Content $file "half.example. TXT `"v=spf1 include:unreachable.test -all`""
            $results = @(Test-SpfRecord half.example, unreachable.test -Zone $file -Server 127.0.0.1:1 -TimeoutSec 1 -ErrorAction SilentlyContinue)
            $results.Count | Should -Be 2
            foreach ($result in $results) {
                $result.IsValid | Should -BeOfType [DBNull]
                $result | Where-Object -Not IsValid | Should -BeNullOrEmpty
                $result | Where-Object IsValid -EQ $true | Should -BeNullOrEmpty
                $result | Where-Object IsValid -EQ $false | Should -BeNullOrEmpty
                $file = Join-Path $TestDrive 'half.xml'
                $result | Export-Clixml $file
                Import-Clixml $file | Where-Object -Not IsValid | Should -BeNullOrEmpty
            }

            $results[0].Outcome | Should -Be 'TempError'
            $results[1].Outcome | Should -BeLike 'Dns*'
            $results[0] | Format-Table | Out-String -Width 120 | Should -Match ' TempError '
        }

        It 'shows the limit that a record exceeds in the table' {
            Test-SpfRecord greedy.example -Zone $zone | Format-Table | Out-String -Width 120 | Should -Match '14 of 10'
        }

        It 'ends soon for a record that includes itself many times' {
            $file = Join-Path $TestDrive 'self.zone'
            $strings = ((1..3000 | ForEach-Object { '"include:s3000.test "' }) -join ' ')
            Set-Content $file "`$ORIGIN .`n`$TTL 300`ns3000.test TXT `"v=spf1 `" $strings `"-all`"`nafter.test TXT `"v=spf1 -all`"`n"
            $results = Test-SpfRecord s3000.test, after.test -Zone $file
            $results.Domain | Should -Be 's3000.test', 'after.test'
            $results.IsValid | Should -Be $false, $true
            $results[0].Findings.Code | Should -Contain 'SpfIncludeSelf'
        }

        It 'writes flattened records as lines that a zone file takes' {
            $result = Test-SpfRecord quoted.test -Record 'v=spf1 exists:%{l}"x.test ip4:192.0.2.1 -all' -Flatten -Zone $zone
            $file = Join-Path $TestDrive 'flat.zone'
            Set-Content $file "`$ORIGIN .`n`$TTL 300`n$($result.Flattened)`n"
            (Test-SpfRecord quoted.test -Zone $file).Record | Should -Be $result.Flattened.Records[0].Value
        }

        It 'shows the terms as a tree in the list' {
            $text = Test-SpfRecord spf.example -Zone $zone | Format-List | Out-String -Width 120
            $text | Should -Match 'include:_spf\.news\.example +\+3 = +5  128 IPv4'
            $text | Should -Match '(?m)^ +  include:_a\.news\.example'
            $text | Should -Match 'a:gone\.shopping\.example .*void \(NxDomain\)'
        }

        It 'gives the tree as objects' {
            $terms = (Test-SpfRecord spf.example -Zone $zone).Terms
            $terms.Term | Should -Contain 'include:_spf.news.example'
            ($terms | Where-Object Term -eq 'include:_spf.news.example').Terms.TotalLookups | Should -Be 1, 1, 0
            $terms | Format-Table | Out-String -Width 120 | Should -Match 'Term\s+Lookups\s+Sum\s+Void\s+IPv4\s+Service'
        }

        It 'can be exported' {
            $row = Test-SpfRecord spf.example -Zone $zone | ConvertTo-Csv | ConvertFrom-Csv
            $row.Terms | Should -BeLike '*include:_spf.news.example (3)*'
            (Test-SpfRecord spf.example -Zone $zone | ConvertTo-Json -Depth 6 -WarningAction SilentlyContinue | ConvertFrom-Json).Terms.Count | Should -Be 8
        }
    }

    Context 'addresses' {
        It 'gives <Expected> for <Address>' -ForEach @(
            @{ Address = '203.0.113.5'; Expected = 'Pass'; Term = 'include:_spf.news.example' }
            @{ Address = '192.0.2.71'; Expected = 'Pass'; Term = 'mx' }
            @{ Address = '::ffff:192.0.2.65'; Expected = 'Pass'; Term = 'ip4:192.0.2.64/28' }
            @{ Address = '203.0.113.200'; Expected = 'SoftFail'; Term = '~all' }
            @{ Address = '203.0.113.9'; Expected = 'Pass'; Term = 'include:_spf.news.example' }
        ) {
            $result = Test-SpfRecord spf.example $Address -Zone $zone
            $result.Result | Should -Be $Expected
            $result.MatchedTerm | Should -Be $Term
            $result.Trace.Count | Should -BeGreaterThan 1
        }

        It 'checks each of many' {
            (Test-SpfRecord spf.example -IPAddress 192.0.2.71, 9.9.9.9 -Zone $zone).Result | Should -Be 'Pass', 'SoftFail'
        }

        It 'takes sender and HELO name' {
            $result = Test-SpfRecord spf.example 9.9.9.9 -Sender 'bob@b.example' -Helo mail.b.example -Zone $zone
            $result.Sender | Should -Be 'bob@b.example'
            $result.Helo | Should -Be 'mail.b.example'
        }

        It 'explains a fail' {
            (Test-SpfRecord a.example 9.9.9.9 -Zone $zone).Explanation | Should -BeLike '9.9.9.9 is not authorised*'
        }

        It 'keeps the row of an address that is none' {
            $result = Test-SpfRecord a.example 'nonsense' -Zone $zone -ErrorVariable problems -ErrorAction SilentlyContinue
            $result.Domain | Should -Be 'a.example'
            $result.Result | Should -BeNullOrEmpty
            $result.IPAddress, $result.Outcome | Should -Be 'nonsense', 'InvalidIPAddress'
            $problems.FullyQualifiedErrorId | Should -BeLike 'InvalidIPAddress,*'
        }

        It 'reads <_> as no address' -ForEach '8.8', '1', '010.8.8.8', '0x08.8.8.8', 'fe80::1%eth0', '[::1]' {
            $result = Test-SpfRecord a.example $_ -Zone $zone -ErrorAction SilentlyContinue
            $result.IPAddress | Should -Be $_
            $result.Result | Should -BeNullOrEmpty
        }

        It 'tells the addresses apart in a table of 80 columns' {
            $text = Test-SpfRecord spf.example -IPAddress 203.0.113.200, 203.0.113.201 -Zone $zone | Format-Table | Out-String -Width 80
            $text | Should -Match 'spf.example +203\.0\.113\.200 +SoftFail'
            $text | Should -Match 'spf.example +203\.0\.113\.201 +SoftFail'
        }

        It 'checks the HELO identity for the null reverse-path "<_>"' -ForEach '<>', '' {
            $result = Test-SpfRecord spf.example 192.0.2.1 -Sender $_ -Helo a.example -Zone $zone
            $result.Sender | Should -Be 'postmaster@a.example'
            "$($result.MatchedPath)" | Should -BeLike 'a.example: *'
            $result.Result | Should -Be 'Pass'
        }

        It 'takes a sender in angle brackets' {
            (Test-SpfRecord spf.example 9.9.9.9 -Sender '<joe@b.example>' -Zone $zone).Sender | Should -Be 'joe@b.example'
        }

        It 'takes rows of reports' {
            $rows = @(
                [pscustomobject] @{ SourceIP = '192.0.2.71'; Domain = 'x.example'; HeaderFrom = 'x.example'; EnvelopeFrom = 'spf.example' }
                [pscustomobject] @{ SourceIP = '192.0.2.1'; Domain = 'x.example'; HeaderFrom = 'a.example'; EnvelopeFrom = $null }
                [pscustomobject] @{ SourceIP = '9.9.9.9'; Domain = 'x.example'; HeaderFrom = 'a.example'; EnvelopeFrom = '' }
                [pscustomobject] @{ SourceIP = '9.9.9.8'; Domain = 'x.example'; HeaderFrom = 'a.example'; EnvelopeFrom = '<>' }
            )
            $results = $rows | Test-SpfRecord -Zone $zone
            $results.Domain | Should -Be 'spf.example', 'a.example', 'a.example', 'a.example'
            $results.Result | Should -Be 'Pass', 'Pass', 'Fail', 'Fail'
            "$($results.IPAddress)" | Should -Be '192.0.2.71 192.0.2.1 9.9.9.9 9.9.9.8'
        }

        It 'takes the rows of Import-DmarcReport' {
            $results = Import-DmarcReport (Join-Path $root 'docs' 'samples' 'reports') -ErrorAction SilentlyContinue | Test-SpfRecord -Zone $zone
            ($results | Where-Object { $_.Domain -eq 'contoso.example' -and $_.IPAddress -eq '192.0.2.10' }).Result | Sort-Object -Unique | Should -Be 'Pass'
            ($results | Where-Object Domain -eq 'crm.example').Result | Sort-Object -Unique | Should -Be 'None'
        }

        It 'takes its own results' {
            ('a.example' | Test-SpfRecord -Zone $zone | Test-SpfRecord -Zone $zone).Domain | Should -Be 'a.example'
        }
    }

    Context 'what if' {
        It 'tries a record that is not published' {
            $result = Test-SpfRecord a.example 203.0.113.5 -Record 'v=spf1 include:_spf.news.example -all' -Zone $zone
            $result.Result | Should -Be 'Pass'
            $result.IsPublished | Should -BeFalse
        }

        It 'compares it with the published one' {
            $comparison = (Test-SpfRecord b.example -Record 'v=spf1 ip4:192.0.2.16/29 ip4:192.0.2.32/29 -all' -Compare -Zone $zone).Comparison
            "$($comparison.Gained)" | Should -Be '192.0.2.32/29'
            "$($comparison.Lost)" | Should -Be '192.0.2.24/29'
            $comparison.AllBefore, $comparison.AllAfter | Should -Be '~all', '-all'
        }

        It 'does not compare with a record that could not be asked for' {
            $result = Test-SpfRecord unreachable.test -Record 'v=spf1 ip4:192.0.2.1 -all' -Compare -Server 127.0.0.1:1 -TimeoutSec 1 -ErrorVariable problems -ErrorAction SilentlyContinue
            $result.Comparison.PublishedStatus | Should -BeLike 'Dns*'
            $result.Comparison.Gained.Count | Should -Be 0
            $result.Findings.Code | Should -Contain 'SpfComparisonFailed'
            $problems.FullyQualifiedErrorId | Should -BeLike 'Dns*'
        }

        It 'needs a record to compare' {
            { Test-SpfRecord b.example -Compare -Zone $zone } | Should -Throw -ErrorId 'RecordRequired,*'
        }

        It 'flattens' {
            $flat = (Test-SpfRecord spf.example -Flatten -Zone $zone).Flattened
            $flat.Records.Count | Should -Be 1
            $flat.Records[0].Value | Should -BeLike 'v=spf1 ip4:192.0.2.64/28 * exists:%{i}._allowed.spf.example ~all exp=why.spf.example'
            $flat.KeptTerms | Should -Be 'exists:%{i}._allowed.spf.example'
            $flat.LookupsAfter | Should -Be 1
            (Test-SpfRecord spf.example 203.0.113.5 -Record $flat.Records[0].Value -Zone $zone).Result | Should -Be 'Pass'
        }
    }
}
