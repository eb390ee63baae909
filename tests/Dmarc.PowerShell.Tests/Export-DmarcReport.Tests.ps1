BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $samples = Join-Path $root 'docs' 'samples' 'reports'
    $rows = Import-DmarcReport $samples
}

Describe 'Export-DmarcReport' {
    BeforeEach {
        $folder = (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory).FullName
        Push-Location $folder
    }

    AfterEach {
        Pop-Location
    }

    Context 'the file' {
        It 'writes a page to a path relative to the current location' {
            $rows | Export-DmarcReport page.html -Language en | Should -BeNullOrEmpty
            Get-Content (Join-Path $folder page.html) -Raw | Should -BeLike '<!DOCTYPE html>*<html lang="en">*contoso.example*'
            @(Get-ChildItem $folder -Force).Count | Should -Be 1
        }

        It 'writes what Import-Csv and ConvertFrom-Json read' {
            $rows | Export-DmarcReport rows.csv
            $rows | Export-DmarcReport rows.json
            $rows | Export-DmarcReport rows.ndjson
            (Import-Csv rows.csv | Measure-Object count -Sum).Sum | Should -Be ($rows | Measure-Object Count -Sum).Sum
            (Get-Content rows.json -Raw | ConvertFrom-Json).source_ip | Should -Be $rows.SourceIP
            (Get-Content rows.ndjson | ForEach-Object { $_ | ConvertFrom-Json }).source_ip | Should -Be $rows.SourceIP
        }

        It 'takes a drive of PowerShell and a name with brackets' {
            New-PSDrive here FileSystem $folder | Out-Null
            $rows | Export-DmarcReport here:/rows.csv
            $rows | Export-DmarcReport -LiteralPath 'rows[1].csv'
            Test-Path -LiteralPath (Join-Path $folder 'rows.csv') | Should -BeTrue
            Test-Path -LiteralPath (Join-Path $folder 'rows[1].csv') | Should -BeTrue
            { $rows | Export-DmarcReport 'rows[2].csv' } | Should -Throw -ErrorId 'ExportPathAmbiguous,*'
        }

        It 'spreads rows over folders' {
            $rows | Export-DmarcReport lake -PartitionBy Month, Domain
            Test-Path lake/month=2025-11/domain=contoso.example/part-*.ndjson | Should -BeTrue
        }

        It 'says what is wrong with the path before it reads' {
            $id = { param($path, $more = @{}) try { $rows | Export-DmarcReport $path @more } catch { $_.FullyQualifiedErrorId } }
            & $id rows.txt | Should -BeLike 'ExportFormatUnknown,*'
            & $id none/rows.csv | Should -BeLike 'ExportFolderMissing,*'
            & $id 'Env:/rows.csv' | Should -BeLike 'PathNotInFileSystem,*'
            Set-Content rows.csv before
            & $id rows.csv @{ NoClobber = $true } | Should -BeLike 'ExportFileExists,*'
            Get-Content rows.csv | Should -Be before
        }
    }

    Context 'what was there before' {
        It 'stays where no row comes, with a warning' {
            Set-Content rows.csv before
            @() | Export-DmarcReport rows.csv -WarningVariable warnings -WarningAction SilentlyContinue
            Get-Content rows.csv | Should -Be before
            "$warnings" | Should -BeLike '*rows.csv*was not changed*'
            @(Get-ChildItem $folder -Force).Count | Should -Be 1
        }

        It 'lends its permissions, and a link stays' -Skip:$IsWindows {
            Set-Content rows.csv before
            chmod 640 rows.csv
            New-Item link.csv -ItemType SymbolicLink -Target (Join-Path $folder rows.csv) | Out-Null
            $rows | Export-DmarcReport link.csv
            (Get-Item link.csv).LinkType | Should -Be SymbolicLink
            (Get-Item rows.csv).UnixMode | Should -Be '-rw-r-----'
            @(Import-Csv rows.csv).Count | Should -Be $rows.Count
        }

        It 'is not replaced by the rows that are read from it' {
            Copy-Item (Get-ChildItem $samples -File | Select-Object -First 1).FullName report.json
            $before = (Get-FileHash report.json).Hash
            { Import-DmarcReport report.json | Export-DmarcReport report.json -ErrorAction Stop } | Should -Throw -ErrorId 'ExportOverInput,*'
            (Get-FileHash report.json).Hash | Should -Be $before
            @(Get-ChildItem $folder -Force).Count | Should -Be 1
        }

        It 'is not replaced by the rows that are read from it under another name' -Skip:$IsWindows -ForEach @(
            @{ Read = 'real/in.json'; Write = 'out.csv' }
            @{ Read = 'out.csv'; Write = 'real/in.json' }
            @{ Read = 'real/in.json'; Write = 'lnk/in.json' }
            @{ Read = 'lnk/in.json'; Write = 'real/in.json' }
            @{ Read = 'lnk'; Write = 'out.csv' }
        ) {
            New-Item real -ItemType Directory | Out-Null
            Copy-Item (Get-ChildItem $samples -File | Select-Object -First 1).FullName real/in.json
            New-Item out.csv -ItemType SymbolicLink -Target (Join-Path real in.json) | Out-Null
            New-Item lnk -ItemType SymbolicLink -Target real | Out-Null
            $before = (Get-FileHash real/in.json).Hash
            { Import-DmarcReport $Read | Export-DmarcReport $Write -As Csv -ErrorAction Stop } | Should -Throw -ErrorId 'ExportOverInput,*'
            (Get-FileHash real/in.json).Hash | Should -Be $before
            (Get-Item out.csv).LinkType | Should -Be SymbolicLink
        }

        It 'is not replaced when its own rows were left out' {
            $sample = (Get-ChildItem $samples -File | Select-Object -First 1).FullName
            Copy-Item $sample keep.dat
            Copy-Item $sample in.csv
            New-Item folder -ItemType Directory | Out-Null
            Copy-Item $sample folder/in.csv
            $before = (Get-FileHash in.csv).Hash
            { Import-DmarcReport keep.dat, in.csv -WarningAction SilentlyContinue | Export-DmarcReport in.csv -ErrorAction Stop } |
                Should -Throw -ErrorId 'ExportOverInput,*'
            { Import-DmarcReport keep.dat, folder -WarningAction SilentlyContinue | ForEach-Object { $_ } | Export-DmarcReport folder/in.csv -ErrorAction Stop } |
                Should -Throw -ErrorId 'ExportOverInput,*'
            { 'keep.dat', 'in.csv' | ForEach-Object { Import-DmarcReport $_ } | Export-DmarcReport in.csv -ErrorAction Stop } |
                Should -Throw -ErrorId 'ExportOverInput,*'
            (Get-FileHash in.csv).Hash, (Get-FileHash folder/in.csv).Hash | Should -Be $before, $before
            Import-DmarcReport keep.dat | Export-DmarcReport in.csv -ErrorAction Stop
            (Get-FileHash in.csv).Hash | Should -Not -Be $before
        }

        It 'is written without rows, and says so' {
            @() | Export-DmarcReport new.csv -WarningVariable warnings -WarningAction SilentlyContinue
            Test-Path new.csv | Should -BeTrue
            $warnings | Should -HaveCount 1
            "$warnings" | Should -BeLike '*without rows*'
            @() | Export-DmarcReport new.csv -WarningVariable warnings -WarningAction SilentlyContinue
            "$warnings" | Should -BeLike '*not changed*'
        }

        It 'is not read while it is written' {
            Copy-Item (Get-ChildItem $samples -File | Select-Object -First 1).FullName report.dat
            Import-DmarcReport . | Export-DmarcReport rows.csv -ErrorVariable problems
            $problems | Should -BeNullOrEmpty
            @(Get-ChildItem $folder -Force).Count | Should -Be 2
        }
    }

    Context 'what is written' {
        It 'is the user''s alone until it is complete, then as open as any new file of the user (<_>)' -Skip:$IsWindows -ForEach 'page.html', 'rows.csv', 'rows.ndjson' {
            $seen = [Collections.Generic.HashSet[string]]::new()
            $rows | ForEach-Object { $_; Get-ChildItem $folder -Force -File | ForEach-Object { [void] $seen.Add($_.UnixMode) } } | Export-DmarcReport $_
            $seen | Should -Be '-rw-------'
            Set-Content other.txt x
            (Get-Item $_).UnixMode | Should -Be (Get-Item other.txt).UnixMode
            @(Get-ChildItem $folder -Force).Count | Should -Be 2
        }
    }

    Context 'what cannot be written' {
        It 'is an error on a full disk, and nothing is left behind' -Skip:(-not (Test-Path /dev/full)) {
            { $rows | Export-DmarcReport -LiteralPath /dev/full -As Csv -ErrorAction Stop } | Should -Throw -ErrorId 'ExportFileNotWritable,*'
        }

        It 'is refused where it is a named pipe' -Skip:$IsWindows {
            mkfifo rows.csv
            { $rows | Export-DmarcReport rows.csv -ErrorAction Stop } | Should -Throw '*named pipe*' -ErrorId 'ExportFileNotWritable,*'
        }
    }

    Context 'an export that does not end' {
        It 'leaves nothing behind after an error (<_>)' -ForEach 'page.html', 'rows.csv', 'rows.ndjson' {
            { & { $rows; throw 'broken' } | Export-DmarcReport $_ -ErrorAction Stop } | Should -Throw 'broken'
            @(Get-ChildItem $folder -Force).Count | Should -Be 0
        }

        It 'leaves nothing behind when it is stopped (<Name>)' -ForEach @(
            @{ Name = 'page'; To = 'page.html' }
            @{ Name = 'rows'; To = 'rows.csv' }
            @{ Name = 'folder'; To = 'rows -As Csv -PartitionBy Domain' }
        ) {
            $module = (Get-Module Dmarc).Path
            $shell = [powershell]::Create()
            try {
                $shell.AddScript("Import-Module '$module'; Set-Location '$folder'; `$rows = Import-DmarcReport '$samples'; & { while (`$true) { `$rows } } | Export-DmarcReport $To") | Out-Null
                $shell.BeginInvoke() | Out-Null
                $deadline = [datetime]::UtcNow.AddSeconds(60)
                while (-not (Get-ChildItem $folder -Force -Recurse -Filter '.*.tmp') -and [datetime]::UtcNow -lt $deadline) { Start-Sleep -Milliseconds 50 }
                @(Get-ChildItem $folder -Force -Recurse -Filter '.*.tmp').Count | Should -Be 1
                $shell.Stop()
                @(Get-ChildItem $folder -Force -Recurse -File).Count | Should -Be 0
            }
            finally { $shell.Dispose() }
        }
    }

    Context 'the pipeline' {
        It 'gives rows on as they come' {
            $passed = $rows | Export-DmarcReport page.html -PassThru
            $passed.Count | Should -Be $rows.Count
            $passed[0] | Should -BeOfType Dmarc.Reports.Aggregate.AggregateReportRow
            ($rows | Export-DmarcReport page.html -PassThru | Measure-DmarcReport).Messages | Should -Be ($rows | Measure-DmarcReport).Messages
        }

        It 'takes an array, as Measure-DmarcReport does' {
            Export-DmarcReport rows.ndjson -InputObject $rows
            @(Get-Content rows.ndjson).Count | Should -Be $rows.Count
            @(Export-DmarcReport rows.ndjson -InputObject $rows -PassThru).Count | Should -Be $rows.Count
        }

        It 'writes nothing with -WhatIf, and still gives rows on' {
            @($rows | Export-DmarcReport page.html -PassThru -WhatIf).Count | Should -Be $rows.Count
            $rows | Export-DmarcReport lake -PartitionBy Month -WhatIf
            @(Get-ChildItem $folder -Force).Count | Should -Be 0
        }

        It 'leaves out what is no row, with an error' {
            'text', $rows[0] | Export-DmarcReport rows.ndjson -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'InputNotSupported,*'
            @(Get-Content rows.ndjson).Count | Should -Be 1
        }

        It 'leaves nothing behind where the pipeline is stopped' {
            $rows | Export-DmarcReport rows.ndjson -PassThru | Select-Object -First 1 | Out-Null
            { $rows | Export-DmarcReport rows.csv -PassThru | ForEach-Object { throw 'stop' } } | Should -Throw
            @(Get-ChildItem $folder -Force).Count | Should -Be 0
        }

        It 'writes the page in the language of the session' {
            $culture = [cultureinfo]::CurrentUICulture
            try {
                [cultureinfo]::CurrentUICulture = 'ja-JP'
                $rows | Export-DmarcReport page.html
            }
            finally {
                [cultureinfo]::CurrentUICulture = $culture
            }
            Get-Content page.html -Raw | Should -BeLike '*<html lang="ja">*推移*'
        }
    }
}
