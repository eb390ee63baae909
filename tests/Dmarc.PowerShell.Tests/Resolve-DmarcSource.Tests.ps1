BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $samples = Join-Path $root 'docs' 'samples'
    $zone = Join-Path $samples 'sources.zone'
    $report = Join-Path $samples 'sources.xml'
    $PSStyle.OutputRendering = 'PlainText'
}

Describe 'Resolve-DmarcSource' {
    Context 'rows' {
        It 'gives an address once, however it is written' {
            $result = '198.51.100.25', '::ffff:198.51.100.25', '2001:db8:5::0025', '2001:DB8:5:0::25' | Resolve-DmarcSource -Zone $zone
            $result.SourceIP | Should -Be '198.51.100.25', '2001:db8:5::25'
        }

        It 'says of <Address> that it is <Class>' -ForEach @(
            @{ Address = '192.0.2.10'; Class = 'AlignedSender'; Sender = 'mail.contoso.example'; Messages = 1492 }
            @{ Address = '192.0.2.13'; Class = 'OwnNetworkMissingFromSpf'; Sender = 'scanner.contoso.example'; Messages = 64 }
            @{ Address = '198.51.100.25'; Class = 'KnownServiceNotAligned'; Sender = 'Amazon SES'; Messages = 310 }
            @{ Address = '198.51.100.40'; Class = 'Forwarder'; Sender = 'Google Workspace'; Messages = 9 }
            @{ Address = '198.51.100.70'; Class = 'Unknown'; Sender = 'Microsoft 365'; Messages = 3 }
            @{ Address = '203.0.113.25'; Class = 'Forwarder'; Sender = 'forward.alumni.example'; Messages = 21 }
            @{ Address = '203.0.113.77'; Class = 'Unknown'; Sender = 'HOSTING - Example Hosting, JP'; Messages = 540 }
            @{ Address = '2001:db8:5::25'; Class = 'Forwarder'; Sender = 'lists.campus.example'; Messages = 17 }
        ) {
            $result = Import-DmarcReport $report | Resolve-DmarcSource -Zone $zone | Where-Object SourceIP -eq $Address
            @($result).Count | Should -Be 1
            $result.Class | Should -Be $Class
            $result.Sender | Should -Be $Sender
            $result.Messages | Should -Be $Messages
            $result.Reason | Should -Not -BeNullOrEmpty
            $result.HeaderFrom | Should -Be 'contoso.example'
        }

        It 'sums the rows of a source, in the order of their first' {
            $rows = Import-DmarcReport $report
            $results = $rows, $rows | Resolve-DmarcSource -Zone $zone
            $results.Count | Should -Be 8
            $results[0].Messages | Should -Be 2984
            "$($results.SourceIP)" | Should -Be "$($rows.SourceIP | Select-Object -Unique)"
        }

        It 'says what to do' {
            $results = Import-DmarcReport $report | Resolve-DmarcSource -Zone $zone
            ($results | Where-Object Class -eq OwnNetworkMissingFromSpf).Remedy | Should -BeLike '*ip4:192.0.2.13*'
            ($results | Where-Object Class -eq KnownServiceNotAligned).Remedy | Should -BeLike '*Easy DKIM*MAIL FROM*'
        }

        It 'takes the groups of Measure-DmarcReport' {
            $results = Import-DmarcReport $report | Measure-DmarcReport -GroupBy Source, HeaderFrom -Top 3 | Resolve-DmarcSource -Zone $zone -ErrorVariable problems
            "$($results.SourceIP)" | Should -Be '192.0.2.10 203.0.113.77 198.51.100.25'
            $results.HeaderFrom | Select-Object -Unique | Should -Be 'contoso.example'
            "$($results.Messages)" | Should -Be '1492 540 310'
            $results[0].Passed, $results[1].Passed | Should -Be 1480, 0
            $results | Out-String -Width 120 | Should -Match '192\.0\.2\.10 +Resolved +1492 Pass '
            $problems.Count | Should -Be 0
        }

        It 'adds up the groups of one source' {
            $results = Import-DmarcReport $report | Measure-DmarcReport -GroupBy Source, Disposition, EnvelopeFrom | Resolve-DmarcSource -Zone $zone
            $direct = Import-DmarcReport $report | Measure-DmarcReport -GroupBy Source
            $results.SourceIP | Should -Be ($results.SourceIP | Select-Object -Unique)
            ($results | Measure-Object Messages -Sum).Sum | Should -Be ($direct | Measure-Object Messages -Sum).Sum
        }
    }

    Context 'addresses' {
        It 'gives one object for each, in their order' {
            $results = '203.0.113.25', [ipaddress] '198.51.100.25', '203.0.113.25' | Resolve-DmarcSource -Zone $zone
            $results.SourceIP | Should -Be '203.0.113.25', '198.51.100.25'
        }

        It 'warns once of addresses for examples' {
            $empty = Join-Path $TestDrive 'empty.zone'
            Set-Content $empty '$ORIGIN .', 'a.test. 300 IN TXT "x"'
            $results = '192.0.2.1', '192.0.2.2', '2001:db8::1' | Resolve-DmarcSource -Zone $empty -NoNetworkOwner -WarningVariable warnings -WarningAction SilentlyContinue
            @($warnings).Count | Should -Be 1
            $warnings[0].Message | Should -Match '^3 '
            $results.Findings.Severity | Should -Not -Contain 'Warning'
        }

        It 'takes them as an argument' {
            (Resolve-DmarcSource 203.0.113.25, 198.51.100.25 -Zone $zone).SourceIP | Should -Be '203.0.113.25', '198.51.100.25'
        }

        It 'checks the record of a From domain' {
            (Resolve-DmarcSource 192.0.2.10, 192.0.2.13 -HeaderFrom contoso.example -Zone $zone).SpfCovers | Should -Be 'Pass', 'Fail'
        }

        It 'tells network and owner' {
            $result = Resolve-DmarcSource 203.0.113.25 -Zone $zone
            $result.Network, $result.Asn, $result.Owner, $result.Country | Should -Be '203.0.113.0/24', 64498, 'HOSTING - Example Hosting, JP', 'JP'
        }

        It 'asks for no owner where none is wanted' {
            $result = Resolve-DmarcSource 203.0.113.25 -NoNetworkOwner -Zone $zone
            $result.Owner, $result.NetworkStatus | Should -Be '', $null
        }

        It 'takes <Name> of an object' -ForEach @(
            @{ Name = 'SourceIP' }, @{ Name = 'Address' }, @{ Name = 'IPAddress' }, @{ Name = 'SendingMtaIP' }
        ) {
            $result = [pscustomobject] @{ $Name = '192.0.2.10'; HeaderFrom = 'contoso.example' } | Resolve-DmarcSource -Zone $zone
            $result.SourceIP, $result.SpfCovers | Should -Be '192.0.2.10', 'Pass'
            (@{ $Name = '192.0.2.10' } | Resolve-DmarcSource -Zone $zone).SourceIP | Should -Be '192.0.2.10'
        }

        It 'keeps the row of what is no address' {
            $results = '192.0.2.10', 'nonsense', '10.0.0.1' | Resolve-DmarcSource -Zone $zone -ErrorVariable problems -ErrorAction SilentlyContinue
            $results.Status | Should -Be 'Resolved', 'InvalidAddress', 'NotPublic'
            $problems.FullyQualifiedErrorId | Should -BeLike 'InvalidIPAddress,*'
        }

        It 'says of an object without an address that it has none' {
            [pscustomobject] @{ A = 1 } | Resolve-DmarcSource -Zone $zone -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems.FullyQualifiedErrorId | Should -BeLike 'AddressMissing,*'
        }

        It 'tells a failed look-up from an absent name' {
            $result = Resolve-DmarcSource 9.9.9.9 -Server 127.0.0.1:1 -TimeoutSec 1 -ErrorVariable problems -ErrorAction SilentlyContinue
            $result.Status | Should -BeLike 'Dns*'
            $problems.Count | Should -Be 1
            $problems.FullyQualifiedErrorId | Should -BeLike 'Dns*'
        }

        It 'refuses a From domain that is none' {
            { Resolve-DmarcSource 9.9.9.9 -HeaderFrom 'not a domain' -Zone $zone } | Should -Throw -ErrorId 'InvalidDomainName,*'
        }
    }

    Context 'views' {
        BeforeAll {
            $results = Import-DmarcReport $report | Resolve-DmarcSource -Zone $zone
        }

        It 'has a table that fits 80 columns' {
            $text = $results | Format-Table | Out-String -Width 80
            $text | Should -Match '192\.0\.2\.13 +OwnNetworkMissingFromSpf +64 +\S'
            Resolve-DmarcSource 10.0.0.1 -Zone $zone | Format-Table | Out-String -Width 80 | Should -Match '10\.0\.0\.1 +NotPublic'
        }

        It 'has a list' {
            $text = $results[2] | Format-List | Out-String -Width 200
            $text | Should -Match 'Reason +: Amazon SES sends'
            $text | Should -Match 'ServiceSign +: ReverseName'
        }

        It 'can be exported' {
            $row = $results[2] | ConvertTo-Csv | ConvertFrom-Csv
            $row.Names, $row.Class | Should -Be 'a1-25.smtp-out.amazonses.com', 'KnownServiceNotAligned'
            ($results | ConvertTo-Json -Depth 6 | ConvertFrom-Json)[0].Names | Should -Be 'mail.contoso.example'
        }

        It 'shows each query with -Verbose' {
            $verbose = Resolve-DmarcSource 192.0.2.10 -Zone $zone -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
            "$verbose" | Should -Match '10\.2\.0\.192\.in-addr\.arpa'
        }
    }
}
