BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $zone = Join-Path $root 'docs' 'samples' 'example.zone'
    $PSStyle.OutputRendering = 'PlainText'
}

Describe 'Get-DmarcRecord' {
    Context 'input' {
        It 'takes domains by position' {
            (Get-DmarcRecord a.example, b.example -Zone $zone).Domain | Should -Be 'a.example', 'b.example'
        }

        It 'takes strings from the pipeline' {
            ('a.example', 'b.example' | Get-DmarcRecord -Zone $zone).Domain | Should -Be 'a.example', 'b.example'
        }

        It 'takes the property <_>' -ForEach 'Domain', 'DomainName', 'Name', 'Id' {
            ([pscustomobject] @{ $_ = 'a.example'; Other = 'x' } | Get-DmarcRecord -Zone $zone).Domain | Should -Be 'a.example'
        }

        It 'takes its own results' {
            ('a.example', 'b.example' | Get-DmarcRecord -Zone $zone | Get-DmarcRecord -Zone $zone).Domain | Should -Be 'a.example', 'b.example'
        }

        It 'takes rows of a CSV' {
            ("Name,Owner`na.example,me`nb.example,you" | ConvertFrom-Csv | Get-DmarcRecord -Zone $zone).Domain | Should -Be 'a.example', 'b.example'
        }

        It 'takes <Text> for a.example' -ForEach @(
            @{ Text = 'A.Example.' }
            @{ Text = 'https://a.example/page' }
            @{ Text = 'someone@a.example' }
            @{ Text = ' a.example ' }
        ) {
            (Get-DmarcRecord $Text -Zone $zone).Domain | Should -Be 'a.example'
        }

        It 'takes a zone file whose name holds brackets' {
            $bracketed = Join-Path $TestDrive 'my[1].zone'
            [System.IO.File]::Copy($zone, $bracketed, $true)
            (Get-DmarcRecord a.example -Zone $bracketed).Status | Should -Be 'Found'
        }

        It 'takes names in other scripts' {
            (Get-DmarcRecord "$([char] 0x4F8B)$([char] 0x3048).example" -Zone $zone).Domain | Should -Be 'xn--r8jz45g.example'
        }
    }

    Context 'results' {
        It 'gives <Status> and the policy <Policy> for <Domain>' -ForEach @(
            @{ Domain = 'a.example'; Status = 'Found'; Policy = 'Reject' }
            @{ Domain = 'b.example'; Status = 'Found'; Policy = 'None' }
            @{ Domain = 'c.example'; Status = 'NotFound'; Policy = $null }
            @{ Domain = 'news.a.example'; Status = 'Inherited'; Policy = 'Reject' }
            @{ Domain = 'www.shop.example'; Status = 'Inherited'; Policy = 'None' }
            @{ Domain = 'none.shop.example'; Status = 'Inherited'; Policy = 'Reject' }
            @{ Domain = 'tested.example'; Status = 'Found'; Policy = 'None' }
            @{ Domain = 'twice.example'; Status = 'Multiple'; Policy = $null }
            @{ Domain = 'alias.example'; Status = 'Found'; Policy = 'Reject' }
            @{ Domain = 'city.gov.example'; Status = 'Inherited'; Policy = 'Reject' }
            @{ Domain = 'nowhere.example'; Status = 'DomainNotFound'; Policy = $null }
        ) {
            $result = Get-DmarcRecord $Domain -Zone $zone
            $result.Status | Should -Be $Status
            $result.EffectivePolicy | Should -Be $Policy
        }

        It 'is of the type that the help names' {
            Get-DmarcRecord a.example -Zone $zone | Should -BeOfType Dmarc.Advice.Records.DmarcRecordResult
        }

        It 'keeps the order of many' {
            $domains = 1..300 | ForEach-Object { "d$_.example" }
            ($domains | Get-DmarcRecord -Zone $zone -ThrottleLimit 32).Domain | Should -Be $domains
        }

        It 'finds the misspelt tag' {
            (Get-DmarcRecord typo.example -Zone $zone).Findings.Code | Should -Contain 'DmarcTagMisspelt'
        }

        It 'reads text in place of looking it up' {
            $result = Get-DmarcRecord -Record 'v=DMARC1; p=quarantine; rua=mailto:a@contoso.com' -Domain contoso.com
            $result.Policy | Should -Be 'Quarantine'
            $result.Domain | Should -Be 'contoso.com'
        }

        It 'goes the way of RFC 7489 when asked to' {
            (Get-DmarcRecord city.gov.example -Zone $zone).RecordDomain | Should -Be 'gov.example'
            $list = Join-Path $TestDrive 'list.dat'
            "example`ngov.example" | Set-Content $list
            (Get-DmarcRecord city.gov.example -Zone $zone -DiscoveryMethod PublicSuffixList -PublicSuffixList $list).Status | Should -Be 'NotFound'
        }

        It 'survives Export-Csv' {
            $file = Join-Path $TestDrive 'out.csv'
            Get-DmarcRecord out.example -Zone $zone | Export-Csv $file
            $row = Import-Csv $file
            $row.AggregateReportUri | Should -Be 'mailto:out@agrees.example; mailto:out@silent.example; mailto:out@gone.example'
            $row.PSObject.Properties.Value | Should -Not -Match 'PrintableList|System\.'
        }

        It 'survives ConvertTo-Json -Depth 6' {
            $json = Get-DmarcRecord out.example -Zone $zone | ConvertTo-Json -Depth 6 -EnumsAsStrings -WarningVariable warnings | ConvertFrom-Json
            $warnings | Should -BeNullOrEmpty
            $json.ReportAuthorization.Status | Should -Be 'Authorized', 'NotAuthorized', 'NotAuthorized'
            $json.Findings[0].Code | Should -Not -BeNullOrEmpty
        }
    }

    Context 'errors' {
        It 'gives an error and a row for what is no domain, and goes on' {
            $results = 'a.example', 'bad..name', 'b.example' | Get-DmarcRecord -Zone $zone -ErrorVariable problems -ErrorAction SilentlyContinue
            $results.Domain | Should -Be 'a.example', 'bad..name', 'b.example'
            $results[1].Status | Should -Be 'InvalidDomainName'
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'InvalidDomainName,Dmarc.PowerShell.Commands.GetDmarcRecordCommand'
            $problems[0].TargetObject | Should -Be 'bad..name'
        }

        It 'gives an error and a row for a failed look-up' {
            $result = Get-DmarcRecord unreachable.test -Server 127.0.0.1:1 -TimeoutSec 1 -ErrorVariable problems -ErrorAction SilentlyContinue
            $result.Status | Should -Be 'DnsFailure'
            $result.DnsFailure | Should -BeIn 'NetworkError', 'Timeout'
            $problems[0].FullyQualifiedErrorId | Should -Match '^(DnsNetworkError|DnsTimeout),'
        }

        It 'ends at the first error with -ErrorAction Stop' {
            { 'bad..name', 'a.example' | Get-DmarcRecord -Zone $zone -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidDomainName,*'
        }

        It 'refuses <Name> <Value>' -ForEach @(
            @{ Name = 'Server'; Value = 'not/a/server'; Id = 'InvalidServer,*' }
            @{ Name = 'Zone'; Value = 'no-such.zone'; Id = 'PathNotFound,*' }
            @{ Name = 'PublicSuffixList'; Value = 'no-such.dat'; Id = 'PublicSuffixListUnreadable,*' }
            @{ Name = 'TimeoutSec'; Value = 0; Id = 'ParameterArgumentValidationError,*' }
            @{ Name = 'ThrottleLimit'; Value = 100000; Id = 'ParameterArgumentValidationError,*' }
        ) {
            $arguments = @{ $Name = $Value }
            { Get-DmarcRecord a.example @arguments } | Should -Throw -ErrorId $Id
        }

        It 'warns of what is wrong in a zone file' {
            $file = Join-Path $TestDrive 'bad.zone'
            "`$ORIGIN x.test.`nx IN NOSUCH data ( `n_dmarc IN TXT `"v=DMARC1; p=none`"" | Set-Content $file
            $null = Get-DmarcRecord x.test -Zone $file -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
            $warnings | Should -Not -BeNullOrEmpty
        }
    }

    Context 'the session' {
        It 'shows each query with -Verbose' {
            $lines = Get-DmarcRecord a.example -Zone $zone -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
            "$lines" | Should -Match 'TXT _dmarc\.a\.example: NoError, 1 record, [\d.]+ ms, .*example\.zone'
        }

        It 'stops when nobody wants more' {
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            ('a.example', 'slow.test' | Get-DmarcRecord -Zone $zone -Server 127.0.0.1:9 -TimeoutSec 60 | Select-Object -First 1).Domain | Should -Be 'a.example'
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 30
        }

        It 'takes zone files through wildcards and drives of PowerShell' {
            Copy-Item $zone (Join-Path $TestDrive 'one.zone')
            (Get-DmarcRecord a.example -Zone 'TestDrive:\on*.zone').Status | Should -Be 'Found'
        }

        It 'completes the methods' {
            $line = 'Get-DmarcRecord x -DiscoveryMethod '
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'PublicSuffixList', 'TreeWalk'
        }

        It 'can be stopped in a slow look-up' {
            $socket = [System.Net.Sockets.UdpClient]::new([System.Net.IPEndPoint]::new([System.Net.IPAddress]::Loopback, 0))
            try {
                $shell = [powershell]::Create().AddScript({
                    param($module, $server)
                    Import-Module $module
                    Get-DmarcRecord silent.test -Server $server -TimeoutSec 300
                }).AddArgument((Join-Path $root 'out' 'Dmarc')).AddArgument("127.0.0.1:$($socket.Client.LocalEndPoint.Port)")
                $running = $shell.BeginInvoke()
                $socket.Client.ReceiveTimeout = 60000
                $from = $null
                $null = $socket.Receive([ref] $from)
                $clock = [System.Diagnostics.Stopwatch]::StartNew()
                $shell.Stop()
                $clock.Elapsed.TotalSeconds | Should -BeLessThan 30
                $running.IsCompleted | Should -BeTrue
                $shell.InvocationStateInfo.State | Should -Be 'Stopped'
            }
            finally {
                $socket.Dispose()
            }
        }
    }
    Context 'aliases and what is not known' {
        BeforeAll {
            $aliases = Join-Path $TestDrive 'alias.zone'
            @(
                '$ORIGIN .'
                'a.example. A 192.0.2.1'
                '_dmarc.a.example. CNAME a.vendor.example.'
                'a.vendor.example. TXT "v=DMARC1; p=reject; rua=mailto:d@vendor.example"'
                'e.example. A 192.0.2.1'
                '_dmarc.e.example. CNAME gone.vendor.example.'
            ) | Set-Content $aliases
        }

        It 'tells an alias, and makes a dangling one an error with a remedy that fits' {
            (Get-DmarcRecord a.example -Zone $aliases).Findings | Where-Object Code -EQ DmarcRecordAlias | ForEach-Object Message |
                Should -BeLike '_dmarc.a.example is an alias (CNAME) of a.vendor.example*'
            $dangling = (Get-DmarcRecord e.example -Zone $aliases).Findings | Where-Object Code -EQ DmarcAliasDangling
            $dangling.Severity | Should -Be Error
            $dangling.Remedy | Should -BeLike 'Remove the CNAME at _dmarc.e.example*'
            (Get-DmarcRecord a.example -Zone $aliases).Walk[0].Target | Should -Be 'a.vendor.example'
        }

        It 'says nothing that it does not know' {
            $row = Get-DmarcRecord unreachable.test -Server 127.0.0.1:1 -TimeoutSec 1 -ErrorAction SilentlyContinue
            $row.Testing, $row.Percentage, $row.DkimAlignment, $row.SpfAlignment, $row.FailureOptions, $row.Policy | Should -Be (@($null) * 6)
            $csv = $row | ConvertTo-Csv
            $csv[-1] | Should -Not -Match '"(False|0|100|Relaxed|AllFail)"'
        }
    }
}
