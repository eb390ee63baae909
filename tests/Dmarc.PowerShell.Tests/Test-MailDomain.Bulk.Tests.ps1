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
    It 'gives the same file when it was killed and gone on with' {
        $whole = Join-Path $TestDrive 'whole.csv'
        $part = Join-Path $TestDrive 'part.csv'
        Get-Content $list | Test-MailDomain -Zone $zone -ErrorAction Ignore | Export-Csv $whole
        (Import-Csv $whole).Domain | Should -Be $domains

        $command = "Import-Module '$module'; Get-Content '$list' | Test-MailDomain -Zone '$zone' -ErrorAction Ignore -ResumeFrom '$part' | Export-Csv '$part' -Append"
        $process = Start-Process pwsh -ArgumentList '-NoProfile', '-Command', $command -PassThru
        while (-not $process.HasExited -and -not ((Test-Path $part) -and (Get-Item $part).Length -gt 200KB)) { Start-Sleep -Milliseconds 10 }
        $process.Kill()
        $process.WaitForExit()
        (Get-Item $part).Length | Should -BeLessThan (Get-Item $whole).Length

        pwsh -NoProfile -Command $command
        (Get-FileHash $part).Hash | Should -Be (Get-FileHash $whole).Hash
    }

    It 'passes over what is in a file of JSON lines, as often as it is there' {
        $file = Join-Path $TestDrive 'done.ndjson'
        'a.test', 'a.test', 'b.test' | ForEach-Object { "{`"Domain`":`"$_`",`"Status`":`"DnsTimeout`"}" } | Set-Content $file
        Add-Content $file '{"Domain":"c.te' -NoNewline
        $results = 'a.test', 'b.test', 'a.test', 'c.test', 'a.test' | Test-MailDomain -Zone $zone -ResumeFrom $file
        $results.Domain | Should -Be 'c.test', 'a.test'
        Get-Content $file -Raw | Should -Match '"DnsTimeout"}\r?\n$'
    }

    It 'refuses a file of something else' {
        'Name', 'x' | Set-Content (Join-Path $TestDrive 'other.csv')
        { 'a.test' | Test-MailDomain -Zone $zone -ResumeFrom (Join-Path $TestDrive 'other.csv') } |
            Should -Throw -ErrorId 'ResumeFileUnreadable,Dmarc.PowerShell.Commands.TestMailDomainCommand'
    }

    It 'takes its part of the list' {
        $parts = 1..4 | ForEach-Object { , @($domains[0..10] | Test-MailDomain -Zone $zone -Shard "$_/4").Domain }
        $parts[0] | Should -Be 'd1.test', 'd5.test', 'd9.test'
        $parts[3] | Should -Be 'd4.test', 'd8.test'
        { Test-MailDomain a.test -Zone $zone -Shard 5/4 } | Should -Throw '*part of a list*'
    }

    It 'asks no faster than it may' {
        { Test-MailDomain a.test -Zone $zone -QueriesPerSecond -1 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        (Test-MailDomain d1.test -Zone $zone -QueriesPerSecond 100).Status | Should -Be 'Complete'
    }
}
