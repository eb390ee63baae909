# Rows that PowerShell saved go into the cmdlets as live ones do.
BeforeDiscovery {
    $script:Kinds = 'Clixml', 'ShallowClixml', 'Csv', 'Json', 'JsonWords', 'Session'
}

BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $script:Samples = Join-Path $root 'docs' 'samples'
    $script:Rows = @(Import-DmarcReport $Samples -Recurse -WarningAction SilentlyContinue -ErrorAction SilentlyContinue)

    # A zone for all names, so that nothing is asked for in DNS.
    $script:Zone = Join-Path $TestDrive 'all.zone'
    Set-Content $Zone '$ORIGIN .', '@ 300 IN SOA ns.example. h.example. 1 2 3 4 5', '_dmarc.example.com. 300 IN TXT "v=DMARC1; p=none"'

    function Get-Copy([object[]] $Row, [string] $Kind) {
        $file = Join-Path $TestDrive ([guid]::NewGuid())
        switch ($Kind) {
            Clixml { $Row | Export-Clixml $file -Depth 6; Import-Clixml $file }
            ShallowClixml { $Row | Export-Clixml $file -Depth 1; Import-Clixml $file }
            Csv { $Row | Export-Csv $file -NoTypeInformation; Import-Csv $file }
            Json { ConvertTo-Json $Row -Depth 6 | ConvertFrom-Json }
            JsonWords { $Row | ForEach-Object { ConvertTo-Json $_ -Depth 6 -EnumsAsStrings -Compress } | ForEach-Object { ConvertFrom-Json $_ } }
            Session { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($Row, 2)) }
        }
    }
}

Describe 'Saved rows' {
    BeforeEach { $script:Culture = [cultureinfo]::CurrentCulture }
    AfterEach { [cultureinfo]::CurrentCulture = $Culture }

    It 'has rows' { $Rows.Count | Should -BeGreaterThan 20 }

    It 'add up as the live ones: <_>' -ForEach $Kinds {
        foreach ($name in 'en-US', 'ja-JP', 'de-DE') {
            [cultureinfo]::CurrentCulture = $name
            $copies = @(Get-Copy $Rows $_)
            $copies.Count | Should -Be $Rows.Count
            $copies[0] | Should -Not -BeOfType Dmarc.Reports.Aggregate.AggregateReportRow
            foreach ($group in [Enum]::GetNames([Dmarc.Reports.Totals.ReportGrouping]) -notmatch 'Country|NetworkOwner|EnvelopeFrom') {
                $live = $Rows | Measure-DmarcReport -GroupBy $group | ConvertTo-Json -Depth 5
                $copies | Measure-DmarcReport -GroupBy $group -ErrorAction Stop | ConvertTo-Json -Depth 5 | Should -Be $live -Because "$name $group"
            }
        }
    }

    It 'give the sources, the rollout and the file that the live ones give: <_>' -ForEach $Kinds {
        $copies = Get-Copy $Rows $_
        $live = $Rows | Resolve-DmarcSource -Zone $Zone -NoNetworkOwner -WarningAction SilentlyContinue -ErrorAction SilentlyContinue |
            Select-Object SourceIP, HeaderFrom, Messages, Class, Passed | ConvertTo-Json
        $copies | Resolve-DmarcSource -Zone $Zone -NoNetworkOwner -WarningAction SilentlyContinue -ErrorAction SilentlyContinue |
            Select-Object SourceIP, HeaderFrom, Messages, Class, Passed | ConvertTo-Json | Should -Be $live
        $live = $Rows | Get-DmarcRollout -NoLookup -WarningAction SilentlyContinue | ConvertTo-Json -Depth 4
        $copies | Get-DmarcRollout -NoLookup -WarningAction SilentlyContinue | ConvertTo-Json -Depth 4 | Should -Be $live
        $Rows | Export-DmarcReport (Join-Path $TestDrive live.csv)
        $copies | Export-DmarcReport (Join-Path $TestDrive copy.csv) -ErrorAction Stop
        $columns = @{ Property = '*'; ExcludeProperty = 'envelope_from' }
        Import-Csv (Join-Path $TestDrive copy.csv) | Select-Object @columns | ConvertTo-Json |
            Should -Be (Import-Csv (Join-Path $TestDrive live.csv) | Select-Object @columns | ConvertTo-Json)
    }

    It 'of TLS and failure reports go into files, too: <_>' -ForEach 'Clixml', 'Csv', 'Json' {
        foreach ($type in 'Tls', 'Failure') {
            $rows = @(Import-DmarcReport $Samples -Recurse -Type $type -WarningAction SilentlyContinue -ErrorAction SilentlyContinue)
            $rows.Count | Should -BeGreaterThan 0
            $rows | Export-DmarcReport (Join-Path $TestDrive live.ndjson)
            Get-Copy $rows $_ | Export-DmarcReport (Join-Path $TestDrive copy.ndjson) -ErrorAction Stop
            $lines = Get-Content (Join-Path $TestDrive live.ndjson), (Join-Path $TestDrive copy.ndjson) | ForEach-Object { $_ -replace '"findings":\[.*?\],' }
            $lines[$rows.Count..($lines.Count - 1)] | Should -Be $lines[0..($rows.Count - 1)]
            $found = $null
            Get-Copy $rows $_ | Measure-DmarcReport -WarningVariable found -WarningAction SilentlyContinue -ErrorAction Stop | Out-Null
            $found | Should -Not -BeNullOrEmpty
        }
    }

    It 'with a property missing are one error that names it: <_>' -ForEach 'Count', 'Dkim', 'Begin', 'Policy' {
        $parts = $Rows | Select-Object * -ExcludeProperty $_
        $total = $parts | Measure-DmarcReport -ErrorAction SilentlyContinue -ErrorVariable found
        $total.Messages | Should -Be 0
        $found.Count | Should -Be 1
        $found[0].FullyQualifiedErrorId | Should -Be 'SavedRowUnreadable,Dmarc.PowerShell.Commands.MeasureDmarcReportCommand'
        "$($found[0])" | Should -BeLike "$($Rows.Count) saved report rows*no property $_.*"
    }

    It 'with an unreadable value are an error that names the property and the value: <Name> <Value>' -ForEach @(
        @{ Name = 'Dkim'; Value = 'System.Object[]' }
        @{ Name = 'Spf'; Value = 'Dmarc.Text.PrintableList`1[Dmarc.Reports.ReportedSpf]' }
        @{ Name = 'Count'; Value = '1.000,5' }
        @{ Name = 'Count'; Value = '' }
        @{ Name = 'Begin'; Value = 'yesterday' }
        @{ Name = 'Disposition'; Value = 'Maybe' }
        @{ Name = 'DkimResult'; Value = '99' }
        @{ Name = 'Percentage'; Value = '101' }
    ) {
        $copies = @(Get-Copy $Rows Csv)
        $copies[1].$Name = $Value
        $total = $copies | Measure-DmarcReport -ErrorAction SilentlyContinue -ErrorVariable found
        $total.Rows | Should -Be ($Rows.Count - 1)
        $found.Count | Should -Be 1
        "$($found[0])" | Should -BeLike "1 saved report row was *$Name of the first has the value '$($Value.Replace('[', '`[').Substring(0, [Math]::Min(15, $Value.Length)))*"
    }

    It 'that a quotation mark has swallowed are an error' {
        $file = Join-Path $TestDrive open.csv
        $Rows | Export-Csv $file
        $lines = Get-Content $file
        $lines[2] = $lines[2] -replace '"$'
        Set-Content $file $lines
        $copies = @(Import-Csv $file)
        $copies.Count | Should -BeLessThan $Rows.Count
        $total = $copies | Measure-DmarcReport -ErrorAction SilentlyContinue -ErrorVariable found
        $found.Count | Should -Be 1
        $total.Rows | Should -BeLessThan $copies.Count
    }

    It 'of a table do not tell the null sender from none, which is said where it matters' {
        $copies = @(Get-Copy $Rows Csv)
        $copies[0].EnvelopeFrom = ''
        $copies | Measure-DmarcReport -GroupBy EnvelopeFrom -WarningVariable found -WarningAction SilentlyContinue | Out-Null
        $found | Should -BeLike '*no EnvelopeFrom*'
        $found = $null
        $copies | Measure-DmarcReport -GroupBy Domain -WarningVariable found -WarningAction SilentlyContinue | Out-Null
        $found | Should -BeNullOrEmpty
    }

    It 'in part are addresses for Resolve-DmarcSource' {
        $parts = $Rows | Select-Object SourceIP, HeaderFrom
        @($parts | Resolve-DmarcSource -Zone $Zone -NoNetworkOwner -WarningAction SilentlyContinue -ErrorAction SilentlyContinue).Count |
            Should -BeGreaterThan 5
    }

    It 'and other objects stay apart' {
        $total = @(Get-Copy $Rows[0] Json) + [pscustomobject]@{ A = 1 } | Measure-DmarcReport -ErrorAction SilentlyContinue -ErrorVariable found
        $total.Rows | Should -Be 1
        $found[0].FullyQualifiedErrorId | Should -BeLike 'NotReportRow,*'
    }
}
