BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $rows = @(Import-DmarcReport (Join-Path $root 'docs' 'samples' 'reports') -WarningAction SilentlyContinue)
    $messages = ($rows | Measure-Object Count -Sum).Sum
}

Describe 'Measure-DmarcReport' {
    It 'gives one total without a grouping' {
        $total = $rows | Measure-DmarcReport
        @($total).Count | Should -Be 1
        $total | Should -BeOfType Dmarc.Reports.Totals.ReportMeasure
        $total.Group | Should -Be 'Total'
        $total.Messages | Should -Be $messages
        $total.Rows | Should -Be $rows.Count
        $total.Passed | Should -Be (($rows | Where-Object Passed | Measure-Object Count -Sum).Sum)
        $total.PassRate | Should -BeGreaterThan 0
        $total.PassRate | Should -BeLessThan 1
    }

    It 'counts what a report does not evaluate as neither passed nor failed, however it was saved (<_>)' -ForEach 'not saved', 'Clixml', 'Json', 'Csv' {
        $report = '<feedback><report_metadata><org_name>r</org_name><report_id>1</report_id><date_range><begin>1700000000</begin><end>1700086399</end></date_range></report_metadata>' +
            '<policy_published><domain>a.example</domain><p>none</p></policy_published><record><row><source_ip>192.0.2.1</source_ip><count>5</count></row>' +
            '<identifiers><header_from>a.example</header_from></identifiers></record></feedback>'
        $row = Import-DmarcReport -InputObject $report -WarningAction SilentlyContinue
        ($null -eq $row.Passed), ($null -eq $row.DkimAligned), ($null -eq $row.SpfAligned) | Should -Be $true, $true, $true
        $file = Join-Path $TestDrive 'saved'
        $saved = switch ($_) {
            'Clixml' { $row | Export-Clixml $file; Import-Clixml $file }
            'Json' { $row | ConvertTo-Json -Depth 5 | ConvertFrom-Json }
            'Csv' { $row | Export-Csv $file; Import-Csv $file }
            default { $row }
        }
        $total = $saved | Measure-DmarcReport
        $total.Messages, $total.Passed, $total.Failed, $total.Unevaluated | Should -Be 5, 0, 0, 5
        $total.PassRate | Should -BeNullOrEmpty
    }

    It 'groups by <_>' -ForEach 'Source', 'Domain', 'HeaderFrom', 'Reporter', 'Day', 'Week', 'Month', 'Disposition', 'Network', 'EnvelopeFrom', 'Service' {
        $groups = @($rows | Measure-DmarcReport -GroupBy $_)
        ($groups | Measure-Object Messages -Sum).Sum | Should -Be $messages
        $groups.$_ | Should -HaveCount $groups.Count
    }

    It 'groups by several values of a row' -ForEach 'DkimDomain', 'Override' {
        ($rows | Measure-DmarcReport -GroupBy $_ | Measure-Object Messages -Sum).Sum | Should -BeGreaterOrEqual $messages
    }

    It 'groups by the class of the source' {
        $groups = @($rows | Measure-DmarcReport -GroupBy Class)
        ($groups | Measure-Object Messages -Sum).Sum | Should -Be $messages
        $groups.Class | ForEach-Object { $_ | Should -BeIn ([Enum]::GetNames([Dmarc.Advice.Sources.SourceClass])) }
    }

    Context 'owners of networks' {
        BeforeAll {
            $report = Join-Path $root 'docs' 'samples' 'sources.xml'
            $zone = Join-Path $root 'docs' 'samples' 'sources.zone'
            $table = Join-Path $TestDrive 'networks.tsv'
            "192.0.2.0`t192.0.2.255`t64496`tUS`tCONTOSO`n203.0.113.0`t203.0.113.255`t64498`tJP`tHOSTING`n" | Set-Content -NoNewline $table
        }

        It 'groups by what Resolve-DmarcSource found' {
            $sources = Import-DmarcReport $report | Resolve-DmarcSource -Zone $zone
            $groups = @(Import-DmarcReport $report | Measure-DmarcReport -GroupBy Country -Source $sources)
            ($groups | Where-Object Country -eq 'JP').Messages | Should -Be 561
            ($groups | Where-Object Country -eq 'DE').Messages | Should -Be 17
            (Import-DmarcReport $report | Measure-DmarcReport NetworkOwner -Source $sources).NetworkOwner | Should -Contain 'CLOUD - Example Cloud, US'
        }

        It 'groups by a table' {
            $groups = @(Import-DmarcReport $report | Measure-DmarcReport -GroupBy NetworkOwner, Country -NetworkTable $table)
            ($groups | Where-Object NetworkOwner -eq 'HOSTING').Messages | Should -Be 561
            ($groups | Where-Object NetworkOwner -eq 'HOSTING').Country | Should -Be 'JP'
            ($groups | Where-Object NetworkOwner -eq '').Messages | Should -BeGreaterThan 0
        }

        It 'warns of lines that it cannot read' {
            "damaged`n" + (Get-Content -Raw $table) | Set-Content -NoNewline (Join-Path $TestDrive 'damaged.tsv')
            $null = Import-DmarcReport $report | Measure-DmarcReport Country -NetworkTable (Join-Path $TestDrive 'damaged.tsv') -WarningVariable warnings -WarningAction SilentlyContinue
            "$warnings" | Should -BeLike '*damaged.tsv: 1 line is*line 1: damaged*'
        }

        It 'says what it needs' {
            { Import-DmarcReport $report | Measure-DmarcReport Country } | Should -Throw -ErrorId 'NetworkOwnersNotGiven,Dmarc.PowerShell.Commands.MeasureDmarcReportCommand'
            { Import-DmarcReport $report | Measure-DmarcReport Country -NetworkTable (Join-Path $TestDrive 'missing.tsv') } | Should -Throw -ErrorId 'NetworkTableUnreadable,Dmarc.PowerShell.Commands.MeasureDmarcReportCommand'
            'no table' | Set-Content (Join-Path $TestDrive 'text.tsv')
            { Import-DmarcReport $report | Measure-DmarcReport Country -NetworkTable (Join-Path $TestDrive 'text.tsv') } | Should -Throw -ErrorId 'NetworkTableUnreadable,Dmarc.PowerShell.Commands.MeasureDmarcReportCommand'
        }

        It 'resolves by a table without asking DNS for owners' {
            $result = '203.0.113.9' | Resolve-DmarcSource -Zone $zone -NetworkTable $table
            $result.Owner | Should -Be 'HOSTING'
            $result.Country | Should -Be 'JP'
        }

        It 'shows services, owners and countries on the page' {
            $page = Join-Path $TestDrive 'page.html'
            Import-DmarcReport $report | Export-DmarcReport $page -NetworkTable $table
            $html = Get-Content -Raw $page
            $html | Should -Match 'Messages by owner of the network'
            $html | Should -Match 'HOSTING'
            $html | Should -Match 'Messages by country of the network'
        }
    }

    It 'takes several groupings by position' {
        $groups = @($rows | Measure-DmarcReport Domain, Month)
        $groups[0].Domain | Should -Not -BeNullOrEmpty
        $groups[0].Month | Should -Match '^\d{4}-\d\d$'
        $groups[0].PeriodStart.Kind | Should -Be 'Utc'
    }

    It 'takes an array as well as a pipeline' {
        (Measure-DmarcReport -InputObject $rows).Messages | Should -Be $messages
        (, $rows | Measure-DmarcReport).Messages | Should -Be $messages
    }

    It 'measures nothing without input' {
        $total = @() | Measure-DmarcReport
        $total.Messages | Should -Be 0
        $total.PassRate | Should -BeNullOrEmpty
        $total | Format-Table | Out-String | Should -Match 'Total'
    }

    It 'keeps the largest groups and brings the rest together' {
        $groups = @($rows | Measure-DmarcReport -GroupBy Source -Top 2)
        $groups | Should -HaveCount 3
        $groups[2].IsRest | Should -BeTrue
        ($groups | Measure-Object Messages -Sum).Sum | Should -Be $messages
    }

    It 'gives one error for objects that are no rows, and measures the rest' {
        $total = 'a', 'b', $rows[0], 'c' | Measure-DmarcReport -ErrorVariable problems -ErrorAction SilentlyContinue
        $total.Rows | Should -Be 1
        @($problems) | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'NotReportRow,Dmarc.PowerShell.Commands.MeasureDmarcReportCommand'
        $problems[0].Exception.Message | Should -Match '3.*System\.String'
    }

    It 'can be written to a file' {
        $file = Join-Path $TestDrive 'm.csv'
        $rows | Measure-DmarcReport Reporter, Day | Export-Csv $file
        $csv = @(Import-Csv $file)
        $csv[0].Reporter | Should -Not -BeNullOrEmpty
        $csv[0].PassRate | Should -Match '^[01](\.\d+)?$'
        ($rows | Measure-DmarcReport Override | ConvertTo-Json -Depth 6 | ConvertFrom-Json)[0].Messages | Should -BeGreaterThan 0
    }

    It 'shows a table and a list' {
        $rows | Measure-DmarcReport Reporter | Format-Table | Out-String -Width 120 | Should -Match 'Group\s+Messages\s+PassRate'
        $rows | Measure-DmarcReport | Format-List | Out-String -Width 120 | Should -Match 'PassRate\s+: \d+(\.\d)? %'
    }

    It 'completes the groupings' {
        $text = 'Measure-DmarcReport -GroupBy Head'
        (TabExpansion2 $text $text.Length).CompletionMatches.CompletionText | Should -Contain 'HeaderFrom'
    }

    It 'takes both forms of an internationalized domain for one' {
        $text = {
            param($Id, $Domain)
            "<feedback><report_metadata><org_name>R</org_name><report_id>$Id</report_id><date_range><begin>1700000000</begin><end>1700086399</end></date_range></report_metadata>" +
            "<policy_published><domain>$Domain</domain><p>none</p></policy_published><record><row><source_ip>192.0.2.1</source_ip><count>2</count></row><identifiers><header_from>$Domain</header_from></identifiers></record></feedback>"
        }
        $both = (& $text a 'bücher.example'), (& $text b 'xn--bcher-kva.example') | Import-DmarcReport | Measure-DmarcReport HeaderFrom
        @($both) | Should -HaveCount 1
        $both.HeaderFrom | Should -Be 'xn--bcher-kva.example'
        $both.Messages | Should -Be 4
    }
}
