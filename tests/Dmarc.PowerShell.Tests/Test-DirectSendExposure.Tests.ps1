BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $samples = Join-Path $root 'docs' 'samples'
    $zone = Join-Path $samples 'direct-send.zone'
    $tenant = Join-Path $samples 'tenant'
    $PSStyle.OutputRendering = 'PlainText'
}

Describe 'Test-DirectSendExposure' {
    Context 'DNS alone' {
        It 'gives <Verdict> by <Route> for <Domain>' -ForEach @(
            @{ Domain = 'contoso.example'; Verdict = 'PossiblyExposed'; Route = 'ExchangeOnlineDirect' }
            @{ Domain = 'open.example'; Verdict = 'LikelyExposed'; Route = 'ExchangeOnlineDirect' }
            @{ Domain = 'gateway.example'; Verdict = 'LikelyExposed'; Route = 'ThirdPartyGateway' }
            @{ Domain = 'hybrid.example'; Verdict = 'LikelyExposed'; Route = 'Hybrid' }
            @{ Domain = 'newer.example'; Verdict = 'PossiblyExposed'; Route = 'ExchangeOnlineDirect' }
            @{ Domain = 'signs.example'; Verdict = 'PossiblyExposed'; Route = 'NotMicrosoft' }
            @{ Domain = 'elsewhere.example'; Verdict = 'NotApplicable'; Route = 'NotMicrosoft' }
            @{ Domain = 'parked.example'; Verdict = 'NotApplicable'; Route = 'NullMx' }
        ) {
            $result = Test-DirectSendExposure $Domain -Zone $zone
            $result.Verdict | Should -Be $Verdict
            $result.MailRoute | Should -Be $Route
            $result.Status | Should -Be 'Assessed'
        }

        It 'says Unknown where a look-up fails that decides, with an error' {
            $result = Test-DirectSendExposure broken.example -Zone $zone -ErrorVariable problems -ErrorAction SilentlyContinue
            $result.Verdict | Should -Be 'Unknown'
            $result.Status | Should -Be 'DnsFailure'
            $result.DnsFailure | Should -Be 'Malformed'
            $problems.FullyQualifiedErrorId | Should -BeLike 'DnsMalformed,*'
            $problems[0].TargetObject | Should -Be 'broken.example'
        }

        It 'keeps the order of the input and loses no row' {
            $results = 'open.example', 'not a domain', 'contoso.example' | Test-DirectSendExposure -Zone $zone -ErrorVariable problems -ErrorAction SilentlyContinue
            $results.Domain | Should -Be 'open.example', 'not a domain', 'contoso.example'
            $results[1].Status | Should -Be 'InvalidDomainName'
            $problems.Count | Should -Be 1
        }

        It 'shows a table and a list with the steps' {
            'contoso.example', 'open.example' | Test-DirectSendExposure -Zone $zone | Out-String -Width 120 | Should -Match 'Domain\s+Verdict\s+MailRoute\s+Policy\s+Findings(?!\s+Endpoint)'
            $text = Test-DirectSendExposure open.example -Zone $zone | Format-List | Out-String -Width 150
            $text | Should -Match '1\. Find out who sends this way'
            $text | Should -Match 'PS> Set-OrganizationConfig -RejectDirectSend \$true'
        }

        It 'can be exported' {
            $row = Test-DirectSendExposure contoso.example -Zone $zone | ConvertTo-Csv | ConvertFrom-Csv
            $row.Verdict | Should -Be 'PossiblyExposed'
            $row.Signs | Should -BeLike '*DkimAlias*'
            $json = Test-DirectSendExposure contoso.example -Zone $zone | ConvertTo-Json -Depth 6 -WarningAction SilentlyContinue | ConvertFrom-Json
            $json.NextSteps[0].Order | Should -Be 1
        }
    }

    Context 'settings of the tenant' {
        BeforeAll {
            $open = Get-Content (Join-Path $tenant 'organization-open.json') -Raw | ConvertFrom-Json
            $closed = Get-Content (Join-Path $tenant 'organization-closed.json') -Raw | ConvertFrom-Json
            $domains = Get-Content (Join-Path $tenant 'domains.json') -Raw | ConvertFrom-Json
            $lock = [pscustomobject] @{
                Name = "Frank's"; Enabled = 'True'; ConnectorType = 'Partner'; SenderDomains = 'smtp:*;1'
                SenderIPAddresses = '198.51.100.0/24, 203.0.113.9'; RestrictDomainsToIPAddresses = 'True'; RestrictDomainsToCertificate = 'False'
            }
        }

        It 'binds accepted domains from the pipeline' {
            $results = $domains | Test-DirectSendExposure -OrganizationConfig $closed -AcceptedDomain $domains -InboundConnector $null -Zone $zone
            $results.Domain | Should -Be 'contoso.example', 'gateway.example', 'contosoexample.onmicrosoft.com'
            $results.Verdict | Should -Be 'Protected', 'ExposedPastGateway', 'Protected'
        }

        It 'reads objects, text, lines, hash tables and lists' {
            $text = Get-Content (Join-Path $tenant 'organization-closed.json') -Raw
            $lines = Get-Content (Join-Path $tenant 'organization-closed.json')
            foreach ($organization in $closed, $text, $lines, @{ RejectDirectSend = $true }, @($closed), [pscustomobject] @{ RejectDirectSend = 'True' }) {
                (Test-DirectSendExposure contoso.example -OrganizationConfig $organization -Zone $zone).Verdict | Should -Be 'Protected'
            }
        }

        It 'reads objects that were exported with Export-Clixml' {
            $path = Join-Path $TestDrive 'tenant.xml'
            $live = [pscustomobject] @{
                Name = 'lock'; Enabled = $true; ConnectorType = 'Partner'; RestrictDomainsToIPAddresses = $true
                SenderDomains = [System.Collections.ArrayList] @('smtp:*;1'); SenderIPAddresses = [System.Collections.ArrayList] @('198.51.100.0/24')
            }
            $live | Export-Clixml $path -Depth 4
            $result = Test-DirectSendExposure gateway.example -OrganizationConfig $open -InboundConnector (Import-Clixml $path) -Zone $zone
            $result.Verdict | Should -Be 'Protected'
            $result.LockingConnectors | Should -Be 'lock'
        }

        It 'reads values that became text' {
            (Test-DirectSendExposure gateway.example -OrganizationConfig $open -InboundConnector $lock -Zone $zone).LockingConnectors | Should -Be "Frank's"
        }

        It 'binds names that Exchange types, live, after Import-Clixml and out of JSON' {
            Add-Type -TypeDefinition @'
namespace Microsoft.Exchange.Data.Test {
    public sealed class SmtpDomainWithSubdomains {
        public SmtpDomainWithSubdomains(string domain) { Domain = domain; }
        public string Domain { get; private set; }
        public bool IncludeSubDomains { get { return false; } }
        public override string ToString() { return Domain; }
    }
    public enum ConnectorType { OnPremises = 1, Partner = 2 }
    public sealed class AcceptedDomain {
        public AcceptedDomain(string domain) { DomainName = new SmtpDomainWithSubdomains(domain); }
        public string Name { get { return "Main"; } }
        public SmtpDomainWithSubdomains DomainName { get; private set; }
        public bool MatchSubDomains { get { return false; } }
        public override string ToString() { return "Main"; }
    }
}
'@
            $typed = [Microsoft.Exchange.Data.Test.AcceptedDomain]::new('gateway.example')
            $connector = [pscustomobject] @{
                Name = 'lock'; Enabled = $true; ConnectorType = [Microsoft.Exchange.Data.Test.ConnectorType]::Partner; RestrictDomainsToIPAddresses = $true
                SenderDomains = 'smtp:*;1'; SenderIPAddresses = '198.51.100.0/24'
            }
            $path = Join-Path $TestDrive 'typed.xml'
            foreach ($depth in 1, 2, 4) {
                $typed | Export-Clixml $path -Depth $depth
                $saved = Import-Clixml $path
                $connector | Export-Clixml "$path.2" -Depth $depth
                $json = $typed | ConvertTo-Json -Depth $depth -WarningAction SilentlyContinue | ConvertFrom-Json
                foreach ($domain in $typed, $saved, $json) {
                    $result = $domain | Test-DirectSendExposure -OrganizationConfig $closed -InboundConnector (Import-Clixml "$path.2") -AcceptedDomain $domain -Zone $zone
                    $result.Domain | Should -Be 'gateway.example'
                    $result.IsAcceptedDomain | Should -BeTrue
                    $result.Verdict | Should -Be 'Protected'
                    ($domain | Get-DmarcRecord -Zone $zone).Domain | Should -Be 'gateway.example'
                }
            }
        }

        It 'takes a mail flow rule for a lock, live, saved and as JSON' {
            $rule = [pscustomobject] @{
                Name = 'Only the gateway'; State = 'Enabled'; Mode = 'Enforce'; Priority = 0; FromScope = 'NotInOrganization'
                RejectMessageReasonText = 'Use our MX'; RejectMessageEnhancedStatusCode = '5.7.1'; ExceptIfSenderIpRanges = @('198.51.100.0/24'); DeleteMessage = $false
            }
            $rule | Export-Clixml (Join-Path $TestDrive 'rule.xml')
            $forms = $rule, (Import-Clixml (Join-Path $TestDrive 'rule.xml')), ($rule | ConvertTo-Json), ($rule | ConvertTo-Json | ConvertFrom-Json)
            foreach ($form in $forms) {
                $result = Test-DirectSendExposure gateway.example -OrganizationConfig $closed -InboundConnector $null -TransportRule $form -Zone $zone
                $result.Verdict | Should -Be 'Protected'
                $result.LockingRules | Should -Be 'Only the gateway'
            }
            (Test-DirectSendExposure gateway.example -OrganizationConfig $closed -InboundConnector $null -TransportRule $null -Zone $zone).Verdict | Should -Be 'ExposedPastGateway'
            { Test-DirectSendExposure gateway.example -TransportRule (Get-Date) -Zone $zone } | Should -Throw -ErrorId 'TenantFactsUnreadable,*'
        }

        It 'compares what the tenant says of DKIM with DNS' {
            $signing = [pscustomobject] @{
                Domain = 'contoso.example'; Enabled = $true; Status = 'CnameMissing'
                Selector1CNAME = 'selector1-contoso-example._domainkey.contosoexample.onmicrosoft.com'
                Selector2CNAME = 'selector2-contoso-example._domainkey.other.onmicrosoft.com'
            }
            $result = Test-DirectSendExposure contoso.example -OrganizationConfig $closed -DkimSigningConfig $signing -Zone $zone
            $result.DkimSigning | Should -BeTrue
            @($result.Findings.Code -match '^DirectSendDkim').Count | Should -BeGreaterThan 0
            { Test-DirectSendExposure contoso.example -DkimSigningConfig (Get-Date) -Zone $zone } | Should -Throw -ErrorId 'TenantFactsUnreadable,*'
        }

        It 'tells an empty list of connectors from one that is not known' {
            $known = Test-DirectSendExposure gateway.example -OrganizationConfig $open -InboundConnector @() -Zone $zone
            $unknown = Test-DirectSendExposure gateway.example -OrganizationConfig $open -Zone $zone
            $known.OpenQuestions -match '-InboundConnector' | Should -BeNullOrEmpty
            $known.Reason | Should -BeLike '*enforces the DMARC policy * there only in part.'
            "$($known.SpoofOutcome)" | Should -BeLike '*does not fully enforce*'
            $unknown.OpenQuestions -match '-InboundConnector' | Should -Not -BeNullOrEmpty
        }

        It 'refuses objects of another kind' {
            { Test-DirectSendExposure contoso.example -InboundConnector (Get-Date) -Zone $zone } | Should -Throw -ErrorId 'TenantFactsUnreadable,*'
            { Test-DirectSendExposure contoso.example -OrganizationConfig $null -Zone $zone } | Should -Throw -ErrorId 'TenantFactsUnreadable,*'
            { Test-DirectSendExposure contoso.example -OrganizationConfig '{ broken' -Zone $zone } | Should -Throw -ErrorId 'TenantFactsUnreadable,*'
            { Test-DirectSendExposure contoso.example -OrganizationConfig (Get-Process -Id $PID) -Zone $zone } | Should -Throw -ErrorId 'TenantFactsUnreadable,*'
            { Test-DirectSendExposure contoso.example -AcceptedDomain $closed -Zone $zone } | Should -Throw -ErrorId 'TenantFactsUnreadable,*'
            $outbound = [pscustomobject] @{ Name = 'out'; Enabled = $true; ConnectorType = 'Partner'; RecipientDomains = '*' }
            { Test-DirectSendExposure contoso.example -InboundConnector $outbound -Zone $zone } | Should -Throw -ErrorId 'TenantFactsUnreadable,*'
        }

        It 'does not choose between the settings of several tenants' {
            { Test-DirectSendExposure contoso.example -OrganizationConfig $closed, $open -Zone $zone } | Should -Throw -ErrorId 'SeveralOrganizations,*'
        }

        It 'writes names into commands so that they stay text' {
            $hostile = "x'; Remove-Item C:\ -Recurse; '$([char] 0x2019)$([char] 0x2019); calc; "
            $connector = [pscustomobject] @{ Name = $hostile; Enabled = $true; ConnectorType = 'Partner'; SenderDomains = '*' }
            $command = (Test-DirectSendExposure contoso.example -OrganizationConfig $closed -InboundConnector $connector -Zone $zone).NextSteps.Command -match 'Set-InboundConnector'
            $errors = $null
            $ast = [System.Management.Automation.Language.Parser]::ParseInput($command[0], [ref] $null, [ref] $errors)
            $errors | Should -BeNullOrEmpty
            $names = $ast.FindAll({ param($node) $node -is [System.Management.Automation.Language.CommandAst] }, $true) | ForEach-Object { $_.GetCommandName() }
            $names | Should -Be 'Get-InboundConnector', 'Format-List', 'Set-InboundConnector'
        }
    }

    Context 'evidence' {
        It 'reads a trace from a CSV file, as objects, and with -Verbose says how much of it counts' {
            $path = Join-Path $tenant 'trace.csv'
            foreach ($trace in $path, (Get-Item $path), (Import-Csv $path)) {
                $evidence = (Test-DirectSendExposure contoso.example -MessageTrace $trace -Zone $zone).Evidence
                $evidence.SourceIP | Should -Be '192.0.2.17', '203.0.113.66', '192.0.2.20'
                $evidence.Verdict | Should -Be 'Legitimate', 'Spoof', 'Legitimate'
            }
            $verbose = Test-DirectSendExposure contoso.example -MessageTrace $path -Zone $zone -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
            "$verbose" | Should -Match '8 rows and messages read, 6 of them'
        }

        It 'loses one row to a stray quotation mark, and names the line' {
            $path = Join-Path $TestDrive 'stray.csv'
            $lines = @('Received,SenderAddress,RecipientAddress,Subject,FromIP') + @(1..60 | ForEach-Object { '2026-11-20,a@contoso.example,b@contoso.example,x,203.0.113.66' })
            $lines[5] = '2026-11-20,a@contoso.example,b@contoso.example,"Hello,192.0.2.17'
            $lines[50] = '2026-11-20,a@contoso.example,b@contoso.example,Hello",203.0.113.66'
            $lines | Set-Content $path
            $result = Test-DirectSendExposure contoso.example -MessageTrace $path -Zone $zone -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
            ($result.Evidence | Measure-Object Count -Sum).Sum | Should -Be 59
            $problems.FullyQualifiedErrorId | Should -BeLike 'CsvRecordUnreadable,*'
            $problems.Exception.Message | Should -Match 'Line 6 '
            $null = Test-DirectSendExposure contoso.example -MessageTrace (Import-Csv $path) -Zone $zone -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.FullyQualifiedErrorId | Should -BeLike 'CsvRecordUnreadable,*'
        }

        It 'reads messages from files, folders and text' {
            $path = Join-Path $samples 'messages' 'direct-send.txt'
            foreach ($message in $path, (Get-Item $path), (Get-Content $path -Raw), (Join-Path $samples 'messages')) {
                $result = Test-DirectSendExposure fabrik.example -Message $message -Zone $zone
                $result.Evidence.SourceIP | Should -Be '203.0.113.77'
                $result.Evidence.IsStoppedBySwitch | Should -BeTrue
                $result.Verdict | Should -Be 'LikelyExposed'
            }
        }

        It 'reads rows of reports, live and from a CSV' {
            $xml = @'
<feedback><report_metadata><org_name>Enterprise Outlook</org_name><email>dmarcreport@microsoft.com</email><report_id>1</report_id><date_range><begin>1</begin><end>2</end></date_range></report_metadata>
<policy_published><domain>contoso.example</domain><p>reject</p></policy_published>
<record><row><source_ip>192.0.2.17</source_ip><count>9</count><policy_evaluated><disposition>none</disposition><dkim>fail</dkim><spf>pass</spf></policy_evaluated></row>
<identifiers><envelope_to>contoso.example</envelope_to><envelope_from>contoso.example</envelope_from><header_from>contoso.example</header_from></identifiers>
<auth_results><spf><domain>contoso.example</domain><scope>mfrom</scope><result>pass</result></spf></auth_results></record>
<record><row><source_ip>203.0.113.66</source_ip><count>4</count><policy_evaluated><disposition>reject</disposition><dkim>fail</dkim><spf>fail</spf></policy_evaluated></row>
<identifiers><envelope_to>contoso.example</envelope_to><envelope_from>contoso.example</envelope_from><header_from>contoso.example</header_from></identifiers>
<auth_results><spf><domain>contoso.example</domain><scope>mfrom</scope><result>fail</result></spf></auth_results></record></feedback>
'@
            $rows = $xml | Import-DmarcReport
            foreach ($report in $rows, ($rows | ConvertTo-Csv | ConvertFrom-Csv)) {
                $evidence = (Test-DirectSendExposure contoso.example -Report $report -Zone $zone).Evidence
                $evidence.SourceIP | Should -Be '192.0.2.17', '203.0.113.66'
                $evidence.Verdict | Should -Be 'Legitimate', 'Spoof'
                $evidence.ForEach('Count') | Should -Be 9, 4
                $evidence.WasTaken | Should -Be $true, $false
            }
        }

        It 'says which objects and files are no rows' {
            $result = Test-DirectSendExposure contoso.example -Report 'docs', 42 -MessageTrace (Get-Date), (Join-Path $root 'README.md') -Zone $zone -ErrorVariable problems -ErrorAction SilentlyContinue
            $result.Verdict | Should -Be 'PossiblyExposed'
            $problems.FullyQualifiedErrorId -replace ',.*' | Should -Be 'NotReportRow', 'TraceUnreadable', 'NotTraceRow'
        }

        It 'says which files cannot be read' {
            Test-DirectSendExposure contoso.example -MessageTrace (Join-Path $TestDrive 'none.csv') -Zone $zone -ErrorVariable problems -ErrorAction SilentlyContinue | Should -Not -BeNullOrEmpty
            $problems.FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
        }
    }

    Context 'the probe' {
        It 'is not made with -WhatIf, and the result comes all the same' {
            $result = Test-DirectSendExposure contoso.example -Probe -ProbeRecipient postmaster -ProbeEndpoint 127.0.0.1:5469 -WhatIf -Zone $zone
            $result.Verdict | Should -Be 'PossiblyExposed'
            $result.Probe | Should -BeNullOrEmpty
        }

        It 'needs a recipient that is one' {
            { Test-DirectSendExposure contoso.example -Probe -Zone $zone } | Should -Throw -ErrorId 'ProbeRecipientRequired,*'
            { Test-DirectSendExposure contoso.example -Probe -ProbeRecipient "a@b`r`nDATA" -Zone $zone } | Should -Throw -ErrorId 'InvalidProbe,*'
        }

        It 'says what came of it where nobody answers' {
            $result = Test-DirectSendExposure contoso.example -Probe -ProbeRecipient postmaster -ProbeEndpoint 127.0.0.1:5469 -Confirm:$false -Zone $zone
            $result.Probe.Outcome | Should -Be 'ConnectionFailed'
            $result.Findings.Code | Should -Contain 'DirectSendProbeInconclusive'
        }
    }
}
