BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    $module = Join-Path $root 'out' 'Dmarc'
    Import-Module $module -Force

    # The names and their order are the answer to check against.
    $zone = Join-Path $TestDrive 'many.zone'
    $list = Join-Path $TestDrive 'many.txt'
    $domains = 1..1500 | ForEach-Object { "d$_.test" }
    @('$ORIGIN .', '$TTL 300', '_spf.big.test. IN TXT "v=spf1 ip4:11.0.0.0/24 ~all"') +
        ($domains | ForEach-Object { "$_. IN TXT `"v=spf1 include:_spf.big.test -all`""; "_dmarc.$_. IN TXT `"v=DMARC1; p=reject`"" }) | Set-Content $zone
    $domains = @($domains[0..700]) + 'not a domain!' + @($domains[701..1499]) + 'd7.test'
    $domains | Set-Content $list
}

Describe 'Test-MailDomain over many domains' {
    It 'gives what is missing when it was killed, and leaves the file alone' {
        $whole = Join-Path $TestDrive 'whole.csv'
        $part = Join-Path $TestDrive 'part.csv'
        $rest = Join-Path $TestDrive 'rest.csv'
        Get-Content $list | Test-MailDomain -Zone $zone -ErrorAction Ignore | Export-Csv $whole
        (Import-Csv $whole).Domain | Should -Be $domains

        $command = "Import-Module '$module'; Get-Content '$list' | Test-MailDomain -Zone '$zone' -ErrorAction Ignore | Export-Csv '$part'"
        $process = Start-Process pwsh -ArgumentList '-NoProfile', '-Command', $command -PassThru
        while (-not $process.HasExited -and -not ((Test-Path $part) -and (Get-Item $part).Length -gt 200KB)) { Start-Sleep -Milliseconds 10 }
        $process.Kill($true)
        $process.WaitForExit()
        (Get-Item $part).Length | Should -BeLessThan (Get-Item $whole).Length
        $hash = (Get-FileHash $part).Hash

        $results = Get-Content $list | Test-MailDomain -Zone $zone -ErrorAction Ignore -ResumeFrom $part -WarningVariable warnings -WarningAction SilentlyContinue
        $results | Export-Csv $rest
        (Get-FileHash $part).Hash | Should -Be $hash

        $done = $domains.Count - @($results).Count
        $done | Should -BeGreaterThan 50
        @($results).Domain | Should -Be $domains[$done..($domains.Count - 1)]
        $lines = @(Get-Content $part | Select-Object -First ($done + 1)) + @(Get-Content $rest | Select-Object -Skip 1)
        $lines | Should -Be (Get-Content $whole)

        # Killed between two lines, there is nothing to warn of.
        $isCut = (Get-Content $part -Raw) -notmatch '\n\z'
        [bool] $warnings | Should -Be $isCut
        if ($isCut) { "$warnings" | Should -Match ([regex]::Escape($part)) }
    }

    It 'goes on with a file by appending to it' {
        $file = Join-Path $TestDrive 'appended.csv'
        foreach ($last in 9, 9, 19) {
            $domains[0..$last] | Test-MailDomain -Zone $zone -ResumeFrom $file -WarningVariable warnings | Export-Csv $file -Append
            $warnings | Should -BeNullOrEmpty
        }

        (Import-Csv $file).Domain | Should -Be $domains[0..19]
    }

    It 'passes over what <Form> has, as often as it is there' -ForEach @(
        @{ Form = 'CSV'; Write = { $input | Export-Csv $file } }
        @{ Form = 'CSV with semicolons'; Write = { $input | Export-Csv $file -Delimiter ';' -IncludeTypeInformation } }
        @{ Form = 'CSV of two columns, in UTF-16'; Write = { $input | Select-Object Status, Domain | Export-Csv $file -Encoding Unicode } }
        @{ Form = 'JSON lines'; Write = { $input | ForEach-Object { $_ | ConvertTo-Json -Depth 6 -Compress } | Set-Content $file } }
        @{ Form = 'CLIXML'; Write = { $input | Export-Clixml $file -Depth 6 } }
        @{ Form = 'CLIXML of a list'; Write = { Export-Clixml $file -InputObject @($input) } }
    ) {
        $file = Join-Path $TestDrive 'done'
        $inputs = 'd1.test', 'd2.test', 'd1.test', 'not a domain'
        $inputs | Test-MailDomain -Zone $zone -ErrorAction Ignore | & $Write
        $results = 'd1.test', 'd3.test', 'd2.test', 'not a domain', 'd1.test', 'd1.test', 'd2.test' |
            Test-MailDomain -Zone $zone -ErrorAction Ignore -ResumeFrom $file -WarningVariable warnings
        $results.Domain | Should -Be 'd3.test', 'd1.test', 'd2.test'
        $warnings | Should -BeNullOrEmpty
    }

    It 'takes several files, and one that is not there has nothing' {
        $first = Join-Path $TestDrive 'first.csv'
        $second = Join-Path $TestDrive 'second.ndjson'
        'd1.test' | Test-MailDomain -Zone $zone | Export-Csv $first
        'd2.test' | Test-MailDomain -Zone $zone | ConvertTo-Json -Depth 6 -Compress | Set-Content $second
        $results = $domains[0..2] | Test-MailDomain -Zone $zone -ResumeFrom $first, $second, (Join-Path $TestDrive 'none.csv')
        $results.Domain | Should -Be 'd3.test'
    }

    It 'does not count a line that is not whole, and says so' {
        $file = Join-Path $TestDrive 'cut.ndjson'
        'a.test', 'a.test', 'b.test' | ForEach-Object { "{`"Domain`":`"$_`",`"Status`":`"Complete`"}" } | Set-Content $file
        Add-Content $file '{"Domain":"c.te' -NoNewline
        $text = Get-Content $file -Raw
        $results = 'a.test', 'b.test', 'a.test', 'c.test', 'a.test' |
            Test-MailDomain -Zone $zone -ResumeFrom $file -WarningVariable warnings -WarningAction SilentlyContinue
        $results.Domain | Should -Be 'c.test', 'a.test'
        "$warnings" | Should -Match "cut\.ndjson' ends with an incomplete result from line 4"
        Get-Content $file -Raw | Should -Be $text

        # What was appended to the half line is lost with it, and looked at again.
        Add-Content $file '{"Domain":"c.test"}'
        $results = 'c.test', 'b.test' | Test-MailDomain -Zone $zone -ResumeFrom $file -WarningVariable warnings -WarningAction SilentlyContinue
        $results.Domain | Should -Be 'c.test'
        "$warnings" | Should -Match '1 line without a complete result, the first is line 4'
    }

    It 'asks again for domains whose look-ups failed, in whole or in a part: <_>' -ForEach 'Csv', 'Clixml', 'Json list', 'Json lines' {
        $earlier = @('a.test', 'b.test', 'c.test' | Test-MailDomain -Zone $zone -ErrorAction Ignore -WarningAction SilentlyContinue)
        $earlier = 0..2 | ForEach-Object { $earlier[$_] | Select-Object * -ExcludeProperty Status | Add-Member Status @('Complete', 'Incomplete', 'DnsTimeout')[$_] -PassThru }
        $file = Join-Path $TestDrive 'failed.txt'
        switch ($_) {
            'Csv' { $earlier | Export-Csv $file }
            'Clixml' { $earlier | Export-Clixml $file }
            'Json list' { ConvertTo-Json $earlier -Depth 3 -WarningAction Ignore | Set-Content $file }
            'Json lines' { $earlier | ForEach-Object { ConvertTo-Json $_ -Depth 3 -Compress -WarningAction Ignore } | Set-Content $file }
        }
        $said = 'a.test', 'b.test', 'c.test' | Test-MailDomain -Zone $zone -ErrorAction Ignore -ResumeFrom $file -Verbose 4>&1 -WarningVariable warnings -WarningAction SilentlyContinue
        @($said | Where-Object { $_ -isnot [System.Management.Automation.VerboseRecord] }).Domain | Should -Be 'b.test', 'c.test'
        "$said" | Should -Match '2 results of failed look-ups'
        $warnings | Should -BeNullOrEmpty

        # The same file is read by Compare-MailDomain.
        Compare-MailDomain $file $file -ErrorVariable found -WarningAction SilentlyContinue | Where-Object Kind -in DomainAdded, DomainRemoved | Should -BeNullOrEmpty
        $found | Should -BeNullOrEmpty
    }

    It 'says that a table without the column Status skips domains' {
        $file = Join-Path $TestDrive 'owners.csv'
        Set-Content $file "Domain,Owner`na.test,Anna"
        $results = 'a.test', 'b.test' | Test-MailDomain -Zone $zone -ErrorAction Ignore -ResumeFrom $file -WarningVariable warnings -WarningAction SilentlyContinue
        @($results.Domain) | Should -Be 'b.test'
        "$warnings" | Should -Match 'owners\.csv.*no Status.*1 domain is skipped'
    }

    It 'refuses a file of something else' {
        'Name', 'x' | Set-Content (Join-Path $TestDrive 'other.csv')
        { 'a.test' | Test-MailDomain -Zone $zone -ResumeFrom (Join-Path $TestDrive 'other.csv') } |
            Should -Throw -ErrorId 'ResumeFileUnreadable,Dmarc.PowerShell.Commands.TestMailDomainCommand'
    }

    It 'takes its part of the list' {
        $parts = 1..4 | ForEach-Object { , @($domains[0..10] | Test-MailDomain -Zone $zone -Partition "$_/4").Domain }
        $parts[0] | Should -Be 'd1.test', 'd5.test', 'd9.test'
        $parts[3] | Should -Be 'd4.test', 'd8.test'
        { Test-MailDomain a.test -Zone $zone -Partition 5/4 } | Should -Throw '*part of a list*'
    }

    It 'asks no faster than it may' {
        { Test-MailDomain a.test -Zone $zone -QueriesPerSecond -1 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        (Test-MailDomain d1.test -Zone $zone -QueriesPerSecond 100).Status | Should -Be 'Complete'
    }
}
