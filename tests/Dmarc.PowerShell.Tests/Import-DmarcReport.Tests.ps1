BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $samples = Join-Path $root 'docs' 'samples' 'reports'

    function Get-ReportText([string] $Id, [string] $Address = '198.51.100.1', [int] $Records = 1) {
        $parts = 1..$Records | ForEach-Object {
            "<record><row><source_ip>$Address</source_ip><count>$_</count><policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row><identifiers><header_from>a.example</header_from></identifiers><auth_results><dkim><domain>a.example</domain><result>pass</result></dkim></auth_results></record>"
        }
        @"
<?xml version="1.0" encoding="UTF-8"?>
<feedback><report_metadata><org_name>Reporter</org_name><email>r@reporter.example</email><report_id>$Id</report_id>
<date_range><begin>1700000000</begin><end>1700086399</end></date_range></report_metadata>
<policy_published><domain>a.example</domain><p>reject</p></policy_published>$($parts -join '')</feedback>
"@
    }

    function Get-GzipByte([string] $Text) {
        $buffer = [System.IO.MemoryStream]::new()
        $gzip = [System.IO.Compression.GZipStream]::new($buffer, [System.IO.Compression.CompressionLevel]::Fastest)
        $bytes = [System.Text.Encoding]::UTF8.GetBytes($Text)
        $gzip.Write($bytes, 0, $bytes.Length)
        $gzip.Dispose()
        , $buffer.ToArray()
    }
}

Describe 'Import-DmarcReport' {
    BeforeEach {
        $folder = (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory).FullName
        Get-ReportText one 198.51.100.1 | Set-Content (Join-Path $folder 'a.xml')
        Get-ReportText two 198.51.100.2 | Set-Content (Join-Path $folder 'b.xml')
    }

    Context 'where reports come from' {
        It 'reads the samples in all their forms' {
            $rows = Import-DmarcReport $samples -ErrorAction Stop
            $rows.Count | Should -BeGreaterThan 3
            $rows[0] | Should -BeOfType Dmarc.Reports.Aggregate.AggregateReportRow
            @($rows.Path | Sort-Object -Unique).Count | Should -Be (Get-ChildItem $samples -File).Count
        }

        It 'expands wildcards' {
            (Import-DmarcReport (Join-Path $folder '*.xml')).SourceIP | Should -Be '198.51.100.1', '198.51.100.2'
            (Import-DmarcReport (Join-Path $folder '[b-z].xml')).SourceIP | Should -Be '198.51.100.2'
        }

        It 'reads a folder, and those in it with -Recurse' {
            $below = New-Item (Join-Path $folder 'below') -ItemType Directory
            Get-ReportText three 198.51.100.3 | Set-Content (Join-Path $below 'c.xml')
            @(Import-DmarcReport $folder).Count | Should -Be 2
            @(Import-DmarcReport $folder -Recurse).Count | Should -Be 3
        }

        It 'takes names with brackets from Get-ChildItem and from -LiteralPath' {
            $file = Join-Path $folder 'c[1].xml'
            Set-Content -LiteralPath $file -Value (Get-ReportText three 198.51.100.3)
            (Get-ChildItem -LiteralPath $file | Import-DmarcReport).SourceIP | Should -Be '198.51.100.3'
            (Import-DmarcReport -LiteralPath $file).SourceIP | Should -Be '198.51.100.3'
            ([pscustomobject] @{ PSPath = "Microsoft.PowerShell.Core\FileSystem::$file" } | Import-DmarcReport).SourceIP | Should -Be '198.51.100.3'
            ($file | Import-DmarcReport).SourceIP | Should -Be '198.51.100.3'
        }

        It 'takes paths of other drives of PowerShell' {
            $name = Split-Path $folder -Leaf
            (Import-DmarcReport "TestDrive:\$name\a.xml").SourceIP | Should -Be '198.51.100.1'
        }

        It 'takes folders from the pipeline' {
            @(Get-Item $folder | Import-DmarcReport).Count | Should -Be 2
        }

        It 'takes bytes, kept together or not' {
            $bytes = Get-GzipByte (Get-ReportText three 198.51.100.3)
            (, $bytes | Import-DmarcReport).SourceIP | Should -Be '198.51.100.3'
            ($bytes | Import-DmarcReport).SourceIP | Should -Be '198.51.100.3'
            (Import-DmarcReport -InputObject $bytes).SourceIP | Should -Be '198.51.100.3'
        }

        It 'takes streams' {
            $stream = [System.IO.MemoryStream]::new((Get-GzipByte (Get-ReportText three 198.51.100.3)))
            (Import-DmarcReport -InputObject $stream).SourceIP | Should -Be '198.51.100.3'
        }

        It 'takes documents of XML' {
            $text = Get-ReportText three 198.51.100.3
            ([xml] $text | Import-DmarcReport).SourceIP | Should -Be '198.51.100.3'
            (([xml] $text).DocumentElement | Import-DmarcReport).SourceIP | Should -Be '198.51.100.3'
            ([System.Xml.Linq.XDocument]::Parse($text) | Import-DmarcReport).SourceIP | Should -Be '198.51.100.3'
        }

        It 'takes no rows for files' {
            $row = Get-ReportText three 198.51.100.3 | Import-DmarcReport
            { $row | Import-DmarcReport -ErrorAction Stop } | Should -Throw '*Dmarc.Reports.Aggregate.AggregateReportRow*' -ErrorId 'InputNotSupported,*'
        }

        It 'takes text and base64' {
            (Get-ReportText three 198.51.100.3 | Import-DmarcReport).SourceIP | Should -Be '198.51.100.3'
            ([Convert]::ToBase64String((Get-GzipByte (Get-ReportText four 198.51.100.4 20))) | Import-DmarcReport -IncludeDuplicate)[0].SourceIP | Should -Be '198.51.100.4'
        }

        It 'takes reports that come line by line' {
            $rows = Get-Content (Join-Path $folder 'a.xml'), (Join-Path $folder 'b.xml') | Import-DmarcReport -ErrorAction Stop
            $rows.SourceIP | Should -Be '198.51.100.1', '198.51.100.2'
            (Get-Content (Join-Path $folder 'a.xml')), (Join-Path $folder 'b.xml') | ForEach-Object { $_ } | Import-DmarcReport -ErrorAction Stop |
                Should -HaveCount 2
            $line = (Get-ReportText three 198.51.100.3) -replace '\r?\n'
            ($line, ($line -replace 'three', 'four') | Import-DmarcReport -ErrorAction Stop).ReportId | Should -Be 'three', 'four'
        }

        It 'takes a mailbox and base64 that come line by line' {
            $mail = foreach ($number in 1..3) {
                "From a@b.example Thu Nov 20 00:00:0$number 2025", 'From: a@b.example', "Subject: $number", 'MIME-Version: 1.0', 'Content-Type: application/xml', '',
                (Get-ReportText "m$number" "198.51.100.$number"), ''
            }
            Set-Content (Join-Path $folder 'm.mbox') $mail
            $rows = Get-Content (Join-Path $folder 'm.mbox') | Import-DmarcReport -ErrorAction Stop -WarningVariable warnings
            $rows.SourceIP | Should -Be '198.51.100.1', '198.51.100.2', '198.51.100.3'
            $warnings | Should -BeNullOrEmpty
            foreach ($name in 'c', 'd') {
                Set-Content (Join-Path $folder "$name.b64") ([Convert]::ToBase64String((Get-GzipByte (Get-ReportText $name 198.51.100.7 20)), 'InsertLineBreaks'))
            }
            $files = (Join-Path $folder 'c.b64'), (Join-Path $folder 'd.b64')
            (Get-Content $files | Import-DmarcReport -ErrorAction Stop).ReportId | Sort-Object -Unique | Should -Be 'c', 'd'
            # Without the note of their file, and with paths between.
            $lines = ((Get-Content $files[0]) + (Join-Path $folder 'a.xml') + (Get-Content $files[1])).ForEach({ $_.Substring(0) })
            ($lines | Import-DmarcReport -ErrorAction Stop).ReportId | Select-Object -Unique | Should -Be 'c', 'one', 'd'
            $long = 'x' * 64
            $long | Import-DmarcReport -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems | Should -HaveCount 1
        }

        It 'does not take nothing for the current folder' {
            Push-Location $folder
            try {
                foreach ($nothing in '', ' ', [pscustomobject] @{ Path = '' }, [pscustomobject] @{ FullName = ' ' }) {
                    $nothing | Import-DmarcReport -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
                    $problems | Should -HaveCount 1
                }
                Import-DmarcReport -InputObject '' -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
                $problems | Should -HaveCount 1
                Import-DmarcReport ' ' -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
                $problems | Should -HaveCount 1
                Set-Content (Join-Path $TestDrive list.txt) '', (Join-Path $folder 'a.xml'), '', ' '
                $rows = Get-Content (Join-Path $TestDrive list.txt) | Import-DmarcReport -ErrorAction Stop
                @($rows.Path) | Select-Object -Unique | Should -HaveCount 1
                '' | Test-DmarcAlignment -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
                $problems | Should -HaveCount 1
            }
            finally {
                Pop-Location
            }
        }

        It 'says of a closed stream what it is' {
            $stream = [System.IO.MemoryStream]::new([byte[]] (1, 2, 3))
            $stream.Dispose()
            Import-DmarcReport -InputObject $stream -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems | Should -HaveCount 1
            "$problems" | Should -BeLike '*stream is closed*'
        }

        It 'gives one error for lines that are no report' {
            '<a>', '', '  text', '</a>' | Import-DmarcReport -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems | Should -HaveCount 1
        }

        It 'takes attachments of Microsoft Graph' {
            $attachment = [pscustomobject] @{
                Name                 = 'report.xml.gz'
                AdditionalProperties = @{ contentBytes = [Convert]::ToBase64String((Get-GzipByte (Get-ReportText three 198.51.100.3))) }
            }
            $row = $attachment | Import-DmarcReport
            $row.SourceIP | Should -Be '198.51.100.3'
            $row.Path | Should -Match '^report\.xml\.gz'
        }
    }

    Context 'what comes out' {
        It 'keeps the order of the files, however many are read at once' {
            1..40 | ForEach-Object { Get-ReportText "r$_" "192.0.2.$_" (41 - $_) | Set-Content (Join-Path $folder ('r{0:d2}.xml' -f $_)) }
            $rows = Import-DmarcReport (Join-Path $folder 'r*.xml') -ThrottleLimit 8
            ($rows.SourceIP | Select-Object -Unique) | Should -Be (1..40 | ForEach-Object { "192.0.2.$_" })
            $rows.Count | Should -Be 820
        }

        It 'leaves out reports that were read before, and says so' {
            Get-ReportText one 198.51.100.1 | Set-Content (Join-Path $folder 'c.xml')
            $output = Import-DmarcReport $folder -Verbose 4>&1
            @($output | Where-Object { $_ -is [Dmarc.Reports.Aggregate.AggregateReportRow] }).Count | Should -Be 2
            "$($output | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] })" | Should -Match 'c\.xml'
            @(Import-DmarcReport $folder -IncludeDuplicate).Count | Should -Be 3
        }

        It 'warns where a report breaks off, and gives what stands before' {
            $text = Get-ReportText cut 198.51.100.7 3
            $text.Substring(0, $text.LastIndexOf('<record>') + 20) | Set-Content (Join-Path $folder 'cut.xml')
            $rows = Import-DmarcReport (Join-Path $folder 'cut.xml') -WarningVariable warnings -WarningAction SilentlyContinue
            @($rows).Count | Should -Be 2
            "$warnings" | Should -Match 'cut\.xml.*breaks off'
        }

        It 'can be grouped' {
            (Get-ChildItem $folder -Filter *.xml | Import-DmarcReport | Group-Object SourceIP).Name | Should -Be '198.51.100.1', '198.51.100.2'
        }

        It 'stops when nobody wants more' {
            Get-ReportText big 198.51.100.9 20000 | Set-Content (Join-Path $folder 'big.xml')
            @(Import-DmarcReport (Join-Path $folder 'big.xml') | Select-Object -First 3).Count | Should -Be 3
        }

        It 'survives Export-Csv' {
            $file = Join-Path $TestDrive 'rows.csv'
            Import-DmarcReport $folder | Export-Csv $file
            (Import-Csv $file)[0].Dkim | Should -Be 'pass a.example'
        }
    }

    Context 'errors' {
        It 'names the file that cannot be read and goes on' {
            'nothing of the kind' | Set-Content (Join-Path $folder 'aa.txt')
            $rows = Import-DmarcReport $folder -ErrorVariable problems -ErrorAction SilentlyContinue
            @($rows).Count | Should -Be 2
            $problems.FullyQualifiedErrorId | Should -Be 'ReportUnreadable,Dmarc.PowerShell.Commands.ImportDmarcReportCommand'
            "$($problems[0])" | Should -Match 'aa\.txt'
            $problems[0].TargetObject | Should -Match 'aa\.txt$'
        }

        It 'ends at the first error with -ErrorAction Stop' {
            'nothing of the kind' | Set-Content (Join-Path $folder 'aa.txt')
            { Import-DmarcReport (Join-Path $folder 'aa.txt') -ErrorAction Stop } | Should -Throw -ErrorId 'ReportUnreadable,*'
        }

        It 'gives <Id> for <Value>' -ForEach @(
            @{ Value = 'no-such-file.xml'; Id = 'PathNotFound,*' }
            @{ Value = 'no-such-*.xml'; Id = 'PathNotFound,*' }
            @{ Value = 'Env:\PATH'; Id = 'PathNotInFileSystem,*' }
        ) {
            { Import-DmarcReport -Path $Value -ErrorAction Stop } | Should -Throw -ErrorId $Id
        }

        It 'warns of a folder without files, and of one with subfolders only' {
            $empty = (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory).FullName
            Import-DmarcReport $empty -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            "$warnings" | Should -BeLike '*no files*'
            New-Item (Join-Path $empty below) -ItemType Directory | Out-Null
            Get-ReportText one | Set-Content (Join-Path $empty below a.xml)
            Import-DmarcReport $empty -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            "$warnings" | Should -BeLike '*-Recurse*'
            @(Import-DmarcReport $empty -Recurse -WarningVariable warnings).Count | Should -Be 1
            $warnings | Should -BeNullOrEmpty
        }

        It 'warns of a Maildir without reports' {
            $maildir = (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory).FullName
            'cur', 'new' | ForEach-Object { New-Item (Join-Path $maildir $_) -ItemType Directory } | Out-Null
            "From: a@b.example`r`nSubject: Lunch`r`n`r`nAt noon?" | Set-Content (Join-Path $maildir new 1)
            Import-DmarcReport $maildir -WarningVariable warnings -WarningAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
            "$warnings" | Should -BeLike '*No report was found*'
            $problems | Should -BeNullOrEmpty
        }

        It 'refuses a named pipe and a device, and goes on' -Skip:$IsWindows {
            mkfifo (Join-Path $folder aa.xml)
            $rows = Import-DmarcReport $folder -ErrorVariable problems -ErrorAction SilentlyContinue
            @($rows).Count | Should -Be 2
            "$problems" | Should -BeLike '*aa.xml*named pipe*'
            { Import-DmarcReport /dev/zero -ErrorAction Stop } | Should -Throw '*a device*' -ErrorId 'ReportFileNotReadable,*'
        }

        It 'names a stream that throws and goes on' {
            $closed = [IO.MemoryStream]::new()
            $closed.Dispose()
            $rows = $closed, (Get-Item (Join-Path $folder 'a.xml')) | Import-DmarcReport -ErrorVariable problems -ErrorAction SilentlyContinue
            @($rows).Count | Should -Be 1
            $problems.Count | Should -Be 1
            $problems[0].TargetObject | Should -Not -BeNullOrEmpty
        }

        It 'refuses a document type declaration' {
            '<?xml version="1.0"?><!DOCTYPE feedback [<!ENTITY a "b">]><feedback><x>&a;</x></feedback>' | Set-Content (Join-Path $folder 'c.xml')
            { Import-DmarcReport (Join-Path $folder 'c.xml') -ErrorAction Stop } | Should -Throw -ErrorId 'ReportDtdProhibited,*'
        }

        It 'says which limit was met, and lets it be set' {
            $file = Join-Path $folder 'a.xml'
            { Import-DmarcReport $file -ReadLimit @{ MaxTextBytes = 10 } -ErrorAction Stop } | Should -Throw '*-ReadLimit @{ MaxTextBytes = *' -ErrorId 'LimitExceeded,*'
            @(Import-DmarcReport $file -ReadLimit @{ maxxmldepth = 10; MaxTextBytes = 8MB } -ErrorAction Stop).Count | Should -Be 1
            { Import-DmarcReport $file -ReadLimit @{ MaxDepth = 2 } } | Should -Throw '*MaxXmlDepth*'
            { Import-DmarcReport $file -ReadLimit @{ MaxXmlDepth = 0 } } | Should -Throw '*from 1 to*'
        }

        It 'completes limits' {
            $text = 'Import-DmarcReport a.xml -ReadLimit MaxTe'
            [System.Management.Automation.CommandCompletion]::CompleteInput($text, $text.Length, $null).CompletionMatches.CompletionText |
                Should -Be '@{ MaxTextBytes = 4194304 }'
        }

        It 'reads another public suffix list' {
            $file = Join-Path $folder 'c.xml'
            (Get-ReportText three).Replace('<header_from>a.example', '<header_from>www.a.example') | Set-Content $file
            $list = Join-Path $folder 'list.dat'
            'example', 'a.example' | Set-Content $list
            (Import-DmarcReport $file).ComputedDkimAligned | Should -BeTrue
            (Import-DmarcReport $file -PublicSuffixList $list).ComputedDkimAligned | Should -BeFalse
            { Import-DmarcReport $file -PublicSuffixList "$list.none" } | Should -Throw -ErrorId 'PublicSuffixListUnreadable,*'
        }

        It 'says which objects it cannot read' {
            { 3 | Import-DmarcReport -ErrorAction Stop } | Should -Throw -ErrorId 'InputNotSupported,*'
        }
    }

    Context 'several kinds on one screen' {
        BeforeEach {
            $PSStyle.OutputRendering = 'PlainText'
            $mixed = Join-Path $TestDrive 'mixed'
            $null = New-Item $mixed -ItemType Directory -Force
            $evil = "Evil$([char] 27)[31m$([char] 0x9B)$([char] 0x202E)"
            Get-ReportText mixed | ForEach-Object { $_.Replace('Reporter', $evil.Replace("$([char] 27)", '')) } | Set-Content (Join-Path $mixed 'b.xml')
            $samples = Join-Path $root 'docs' 'samples'
            (Get-Content (Get-ChildItem (Join-Path $samples 'failure-reports')).FullName -Raw).Replace('ReaderMail/3.2', $evil) | Set-Content (Join-Path $mixed 'a.eml')
            (Get-Content -LiteralPath (Get-ChildItem (Join-Path $samples 'tls-reports')).FullName -Raw).Replace('"Mailer"', "`"$evil`"") | Set-Content (Join-Path $mixed 'c.json')
            $reports = Import-DmarcReport $mixed -Type All
        }

        It 'are one table, in whatever order' {
            foreach ($items in $reports, $reports[($reports.Count - 1)..0]) {
                $text = $items | Out-String -Width 120
                [regex]::Matches($text, 'Kind +Begin +Reporter +Domain +Source +Result').Count | Should -Be 1
                $text | Should -Match '(?m)^Aggregate .* passed'
                $text | Should -Match '(?m)^Failure .* failed: '
                $text | Should -Match '(?m)^Tls '
                $text | Should -Not -Match 'OrganizationName'
            }
        }

        It 'are escaped by <_>' -ForEach 'Out-String', 'Format-List', 'Format-Table', 'Format-Wide' {
            foreach ($items in $reports, $reports[($reports.Count - 1)..0]) {
                $text = $items | & $_ | Out-String -Width 120
                $text.Length | Should -BeGreaterThan 50
                foreach ($character in 27, 0x9B, 0x202E) {
                    $text.ToCharArray() | Should -Not -Contain ([char] $character)
                }
            }
        }

        It 'keep their own lists' {
            $text = $reports | Format-List | Out-String -Width 120
            foreach ($label in 'AuthFailure', 'HeaderFrom', 'PolicyDomain', 'ComputedPassed') {
                $text | Should -Match "(?m)^$label +: "
            }
        }

        It 'are what they are for other commands' {
            @($reports | Where-Object { $_ -is [Dmarc.Reports.Tls.TlsReportRow] }).Count | Should -Be 3
            ($reports | Measure-DmarcReport -ErrorAction SilentlyContinue).Messages | Should -Be ($reports | Measure-Object Count -Sum).Sum
            ($reports | ConvertTo-Json -Depth 7 | ConvertFrom-Json).Count | Should -Be $reports.Count
            $file = Join-Path $TestDrive 'mixed.ndjson'
            @($reports | Export-DmarcReport $file -PassThru).Count | Should -Be $reports.Count
            @(Get-Content $file).Count | Should -Be $reports.Count
        }

        It 'have parts that are escaped, too: <_>' -ForEach 'Reporter', 'AuthenticationResults', 'OtherFields', 'OriginalMessage', 'OriginalRecipients' {
            $name = $_
            $mail = Get-Content (Join-Path $mixed 'a.eml') -Raw
            $mail -replace '(?m)^(From|Subject|Authentication-Results|Original-Rcpt-To): *', "`$0$evil " -replace '(?m)^Feedback-Type:', "X-Evil: $evil`n`$0" |
                Set-Content (Join-Path $mixed 'a.eml')
            $part = (Import-DmarcReport (Join-Path $mixed 'a.eml') -Type Failure).$name
            foreach ($text in ($part | Out-String -Width 120), ($part | Format-List | Out-String -Width 120), ($part | Format-Table | Out-String -Width 120)) {
                $text | Should -Match '\\u001B\[31m|Evil'
                $text.ToCharArray() | Should -Not -Contain ([char] 27)
                $text.ToCharArray() | Should -Not -Contain ([char] 0x9B)
            }
        }

        It 'show the header of a message line by line' {
            $text = (Import-DmarcReport (Join-Path $mixed 'a.eml') -Type Failure).OriginalMessage | Out-String -Width 120
            $text | Should -Match '(?m)^ +(From|To|Subject|Date): '
            $text | Should -Not -Match '\\r\\n'
        }

        It 'are shown as well in another session' {
            $file = Join-Path $TestDrive 'mixed.clixml'
            $reports | Export-Clixml $file
            $copies = Import-Clixml $file
            ($copies | Out-String -Width 120) | Should -Be ($reports | Out-String -Width 120)
            ($copies | Format-List | Out-String -Width 120).ToCharArray() | Should -Not -Contain ([char] 27)
        }

        It 'leave one kind alone' {
            (Import-DmarcReport $mixed -Type Tls)[0].PSObject.TypeNames[0] | Should -Be 'Dmarc.Reports.Tls.TlsReportRow'
        }
    }

    It 'escapes what a terminal would act on' {
        $PSStyle.OutputRendering = 'PlainText'
        Get-ReportText three | ForEach-Object { $_.Replace('Reporter', "Rep$([char] 0x9B)31m$([char] 0x202E)") } | Set-Content (Join-Path $folder 'c.xml')
        $text = Import-DmarcReport (Join-Path $folder 'c.xml') | Format-List | Out-String -Width 200
        $text | Should -Match '\\u202E'
        $text.ToCharArray() | Should -Not -Contain ([char] 0x202E)
    }

    Context 'damaged reports and copies' {
        It 'loses no row to one stray byte' {
            $text = (Get-ReportText stray 198.51.100.8 3).Replace('<count>2</count>', '<count>2</count>&')
            $text | Set-Content (Join-Path $folder 'stray.xml')
            $rows = @(Import-DmarcReport (Join-Path $folder 'stray.xml') -ErrorAction Stop -WarningAction SilentlyContinue)
            $rows.Count | Should -Be 3
            ($rows | Measure-Object Count -Sum).Sum | Should -Be 6
        }

        It 'reads rows in wrong places and warns with the name of the file' {
            $text = (Get-ReportText wrong 198.51.100.8 3) -replace '<(/?)record>', '<$1recrod>'
            $text | Set-Content (Join-Path $folder 'wrong.xml')
            $rows = @(Import-DmarcReport (Join-Path $folder 'wrong.xml') -WarningVariable warnings -WarningAction SilentlyContinue)
            $rows.Count | Should -Be 3
            "$warnings" | Should -Match 'wrong\.xml.*rows'
        }

        It 'tells once at the end how many copies were left out' {
            Copy-Item (Join-Path $folder 'a.xml') (Join-Path $folder 'c.xml')
            Copy-Item (Join-Path $folder 'b.xml') (Join-Path $folder 'd.xml')
            $rows = @(Import-DmarcReport $folder -WarningVariable warnings -WarningAction SilentlyContinue)
            $rows.Count | Should -Be 2
            @($warnings) | Should -HaveCount 1
            "$warnings" | Should -Match '^2 .*IncludeDuplicate'
            $null = Import-DmarcReport $folder -IncludeDuplicate -WarningVariable warnings -WarningAction SilentlyContinue
            @($warnings) | Should -HaveCount 0
        }

        It 'reads reports with the same id for other days and domains, and warns of the days' {
            (Get-ReportText one 198.51.100.1).Replace('1700000000', '1699913600').Replace('1700086399', '1699999999') | Set-Content (Join-Path $folder 'day2.xml')
            (Get-ReportText one 198.51.100.1).Replace('<domain>a.example', '<domain>b.example') | Set-Content (Join-Path $folder 'other.xml')
            $rows = @(Import-DmarcReport $folder -WarningVariable warnings -WarningAction SilentlyContinue)
            $rows.Count | Should -Be 4
            @($warnings) | Should -HaveCount 1
            "$warnings" | Should -Match 'day2\.xml.*identifier'
        }

        It 'gives an ordinary error for a web page, and none beside a report' {
            $page = Join-Path $folder 'page.html'
            '<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html xmlns="http://www.w3.org/1999/xhtml"/>' | Set-Content $page
            $null = Import-DmarcReport $page -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -Match '^ReportUnreadable,'
        }

        It 'explains a pass that was quarantined' {
            $text = (Get-ReportText passed 198.51.100.8).Replace('<disposition>none', '<disposition>quarantine')
            $finding = ($text | Import-DmarcReport).Findings | Where-Object Code -eq ReportPassNotDelivered
            $finding.Message | Should -Match 'passed DMARC.*filter'
        }
    }
}
