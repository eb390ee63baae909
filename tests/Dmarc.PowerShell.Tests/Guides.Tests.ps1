# The guides in Japanese show commands with their output. Whether each command still runs, and prints something, is tested here;
# tools/Update-GuideOutput.ps1 writes the output anew.

BeforeDiscovery {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    $guides = Get-ChildItem (Join-Path $root 'docs' 'ja') -Filter *.md | ForEach-Object { @{ Guide = $_.Name; File = $_.FullName } }
    $twins = 'messages', 'spf', 'direct-send', 'mailboxes' | ForEach-Object { @{ Guide = $_ } }
}

BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    $tool = Join-Path $root 'tools' 'Update-GuideOutput.ps1'

    # The blocks of commands in a page. In the guides, comments are in the language of the page.
    function Get-CommandBlock {
        param([string] $File)

        $text = [System.IO.File]::ReadAllText($File)
        foreach ($match in [regex]::Matches($text, '(?ms)^ *```powershell\n(?<code>((?!```).)*?)\n *```$')) {
            ($match.Groups['code'].Value -replace '(?m)^ +|\s*#.*$').Trim()
        }
    }
}

Describe 'The commands of the guides' {
    BeforeAll {
        # Those that need the sample year take long to make and to read.
        $pages = Get-ChildItem (Join-Path $root 'docs' 'ja') -Filter *.md | Where-Object { (Get-Content $_ -Raw) -notmatch 'make-sample-reports' }
        $commands = & $tool ($pages.FullName + (Join-Path $root 'README.ja.md')) -WhatIf
    }

    It 'run without an error and print something' {
        $commands.Count | Should -BeGreaterThan 25
        foreach ($command in $commands) {
            $command.Lines | Should -BeGreaterThan 0 -Because "$($command.Page): $($command.Command)"
            $command.Errors | Should -Be 0 -Because "$($command.Page): $($command.Command)"
        }
    }
}

Describe 'The guide <Guide>' -ForEach $guides {
    It 'holds commands that PowerShell can parse' {
        foreach ($code in Get-CommandBlock $File) {
            $errors = $null
            [void] [System.Management.Automation.Language.Parser]::ParseInput($code, [ref] $null, [ref] $errors)
            $errors | Should -BeNullOrEmpty -Because $code
        }
    }
}

Describe 'The guide <Guide> in two languages' -ForEach $twins {
    It 'has as many sections and tables in both' {
        $counts = foreach ($page in "docs/$Guide.md", "docs/ja/$Guide.md") {
            $lines = Get-Content (Join-Path $root $page)
            # At the end of a Japanese page stand the guides that go with it.
            $sections = $lines -match '^##+ ' -notmatch '関連するガイド'
            $rows = $lines -match '^ *\|'
            "$($sections.Count) sections, $($rows.Count) rows"
        }

        $counts[1] | Should -Be $counts[0]
    }

    It 'has every command of the English one' {
        $japanese = (Get-CommandBlock (Join-Path $root "docs/ja/$Guide.md")) -join "`n"
        foreach ($code in Get-CommandBlock (Join-Path $root "docs/$Guide.md")) {
            foreach ($line in $code -split "`n" | Where-Object { $_.Trim() }) {
                $japanese | Should -Match ([regex]::Escape($line.Trim()))
            }
        }
    }
}
