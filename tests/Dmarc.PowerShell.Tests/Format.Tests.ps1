BeforeDiscovery {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    $views = ([xml] (Get-Content (Join-Path $root 'out' 'Dmarc' 'Dmarc.format.ps1xml') -Raw)).Configuration.ViewDefinitions.View
    $tables = foreach ($view in $views | Where-Object TableControl) { @{ Type = $view.Name; View = $view } }
    $scripts = $views.SelectNodes('.//ScriptBlock').InnerText | Sort-Object -Unique | ForEach-Object { @{ Script = $_ } }
}

BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $zone = Join-Path $root 'docs' 'samples' 'example.zone'
    $escape = [char] 27
}

Describe 'The views' {
    BeforeEach { $PSStyle.OutputRendering = 'PlainText' }

    It 'have two to six columns for <Type>, and a list' -ForEach $tables {
        @($View.TableControl.TableRowEntries.TableRowEntry.TableColumnItems.TableColumnItem).Count | Should -BeIn (2..6)
        $View.ParentNode.View | Where-Object { $_.ListControl -and $_.ViewSelectedBy.TypeName -contains $Type } | Should -HaveCount 1
    }

    It 'use nothing but helpers that exist: <Script>' -ForEach $scripts {
        $call = $Script -replace '^\[Dmarc\.PowerShell\.DmarcFormat\]::Cut\((.*), \d+\)$', '$1'
        $call | Should -Match '^\[Dmarc\.PowerShell\.DmarcFormat\]::(\w+)\(\$_(\.\w+|, ''\w+'', ''\w*'')?\)$'
        [Dmarc.PowerShell.DmarcFormat].GetMethod(($call -replace '^.*::(\w+)\(.*$', '$1')) | Should -Not -BeNullOrEmpty
    }

    It 'wrap no heading of <Type>, and lose no cell, whatever the cells say' -ForEach $tables {
        $items = @($View.TableControl.TableRowEntries.TableRowEntry.TableColumnItems.TableColumnItem)
        $labels = @($View.TableControl.TableHeaders.TableColumnHeader.Label)
        $wraps = $null -ne $View.TableControl.TableRowEntries.TableRowEntry.SelectSingleNode('Wrap')
        if (-not $wraps) {
            (Get-Command -Module Dmarc).OutputType.Name | Should -Contain $Type -Because 'what is reached by a property is shown whole'
        }

        $texts = @{ domain = (('a' * 63 + '.') * 4).Substring(0, 253); words = 'reject all mail ' * 16; wide = -join ([char[]](0x3042, 0x3044, 0x3046) * 40); none = '' }
        foreach ($kind in $texts.Keys) {
            $row = [ordered] @{ PSTypeName = $Type; Other = '' }
            foreach ($item in $items) {
                if ($item.ScriptBlock -match '\$_\.(\w+)|\$_, ''(\w+)''') {
                    $row[($Matches[1] + $Matches[2])] = $texts[$kind]
                }
            }

            foreach ($width in 80, 120) {
                $text = [pscustomobject] $row, [pscustomobject] @{ PSTypeName = $Type; Other = '' } | Format-Table | Out-String -Width $width
                $heading = ($text -split '\r?\n').Where({ $_ }, 'First')[0]
                $heading.Trim() -split ' +' | Should -Be $labels -Because "$kind at $width"
                if ($wraps) {
                    $text | Should -Not -Match '\u2026' -Because "$kind at $width"
                }
            }
        }
    }

    It 'show what a property of a result leads to in a view of its own' {
        $quiet = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
        $audit = Test-MailDomain b.example -Zone $zone -Exclude Https @quiet
        foreach ($width in 80, 120) {
            $text = $audit.NextSteps | Out-String -Width $width
            $text | Should -Match '(?m)^RecordValue +: '
            foreach ($step in $audit.NextSteps) {
                $text -replace '\s+', '' | Should -Match ([regex]::Escape(($step.Remedy -replace '\s+', '')))
                $text -replace '\s+', '' | Should -Match ([regex]::Escape(($step.RecordValue -replace '\s+', '')))
            }

            foreach ($parts in $audit.Findings, $audit.GradeReasons, $audit.Spf.Terms, $audit.Dmarc.Walk, $audit.Dmarc.Findings, $audit.Mx.Hosts,
                (Test-SpfRecord b.example -IPAddress 192.0.2.1 -Zone $zone @quiet).Trace) {
                $parts | Should -Not -BeNullOrEmpty
                $parts | Out-String -Width $width | Should -Not -Match '\u2026'
            }
        }
    }

    It 'fit <_> columns' -ForEach 80, 120 {
        $width = $_
        $text = 'a.example', 'out.example', 'c.example' | Get-DmarcRecord -Zone $zone | Out-String -Width $width
        foreach ($line in $text -split '\r?\n') {
            $line.Length | Should -BeLessOrEqual $width -Because $line
        }
    }

    It 'align numbers at the right' {
        $text = 'a.example', 'spf.example' | Test-SpfRecord -Zone $zone | Out-String -Width 120
        $heading, $row = ($text -split '\r?\n').Where({ $_ -match '^(Domain|a\.example) ' })
        $row.Substring(0, $heading.IndexOf('Lookups') + 'Lookups'.Length) | Should -Match '\d$'
    }

    It 'show every domain in a table' {
        $text = 'a.example', 'c.example' | Get-DmarcRecord -Zone $zone | Out-String -Width 80
        $text | Should -Match 'Domain\s+Status\s+Policy\s+Findings\s+Record'
        $text | Should -Match '(?m)^a\.example\s+Found\s+Reject'
        $text | Should -Match '(?m)^c\.example\s+NotFound'
    }

    It 'say how a look-up failed in the column of the status, also of copies from another session' {
        $null = $socket = [Net.Sockets.UdpClient]::new([Net.IPEndPoint]::new([Net.IPAddress]::Loopback, 0))
        try {
            $silent = @{ Server = "127.0.0.1:$($socket.Client.LocalEndPoint.Port)"; TimeoutSec = 1; ErrorAction = 'SilentlyContinue' }
            $results = @(
                Get-DmarcRecord a.example @silent
                Test-SpfRecord a.example @silent
                Get-DkimRecord a.example -Selector s1 @silent
                Test-DirectSendExposure a.example @silent
                Resolve-DmarcSource 203.0.113.9 @silent
                Test-MailDomain a.example @silent
            )
        }
        finally {
            $socket.Dispose()
        }

        $results | Should -HaveCount 6
        $results.ForEach{ "$($_.Status) $($_.DnsFailure)" } | Select-Object -Unique | Should -Be 'DnsFailure Timeout'
        $file = Join-Path $TestDrive 'failed.xml'
        $results | Export-Clixml $file -Depth 6
        foreach ($result in @($results) + @(Import-Clixml $file)) {
            $list = $result | Format-List | Out-String -Width 200
            $list | Should -Match '(?m)^Status\s*: DnsTimeout\r?$'
            $list | Should -Match '(?m)^DnsFailure\s*: Timeout\r?$'
            $list | Should -Not -Match '(?m)^\w+Status\s*: DnsFailure'
        }

        foreach ($result in $results[0..2]) {
            $result | Format-Table | Out-String -Width 80 | Should -Match '\bDnsTimeout\b'
        }

        $results[5] | Format-Table | Out-String -Width 80 | Should -Match 'DnsTimeout\s+DnsTimeout'
        $results[5] | ConvertTo-Csv | ConvertFrom-Csv | ForEach-Object { "$($_.Status) $($_.DnsFailure)" } | Should -Be 'DnsFailure Timeout'
    }

    It 'show a copy from a file, a job or another machine as the original' {
        $samples = Join-Path $root 'docs' 'samples'
        $direct = Join-Path $samples 'direct-send.zone'
        $quiet = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
        $rows = @(Import-DmarcReport (Join-Path $samples 'reports') @quiet)
        $tls = Join-Path $TestDrive 'tls.json'
        Set-Content $tls ('{"organization-name":"Example","date-range":{"start-datetime":"2026-11-20T00:00:00Z","end-datetime":"2026-11-20T23:59:59Z"},' +
            '"contact-info":"t@example.net","report-id":"1","policies":[{"policy":{"policy-type":"sts","policy-domain":"a.example"},' +
            '"summary":{"total-successful-session-count":3,"total-failure-session-count":1}}]}')
        $domains = 'a.example', 'b.example', 'typo.example', 'parked.example'
        $results = @(
            Test-DmarcAlignment -From a@contoso.example -MailFrom a@contoso.example -IPAddress 192.0.2.1 -Zone $direct
            $rows[0]
            Import-DmarcReport $tls -Type Tls
            Test-MailDomain $domains -Zone $zone -Exclude Https @quiet
            Test-SpfRecord $domains -Zone $zone @quiet
            Test-SpfRecord a.example -IPAddress 192.0.2.1 -Zone $zone @quiet
            Get-DkimRecord $domains -Zone $zone @quiet
            Get-DmarcRecord $domains -Zone $zone @quiet
            New-DmarcRecord -Domain a.example -Policy None @quiet
            $rows | Measure-DmarcReport -GroupBy HeaderFrom
            $rows | Measure-DmarcReport
            $rows | Resolve-DmarcSource -Zone $zone @quiet
            $rows | Get-DmarcRollout -Zone $direct @quiet
            Test-DirectSendExposure contoso.example, open.example, gateway.example -Zone $direct @quiet
        )
        $results.ForEach{ $_.GetType().Name } | Select-Object -Unique | Should -HaveCount 12
        $file = Join-Path $TestDrive 'copies.xml'
        $results | Export-Clixml $file -Depth 8
        $copies = @(Import-Clixml $file)
        foreach ($index in 0..($results.Count - 1)) {
            foreach ($view in 'Format-Table', 'Format-List') {
                $copies[$index] | & $view | Out-String -Width 160 |
                    Should -Be ($results[$index] | & $view | Out-String -Width 160) -Because "$view of $($results[$index].GetType().Name)"
            }
        }
    }

    It 'show what a shallow copy from a job still holds' {
        $file = Join-Path $TestDrive 'shallow.xml'
        $spf = Join-Path $TestDrive 'direct.zone'
        Set-Content $spf "`$ORIGIN copy.example.`n@ 300 IN TXT `"v=spf1 ip4:192.0.2.1 -all`"`n_dmarc 300 IN TXT `"v=DMARC1; p=reject`""
        $results = @(
            Test-MailDomain b.example -Zone $zone -Exclude Https -ErrorAction SilentlyContinue
            Test-DmarcAlignment -From a@copy.example -MailFrom a@copy.example -IPAddress 192.0.2.1 -Zone $spf
            Get-DmarcRecord b.example -Zone $zone
        )
        foreach ($depth in 1, 2) {
            $results | Export-Clixml $file -Depth $depth
            $copies = @(Import-Clixml $file)
            foreach ($index in 0..2) {
                $copies[$index] | Format-Table | Out-String -Width 120 | Should -Be ($results[$index] | Format-Table | Out-String -Width 120) -Because "depth $depth"
            }

            $copies[0] | Format-List | Out-String -Width 500 | Should -Match 'Warning.*The policy is none'
        }

        $message = Test-DmarcAlignment (Join-Path $root 'docs' 'samples' 'messages' 'gmail-original.txt') -Zone $zone
        $message | Export-Clixml $file -Depth 6
        Import-Clixml $file | Format-List | Out-String -Width 500 | Should -Match 'AuthenticationResults : mx\.google\.com; dkim=pass'
    }

    It 'show findings with remedies in a list' {
        $text = Get-DmarcRecord typo.example -Zone $zone | Format-List | Out-String -Width 120
        $text | Should -Match 'Findings\s+: Warning DmarcTagMisspelt'
        $text | Should -Match '-> Write pct'
    }

    It 'escape what a terminal would act on' {
        $record = "v=DMARC1; p=none; x=$escape[31m$([char] 0x202E)$([char] 0x9B)"
        foreach ($text in (Get-DmarcRecord -Record $record | Out-String -Width 500), (Get-DmarcRecord -Record $record | Format-List | Out-String -Width 500)) {
            $text | Should -Match '\\u001B\[31m\\u202E\\u009B'
            $text.ToCharArray() | Should -Not -Contain $escape
            $text.ToCharArray() | Should -Not -Contain ([char] 0x202E)
        }
    }

    It 'are coloured where the session shows colours, and only there' {
        $PSStyle.OutputRendering = 'Ansi'
        Get-DmarcRecord a.example -Zone $zone | Format-List | Out-String | Should -Match ([regex]::Escape($PSStyle.Foreground.Green + 'Reject'))
        $PSStyle.OutputRendering = 'PlainText'
        (Get-DmarcRecord a.example -Zone $zone | Format-List | Out-String).ToCharArray() | Should -Not -Contain $escape
    }

    It 'leave long texts without colour, which would run on into the margin' {
        $PSStyle.OutputRendering = 'Ansi'
        $list = Test-MailDomain b.example -Zone $zone | Format-List | Out-String -Width 80
        $list | Should -Match ([regex]::Escape($PSStyle.Foreground.Yellow))
        $list.Substring($list.IndexOf('Findings ')) -replace [regex]::Escape($PSStyle.Formatting.FormatAccent), '' -replace [regex]::Escape($PSStyle.Reset), '' |
            Should -Not -Match ([regex]::Escape("$escape["))
    }
}
