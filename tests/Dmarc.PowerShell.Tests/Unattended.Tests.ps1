# What a scheduled script, a cluster job or a spreadsheet relies on.
BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    $module = Join-Path $root 'out' 'Dmarc'
    Import-Module $module -Force
    $samples = Join-Path $root 'docs' 'samples'
    $zone = Join-Path $samples 'example.zone'
}

Describe 'JSON lines' {
    It 'have a line for each domain, whatever became of it' {
        $inputs = 'b.example', 'bad..name', 'a.example'
        $lines = $inputs | Test-MailDomain -Zone $zone -ErrorAction Ignore |
            ForEach-Object { ConvertTo-Json $_ -Depth 6 -Compress -EnumsAsStrings }
        $rows = $lines | ConvertFrom-Json
        $rows.Domain | Should -Be $inputs
        $rows.Status | Should -Be 'Complete', 'InvalidDomainName', 'Complete'
        $rows.Grade | Should -Be 'D', 'Unknown', 'A'
    }

    It 'hold a record that leads from one to the next 250 times' {
        $chain = Join-Path $TestDrive 'chain.zone'
        @('$ORIGIN .'; 0..249 | ForEach-Object { "d$_.test. 300 IN TXT `"v=spf1 redirect=d$($_ + 1).test`"" }; 'd250.test. 300 IN TXT "v=spf1 -all"') |
            Set-Content $chain
        $lines = @('d0.test', 'd240.test' | Test-SpfRecord -Zone $chain |
                ForEach-Object { ConvertTo-Json $_ -Depth 100 -Compress -WarningAction Ignore })
        $lines.Count | Should -Be 2
        $lines[0] | Should -Match '^\{"Domain":"d0\.test".*\}$'
    }
}

Describe 'The exit code of a scheduled script' {
    BeforeAll {
        # The script as the page has it, with the sample zone in place of DNS.
        $page = Get-Content (Join-Path $root 'docs' 'scale.md') -Raw
        $code = [regex]::Match($page, '(?s)### In a scheduled script.*?```powershell\n(.*?)```').Groups[1].Value
        $code | Should -Not -BeNullOrEmpty
        $code = $code.Replace('Import-Module Dmarc', "Import-Module '$module'")
    }

    It 'is <Expected> for <Domain>' -ForEach @(
        @{ Domain = 'a.example'; Option = "-Zone '{0}'"; Expected = 0 }
        @{ Domain = 'c.example'; Option = "-Zone '{0}'"; Expected = 1 }
        @{ Domain = 'not a domain'; Option = "-Zone '{0}'"; Expected = 3 }
        @{ Domain = 'unreachable.test'; Option = '-Server 127.0.0.1:1 -TimeoutSec 1'; Expected = 3 }
        @{ Domain = 'a wrong parameter'; Option = '-Zonen x'; Expected = 2 }
    ) {
        Push-Location $TestDrive
        try {
            Remove-Item audit.csv -ErrorAction Ignore
            $Domain | Set-Content domains.txt
            $code.Replace('Test-MailDomain', "Test-MailDomain $($Option -f $zone)") | Set-Content nightly.ps1
            $null = pwsh -NoProfile -File nightly.ps1 2>&1
            $LASTEXITCODE | Should -Be $Expected
            if ($Expected -ne 2) { @(Import-Csv audit.csv).Domain | Should -Be $Domain }
        }
        finally {
            Pop-Location
        }
    }
}

Describe 'CSV of reports' {
    It 'has no cell that a spreadsheet takes for a formula' {
        $report = Get-Content (Get-ChildItem (Join-Path $samples 'reports') -Filter '*.xml')[0] -Raw
        $start = $report.IndexOf('<org_name>') + '<org_name>'.Length
        $report = $report.Remove($start, $report.IndexOf('</org_name>') - $start).Insert($start, '=HYPERLINK(&quot;http://x.test&quot;,&quot;y&quot;)')
        $file = Join-Path $TestDrive 'rows.csv'
        $rows = @(Import-DmarcReport -InputObject $report)
        $rows | Export-DmarcReport $file
        $rows[0].OrganizationName | Should -Be '=HYPERLINK("http://x.test","y")'
        Get-Content $file -Raw | Should -Match '(?m)^aggregate,"''=HYPERLINK\(""http://x\.test"",""y""\)",'
        (Import-Csv $file).Count | Should -Be $rows.Count
        (Import-Csv $file).ForEach{ $_.PSObject.Properties.Value } | Where-Object { $_ -match '^[=+@\t\r]' } | Should -BeNullOrEmpty
    }
}

Describe 'The job array' {
    It 'gives the whole list in its order, and a task goes on after it was stopped' {
        Push-Location $TestDrive
        try {
            $list = Join-Path $samples 'domains.txt'
            $job = Join-Path $samples 'audit.slurm'
            $env:DMARC_MODULE = $module
            $env:SLURM_ARRAY_TASK_COUNT = 3
            foreach ($task in 1..3) {
                $env:SLURM_ARRAY_TASK_ID = $task
                pwsh -NoProfile -File $job $list -Zone $zone
                $LASTEXITCODE | Should -Be 0
            }

            $whole = Get-Content audit-0003.ndjson
            $whole[0..0] + $whole[1].Substring(0, 40) -join "`n" | Set-Content audit-0003.ndjson -NoNewline
            pwsh -NoProfile -File $job $list -Zone $zone
            Get-Content audit-0003.ndjson | Should -Be $whole

            $parts = 1..3 | ForEach-Object { , @(Get-Content "audit-000$_.ndjson" | ConvertFrom-Json) }
            $merged = foreach ($row in 0..3) { foreach ($part in $parts) { if ($row -lt $part.Count) { $part[$row].Domain } } }
            $merged | Should -Be (Get-Content $list)
        }
        finally {
            Pop-Location
            Remove-Item Env:DMARC_MODULE, Env:SLURM_ARRAY_TASK_COUNT, Env:SLURM_ARRAY_TASK_ID -ErrorAction Ignore
        }
    }
}
