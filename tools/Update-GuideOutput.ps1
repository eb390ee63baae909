#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Runs the commands of the guides and writes what they print below them.
.DESCRIPTION
    In a guide, a block of powershell with a block of text right after it is a command with its output. The commands of a page run one after
    the other in a new pwsh, with the built module of out/Dmarc, in a temporary folder that has docs in it. Warnings are not shown. All other
    blocks are left alone.

    There is an object for each command, so that a test can see whether it still runs.
.PARAMETER Path
    The guides.
.PARAMETER Culture
    The language of the session.
.PARAMETER Reports
    The folder that commands name "reports". Without it, tools/make-sample-reports.cs makes one where a page needs it.
.EXAMPLE
    ./tools/Update-GuideOutput.ps1
.EXAMPLE
    ./tools/Update-GuideOutput.ps1 docs/ja/bimi.md -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Position = 0)]
    [string[]] $Path = @((Join-Path $PSScriptRoot '..' 'docs' 'ja' '*.md'), (Join-Path $PSScriptRoot '..' 'README.ja.md')),

    [string] $Culture = 'ja-JP',

    [string] $Reports
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$root = (Resolve-Path (Join-Path $PSScriptRoot '..')).Path
$block = [regex] '(?ms)(?<head>^```powershell\n(?<code>((?!^```).)*?)\n```\n\n```text\n)(?<text>((?!^```).)*?)(?<tail>\n```$)'
$width = 100
$folder = (New-Item (Join-Path ([System.IO.Path]::GetTempPath()) "guides-$PID") -ItemType Directory -WhatIf:$false).FullName
Copy-Item (Join-Path $root 'docs') $folder -Recurse -WhatIf:$false

try {
    $pages = foreach ($file in Resolve-Path $Path) {
        $text = [System.IO.File]::ReadAllText($file)
        [pscustomobject] @{ File = $file.Path; Text = $text; Blocks = $block.Matches($text) }
    }
    $pages = @($pages | Where-Object { $_.Blocks.Count -gt 0 })
    if ($pages.Count -eq 0) {
        Write-Warning 'None of the pages has a command with its output.'
        return
    }

    if ($pages.Blocks.Value -match 'DmarcReport reports') {
        if ($Reports) {
            Copy-Item $Reports (Join-Path $folder 'reports') -Recurse -WhatIf:$false
        }
        else {
            dotnet run (Join-Path $root 'tools' 'make-sample-reports.cs') -- (Join-Path $folder 'reports') | Out-Null
        }
    }

    # A scope for each page: what one sets is not there in the next.
    $lines = @(
        "[System.Threading.Thread]::CurrentThread.CurrentCulture = '$Culture'"
        "[System.Threading.Thread]::CurrentThread.CurrentUICulture = '$Culture'"
        "`$PSStyle.OutputRendering = 'PlainText'"
        "`$WarningPreference = 'SilentlyContinue'"
        "[Console]::OutputEncoding = [System.Text.UTF8Encoding]::new()"
        "Import-Module '$(Join-Path $root 'out' 'Dmarc')'"
        foreach ($page in $pages) {
            '& {'
            foreach ($command in $page.Blocks) {
                "'@@@ output'"
                ". {`n$($command.Groups['code'].Value)`n} | Out-String -Width $width"
                "'@@@ errors ' + `$Error.Count; `$Error.Clear()"
            }
            '}'
        }
    )
    $script = Join-Path $folder 'commands.ps1'
    [System.IO.File]::WriteAllLines($script, [string[]] $lines)
    $encoding = [Console]::OutputEncoding
    [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new()
    Push-Location $folder
    try {
        $printed = (pwsh -NoProfile -NonInteractive -File $script 2>&1 | Out-String) -replace "`r"
    }
    finally {
        Pop-Location
        [Console]::OutputEncoding = $encoding
    }

    $outputs = @([regex]::Matches($printed, '(?ms)^@@@ output\n(?<text>.*?)^@@@ errors (?<errors>\d+)$'))
    $wanted = ($pages.Blocks | Measure-Object).Count
    if ($outputs.Count -ne $wanted) {
        throw "Of $wanted commands, $($outputs.Count) ran:`n$printed"
    }

    $next = @{ Number = 0 }
    foreach ($page in $pages) {
        $first = $next.Number
        $texts = foreach ($index in $first..($first + $page.Blocks.Count - 1)) {
            $text = $outputs[$index].Groups['text'].Value -replace '(?m)[ \t]+$'
            $text.Replace($folder + [System.IO.Path]::DirectorySeparatorChar, '').Trim("`n")
        }
        $texts = @($texts)
        $new = $block.Replace($page.Text, {
                param($match)

                $match.Groups['head'].Value + $texts[$next.Number++ - $first] + $match.Groups['tail'].Value
            })
        if ($new -cne $page.Text -and $PSCmdlet.ShouldProcess($page.File, 'Write the output of its commands')) {
            [System.IO.File]::WriteAllText($page.File, $new)
        }

        for ($index = 0; $index -lt $page.Blocks.Count; $index++) {
            [pscustomobject] @{
                Page    = Split-Path $page.File -Leaf
                Command = $page.Blocks[$index].Groups['code'].Value
                Lines   = @($texts[$index] -split "`n" -ne '').Count
                Errors  = [int] $outputs[$first + $index].Groups['errors'].Value
                Changed = $texts[$index] -cne $page.Blocks[$index].Groups['text'].Value
            }
        }
    }
}
finally {
    Remove-Item $folder -Recurse -Force -WhatIf:$false
}
