BeforeDiscovery {
    $forms = '127.1', '1', '010.0.0.1', '192.000.002.001', '0x7f.0.0.1', '0x7f000001', 2130706433, '192.0.2.256', '[::1]', '[192.0.2.1]', 'IPv6:::1', '::1%1', '192.0.2.1:25'
    $commands = 'Test-SpfRecord', 'Test-DmarcAlignment', 'Resolve-DmarcSource'
    $cases = foreach ($command in $commands) { foreach ($form in $forms) { @{ Command = $command; Form = $form } } }
    $sound = foreach ($command in $commands) { foreach ($form in '192.0.2.1', ' 192.0.2.1 ', '2001:DB8::1', ([ipaddress] '192.0.2.1')) { @{ Command = $command; Form = $form } } }
}

BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $zone = Join-Path $root 'docs' 'samples' 'example.zone'

    # How an address is given to each command that takes one.
    $calls = @{
        'Test-SpfRecord'      = { param($address) Test-SpfRecord a.example -IPAddress $address -Zone $zone -ErrorAction Stop }
        'Test-DmarcAlignment' = { param($address) Test-DmarcAlignment -From a@contoso.example -MailFrom a@contoso.example -IPAddress $address -Zone $zone -ErrorAction Stop }
        'Resolve-DmarcSource' = { param($address) Resolve-DmarcSource -InputObject "$address" -Zone $zone -ErrorAction Stop -WarningAction SilentlyContinue }
    }
}

Describe 'IP addresses' {
    It '<Command> refuses <Form> with the error of all commands' -ForEach $cases {
        { & $calls[$Command] $Form } | Should -Throw "*'$([wildcardpattern]::Escape($Form))' is not an IP address. Give an address such as 192.0.2.1 or 2001:db8::1.*"
    }

    It '<Command> takes <Form>' -ForEach $sound {
        { & $calls[$Command] $Form } | Should -Not -Throw
    }

    It 'has a row here for each parameter that takes an address' {
        $known = Get-Command -Module Dmarc -CommandType Cmdlet | Where-Object {
            $_.Parameters.Values | Where-Object { ($_.Name, $_.Aliases) -match '^(.*IPAddress|.*IP)$' }
        } | ForEach-Object Name | Sort-Object
        $known | Should -Be ($calls.Keys | Sort-Object)
    }

    It 'keeps what a report states as it is, and tells it' -ForEach '010.0.0.1', '127.1', '192.0.2.1:25', '0x0a000001' {
        $report = "<feedback><report_metadata><org_name>r</org_name><report_id>1</report_id><date_range><begin>1700000000</begin><end>1700086399</end></date_range></report_metadata>" +
            "<policy_published><domain>a.example</domain><p>none</p></policy_published><record><row><source_ip>$_</source_ip><count>2</count><policy_evaluated><disposition>none</disposition>" +
            "<dkim>pass</dkim><spf>fail</spf></policy_evaluated></row><identifiers><header_from>a.example</header_from></identifiers><auth_results/></record></feedback>"
        $row = Import-DmarcReport -InputObject $report -WarningVariable warnings -WarningAction SilentlyContinue
        $row.SourceIP, $row.Count | Should -Be $_, 2
        $row.Findings.Code | Should -Contain 'ReportSourceInvalid'
        "$warnings" | Should -Match '1 record has no address'
        ($row | Resolve-DmarcSource -Zone $zone -ErrorVariable problems -ErrorAction SilentlyContinue).Status | Should -Be 'InvalidAddress'
        $problems.FullyQualifiedErrorId | Should -BeLike 'InvalidIPAddress,*'
    }

    It 'reads the server "<_>" as none, which systems take for an address' -ForEach '127.1', '010.0.0.1', '0x7f.0.0.1', '2130706433', 'tls://127.1', 'https://0x7f000001/dns-query' {
        { Get-DmarcRecord a.example -Server $_ -ErrorAction Stop } | Should -Throw "*'$_'*"
    }

    It 'reads the mail server "<_>" as none' -ForEach '127.1', '010.0.0.1:993', '0x7f.0.0.1' {
        $credential = [pscredential]::new('a', (ConvertTo-SecureString 'x' -AsPlainText -Force))
        { Receive-DmarcReport -Server $_ -Credential $credential -ErrorAction Stop } | Should -Throw "*'$_'*"
    }
}
