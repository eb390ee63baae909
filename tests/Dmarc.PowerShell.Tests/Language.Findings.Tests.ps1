BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $samples = Join-Path $root 'docs' 'samples'
    $zone = Join-Path $samples 'example.zone'
    $domains = @(Get-Content (Join-Path $samples 'domains.txt'))

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
}

# That all texts of a session are in its language is in Language.Tests.ps1.
Describe 'Findings in two languages' {
    It 'differ in their words alone: <_>' -ForEach 'Get-DmarcRecord', 'Test-SpfRecord', 'Test-MailDomain' {
        $command = $_
        $ja, $en = foreach ($language in 'ja-JP', 'en-US') {
            , @(Invoke-InLanguage $language { $domains | & $command -Zone $zone }).ForEach('Findings')
        }

        $ja.Count | Should -BeGreaterThan 3
        $ja.Code | Should -Be $en.Code
        $ja.Severity | Should -Be $en.Severity
        $ja.Reference | Should -Be $en.Reference
        $ja.Message | Where-Object { $_ -in $en.Message } | Should -BeNullOrEmpty
    }

    It 'are English for a language that has no translation' {
        (Invoke-InLanguage de-DE { Get-DmarcRecord nothing.example -Zone $zone }).Findings.Message |
            Should -Contain 'The domain nothing.example does not exist (NXDOMAIN).'
    }

    It 'make no change between the results of sessions' {
        $ja, $en = foreach ($language in 'ja-JP', 'en-US') {
            , (Invoke-InLanguage $language { $domains | Test-MailDomain -Zone $zone } | ConvertTo-Json -Depth 8 | ConvertFrom-Json)
        }
        Compare-MailDomain $ja $en | Should -BeNullOrEmpty
    }
}
