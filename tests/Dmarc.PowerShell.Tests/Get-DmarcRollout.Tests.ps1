BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $rows = @(Import-DmarcReport (Join-Path $root 'docs' 'samples' 'reports') -WarningAction SilentlyContinue)
    $zone = Join-Path $TestDrive 'test.zone'
    @'
$ORIGIN .
$TTL 300
contoso.example. IN SOA ns.contoso.example. h.contoso.example. 1 1 1 1 1
_dmarc.contoso.example. IN TXT "v=DMARC1; p=none; rua=mailto:d@contoso.example"
void.example. IN TXT "nothing"
'@ | Set-Content $zone

    function Get-Days([int] $Days, [string] $Policy = 'none', [switch] $Failing, [string] $Domain = 'a.example') {
        foreach ($day in 1..$Days) {
            $begin = ([DateTimeOffset] [DateTime]::UtcNow.Date).ToUnixTimeSeconds() - ($Days - $day + 1) * 86400
            $records = '<record><row><source_ip>192.0.2.1</source_ip><count>10</count><policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>pass</spf></policy_evaluated></row><identifiers><header_from>{0}</header_from></identifiers><auth_results><dkim><domain>{0}</domain><result>pass</result></dkim><spf><domain>{0}</domain><result>pass</result></spf></auth_results></record>' -f $Domain
            if ($Failing) {
                $records += '<record><row><source_ip>198.51.100.7</source_ip><count>4</count><policy_evaluated><disposition>none</disposition><dkim>fail</dkim><spf>fail</spf></policy_evaluated></row><identifiers><header_from>{0}</header_from></identifiers><auth_results><dkim><domain>sendgrid.net</domain><result>pass</result></dkim><spf><domain>sendgrid.net</domain><result>pass</result></spf></auth_results></record>' -f $Domain
            }

            "<feedback><report_metadata><org_name>R</org_name><email>r@r.example</email><report_id>$Domain-$day</report_id><date_range><begin>$begin</begin><end>$($begin + 86399)</end></date_range></report_metadata><policy_published><domain>$Domain</domain><p>$Policy</p></policy_published>$records</feedback>" | Import-DmarcReport
        }
    }
}

Describe 'Get-DmarcRollout' {
    It 'gives an object for each domain, with its record from a zone' {
        $result = $rows | Get-DmarcRollout -Zone $zone
        $result | Should -BeOfType Dmarc.Advice.Rollout.RolloutResult
        $contoso = $result | Where-Object Domain -eq contoso.example
        $contoso.Stage | Should -Be Monitor
        $contoso.RecordOrigin | Should -Be Record
        $contoso.Messages | Should -BeGreaterThan 0
    }

    It 'advises the next stage, which New-DmarcRecord takes' {
        $result = Get-Days 20 | Get-DmarcRollout -Record 'v=DMARC1; p=none; rua=mailto:d@a.example'
        $result.Verdict | Should -Be Advance
        $result.NextRecord | Should -Be 'v=DMARC1; p=quarantine; t=y; rua=mailto:d@a.example'
        $result.Draft.FullName | Should -Be '_dmarc.a.example'
        ($result | New-DmarcRecord).Value | Should -Be $result.NextRecord
        (New-DmarcRecord a.example -From $result.NextRecord).Value | Should -Be $result.NextRecord
    }

    It 'names the source that blocks, and leaves the record as it is' {
        $record = 'v=DMARC1; p=quarantine; rua=mailto:d@a.example'
        $result = Get-Days 60 quarantine -Failing | Get-DmarcRollout -Record $record
        $result.Verdict | Should -Be FixSources
        $result.NextRecord | Should -Be $record
        ($result | New-DmarcRecord).Value | Should -Be $record
        $result.BlockingSources[0].Service | Should -Match SendGrid
        $result.BlockingSources[0].Remedy | Should -Not -BeNullOrEmpty
        $result.Impact[0].WouldReject | Should -Be 240
    }

    It 'takes records of Get-DmarcRecord from the pipeline' {
        $record = Get-DmarcRecord contoso.example -Zone $zone
        $result = @($record) + $rows | Get-DmarcRollout -NoLookup -Domain contoso.example
        $result.CurrentRecord | Should -Be $record.Record
        ($record | Get-DmarcRollout -NoLookup).Status | Should -Be NoReports
    }

    It 'goes by the reports with -NoLookup' {
        $result = $rows | Get-DmarcRollout contoso.example -NoLookup
        $result.RecordOrigin | Should -Be Reports
        $result.NextRecord | Should -BeNullOrEmpty
        $result.Findings.Code | Should -Contain RolloutPolicyFromReports
    }

    It 'says how much mail the reports do not evaluate' {
        $report = '<feedback><report_metadata><org_name>r</org_name><report_id>1</report_id><date_range><begin>1700000000</begin><end>1700086399</end></date_range></report_metadata>' +
            '<policy_published><domain>contoso.example</domain><p>none</p></policy_published><record><row><source_ip>192.0.2.1</source_ip><count>5</count></row>' +
            '<identifiers><header_from>contoso.example</header_from></identifiers></record></feedback>'
        $unevaluated = Import-DmarcReport -InputObject $report -WarningAction SilentlyContinue
        $alone = $unevaluated | Get-DmarcRollout -Zone $zone -Record 'v=DMARC1; p=none; rua=mailto:d@contoso.example'
        $alone.Messages, $alone.Verdict, $alone.Status | Should -Be 0, Unknown, NoReports
        "$($alone.Reasons)" | Should -Be "The reports do not say whether 5 messages of 'contoso.example' passed, so the advice leaves them out."
        $alone.Findings.Code | Should -Not -Contain RolloutNoReports
        $beside = @($rows) + $unevaluated | Get-DmarcRollout contoso.example -Zone $zone
        @($beside.Findings.Code -eq 'RolloutNotEvaluated').Count | Should -Be 1
        $beside.Messages | Should -Be ($rows | Get-DmarcRollout contoso.example -Zone $zone).Messages
    }

    It 'gives an object for a domain without rows, without record, and for no domain' {
        (Get-DmarcRollout contoso.example -Zone $zone).Status | Should -Be NoReports
        $none = Get-Days 5 -Domain void.example | Get-DmarcRollout -Zone $zone
        $none.Status | Should -Be NoRecord
        $none.Verdict | Should -Be StartReporting
        $bad = Get-DmarcRollout 'no domain' -NoLookup -ErrorVariable problems -ErrorAction SilentlyContinue
        $bad.Status | Should -Be InvalidDomainName
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidDomainName,*'
    }

    It 'does not take a failed look-up for an absent record' {
        $result = $rows | Get-DmarcRollout contoso.example -Server 127.0.0.1:5431 -TimeoutSec 1 -ErrorVariable problems -ErrorAction SilentlyContinue
        $result.Verdict | Should -Be Unknown
        $result.Status | Should -BeLike 'Dns*'
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'Dns*,Dmarc.PowerShell.Commands.GetDmarcRolloutCommand'
        $result | New-DmarcRecord -ErrorVariable refused -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $refused[0].FullyQualifiedErrorId | Should -BeLike 'RecordUnknown,*'
    }

    It 'wants one domain for one record' {
        { @(Get-Days 1 -Domain a.example) + @(Get-Days 1 -Domain b.example) | Get-DmarcRollout -Record 'v=DMARC1; p=none' } |
            Should -Throw -ErrorId 'RecordNeedsDomain,Dmarc.PowerShell.Commands.GetDmarcRolloutCommand'
    }

    It 'says where nothing came' {
        @() | Get-DmarcRollout -NoLookup -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warnings | Should -HaveCount 1
        1, 2 | Get-DmarcRollout -NoLookup -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotReportRow,*'
    }

    It 'shows a table and a list, and goes into files' {
        $result = Get-Days 20 -Failing | Get-DmarcRollout -NoLookup
        $result | Format-Table | Out-String -Width 120 | Should -Match 'Domain\s+Status\s+Stage\s+PassRate\s+Verdict'
        $result | Format-List | Out-String -Width 200 | Should -Match 'BlockingSources\s+: .*SendGrid'
        $result.BlockingSources | Format-Table | Out-String -Width 120 | Should -Match 'KnownServiceNotAligned'
        $result.Subdomains | Format-Table | Out-String -Width 120 | Should -Match 'a\.example'
        $result.ImpactByClass | Format-Table | Out-String -Width 120 | Should -Match 'WouldReject'
        $file = Join-Path $TestDrive 'r.csv'
        $result | Export-Csv $file
        (Import-Csv $file).Verdict | Should -Be FixSources
        ($result | ConvertTo-Json -Depth 6 | ConvertFrom-Json).BlockingSources[0].Failed | Should -Be 80
    }
}
