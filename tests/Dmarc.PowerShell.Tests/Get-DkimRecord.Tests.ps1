BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $zone = Join-Path $root 'docs' 'samples' 'example.zone'
    $PSStyle.OutputRendering = 'PlainText'

    $microsoft = Join-Path $TestDrive 'microsoft.zone'
    @'
$ORIGIN .
$TTL 300
contoso.com. IN MX 0 contoso-com.mail.protection.outlook.com.
selector1._domainkey.contoso.com. IN CNAME selector1-contoso-com._domainkey.contoso.onmicrosoft.com.
selector1-contoso-com._domainkey.contoso.onmicrosoft.com. IN TXT "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
selector2._domainkey.contoso.com. IN CNAME selector2-fabrikam-com._domainkey.fabrikam.onmicrosoft.com.
'@ | Set-Content $microsoft
}

Describe 'Get-DkimRecord' {
    Context 'input' {
        It 'takes the property <_>' -ForEach 'Domain', 'DomainName', 'Name', 'Id' {
            ([pscustomobject] @{ $_ = 'a.example' } | Get-DkimRecord -Zone $zone).Domain | Should -Be 'a.example'
        }

        It 'says that the selector "<_>" is none' -ForEach 'a b', ' ', 'a..b', '._domainkey.a.example', ('x' * 64) {
            { Get-DkimRecord a.example -Selector s1, $_ -Zone $zone } | Should -Throw "The selector '$_'*" -ErrorId 'InvalidSelector,*'
            { Test-MailDomain a.example -Selector $_ -Zone $zone } | Should -Throw "The selector '$_'*" -ErrorId 'InvalidSelector,*'
        }

        It 'takes a selector of several labels, with an underscore and as a whole name' {
            $selectors = 's1.eu', 's_1', ('x' * 63)
            (Get-DkimRecord a.example -Selector ($selectors + 's2._domainkey.a.example') -Zone $zone).Selector | Should -Be ($selectors + 's2')
        }

        It 'takes a list from the pipeline and keeps its order' {
            ('b.example', 'a.example' | Get-DkimRecord -Zone $zone).Domain | Select-Object -Unique | Should -Be 'b.example', 'a.example'
        }

        It 'finds the selectors of the initial domain of a Microsoft 365 tenant' {
            $file = Join-Path $TestDrive 'initial.zone'
            @'
$ORIGIN .
$TTL 300
contoso.onmicrosoft.com. IN MX 0 contoso.mail.protection.outlook.com.
contoso.onmicrosoft.com. IN TXT "v=spf1 include:spf.protection.outlook.com -all"
selector1-contoso-onmicrosoft-com._domainkey.contoso.onmicrosoft.com. IN TXT "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
contoso.mail.onmicrosoft.com. IN MX 0 contoso-mail.mail.protection.outlook.com.
'@ | Set-Content $file
            $key = Get-DkimRecord contoso.onmicrosoft.com -Zone $file
            $key.Selector | Should -Be 'selector1-contoso-onmicrosoft-com'
            $key.Status | Should -Be 'Valid'
            (Get-DkimRecord contoso.mail.onmicrosoft.com -Zone $file).Findings.Code | Should -Be 'DkimMicrosoftRoutingMissing'
            (Test-MailDomain contoso.mail.onmicrosoft.com, onmicrosoft.com -Zone $file -WarningAction SilentlyContinue).NextSteps | Should -BeNullOrEmpty
        }

        It 'looks at the given selectors only' {
            $results = Get-DkimRecord b.example google, other._domainkey.b.example -Zone $zone
            $results.Selector | Should -Be 'google', 'other'
            $results.Status | Should -Be 'Valid', 'NotFound'
        }

        It 'reads text in place of looking it up' {
            $result = Get-DkimRecord -Record 'v=DKIM1; p=' -Domain contoso.com
            $result.Domain | Should -Be 'contoso.com'
            $result.Revoked | Should -BeTrue
        }
    }

    Context 'results' {
        It 'gives <Status> for <Selector> of <Domain>' -ForEach @(
            @{ Domain = 'a.example'; Selector = 's1'; Status = 'Valid'; Size = 256 }
            @{ Domain = 'b.example'; Selector = 'google'; Status = 'Valid'; Size = 1024 }
            @{ Domain = 'b.example'; Selector = 'default'; Status = 'Revoked'; Size = $null }
            @{ Domain = 'alias.example'; Selector = 's1'; Status = 'Valid'; Size = 256 }
            @{ Domain = 'alias.example'; Selector = 's2'; Status = 'Dangling'; Size = $null }
            @{ Domain = 'parked.example'; Selector = '*'; Status = 'Revoked'; Size = $null }
            @{ Domain = 'c.example'; Selector = ''; Status = 'NotFound'; Size = $null }
            @{ Domain = 'nowhere.example'; Selector = ''; Status = 'DomainNotFound'; Size = $null }
        ) {
            $result = Get-DkimRecord $Domain -Zone $zone | Where-Object Selector -EQ $Selector
            $result | Should -BeOfType Dmarc.Advice.Records.DkimKeyResult
            $result.Status | Should -Be $Status
            $result.KeySize | Should -Be $Size
        }

        It 'follows the aliases of Microsoft 365' {
            $results = Get-DkimRecord contoso.com -Zone $microsoft
            $results.Selector | Should -Be 'selector1', 'selector2'
            $results.Service | Should -Be 'Microsoft 365', 'Microsoft 365'
            $results[0].Target | Should -Be 'selector1-contoso-com._domainkey.contoso.onmicrosoft.com'
            $results[0].Findings.Code | Should -Be 'DkimKeySound'
            $results[1].Findings.Code | Should -Be 'DkimMicrosoftDangling', 'DkimMicrosoftOtherDomain'
        }

        It 'survives Export-Csv and ConvertTo-Json' {
            $results = Get-DkimRecord b.example -Zone $zone
            $file = Join-Path $TestDrive 'out.csv'
            $results | Export-Csv $file
            (Import-Csv $file).PSObject.Properties.Value | Should -Not -Match 'PrintableList|System\.'
            $json = $results | ConvertTo-Json -Depth 6 -EnumsAsStrings -WarningVariable warnings | ConvertFrom-Json
            $warnings | Should -BeNullOrEmpty
            $json[0].Findings[0].Code | Should -Not -BeNullOrEmpty
        }

        It 'shows a table and a list' {
            $text = 'b.example' | Get-DkimRecord -Zone $zone | Out-String -Width 80
            $text | Should -Match 'Domain\s+Selector\s+Status\s+KeySize\s+Findings\s+Service'
            $text | Should -Match '(?m)^b\.example\s+google\s+Valid\s+1024\s+1 warning\s+Google Workspace'
            $text = Get-DkimRecord b.example google -Zone $zone | Format-List | Out-String -Width 120
            $text | Should -Match 'Findings\s+: Warning DkimKeyWeak'
        }
    }

    Context 'errors' {
        It 'gives an error and a row for what is no domain, and goes on' {
            $results = 'bad..name', 'a.example' | Get-DkimRecord -Zone $zone -ErrorVariable problems -ErrorAction SilentlyContinue
            $results.Status | Should -Be 'InvalidDomainName', 'Valid'
            $problems[0].FullyQualifiedErrorId | Should -Be 'InvalidDomainName,Dmarc.PowerShell.Commands.GetDkimRecordCommand'
        }

        It 'gives an error and a row for a failed look-up' {
            $result = Get-DkimRecord unreachable.test s1 -Server 127.0.0.1:1 -TimeoutSec 1 -ErrorVariable problems -ErrorAction SilentlyContinue
            $result.Status | Should -Be 'DnsFailure'
            $result.DnsFailure | Should -BeIn 'NetworkError', 'Timeout'
            $problems[0].FullyQualifiedErrorId | Should -Match '^(DnsNetworkError|DnsTimeout),'
        }
    }
}
