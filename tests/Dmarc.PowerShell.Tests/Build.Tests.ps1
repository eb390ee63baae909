BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path

    # What stands in for dotnet: it writes down what it was asked for, a line for each argument, and puts the module where a build would.
    function Set-DotNet {
        param([string] $Folder, [string] $Tree)

        New-Item $Folder -ItemType Directory -Force | Out-Null
        $module = Join-Path $root 'out' 'Dmarc'
        if ($IsWindows) {
            Set-Content (Join-Path $Folder 'dotnet.cmd') @(
                '@echo off'
                "for %%a in (%*) do echo %%a>>`"$Folder\asked.txt`""
                "xcopy /e /i /q `"$module`" `"$Tree\out\Dmarc`" > nul"
            )
            return
        }

        $file = Join-Path $Folder 'dotnet'
        Set-Content $file @(
            '#!/bin/sh'
            "printf '%s\n' `"`$@`" >> '$Folder/asked.txt'"
            "mkdir -p '$Tree/out' && cp -r '$module' '$Tree/out/Dmarc'"
        )
        chmod +x $file
    }

    function Copy-Tree {
        param([string] $To)

        foreach ($path in 'build.ps1', 'Dmarc.psd1', 'Directory.Build.props', 'Directory.Packages.props', 'docs/samples', 'docs/commands', 'docs/ja/commands') {
            $target = Join-Path $To $path
            New-Item (Split-Path $target) -ItemType Directory -Force | Out-Null
            Copy-Item (Join-Path $root $path) $target -Recurse
        }

        New-Item (Join-Path $To 'src') -ItemType Directory | Out-Null
    }

    function Invoke-Try {
        param([string] $Tree, [string] $Tools)

        # Only what it starts finds the other dotnet: pwsh may need the right one to start.
        $separator = [IO.Path]::PathSeparator
        $script = "`$PSStyle.OutputRendering = 'PlainText'; `$env:PATH = '$Tools$separator' + `$env:PATH; & '$Tree/build.ps1' Try"
        pwsh -NoProfile -NonInteractive -Command $script 2>&1 | Out-String -Width 200
        $LASTEXITCODE | Should -Be 0
    }
}

Describe 'build.ps1 Try' {
    BeforeAll {
        $tree = Join-Path $TestDrive 'tree'
        $tools = Join-Path $TestDrive 'tools'
        Copy-Tree $tree
        Set-DotNet $tools $tree
        $first = Invoke-Try $tree $tools
        $asked = @(Get-Content (Join-Path $tools 'asked.txt'))
        $second = Invoke-Try $tree $tools
    }

    It 'says that it builds, and builds the module as it should' {
        $first | Should -Match '^Building the module into out/Dmarc\.'
        $asked | Should -Be @('build', 'src/Dmarc.PowerShell', '-c', 'Release', '-nologo', '-p:RunAnalyzers=false', '-nodeReuse:false')
    }

    It 'builds only where that is needed' {
        $second | Should -Not -Match 'Building'
        @(Get-Content (Join-Path $tools 'asked.txt')) | Should -Be $asked
    }

    It 'builds again after a source has changed' {
        $source = New-Item (Join-Path $tree 'src' 'New.cs')
        $source.LastWriteTime = (Get-Date).AddMinutes(1)
        Remove-Item (Join-Path $tree 'out') -Recurse
        Invoke-Try $tree $tools | Should -Match '^Building'
    }

    It 'shows <_>' -ForEach 'every sample domain', 'findings', 'next steps', 'how to go on' {
        $expected = switch ($_) {
            'every sample domain' { Get-Content (Join-Path $root 'docs' 'samples' 'domains.txt') | Where-Object { $_ -and $_ -notlike '#*' } | ForEach-Object { [regex]::Escape($_) } }
            'findings' { 'ExpandProperty Findings', 'Code +: \w+', 'Remedy +: \w+' }
            'next steps' { 'ExpandProperty NextSteps' }
            'how to go on' { '-NoProfile -NoExit -Command "Import-Module \./out/Dmarc"' }
        }
        foreach ($pattern in $expected) {
            $second | Should -Match $pattern
        }
    }
}
