BeforeDiscovery {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $commands = (Get-Command -Module Dmarc).Name
    $examples = foreach ($command in $commands) {
        $number = 0
        foreach ($example in (Get-Help $command -Full).examples.example) {
            $number++
            # The cmdlets of Microsoft Graph and Exchange Online are not ours to run; scripts, and what needs a mail server, have tests of their own.
            if ($example.code -notmatch 'Get-(Mg|AcceptedDomain|OrganizationConfig)|Receive-DmarcReport|pwsh .*-File') {
                @{ Command = $command; Number = $number; Code = $example.code }
            }
        }
    }
    $common = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
    $parameters = foreach ($command in $commands) {
        foreach ($parameter in (Get-Command $command).Parameters.Keys | Where-Object { $_ -notin $common }) {
            @{ Command = $command; Parameter = $parameter }
        }
    }
}

BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    $folder = Join-Path $root 'out' 'Dmarc'
    Import-Module $folder -Force
}

Describe 'The module' {
    It 'has a manifest that PowerShell accepts' {
        $manifest = Test-ModuleManifest (Join-Path $folder 'Dmarc.psd1') -ErrorAction Stop -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $manifest.PowerShellVersion | Should -Be '5.1'
        $manifest.CompatiblePSEditions | Should -Be 'Core', 'Desktop'
    }

    It 'exports by name every cmdlet that it has' {
        $text = Get-Content (Join-Path $root 'Dmarc.psd1') -Raw
        $text | Should -Not -Match "Export\s*=\s*'\*'"
        $assembly = (Get-Command -Module Dmarc)[0].ImplementingType.Assembly
        $cmdlets = $assembly.GetExportedTypes() | Where-Object { -not $_.IsAbstract -and $_.IsSubclassOf([System.Management.Automation.Cmdlet]) }
        (Get-Command -Module Dmarc).Count | Should -Be $cmdlets.Count
    }

    It 'has the version of the assemblies' {
        $version = (Get-Command -Module Dmarc)[0].ImplementingType.Assembly.GetName().Version
        (Get-Module Dmarc).Version.ToString() | Should -Be $version.ToString(3)
    }

    It 'holds no assembly of others for PowerShell 7' {
        (Get-ChildItem (Join-Path $folder 'net8.0') -Filter *.dll).Name | Sort-Object | Should -Be 'Dmarc.dll', 'Dmarc.PowerShell.dll'
    }

    It 'brings for Windows PowerShell what that lacks' {
        $names = (Get-ChildItem (Join-Path $folder 'netstandard2.0') -Filter *.dll).Name
        $names | Should -Contain 'System.Memory.dll'
        $names | Should -Contain 'System.Runtime.CompilerServices.Unsafe.dll'
        $names | Should -Not -Contain 'System.Management.Automation.dll'
    }

    It 'uses approved verbs and singular nouns' {
        foreach ($command in Get-Command -Module Dmarc) {
            $command.Verb | Should -BeIn (Get-Verb).Verb
            $command.Noun | Should -Not -Match 's$'
        }
    }

    It 'declares what each cmdlet puts out' {
        foreach ($command in Get-Command -Module Dmarc) {
            $command.OutputType.Count | Should -BeGreaterThan 0 -Because $command.Name
        }
    }
}

Describe 'The errors' {
    It 'are all described in docs/errors.md' {
        $source = Get-Content (Join-Path $root 'src' 'Dmarc.PowerShell' 'ErrorRecords.cs') -Raw
        $source += Get-Content (Join-Path $root 'src' 'Dmarc' 'Reports' 'ReportReadItem.cs') -Raw
        $page = Get-Content (Join-Path $root 'docs' 'errors.md') -Raw
        $ids = [regex]::Matches($source, '"(?<id>[A-Z][A-Za-z]+)",\s+ErrorCategory|const string \w+ = "(?<id>[A-Za-z]+)"').ForEach{ $_.Groups['id'].Value }
        $ids.Count | Should -BeGreaterThan 15
        foreach ($id in $ids) {
            $page | Should -Match "\| ``$id`` \|"
        }
    }
}

Describe 'The help of <_>' -ForEach $commands {
    BeforeAll {
        $help = Get-Help $_ -Full
        $page = Get-Content (Join-Path $root 'docs' 'commands' "$_.md") -Raw
    }

    It 'has a synopsis and a description' {
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match ([regex]::Escape($_) + ' \[')
        ($help.description | Out-String).Trim() | Should -Not -BeNullOrEmpty
    }

    It 'has four examples or more, shown by -Examples' {
        @($help.examples.example).Count | Should -BeGreaterOrEqual 4
        Get-Help $_ -Examples | Out-String | Should -Match 'Example 4'
    }

    It 'tells what goes in and what comes out' {
        $help.returnValues.returnValue.type.name | Should -Not -BeNullOrEmpty
        $help.inputTypes.inputType.type.name | Should -Not -BeNullOrEmpty
    }

    It 'has the page as its source' {
        $page | Should -Match ('(?m)^# ' + [regex]::Escape($_) + '$')
    }
}

Describe 'The examples' {
    BeforeAll {
        Copy-Item (Join-Path $root 'docs') $TestDrive -Recurse
        Push-Location $TestDrive
    }

    AfterAll {
        Pop-Location
    }

    It 'number <Number> of <Command> runs: <Code>' -ForEach $examples {
        $output = . ([scriptblock]::Create($Code)) 3>&1 4>$null | Out-String
        if ($Code -notmatch 'Export-Csv') {
            $output.Trim() | Should -Not -BeNullOrEmpty
        }
    }
}

Describe 'The parameter -<Parameter> of <Command>' -ForEach $parameters {
    It 'is described as it is declared' {
        $help = Get-Help $Command -Parameter $Parameter
        ($help.description | Out-String).Trim().Length | Should -BeGreaterThan 10
        $declared = (Get-Command $Command).Parameters[$Parameter]
        $sets = $declared.ParameterSets.Values
        $help.required | Should -Be ([string] [bool] ($sets | Where-Object IsMandatory)).ToLowerInvariant()
        if ($declared.Aliases.Count -gt 0) {
            $help.aliases | Should -Be ($declared.Aliases -join ', ')
        }
    }
}
