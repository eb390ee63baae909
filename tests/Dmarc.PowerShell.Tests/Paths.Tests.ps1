# Every parameter that takes a path takes a name with brackets, and what an error advises is there.
BeforeDiscovery {
    # Beside -Path and -LiteralPath: the other parameters that take files, each on every command that has it.
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $names = 'Path', 'Zone', 'MessageTrace', 'Message', 'PublicSuffixList', 'NetworkTable', 'ResumeFrom'
    $script:Cases = foreach ($command in Get-Command -Module Dmarc) {
        foreach ($name in $names) {
            if ($command.Parameters.ContainsKey($name) -and -not ($command.Name -eq 'Export-DmarcReport' -and $name -eq 'Path')) {
                @{ Command = $command.Name; Parameter = $name; HasTwin = $name -eq 'Path' -and $command.Parameters.ContainsKey('LiteralPath') }
            }
        }
    }
}

BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $script:Zone = Join-Path $TestDrive 'all.zone'
    Set-Content $Zone '$ORIGIN .', '@ 300 IN SOA ns.example. h.example. 1 2 3 4 5', 'a.example. 300 IN A 192.0.2.1'

    function Invoke-With([string] $Command, [string] $Parameter, [string] $Value) {
        $all = (Get-Command $Command).Parameters
        $more = @{ $Parameter = $Value }
        if ($Parameter -ne 'Zone' -and $all.ContainsKey('Zone')) { $more.Zone = $Zone }
        if ($Parameter -notin 'Path', 'Message', 'MessageTrace') {
            switch -Regex ($Command) {
                'Resolve-DmarcSource' { $more.InputObject = '192.0.2.1' }
                'Export-DmarcReport' { $more.Path = Join-Path $TestDrive 'out.csv' }
                'Import-DmarcReport' { $more.Path = Join-Path $root 'docs/samples/sources.xml' }
                'Test-DmarcAlignment' { $more.From = 'a.example' }
                'New-DmarcRecord' { $more.Domain = 'a.example'; $more.Policy = 'none' }
                'Receive-DmarcReport' { $more.Server = '127.0.0.1:1'; $more.Credential = [pscredential]::new('a', (ConvertTo-SecureString x -AsPlainText -Force)) }
            }
        }
        if (-not $more.ContainsKey('Domain') -and $all.ContainsKey('Domain') -and $Command -notmatch 'Resolve') { $more.Domain = 'a.example' }
        try { & $Command @more -WarningAction SilentlyContinue -ErrorAction SilentlyContinue -ErrorVariable found | Out-Null } catch { $found += @($_) }
        $found
    }
}

Describe 'Paths' {
    It 'a file that is not there is told with what fits the parameter: <Command> -<Parameter>' -ForEach $Cases {
        $errors = @(Invoke-With $Command $Parameter (Join-Path $TestDrive 'not[1] there.x'))
        if ($Parameter -eq 'ResumeFrom') {
            # A file that is not there has no results.
            return
        }
        $errors.Count | Should -BeGreaterThan 0
        $text = ($errors | ForEach-Object { "$_" }) -join "`n"
        $text | Should -Match 'there\.x'
        if ($HasTwin) { $text | Should -Match '-LiteralPath' } else { $text | Should -Not -Match 'LiteralPath' }
    }

    It 'a path without brackets needs no advice: <Command> -<Parameter>' -ForEach $Cases {
        (Invoke-With $Command $Parameter (Join-Path $TestDrive 'not there.x') | ForEach-Object { "$_" }) -join "`n" | Should -Not -Match 'LiteralPath'
    }

    It 'a name with brackets is found: <Command> -<Parameter>' -ForEach ($Cases | Where-Object { -not $_.HasTwin }) {
        $file = Join-Path $TestDrive "a[1].$(if ($Parameter -eq 'Message') { 'eml' } else { 'x' })"
        $content = switch ($Parameter) {
            Zone { Get-Content $Zone }
            PublicSuffixList { '// ===BEGIN ICANN DOMAINS===', 'example', '// ===END ICANN DOMAINS===' }
            Message { 'From: a@a.example', 'Subject: x', '', 'x' }
            MessageTrace { '"Received","SenderAddress","RecipientAddress","Status","FromIP"', '"2026-01-01T00:00:00Z","a@a.example","b@a.example","Delivered","192.0.2.1"' }
            NetworkTable { "192.0.2.0`t192.0.2.255`t64500`tDE`tExample" }
            ResumeFrom { '"Domain","Status"', '"b.example","Found"' }
        }
        Set-Content -LiteralPath $file $content
        $text = (Invoke-With $Command $Parameter $file | ForEach-Object { "$_" }) -join "`n"
        $text | Should -Not -Match 'a\[1\]'
    }
}
