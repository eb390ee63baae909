BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $samples = Join-Path $root 'docs' 'samples'
    $zone = Join-Path $samples 'example.zone'
    $japanese = '[\u3040-\u30FF\u4E00-\u9FFF]'

    function Invoke-InLanguage {
        param([string] $Language, [scriptblock] $Script)

        $before = [cultureinfo]::CurrentUICulture
        try {
            [cultureinfo]::CurrentUICulture = $Language
            & $Script
        }
        finally {
            [cultureinfo]::CurrentUICulture = $before
        }
    }

    # All findings in a result: its own, and those of its parts.
    function Get-Finding {
        param([Parameter(ValueFromPipeline)] $Result, [int] $Depth = 0)

        process {
            if ($null -eq $Result -or $Depth -gt 3) {
                return
            }

            foreach ($property in $Result.PSObject.Properties) {
                if ($property.Name -in 'Findings', 'Changes' -or $property.TypeNameOfValue -like '*Finding*') {
                    $property.Value | Where-Object { $_.PSObject.Properties['Code'] -and $_.PSObject.Properties['Remedy'] }
                }
                elseif ($property.TypeNameOfValue -like 'Dmarc.*') {
                    $property.Value | Get-Finding -Depth ($Depth + 1)
                }
            }
        }
    }

    $domains = (Select-String -LiteralPath $zone -Pattern '^([a-z0-9-]+\.example)\.?\s' -CaseSensitive).ForEach({ $_.Matches[0].Groups[1].Value }) |
        Sort-Object -Unique
    $rows = Import-DmarcReport (Join-Path $samples 'reports') -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
    $commands = @{
        'Get-DmarcRecord'  = { $domains | Get-DmarcRecord -Zone $zone }
        'Test-SpfRecord'   = { $domains | Test-SpfRecord -Zone $zone }
        'Get-DkimRecord'   = { $domains | Get-DkimRecord -Zone $zone }
        'Test-MailDomain'  = { $domains | Test-MailDomain -Zone $zone }
        'Import-DmarcReport' = {
            Import-DmarcReport (Join-Path $samples 'reports') -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        }
        'Get-DmarcRollout' = { $rows | Get-DmarcRollout -Zone $zone }
        'Test-DmarcAlignment' = {
            Get-ChildItem (Join-Path $samples 'messages') | Test-DmarcAlignment -Zone $zone -WarningAction SilentlyContinue
        }
        'Test-DirectSendExposure' = {
            'contoso.example' | Test-DirectSendExposure -Zone (Join-Path $samples 'direct-send.zone')
        }
    }
}

Describe 'The language of findings' {
    It 'is Japanese in a Japanese session and English in another: <_>' -ForEach @(
        'Get-DmarcRecord', 'Test-SpfRecord', 'Get-DkimRecord', 'Test-MailDomain', 'Import-DmarcReport', 'Get-DmarcRollout', 'Test-DmarcAlignment',
        'Test-DirectSendExposure'
    ) {
        $ja = @(Invoke-InLanguage ja-JP $commands[$_] | Get-Finding)
        $en = @(Invoke-InLanguage en-US $commands[$_] | Get-Finding)

        $ja.Count | Should -BeGreaterThan 0
        $ja.Code | Should -Be $en.Code
        $ja.Severity | Should -Be $en.Severity
        $ja.Where({ $_.Message -notmatch $japanese -or ($_.Remedy -and $_.Remedy -notmatch $japanese) }) | Should -BeNullOrEmpty
        $en.Where({ $_.Message -match $japanese -or $_.Remedy -match $japanese }).Where({ $_.Code -notlike 'Align*' }) | Should -BeNullOrEmpty
        ($ja + $en).Where({ "$($_.Message)$($_.Remedy)" -match '  |\(s\)|\{\d' }) | Should -BeNullOrEmpty
    }

    It 'is that of the session also when work runs side by side' {
        Invoke-InLanguage ja-JP { 1..50 | ForEach-Object { "d$_.example" } | Get-DmarcRecord -Zone $zone -ThrottleLimit 16 } | Get-Finding |
            Where-Object Message -NotMatch $japanese | Should -BeNullOrEmpty
    }

    It 'falls back to English' {
        (Invoke-InLanguage de-DE { Get-DmarcRecord nothing.example -Zone $zone } | Get-Finding).Message | Should -Match '^There is no DMARC record'
    }

    It 'makes no change between results of sessions in two languages' {
        $ja = Invoke-InLanguage ja-JP { $domains | Test-MailDomain -Zone $zone } | ConvertTo-Json -Depth 8 | ConvertFrom-Json
        $en = $domains | Test-MailDomain -Zone $zone | ConvertTo-Json -Depth 8 | ConvertFrom-Json
        Compare-MailDomain $ja $en | Should -BeNullOrEmpty
    }
}
