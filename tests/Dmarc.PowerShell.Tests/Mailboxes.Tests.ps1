BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $samples = Join-Path $root 'docs' 'samples'
    $failure = Join-Path $samples 'failure-reports' 'newsletter.eml'
    $tls = (Get-ChildItem (Join-Path $samples 'tls-reports') -Filter *.json).FullName
    $aggregate = Join-Path $samples 'reports' 'bigmail.example!contoso.example!1763510400!1763596799.xml'
}

# The recipes of docs/mailboxes.md, as far as they need nothing but files.
Describe 'The recipes for mailboxes' {
    BeforeEach {
        $folder = (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory).FullName
    }

    Context 'Microsoft Graph' {
        BeforeAll {
            $attachments = @"
{ "@odata.context": "https://graph.microsoft.com/v1.0/`$metadata", "value": [
  { "@odata.type": "#microsoft.graph.fileAttachment", "id": "A1", "name": "report.xml", "contentType": "text/xml", "isInline": false,
    "contentBytes": "$([Convert]::ToBase64String([System.IO.File]::ReadAllBytes($aggregate)))" },
  { "@odata.type": "#microsoft.graph.fileAttachment", "id": "A2", "name": "report.json", "contentType": "application/json", "isInline": false,
    "contentBytes": "$([Convert]::ToBase64String([System.IO.File]::ReadAllBytes($tls)))" } ] }
"@
        }

        It 'reads attachments from JSON' {
            $rows = ($attachments | ConvertFrom-Json).value | Import-DmarcReport -Type Aggregate, Tls -ErrorAction Stop
            $rows | Where-Object { $_ -is [Dmarc.Reports.Aggregate.AggregateReportRow] } | Should -Not -BeNullOrEmpty
            $rows | Where-Object { $_ -is [Dmarc.Reports.Tls.TlsReportRow] } | Should -HaveCount 3
            $rows[0].Path | Should -Be 'report.xml'
        }

        It 'reads attachments as hashtables, as Invoke-MgGraphRequest gives them' {
            $rows = ($attachments | ConvertFrom-Json -AsHashtable).value | Import-DmarcReport -Type All -ErrorAction Stop
            $rows.Path | Select-Object -Unique | Should -Be 'report.xml', 'report.json'
        }

        It 'reads objects of the SDK, with bytes or with AdditionalProperties' {
            $bytes = [System.IO.File]::ReadAllBytes($tls)
            ([pscustomobject] @{ Id = 1; Name = 'a.json'; ContentBytes = $bytes } | Import-DmarcReport -Type Tls) | Should -HaveCount 3
            $typed = [pscustomobject] @{ Id = 1; Name = 'a.json'; AdditionalProperties = [System.Collections.Generic.Dictionary[string, object]]::new() }
            $typed.AdditionalProperties['contentBytes'] = [Convert]::ToBase64String($bytes)
            ($typed | Import-DmarcReport -Type Tls) | Should -HaveCount 3
        }

        It 'reads objects that were saved and read again' {
            $item = [pscustomobject] @{ Name = 'a.json'; ContentBytes = [System.IO.File]::ReadAllBytes($tls) }
            ($item | ConvertTo-Json | ConvertFrom-Json | Import-DmarcReport -Type Tls) | Should -HaveCount 3
            $item | Export-Clixml (Join-Path $folder 'a.clixml')
            (Import-Clixml (Join-Path $folder 'a.clixml') | Import-DmarcReport -Type Tls) | Should -HaveCount 3
        }

        It 'says that an attached item has no content' {
            { [pscustomobject] @{ '@odata.type' = '#microsoft.graph.itemAttachment'; name = 'Fw: x' } | Import-DmarcReport -ErrorAction Stop } |
                Should -Throw '*Fw: x*Get-MgUserMessageContent*' -ErrorId 'InputNotSupported,*'
        }
    }

    It 'says that a .pst is not read' {
        [System.IO.File]::WriteAllBytes((Join-Path $folder 'a.pst'), [System.Text.Encoding]::ASCII.GetBytes('!BDN' + 'x' * 600))
        { Import-DmarcReport (Join-Path $folder 'a.pst') -ErrorAction Stop } | Should -Throw '*.pst*Export the messages*' -ErrorId 'ReportUnreadable,*'
    }

    It 'reads a Maildir' {
        'cur', 'new', 'tmp' | ForEach-Object { New-Item (Join-Path $folder $_) -ItemType Directory | Out-Null }
        Copy-Item $failure (Join-Path $folder 'new' '1763600000.M1.host')
        Copy-Item (Join-Path $samples 'reports' 'campus.example.eml') (Join-Path $folder 'cur' '1763600001.M2.host,S=100;2,S')
        "From: a@b.example`nSubject: lunch`n`nAt noon?" | Set-Content (Join-Path $folder 'cur' '1763600002.M3.host')
        $rows = Import-DmarcReport $folder -Type All -ErrorAction Stop
        $rows[0] | Should -BeOfType Dmarc.Reports.Failure.FailureReport
        $rows[1] | Should -BeOfType Dmarc.Reports.Aggregate.AggregateReportRow
    }

    It 'reads an mbox file of all kinds, sorted by content' {
        $mbox = Join-Path $folder 'DMARC.mbox'
        $json = Get-Content $tls -Raw
        @(
            'From a Mon Jan  1 00:00:00 2024', (Get-Content $failure -Raw), ''
            'From b Mon Jan  1 00:00:00 2024', "From: t@mailer.example`nContent-Type: application/tlsrpt+json`n`n$json", ''
            'From c Mon Jan  1 00:00:00 2024', (Get-Content (Join-Path $samples 'reports' 'campus.example.eml') -Raw)
        ) -join "`n" | Set-Content $mbox
        $rows = Import-DmarcReport $mbox -Type All -ErrorAction Stop | Group-Object { $_.GetType().Name } -AsHashTable
        $rows.FailureReport | Should -HaveCount 1
        $rows.TlsReportRow | Should -HaveCount 3
        $rows.AggregateReportRow | Should -Not -BeNullOrEmpty
        $rows.FailureReport[0].Path | Should -Match 'DMARC\.mbox!1!'
    }

    Context 'text that comes line by line' {
        It 'takes <Name> as it takes the file' -ForEach @(
            @{ Name = 'a message'; File = 'failure-reports/newsletter.eml'; Count = 1 }
            @{ Name = 'JSON'; File = 'tls-reports/*.json'; Count = 3 }
        ) {
            $file = (Get-Item (Join-Path $samples $File)).FullName
            $rows = Get-Content -LiteralPath $file | Import-DmarcReport -Type All -ErrorAction Stop
            $rows | Should -HaveCount $Count
            $rows[0].Path | Should -BeLike "$($file -replace '([\[\]])', '`$1')*"
            Get-Content -LiteralPath $file -Raw | Import-DmarcReport -Type All -ErrorAction Stop | Should -HaveCount $Count
        }

        It 'tells the files apart' {
            $other = Join-Path $folder 'b.eml'
            (Get-Content $failure -Raw).Replace('f-20261119-1@', 'f-2@').Replace('198.51.100.7', '198.51.100.8') | Set-Content $other
            (Get-Content $failure, $other | Import-DmarcReport -Type Failure -ErrorAction Stop).SourceIP | Should -Be '198.51.100.7', '198.51.100.8'
            $rows = Get-Content -LiteralPath $tls, $failure, $aggregate | Import-DmarcReport -Type All -ErrorAction Stop
            $rows.ForEach({ $_.GetType().Name }) | Select-Object -Unique | Should -Be 'TlsReportRow', 'FailureReport', 'AggregateReportRow'
        }

        It 'takes JSON in one line, and several' {
            $line = Get-Content -LiteralPath $tls -Raw | ConvertFrom-Json | ConvertTo-Json -Depth 9 -Compress
            $line | Import-DmarcReport -Type Tls -ErrorAction Stop | Should -HaveCount 3
            $line, $line.Replace('"report-id":"', '"report-id":"other-') | Import-DmarcReport -Type Tls -ErrorAction Stop | Should -HaveCount 6
        }

        It 'still takes paths, also those that come from a file' {
            Copy-Item $failure (Join-Path $folder '[{x}] a.eml')
            @($failure, $tls) | Set-Content (Join-Path $folder 'list.txt')
            Get-Content (Join-Path $folder 'list.txt') | Import-DmarcReport -Type All -ErrorAction Stop | Should -HaveCount 4
            Push-Location $folder
            try { '[{x}] a.eml' | Import-DmarcReport -Type All -ErrorAction Stop | Should -HaveCount 1 } finally { Pop-Location }
            { 'https://contoso.com/report.xml' | Import-DmarcReport -ErrorAction Stop } | Should -Throw -ErrorId 'PathNotFound,*'
        }
    }
}

# What Microsoft Graph answers, in the objects of its SDK: what is of a file alone stands among the additional properties.
Describe 'Save-GraphReport.ps1' {
    BeforeAll {
        $script = Join-Path $samples 'Save-GraphReport.ps1'
        $recorded = Get-Content (Join-Path $PSScriptRoot 'Data' 'graph-attachments.json') -Raw | ConvertFrom-Json -AsHashtable

        function Get-MgUserMailFolderMessage {
            param($UserId, $MailFolderId, [switch] $All, $Filter, $Property)

            if ($UserId -ne 'dmarc@contoso.com') { throw '[ErrorInvalidUser] : The requested user is invalid.' }
            "$MailFolderId $Filter $Property" | Should -Be 'inbox isRead eq false and hasAttachments eq true id'
            foreach ($id in @($unread)) { [pscustomobject] @{ Id = $id; Subject = $null } }
        }

        function Get-MgUserMessageAttachment {
            param($UserId, $MessageId, [switch] $All)

            foreach ($attachment in $recorded[$MessageId].value) {
                $rest = [System.Collections.Generic.Dictionary[string, object]]::new()
                foreach ($name in '@odata.type', '@odata.mediaContentType', 'contentId', 'contentBytes') {
                    if ($attachment.Contains($name)) { $rest[$name] = $attachment[$name] }
                }

                [pscustomobject] @{ Id = $attachment.id; Name = $attachment.name; ContentType = $attachment.contentType; Size = $attachment.size; AdditionalProperties = $rest }
            }
        }

        function Update-MgUserMessage {
            param($UserId, $MessageId, $BodyParameter)

            $BodyParameter.isRead | Should -BeTrue
            (Get-ChildItem $folder -Filter *.ndjson).Count | Should -Be 1 -Because 'messages are marked after that'
            $null = $unread.Remove($MessageId)
        }
    }

    BeforeEach {
        $folder = (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory).FullName
        $unread = [System.Collections.Generic.List[string]] @($recorded.Keys | Sort-Object)
    }

    It 'saves the rows, and marks what was read, and nothing else' {
        & $script -User dmarc@contoso.com -Folder $folder 2>$null
        $LASTEXITCODE | Should -Be 1
        $rows = Get-Content (Join-Path $folder '*.ndjson') | ConvertFrom-Json
        ($rows | Group-Object type -AsHashTable).aggregate.Count | Should -Be 2
        ($rows | Group-Object type -AsHashTable).tls.Count | Should -Be 1
        $rows.path | Should -Match '^AAMkAG(aggregate|tls)=!'
        # A file that breaks off, and a message that is attached.
        $unread | Should -Be 'AAMkAGbroken=', 'AAMkAGfailure='
    }

    It 'tells by its exit code that all went well' {
        $unread.Remove('AAMkAGbroken=')
        & $script -User dmarc@contoso.com -Folder $folder
        $LASTEXITCODE | Should -Be 0
        $unread | Should -Be 'AAMkAGfailure='
    }

    It 'tells by its exit code that a report is damaged, and which' {
        $unread.Clear()
        $text = [System.IO.File]::ReadAllText($aggregate)
        $damaged = [Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes($text.Substring(0, $text.LastIndexOf('<record>') + 40)))
        $recorded['AAMkAGdamaged='] = @{ value = @(@{ '@odata.type' = '#microsoft.graph.fileAttachment'; id = '1'; name = 'cut.xml'; contentBytes = $damaged }) }
        $unread.Add('AAMkAGdamaged=')
        try {
            $before = [Console]::Error
            $told = [System.IO.StringWriter]::new()
            [Console]::SetError($told)
            & $script -User dmarc@contoso.com -Folder $folder
            $LASTEXITCODE | Should -Be 1
            "$told" | Should -Match 'AAMkAGdamaged=!cut\.xml: .*breaks off'
            (Get-Content (Join-Path $folder '*.ndjson') | ConvertFrom-Json).path | Should -Match '^AAMkAGdamaged=!'
            $unread | Should -BeNullOrEmpty
        }
        finally {
            [Console]::SetError($before)
            $recorded.Remove('AAMkAGdamaged=')
        }
    }

    It 'marks nothing where nothing was saved' {
        & $script -User dmarc@contoso.com -Folder (Join-Path $folder 'missing' 'x') 2>$null
        $LASTEXITCODE | Should -Be 2
        & $script -User nobody@contoso.com -Folder $folder 2>$null
        $LASTEXITCODE | Should -Be 2
        $unread.Count | Should -Be $recorded.Count
    }
}

Describe 'Failure reports and TLS reports' {
    It 'gives a warning for each kind that was not asked for, and names them with -Verbose' {
        $rows = Import-DmarcReport (Join-Path $samples 'failure-reports'), (Join-Path $samples 'tls-reports') -ErrorAction Stop -WarningVariable warnings -WarningAction SilentlyContinue
        $rows | Should -BeNullOrEmpty
        $warnings | Should -HaveCount 2
        "$($warnings[0])" | Should -Match 'failure report.*newsletter\.eml.*-Type Failure.*-Type All'
        "$($warnings[1])" | Should -Match 'TLS report.*-Type Tls'
        (Import-DmarcReport (Join-Path $samples 'tls-reports') -Verbose -WarningAction SilentlyContinue 4>&1) -join "`n" | Should -Match "of the kind 'TLS report'"
    }

    It 'declares what comes out' {
        (Get-Command Import-DmarcReport).OutputType.Name | Should -Be 'Dmarc.Reports.Aggregate.AggregateReportRow', 'Dmarc.Reports.Failure.FailureReport', 'Dmarc.Reports.Tls.TlsReportRow'
        $text = 'Import-DmarcReport a -Type '
        [System.Management.Automation.CommandCompletion]::CompleteInput($text, $text.Length, $null).CompletionMatches.CompletionText |
            Should -Be 'Aggregate', 'All', 'Failure', 'Tls'
    }

    It 'pipes a failure report, and its message, into Test-DmarcAlignment' {
        $zone = Join-Path $samples 'example.zone'
        $report = Import-DmarcReport $failure -Type Failure
        foreach ($result in ($report | Test-DmarcAlignment -Zone $zone), ($report.OriginalMessage | Test-DmarcAlignment -Zone $zone)) {
            $result | Should -BeOfType Dmarc.Advice.Messages.AlignmentResult
            $result.Result | Should -Be 'Fail'
            $result.From | Should -Be 'news@a.example'
            # The address and the envelope sender are those of the report: SPF passes for the service, which is not the author.
            $result.Spf.Result | Should -Be 'Pass'
            $result.Spf.Domain | Should -Be 'esp.example'
            $result.Spf.Aligned | Should -BeFalse
        }
        ($report | Test-DmarcAlignment -Zone $zone -IPAddress 203.0.113.9).Spf.Result | Should -Be 'Fail'
        ($report | Test-DmarcAlignment -Zone $zone).Source | Should -Match 'newsletter\.eml'
    }

    It 'says that a report without its message cannot be assessed' {
        $report = "Feedback-Type: auth-failure`nSource-IP: 192.0.2.1`n" | Import-DmarcReport -Type Failure
        { $report | Test-DmarcAlignment -ErrorAction Stop } | Should -Throw '*neither the message nor its header*' -ErrorId 'MessageUnreadable,*'
    }

    It 'leaves out reports that were read before' {
        Import-DmarcReport $failure, $failure, $tls, $tls -Type All | Should -HaveCount 4
        Import-DmarcReport $failure, $failure, $tls, $tls -Type All -IncludeDuplicate | Should -HaveCount 8
    }

    It 'adds up without counting anything twice' {
        $rows = Import-DmarcReport $tls -Type Tls
        ($rows | Measure-Object TotalSuccessfulSessions -Sum).Sum | Should -Be 421
        ($rows | Measure-Object TotalFailedSessions -Sum).Sum | Should -Be 27
        ($rows | Measure-Object FailedSessions -Sum).Sum | Should -Be 27
    }

    It 'shows hostile values harmless' {
        $PSStyle.OutputRendering = 'PlainText'
        $evil = "<script>alert(1)</script>`e[31mred`e[0m$([char] 0x202E)$([char] 0x9B)2J"
        $mail = (Get-Content $failure -Raw).Replace('ReaderMail/3.2', $evil + 'x' * 10kb).Replace('Our winter sale', $evil).Replace('The A Shop', $evil).Replace('4Ln7Qw4fnvz6Bq', "=cmd|'/c calc'!A1")
        $json = (Get-Content $tls -Raw).Replace('"Mailer"', (ConvertTo-Json ($evil + 'x' * 10kb))).Replace('no STARTTLS after EHLO', "=cmd|'/c calc'!A1").Replace('mx3.a.example', $evil.Replace("`e", '\u001b'))
        $rows = @($mail | Import-DmarcReport -Type Failure -ErrorAction Stop) + @($json | Import-DmarcReport -Type Tls -ErrorAction Stop -WarningAction SilentlyContinue)
        $rows | Should -HaveCount 4
        foreach ($text in ($rows[0] | Format-List | Out-String -Width 200), ($rows[1..3] | Format-List | Out-String -Width 200), ($rows[0] | Format-Table | Out-String -Width 120), ($rows[1..3] | Format-Table | Out-String -Width 120)) {
            foreach ($character in 0x1B, 0x9B, 0x202E) {
                $text.IndexOf([char] $character) | Should -Be (-1)
            }
        }
        $rows[0].UserAgent.Length | Should -BeLessOrEqual 8192
        $rows[1].OrganizationName.Length | Should -BeLessOrEqual 8192
    }
}
