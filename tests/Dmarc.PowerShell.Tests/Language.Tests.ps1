BeforeDiscovery {
    # Every command on the samples, with what goes wrong; all streams are looked at.
    $cases = @(
        @{ Name = 'Get-DmarcRecord'; Scripts = { $all | Get-DmarcRecord -Zone $zone } }
        @{ Name = 'Get-DmarcRecord on texts'; Scripts = @(
                { Get-DmarcRecord -Record 'v=DMARC1; p=nonne; rua=dmarc@a.example; pct=120; x' }
                { Get-DmarcRecord -Record 'v=DMARC1;p=quarantine;sp=none;fo=2;ri=60;aspf=x' }
                { 'a..example', '192.0.2.1', ('a' * 70) | Get-DmarcRecord -Zone $zone }
            )
        }
        @{ Name = 'Test-SpfRecord'; Scripts = { $all + 'greedy.example', 'lost.example', 'doubled.example' | Test-SpfRecord -Zone $zone } }
        @{ Name = 'Test-SpfRecord for addresses'; Scripts = { Test-SpfRecord spf.example 203.0.113.5, 203.0.113.200 -Zone $zone } }
        @{ Name = 'Test-SpfRecord on texts'; Scripts = @(
                { Test-SpfRecord a.example -Record 'v=spf1 ip4:192.0.2.0/29 include:_spf.news.example ~all' -Compare -Zone $zone }
                { Test-SpfRecord a.example -Record 'v=spf1 ptr ip4:10.0.0.1 a:a.example a:a.example exists:%{i}.x.example +all mx' -Zone $zone }
                { Test-SpfRecord a.example -Record 'v=spf1 ip4:1.2.3 foo:bar -all -all' -Zone $zone }
                { Test-SpfRecord spf.example -Flatten -Zone $zone }
                { Test-SpfRecord greedy.example -Flatten -Zone $zone }
            )
        }
        @{ Name = 'Get-DkimRecord'; Scripts = { $all | Get-DkimRecord -Zone $zone }, { Get-DkimRecord a.example -Selector none, 'x y' -Zone $zone } }
        @{ Name = 'New-DmarcRecord'; Scripts = @(
                { $all | Get-DmarcRecord -Zone $zone | New-DmarcRecord -Policy Reject }
                { New-DmarcRecord a.example -Policy None -AggregateReportUri mailto:d@b.example }
                { New-DmarcRecord a.example -Policy None -AggregateReportUri 'x y' }
                { New-DmarcRecord a.example -Policy None -ZoneName b.example }
            )
        }
        @{ Name = 'Test-MailDomain'; Scripts = { $all | Test-MailDomain -Zone $zone -BulkSenderRule Google, Microsoft } }
        @{ Name = 'Compare-MailDomain'; Scripts = @(
                { Compare-MailDomain (Join-Path $samples 'audits/monday.csv') (Join-Path $samples 'audits/friday.csv') }
                { Compare-MailDomain (Join-Path $samples 'audits/monday.json') (Join-Path $samples 'audits/friday.json') }
                { Compare-MailDomain (Join-Path $samples 'audits/monday.xml') (Join-Path $samples 'audits/friday.xml') }
                { Compare-MailDomain (Join-Path $samples 'domains.csv') (Join-Path $samples 'audits/friday.csv') }
            )
        }
        @{ Name = 'Import-DmarcReport'; Scripts = { Import-DmarcReport $reports } }
        @{ Name = 'Import-DmarcReport on what is no report'; Scripts = @(
                { Import-DmarcReport (Join-Path $samples 'messages') }
                { Import-DmarcReport (Join-Path $samples 'domains.txt'), (Join-Path $samples 'tenant/trace.csv') }
                { Import-DmarcReport $reports -Type Tls }
                { Import-DmarcReport $broken }
            )
        }
        @{ Name = 'Measure-DmarcReport'; Scripts = @(
                { Import-DmarcReport $reports[0] | Measure-DmarcReport -GroupBy Source, Reporter -Top 2 }
                { Import-DmarcReport $reports[0] | Measure-DmarcReport -GroupBy Country }
                { Get-Item $zone | Measure-DmarcReport }
            )
        }
        @{ Name = 'Resolve-DmarcSource'; Scripts = @(
                { Import-DmarcReport (Join-Path $samples 'sources.xml') | Resolve-DmarcSource -Zone (Join-Path $samples 'sources.zone') }
                { Resolve-DmarcSource 198.51.100.25 -HeaderFrom contoso.example -Zone (Join-Path $samples 'sources.zone') }
                { Resolve-DmarcSource 1.2.3.400 -Zone $zone }
            )
        }
        @{ Name = 'Get-DmarcRollout'; Scripts = @(
                { Import-DmarcReport $reports[0] | Get-DmarcRollout -Zone $zone }
                { Import-DmarcReport $reports[0] | Get-DmarcRollout -NoLookup }
                { Get-DmarcRollout a.example, c.example -Zone $zone }
            )
        }
        @{ Name = 'Export-DmarcReport'; Scripts = @(
                { Import-DmarcReport $reports[0] | Export-DmarcReport (Join-Path $TestDrive 'a.csv') }
                { Import-DmarcReport $reports[0] | Export-DmarcReport (Join-Path $TestDrive 'a.unknown') }
                { Import-DmarcReport $reports[0] | Export-DmarcReport (Join-Path $TestDrive 'none' 'a.csv') }
                { Import-DmarcReport $reports | Export-DmarcReport (Join-Path $TestDrive 'c.csv') }
                { 'x' | Export-DmarcReport (Join-Path $TestDrive 'b.csv') }
            )
        }
        @{ Name = 'Test-DmarcAlignment'; Scripts = { Test-DmarcAlignment $messages -BulkSenderRule -Zone $zone } }
        @{ Name = 'Test-DmarcAlignment on what is no message'; Scripts = { Test-DmarcAlignment $zone, (Join-Path $samples 'tenant') -Zone $zone } }
        @{ Name = 'Test-DirectSendExposure'; Scripts = @(
                { $direct | Test-DirectSendExposure -Zone $directZone }
                {
                    $direct | Test-DirectSendExposure -Zone $directZone -OrganizationConfig (Get-Content (Join-Path $tenant 'organization-closed.json')) `
                        -InboundConnector (Get-Content (Join-Path $tenant 'connectors-lock.json'))
                }
                {
                    $direct | Test-DirectSendExposure -Zone $directZone -OrganizationConfig (Get-Content (Join-Path $tenant 'organization-open.json')) `
                        -InboundConnector (Get-Content (Join-Path $tenant 'connectors.json')) -AcceptedDomain (Get-Content (Join-Path $tenant 'domains.json')) `
                        -MessageTrace (Join-Path $tenant 'trace.csv')
                }
                { Test-DirectSendExposure fabrik.example -Message (Join-Path $messages 'direct-send.txt') -Zone $directZone }
                { Test-DirectSendExposure fabrik.example -Probe -Zone $directZone }
            )
        }
        @{ Name = 'Receive-DmarcReport'; Scripts = @(
                { Receive-DmarcReport 'a b' -Credential $credential }
                { Receive-DmarcReport 127.0.0.1:9 -Credential $credential -TimeoutSec 2 }
            )
        }
        @{ Name = 'paths that do not exist'; Scripts = @(
                { Import-DmarcReport (Join-Path $TestDrive 'none') }
                { Test-DmarcAlignment (Join-Path $TestDrive 'none') -Zone $zone }
                { Get-DmarcRecord a.example -Zone (Join-Path $TestDrive 'none') }
            )
        }
    )
}

BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $samples = Join-Path $root 'docs' 'samples'
    $zone = Join-Path $samples 'example.zone'
    $directZone = Join-Path $samples 'direct-send.zone'
    $tenant = Join-Path $samples 'tenant'
    $messages = Join-Path $samples 'messages'
    $reports = 'reports', 'failure-reports', 'tls-reports' | ForEach-Object { Join-Path $samples $_ }
    $all = @(Get-Content (Join-Path $samples 'domains.txt'))
    $direct = @('contoso.example', 'open.example', 'gateway.example', 'elsewhere.example', 'fabrik.example')
    $credential = [pscredential]::new('a', [securestring]::new())
    $broken = foreach ($text in '<feedback><record><row><source_ip>192.0.2.1', '<html>', '{ "a": 1 }', '', '<!DOCTYPE x><feedback/>', "PK$([char] 3)$([char] 4)x") {
        $file = Join-Path $TestDrive "broken$($text.Length).xml"
        Set-Content -LiteralPath $file $text -NoNewline
        $file
    }
    $japanese = '[\u3040-\u30FF\u4E00-\u9FFF]'

    # A sentence: four words or more, as no record, command or name has them.
    $prose = "^['""(]?[A-Z][a-z'’-]*,? ([\w'’.:/@=()-]+,? ){2,}[\w'’.:/@=()-]+[.:]?"

    # A word that no name, record or result has.
    $word = '(?<=^|[ (])(of|matched|not|and)(?=[ ):]|$)'

    # What is copied from reports, messages and records, and commands to run.
    $copied = 'Path', 'LockingConnectors', 'Command', 'Subject', 'Record', 'OriginalMessage', 'Comment', 'Body', 'Header'

    # All strings of what a command wrote, each with the names of the properties that lead to it.
    function Get-Text {
        param($Value, [string] $Place = '', [int] $Depth = 0)

        if ($null -eq $Value -or $Depth -gt 8) {
            return
        }

        if ($Value -is [string]) {
            # A domain of a sample has a Japanese name.
            return [pscustomobject]@{ Place = $Place; Text = $Value -replace '例え', 'x' }
        }

        if ($Value -is [System.Management.Automation.ErrorRecord]) {
            return [pscustomobject]@{ Place = 'Error ' + $Value.FullyQualifiedErrorId; Text = $Value.Exception.Message }
        }

        if ($Value -is [System.Management.Automation.InformationalRecord]) {
            return [pscustomobject]@{ Place = $Value.GetType().Name; Text = $Value.Message }
        }

        if ($Value -is [System.Collections.IEnumerable]) {
            foreach ($item in $Value) {
                Get-Text $item $Place ($Depth + 1)
            }

            return
        }

        if ($Value.GetType().Namespace -like 'Dmarc*' -and -not $Value.GetType().IsEnum) {
            # What a list in a list, a cell of a CSV and a string show of it.
            [pscustomobject]@{ Place = "$Place.ToString()"; Text = "$Value".TrimStart() -replace '例え', 'x' }
            foreach ($property in $Value.PSObject.Properties) {
                if ($copied -notcontains $property.Name) {
                    Get-Text $property.Value "$Place.$($property.Name)" ($Depth + 1)
                }
            }
        }
    }

    # What runs in a session of that language.
    function Invoke-Session {
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

    # The strings of the results of some commands, and what they said besides, which comes in no fixed order.
    function Get-SessionText {
        param([string] $Language, [scriptblock[]] $Scripts)

        $PSDefaultParameterValues = @{ '*-Dmarc*:Verbose' = $true; '*-Spf*:Verbose' = $true; '*-MailDomain:Verbose' = $true; '*-Dkim*:Verbose' = $true }
        Invoke-Session $Language {
            $written = foreach ($script in $Scripts) {
                try {
                    & $script *>&1
                }
                catch {
                    $_
                }
            }
            $said, $results = @($written).Where({ $_ -is [System.Management.Automation.ErrorRecord] -or $_ -is [System.Management.Automation.InformationalRecord] }, 'Split')
            @{ Said = @(Get-Text $said); Results = @(Get-Text $results) }
        }
    }
}

Describe 'The language of the session' {
    It 'is that of every text of <Name>' -ForEach $cases {
        $english = Get-SessionText en-US $Scripts
        $other = Get-SessionText ja-JP $Scripts
        $again = Get-SessionText en-US $Scripts
        $illSet = '\{\d|  |\(s\)|(?<![\w.:/-])1 (reports|rows|messages|files|records|look-ups|lines)\b'

        $other.Results.Count | Should -Be $english.Results.Count
        $again.Results.Count | Should -Be $english.Results.Count
        $wrong = for ($index = 0; $index -lt $english.Results.Count; $index++) {
            $from, $to, $back = $english.Results[$index].Text, $other.Results[$index].Text, $again.Results[$index].Text
            $place = $english.Results[$index].Place
            if ($from -cne $to) {
                "$from`n$to" -match $illSet ? "$place is ill set: $from / $to" : ''
                $to -notmatch $japanese ? "$place is not Japanese: $to" : ''
                $to -cmatch '(?<![\w-])([a-z]{2,} ){3,}[a-z]{2,}' ? "$place speaks two languages: $to" : ''
                $from -match $japanese ? "$place is not English: $from" : ''
                $back -cne $from ? "$place does not come back to English: $back" : ''
            }
            elseif ($from -cmatch ($place -like '*ToString()' ? $word : $prose) -and $from -notmatch $japanese) {
                "$place stays English: $from"
            }
        }
        # What PowerShell itself says is in the languages that it has.
        $own = 'Performing the operation*'
        $wrong = @($wrong) + @(
            foreach ($text in $other.Said | Where-Object Text -notlike $own) { $text.Text -notmatch $japanese -or $text.Text -match $illSet ? "$($text.Place): $($text.Text)" : '' }
            foreach ($text in @($english.Said) + $again.Said) { $text.Text -match $japanese -or $text.Text -match $illSet ? "$($text.Place): $($text.Text)" : '' }
        )

        $wrong | Where-Object { $_ } | Sort-Object -Unique | Should -BeNullOrEmpty
        @($other.Said.Text) + $other.Results.Text -match $japanese | Should -Not -BeNullOrEmpty
    }

    It 'leaves names, states and exported columns alone' {
        foreach ($script in { Import-DmarcReport $reports[0] }, { $all | Test-MailDomain -Zone $zone }, { $all | Get-DmarcRecord -Zone $zone }) {
            $rows = foreach ($language in 'en-US', 'ja-JP') {
                $objects = @(Invoke-Session $language $script 3>$null | Where-Object { $_.GetType().Namespace -like 'Dmarc*' })
                , @($objects[0] | ConvertTo-Csv)
                , @($objects | Select-Object *Status, Grade, Profile, Passed, Policy | ConvertTo-Csv)
            }

            $rows[2][0] | Should -Be $rows[0][0]
            $rows[3] | Should -Be $rows[1]
        }
    }
}

Describe 'Views in Japanese' {
    BeforeAll {
        # A full-width character takes two columns.
        function Get-Width {
            param([string] $Text)

            $Text.Length + [regex]::Matches($Text, '[\u1100-\u115F\u2E80-\u303E\u3040-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]').Count
        }
    }

    BeforeEach { $PSStyle.OutputRendering = 'PlainText' }

    It 'fit <_> columns, with columns below their headings' -ForEach 80, 120 {
        $width = $_
        $scripts = { $all | Get-DmarcRecord -Zone $zone }, { $all | Test-SpfRecord -Zone $zone }, { $all | Test-MailDomain -Zone $zone },
        { Test-DmarcAlignment $messages -Zone $zone }, { $direct | Test-DirectSendExposure -Zone $directZone }, { Import-DmarcReport $reports }
        foreach ($script in $scripts) {
            $objects = Invoke-Session ja-JP $script 3>$null | Where-Object { $_.GetType().Namespace -like 'Dmarc*' }
            foreach ($text in (Invoke-Session ja-JP { $objects | Format-Table | Out-String -Width $width }), (Invoke-Session ja-JP { $objects | Format-List | Out-String -Width $width })) {
                foreach ($line in $text -split '\r?\n') {
                    Get-Width $line | Should -BeLessOrEqual $width -Because $line
                }
            }
        }
    }

    It 'have their last column where its heading begins' {
        $lines = (Invoke-Session ja-JP { $all | Get-DmarcRecord -Zone $zone -WarningAction Ignore | Where-Object Record | Format-Table | Out-String -Width 120 }) -join '' -split '\r?\n'
        $heading = @($lines -match '^Domain ')[0]
        $rows = @($lines -match 'v=DMARC1')
        $rows | Where-Object { $_ -match $japanese } | Should -Not -BeNullOrEmpty
        foreach ($row in $rows) {
            Get-Width $row.Substring(0, $row.IndexOf('v=DMARC1')) | Should -Be $heading.IndexOf('Record') -Because $row
        }
    }
}

Describe 'Domains of other scripts' {
    BeforeAll {
        $PSStyle.OutputRendering = 'PlainText'
        $readable = '例え.example (xn--r8jz45g.example)'
        $report = Join-Path $TestDrive 'idn.xml'
        $record = '<record><row><source_ip>192.0.2.1</source_ip><count>2</count><policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>pass</spf>' +
        '</policy_evaluated></row><identifiers><header_from>{0}</header_from></identifiers><auth_results/></record>'
        Set-Content -LiteralPath $report ('<feedback><report_metadata><org_name>日本</org_name><email>a@b.example</email><report_id>1</report_id>' +
            '<date_range><begin>1763510400</begin><end>1763596799</end></date_range></report_metadata><policy_published><domain>xn--r8jz45g.example</domain>' +
            '<p>none</p></policy_published>' + ($record -f 'xn--r8jz45g.example') + ($record -f 'xn--pple-43d.example') + '</feedback>')
    }

    It 'are shown as people read them, with the A-labels beside: <_>' -ForEach @(
        { Get-DmarcRecord 例え.example -Zone $zone | Format-List }
        { Test-MailDomain 例え.example -Zone $zone | Format-List }
        { Import-DmarcReport $report | Format-List }
        { Import-DmarcReport $report | Measure-DmarcReport -GroupBy HeaderFrom, Reporter | Format-List }
        { Import-DmarcReport $report | Get-DmarcRollout -NoLookup | Format-List }
    ) {
        $text = & $_ 3>$null | Out-String -Width 160
        $text | Should -Match ([regex]::Escape($readable))
    }

    It 'are shown so in tables, on several lines where they do not fit: <_>' -ForEach @(
        { Test-MailDomain 例え.example -Zone $zone }
        { Import-DmarcReport $report }
        { Import-DmarcReport $report | Measure-DmarcReport -GroupBy HeaderFrom, Reporter }
        { Import-DmarcReport $report | Get-DmarcRollout -NoLookup }
    ) {
        & $_ 3>$null | Out-String -Width 160 | Should -Match '例え\.example \(xn--'
    }

    It 'have their A-labels alone in a table that would cut them' {
        Get-DmarcRecord 例え.example -Zone $zone | Format-Table | Out-String -Width 160 | Should -Match '(?m)^xn--r8jz45g\.example '
    }

    It 'keep their A-labels where letters of two scripts are mixed' {
        $rows = Import-DmarcReport $report
        $rows | Out-String -Width 160 | Should -Match ' xn--pple-43d\.example '
        $rows | Measure-DmarcReport -GroupBy HeaderFrom | Out-String | Should -Match '(?m)^xn--pple-43d\.example '
        $page = Join-Path $TestDrive 'idn.html'
        $rows | Export-DmarcReport $page
        $html = Get-Content -LiteralPath $page -Raw
        $html | Should -Match ([regex]::Escape($readable))
        $html | Should -Match '>xn--pple-43d\.example<'
        $html | Should -Not -Match "$([char] 0x0430)pple"
    }

    It 'are A-labels in what is piped on' {
        (Get-DmarcRecord 例え.example -Zone $zone).Domain | Should -Be 'xn--r8jz45g.example'
        (Test-MailDomain 例え.example -Zone $zone).Domain | Should -Be 'xn--r8jz45g.example'
        (Import-DmarcReport $report).HeaderFrom | Should -Be 'xn--r8jz45g.example', 'xn--pple-43d.example'
        (Import-DmarcReport $report | Measure-DmarcReport -GroupBy HeaderFrom).HeaderFrom | Should -Contain 'xn--r8jz45g.example'
        Import-DmarcReport $report | Select-Object * -ExcludeProperty Findings | ConvertTo-Csv | Out-String | Should -Not -Match '例え'
    }

    It 'are shown so in the sentences of findings, reasons and steps, in <_>' -ForEach 'en-US', 'ja-JP' {
        $result = Invoke-Session $_ { Test-MailDomain 例え.example -Zone $zone }
        $missing = $result.Findings | Where-Object Code -eq SpfRecordMissing
        $missing.Message, $missing.Remedy | Should -Match ([regex]::Escape($readable))
        $result.GradeReasons.Reason, $result.NextSteps[0].Remedy | Should -Match ([regex]::Escape($readable))
        (Import-DmarcReport $report).Findings.Message | Where-Object { $_ -match 'xn--pple' } | Should -Not -Match "$([char] 0x0430)pple"
    }

    It 'stay A-labels in the records, addresses and URLs of the same sentences, in <_>' -ForEach 'en-US', 'ja-JP' {
        $result = Invoke-Session $_ { Test-MailDomain 例え.example -Zone $zone }
        $texts = @($result.Findings.Remedy) + $result.NextSteps.Remedy + $result.NextSteps.RecordName + $result.NextSteps.RecordValue
        $texts | Where-Object { $_ -match '[@/=.]例え|"[^" ][^"]*例え[^"]*"' } | Should -BeNullOrEmpty
        $texts -match 'mailto:[^ ]+@xn--r8jz45g\.example' | Should -Not -BeNullOrEmpty
    }
}

Describe 'The language of a session of <_>' -ForEach 'ja', 'ja-JP' {
    It 'is Japanese, in texts and in help' {
        $reader = [powershell]::Create()
        try {
            $null = $reader.AddScript({
                    param($Folder, $Culture)

                    [System.Threading.Thread]::CurrentThread.CurrentUICulture = $Culture
                    Import-Module $Folder
                    (Get-DmarcRecord -Record 'v=DMARC1; p=none; ptc=1').Findings[0].Message
                    (Get-Help Get-DmarcRecord).Synopsis
                    Get-Help about_Dmarc | Out-String
                    Get-Help about_Dmarc_Findings | Out-String
                }).AddArgument((Join-Path $root 'out' 'Dmarc')).AddArgument($_)
            $texts = $reader.Invoke()
        }
        finally {
            $reader.Dispose()
        }

        $texts.Count | Should -Be 4
        foreach ($text in $texts) {
            $text | Should -Match '[\u3041-\u3096]'
        }
    }

    It 'comes from LANG, where the system has that' -Skip:($IsWindows -or $IsMacOS) {
        $script = Join-Path $TestDrive 'lang.ps1'
        Set-Content -LiteralPath $script @"
[cultureinfo]::CurrentUICulture.Name
Import-Module '$(Join-Path $root 'out' 'Dmarc')'
(Get-DmarcRecord -Record 'v=DMARC1; p=none; ptc=1').Findings[0].Message
(Get-Help Get-DmarcRecord).Synopsis
"@
        # An empty LC_ALL is the invariant culture, unlike none.
        $names = 'LANG', 'LC_ALL', 'LC_MESSAGES', 'DOTNET_SYSTEM_GLOBALIZATION_INVARIANT'
        $before = @{}
        foreach ($name in $names) {
            $before[$name] = [Environment]::GetEnvironmentVariable($name)
            Remove-Item "Env:$name" -ErrorAction Ignore
        }

        try {
            $env:LANG = $_.Replace('-', '_') + '.UTF-8'
            $env:DOTNET_SYSTEM_GLOBALIZATION_INVARIANT = '0'
            $output = @(pwsh -NoProfile -NonInteractive -File $script 2>$null)
        }
        finally {
            foreach ($name in $names) {
                Remove-Item "Env:$name" -ErrorAction Ignore
                if ($null -ne $before[$name]) {
                    Set-Item "Env:$name" $before[$name]
                }
            }
        }

        # Without the library ICU there is no culture but the invariant one.
        if (-not $output[0]) {
            Set-ItResult -Skipped -Because 'this system has no cultures'
            return
        }

        $output[0] | Should -Be $_
        $output[1] | Should -Match '受信側は無視します'
        $output[2] | Should -Match '[\u3041-\u3096]'
    }
}
