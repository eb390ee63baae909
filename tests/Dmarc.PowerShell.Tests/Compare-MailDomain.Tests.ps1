BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $PSStyle.OutputRendering = 'PlainText'

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

    $before = 'a.test', 'b.test' | Test-MailDomain -Zone $monday
    $after = 'a.test', 'b.test' | Test-MailDomain -Zone $friday
    $expected = Compare-MailDomain $before $after
}

Describe 'Compare-MailDomain' {
    It 'tells what changed, and nothing of what did not' {
        $expected.Domain | Select-Object -Unique | Should -Be 'a.test'
        $expected.Kind | Should -Contain 'PolicyWeakened'
        $expected.Kind | Should -Contain 'IncludeGained'
        ($expected | Where-Object Kind -eq 'SenderAuthorized').New | Should -Be '11.2.0.0/24'
        ($expected | Where-Object Kind -eq 'PolicyWeakened').Severity | Should -Be 'Error'
        Compare-MailDomain $before $before | Should -BeNullOrEmpty
    }

    It 'says the same of results that went through <_>' -ForEach 'Clixml', 'JSON', 'JSON without enum names', 'NDJSON' {
        $file = Join-Path $TestDrive 'saved'
        $saved = switch ($_) {
            'Clixml' { $before | Export-Clixml $file -Depth 6; Import-Clixml $file }
            'JSON' { $before | ConvertTo-Json -Depth 8 -EnumsAsStrings | ConvertFrom-Json }
            'JSON without enum names' { , ($before | ConvertTo-Json -Depth 8 | ConvertFrom-Json -NoEnumerate) }
            'NDJSON' { $before | ForEach-Object { $_ | ConvertTo-Json -Depth 8 -Compress } | ForEach-Object { $_ | ConvertFrom-Json } }
        }
        $changes = $after | Compare-MailDomain -ReferenceObject $saved
        $changes.ForEach{ "$_ $($_.Old) $($_.New)" } | Should -Be $expected.ForEach{ "$_ $($_.Old) $($_.New)" }
    }

    It 'compares what a CSV, or JSON of the usual depth, has kept' {
        $before | Export-Csv (Join-Path $TestDrive 'before.csv')
        $shallow = $after | ConvertTo-Json -WarningAction SilentlyContinue | ConvertFrom-Json
        $changes = Compare-MailDomain (Import-Csv (Join-Path $TestDrive 'before.csv')) $shallow
        $changes.Kind | Should -Be 'PolicyWeakened', 'RecordChanged', 'IncludeGained', 'GradeDown'
    }

    It 'reads JSON made of copies from Import-Clixml, where an enum has the keys value and Value' {
        foreach ($side in 'before', 'after') {
            Get-Variable $side -ValueOnly | Export-Clixml (Join-Path $TestDrive "$side.copy.xml") -Depth 6
            Import-Clixml (Join-Path $TestDrive "$side.copy.xml") | ConvertTo-Json -Depth 8 | Set-Content (Join-Path $TestDrive "$side.copy.json")
        }
        $changes = Compare-MailDomain (Join-Path $TestDrive 'before.copy.json') (Join-Path $TestDrive 'after.copy.json')
        $changes.Kind | Should -Be $expected.Kind
    }

    It 'reads files of <_>' -ForEach 'csv', 'json', 'ndjson', 'xml' {
        $form = $_
        foreach ($side in 'before', 'after') {
            $results = Get-Variable $side -ValueOnly
            $file = Join-Path $TestDrive "$side.$form"
            switch ($form) {
                'csv' { $results | Export-Csv $file }
                'json' { $results | ConvertTo-Json -Depth 8 | Set-Content $file }
                'ndjson' { $results | ForEach-Object { $_ | ConvertTo-Json -Depth 8 -Compress } | Set-Content $file }
                'xml' { $results | Export-Clixml $file -Depth 6 }
            }
        }
        $changes = Compare-MailDomain (Join-Path $TestDrive "before.$form") (Join-Path $TestDrive "after.$form")
        $changes.Kind | Should -Contain 'PolicyWeakened'
        $changes.Kind | Should -Contain 'IncludeGained'
        Get-Item (Join-Path $TestDrive "before.$form") | Compare-MailDomain -ReferenceObject (Join-Path $TestDrive "before.$form") | Should -BeNullOrEmpty
    }

    It 'reads a failed look-up as one, in files of this version and of earlier ones (<Status>)' -ForEach @(
        @{ Status = 'DnsFailure'; Failure = 'Timeout'; Word = 'DnsTimeout' }
        @{ Status = 'DnsTimeout'; Word = 'DnsTimeout' }
        @{ Status = 'DnsServerFailure'; Word = 'DnsServerFailure' }
    ) {
        $file = Join-Path $TestDrive 'failed.csv'
        $row = [ordered] @{ Domain = 'a.test'; Status = $Status; Grade = 'Unknown'; SpfStatus = $Status; SpfRecord = ''; SpfAll = ''; DmarcStatus = $Status; DmarcRecord = '' }
        if ($Failure) { $row.DnsFailure = $Failure }
        [pscustomobject] $row | Export-Csv $file
        $sound = $before | Where-Object Domain -EQ a.test
        foreach ($changes in @(Compare-MailDomain $file $sound), @(Compare-MailDomain (Import-Csv $file) $sound)) {
            $changes.Kind | Should -Be 'LookupRecovered'
            $changes.Old | Should -Be $Word
        }

        (Compare-MailDomain $sound (Import-Csv $file)).ForEach{ "$($_.Kind) $($_.New)" } | Should -Be "LookupFailed $Word"

        # A part that failed is not compared with the one that is there.
        [pscustomobject] @{ Domain = 'a.test'; Status = 'Incomplete'; FailedParts = 'Dmarc'; DmarcStatus = $Status; DmarcRecord = '' } | Export-Csv $file
        (Compare-MailDomain $file $sound).ForEach{ "$($_.Kind) $($_.Part)" } | Should -Be 'LookupRecovered Dmarc'
    }

    It 'loses one row of a CSV to a stray quotation mark, names the line, and calls nothing removed' {
        $rows = @('"Domain","Status","Grade","SpfStatus","SpfRecord"') + @(0..300 | ForEach-Object { "`"d$_.example`",`"Complete`",`"A`",`"Found`",`"v=spf1 -all`"" })
        $sound = Join-Path $TestDrive 'sound.csv'
        $damaged = Join-Path $TestDrive 'damaged.csv'
        $rows | Set-Content $sound
        $rows[100] = '"d99.example","Complete","A","Found","v=spf1 -all'
        $rows | Set-Content $damaged
        foreach ($pair in @($sound, $damaged), @($damaged, $sound)) {
            Compare-MailDomain $pair[0] $pair[1] -ErrorVariable problems -ErrorAction SilentlyContinue -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            $problems.FullyQualifiedErrorId | Should -BeLike 'CsvRecordUnreadable,*'
            $problems.Exception.Message | Should -Match 'Line 101 '
            $warnings | Should -Match 'd99\.example'
        }

        # Import-Csv makes one row of two, and says nothing of it.
        $changes = Import-Csv $damaged | Compare-MailDomain -ReferenceObject $sound -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $changes | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -BeLike 'CsvRecordUnreadable,*'
    }

    It 'calls nothing removed where a file cannot be read (<_>)' -ForEach '', '[{"Domain":"a.test",', '<Objs' {
        $broken = Join-Path $TestDrive 'broken'
        [System.IO.File]::WriteAllText($broken, $_)
        $changes = Compare-MailDomain $before $broken -ErrorVariable problems -ErrorAction SilentlyContinue -WarningVariable warnings -WarningAction SilentlyContinue
        $changes | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -Contain 'SavedResultsUnreadable,Dmarc.PowerShell.Commands.CompareMailDomainCommand'
        $warnings | Should -Match 'a\.test'
    }

    It 'refuses a named pipe, and does not wait for it' -Skip:$IsWindows {
        $pipe = Join-Path $TestDrive 'audit.csv'
        mkfifo $pipe
        Compare-MailDomain $pipe $pipe -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$($problems[0])" | Should -BeLike '*named pipe*'
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'SavedResultsUnreadable,*'
    }

    It 'says which file ends in an error of the system while it is read' -Skip:(-not $IsLinux) {
        Compare-MailDomain /proc/self/mem $before -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -BeLike 'SavedResultsUnreadable,*'
    }

    It 'tells no change where another -Selector or -Include was given' {
        $narrow = 'a.test', 'b.test' | Test-MailDomain -Zone $monday -Include Dmarc, Dkim -Selector other
        Compare-MailDomain $before $narrow | Should -BeNullOrEmpty
        Compare-MailDomain $narrow $before | Should -BeNullOrEmpty
        $narrow | Export-Csv (Join-Path $TestDrive 'narrow.csv')
        $before | Export-Csv (Join-Path $TestDrive 'all.csv')
        Compare-MailDomain (Join-Path $TestDrive 'all.csv') (Join-Path $TestDrive 'narrow.csv') | Should -BeNullOrEmpty
    }

    It 'says nothing of domains that <Name> may hold, which is no result' -ForEach @(
        @{ Name = 'null.json'; Content = 'null' }
        @{ Name = 'number.json'; Content = '5' }
        @{ Name = 'object.json'; Content = '{}' }
        @{ Name = 'list.json'; Content = '[null]' }
        @{ Name = 'lines.json'; Content = "{`"a`":1}`n{`"a`":2}" }
        @{ Name = 'foreign.csv'; Content = 'foo,bar' }
        @{ Name = 'foreign-rows.csv'; Content = "foo,bar`n1,2" }
        @{ Name = 'half.csv'; Content = 'Domain,Grade' }
        @{ Name = 'null.xml'; Content = $null }
    ) {
        $file = Join-Path $TestDrive $Name
        if ($null -eq $Content) { $null | Export-Clixml $file } else { $Content | Set-Content $file }
        $from = @{ ErrorVariable = 'problems'; WarningVariable = 'warnings'; ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
        Compare-MailDomain $file $before @from | Should -BeNullOrEmpty
        @($problems).Count | Should -BeGreaterThan 0
        $warnings | Should -HaveCount 1
        Compare-MailDomain $before $file @from | Should -BeNullOrEmpty
        @($problems).Count | Should -BeGreaterThan 0
        $warnings | Should -HaveCount 1
    }

    It 'takes <Name> for a run over no domain' -ForEach @(
        @{ Name = 'none.json'; Content = '[]' }
        @{ Name = 'none.csv'; Content = '"Domain","Status","Grade"' }
    ) {
        $file = Join-Path $TestDrive $Name
        $Content | Set-Content $file
        (Compare-MailDomain $file $before -ErrorAction Stop).Kind | Select-Object -Unique | Should -Be DomainAdded
        (Compare-MailDomain $before $file -ErrorAction Stop).Kind | Select-Object -Unique | Should -Be DomainRemoved
    }

    It 'loses no more than the domain of an object that has no status' {
        $changes = Compare-MailDomain $before ([pscustomobject] @{ Domain = 'a.test' }) -ErrorAction SilentlyContinue -WarningVariable warnings -WarningAction SilentlyContinue
        $changes.Domain | Should -Be 'b.test'
        "$warnings" | Should -Match 'a\.test'
    }

    It 'takes an empty reference, and tells domains that came and went' {
        (Compare-MailDomain @() $after).Kind | Should -Be 'DomainAdded', 'DomainAdded'
        (Compare-MailDomain $after @()).Kind | Should -Be 'DomainRemoved', 'DomainRemoved'
    }

    It 'leaves out what matters less' {
        (Compare-MailDomain $before $after -MinimumSeverity Error).Severity | Select-Object -Unique | Should -Be 'Error'
    }

    It 'refuses <_> and goes on with the others' -ForEach 5, 'text', ([pscustomobject] @{ Domain = 'a.test' }) {
        $changes = @($_) + $after | Compare-MailDomain -ReferenceObject $before -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -Be 'NotMailDomain,Dmarc.PowerShell.Commands.CompareMailDomainCommand'
        @($changes).Count | Should -Be $expected.Count
    }

    It 'reports a file of other objects once, and no domain as gone or new by it: <_>' -ForEach 'rows.json', 'rows.ndjson', 'rows.xml', 'rows.csv' {
        $file = Join-Path $TestDrive $_
        $rows = 1..3 | ForEach-Object { [pscustomobject] @{ Domain = 'other.test'; SourceIP = "192.0.2.$_"; Count = $_ } }
        switch ([System.IO.Path]::GetExtension($_)) {
            '.json' { ConvertTo-Json $rows | Set-Content $file }
            '.ndjson' { $rows | ForEach-Object { ConvertTo-Json $_ -Compress } | Set-Content $file }
            '.xml' { $rows | Export-Clixml $file }
            '.csv' { $rows | Export-Csv $file }
        }
        foreach ($pair in @($before, $file), @($file, $before)) {
            $changes = @(Compare-MailDomain $pair[0] $pair[1] -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction SilentlyContinue)
            $changes | Should -HaveCount 0
            @($problems.FullyQualifiedErrorId -like '*MailDomain*') | Should -HaveCount 1
            "$problems" | Should -BeLike "*$_*"
        }
    }

    It 'tells nothing of domains as gone or new by a file that does not exist' {
        foreach ($pair in @($before, './nosuch.csv'), @('./nosuch.csv', $before)) {
            $changes = @(Compare-MailDomain $pair[0] $pair[1] -ErrorVariable problems -ErrorAction SilentlyContinue -WarningVariable warnings -WarningAction SilentlyContinue)
            $changes | Should -BeNullOrEmpty
            "$problems" | Should -Match 'nosuch\.csv.*does not exist'
            $warnings | Should -HaveCount 1
        }
    }

    It 'has a table and a list' {
        $expected | Format-Table | Out-String -Width 200 | Should -Match 'Severity +Domain +Kind +Part +Explanation'
        $expected | Format-List | Out-String | Should -Match '(?s)Old +:.*New +:.*Explanation +:'
    }
}
