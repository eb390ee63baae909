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
    $cultures = 'en-US', 'ja-JP'
    $pages = foreach ($culture in $cultures) {
        foreach ($command in $commands) {
            @{ Command = $command; Culture = $culture }
        }
    }
    $parameters = foreach ($page in $pages) {
        foreach ($parameter in (Get-Command $page.Command).Parameters.Keys | Where-Object { $_ -notin $common }) {
            $page + @{ Parameter = $parameter }
        }
    }
}

BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    $folder = Join-Path $root 'out' 'Dmarc'
    Import-Module $folder -Force

    # PowerShell keeps the help that it has read, whatever the language was: each language is read in a runspace of its own.
    $helpIn = @{}
    foreach ($culture in 'en-US', 'ja-JP') {
        $reader = [powershell]::Create()
        $script = {
            param($Folder, $Culture)

            [System.Threading.Thread]::CurrentThread.CurrentUICulture = $Culture
            Import-Module $Folder
            $all = @{}
            foreach ($command in (Get-Command -Module Dmarc).Name) {
                $all[$command] = @{
                    Full       = Get-Help $command -Full
                    Examples   = Get-Help $command -Examples | Out-String
                    Parameters = @{}
                }
                foreach ($parameter in Get-Help $command -Parameter *) {
                    $all[$command].Parameters[$parameter.name] = $parameter
                }
            }

            foreach ($topic in 'about_Dmarc', 'about_Dmarc_Findings') {
                $all[$topic] = Get-Help $topic | Out-String
            }

            $all
        }
        $helpIn[$culture] = $reader.AddScript($script).AddArgument($folder).AddArgument($culture).Invoke()[0]
        $reader.Dispose()
    }

    # Japanese has hiragana in every sentence.
    $hiragana = '[\u3041-\u3096]'
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

    # A cmdlet has one base class, and these two need different ones, so they declare the parameters themselves.
    It 'declares -<_> alike in both commands that read files' -ForEach 'Path', 'LiteralPath', 'InputObject' {
        $name = $_
        $declared = foreach ($command in 'Import-DmarcReport', 'Test-DmarcAlignment') {
            $parameter = (Get-Command $command).Parameters[$name]
            $parameter.ParameterType.FullName
            $parameter.Aliases -join ','
            ($parameter.Attributes | ForEach-Object { $_.TypeId.Name } | Sort-Object) -join ','
            $parameter.ParameterSets.GetEnumerator() | Sort-Object Key | ForEach-Object {
                $set = $_.Value
                '{0} {1} {2} {3} {4}' -f $_.Key, $set.IsMandatory, $set.Position, $set.ValueFromPipeline, $set.ValueFromPipelineByPropertyName
            }
            '-'
        }
        $text = $declared -join "`n"
        $halves = $text -split '(?<=-)\n', 2
        $halves[1] | Should -Be $halves[0]
        $halves[0] | Should -Not -BeNullOrEmpty
    }

    It 'declares what each cmdlet puts out' {
        foreach ($command in Get-Command -Module Dmarc) {
            $command.OutputType.Count | Should -BeGreaterThan 0 -Because $command.Name
        }
    }
    It 'shows no type that nobody meets at the prompt' {
        $module = [Dmarc.PowerShell.DmarcFormat].Assembly
        $core = [Dmarc.Advice.Audit.MailDomainResult].Assembly
        $met = [System.Collections.Generic.HashSet[type]]::new()
        $next = [System.Collections.Generic.Queue[type]]::new()
        function Add-MetType([type[]] $Type) {
            foreach ($one in $Type) {
                while ($one.HasElementType) {
                    $one = $one.GetElementType()
                }

                if ($one.IsGenericType) {
                    Add-MetType $one.GetGenericArguments()
                    $one = $one.GetGenericTypeDefinition()
                }

                if ($one.Assembly -in $core, $module -and $met.Add($one)) {
                    $next.Enqueue($one)
                }
            }
        }

        foreach ($type in $module.GetExportedTypes()) {
            Add-MetType $type
            foreach ($output in $type.GetCustomAttributes([System.Management.Automation.OutputTypeAttribute], $true)) {
                Add-MetType $output.Type.Type
            }
        }

        $public = [System.Reflection.BindingFlags] 'Public, Instance, Static'
        while ($next.Count) {
            $type = $next.Dequeue()
            Add-MetType (@($type.BaseType) + $type.GetInterfaces() + $type.GetProperties($public).PropertyType)
            foreach ($method in $type.GetMethods($public) + $type.GetConstructors($public)) {
                Add-MetType (@($method.ReturnType) + $method.GetParameters().ParameterType -ne $null)
            }
        }

        $core.GetExportedTypes() | Where-Object { -not $met.Contains($_) } | Should -BeNullOrEmpty
    }

}

Describe 'The errors' {
    It 'are all described in docs/errors.md' {
        $source = Get-Content (Join-Path $root 'src' 'Dmarc.PowerShell' 'ErrorRecords.cs') -Raw
        $source += Get-Content (Join-Path $root 'src' 'Dmarc' 'Reports' 'ReportErrorIds.cs') -Raw
        $page = Get-Content (Join-Path $root 'docs' 'errors.md') -Raw
        $ids = [regex]::Matches($source, '"(?<id>[A-Z][A-Za-z]+)",\s+ErrorCategory|const string \w+ = "(?<id>[A-Za-z]+)"').ForEach{ $_.Groups['id'].Value }
        $ids.Count | Should -BeGreaterThan 15
        foreach ($id in $ids) {
            $page | Should -Match "\| ``$id`` \|"
        }
    }

    It 'stand there once each' {
        $ids = [regex]::Matches((Get-Content (Join-Path $root 'docs' 'errors.md') -Raw), '(?m)^\| `(?<id>\w+)` \|').ForEach{ $_.Groups['id'].Value }
        $ids | Group-Object | Where-Object Count -gt 1 | ForEach-Object Name | Should -BeNullOrEmpty
    }
}

Describe 'The help of <Command> in <Culture>' -ForEach $pages {
    BeforeAll {
        $help = $helpIn[$Culture][$Command].Full
        $folders = @{ 'en-US' = 'commands'; 'ja-JP' = 'ja/commands' }
        $page = Get-Content (Join-Path $root 'docs' $folders[$Culture] "$Command.md") -Raw
    }

    It 'has a synopsis and a description, in that language' {
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match ([regex]::Escape($Command) + ' \[')
        $description = ($help.description | Out-String).Trim()
        $description | Should -Not -BeNullOrEmpty
        foreach ($text in $help.Synopsis, $description) {
            if ($Culture -eq 'ja-JP') {
                $text | Should -Match $hiragana
            }
            else {
                $text | Should -Not -Match $hiragana
            }
        }
    }

    It 'has four examples or more, shown by -Examples' {
        @($help.examples.example).Count | Should -BeGreaterOrEqual 4
        $title = @{ 'en-US' = 'Example 4: '; 'ja-JP' = '例 4：' }[$Culture]
        $helpIn[$Culture][$Command].Examples | Should -Match $title
    }

    It 'has the same commands as examples in both languages' {
        $other = $helpIn['en-US'][$Command].Full
        $help.examples.example.code | Should -Be $other.examples.example.code
    }

    It 'tells what goes in and what comes out' {
        $help.returnValues.returnValue.type.name | Should -Not -BeNullOrEmpty
        $help.inputTypes.inputType.type.name | Should -Not -BeNullOrEmpty
    }

    It 'has the page as its source' {
        $page | Should -Match ('(?m)^# ' + [regex]::Escape($Command) + '$')
    }
}

Describe 'The topics of <_>' -ForEach $cultures {
    It 'are in that language' {
        $about = $helpIn[$_]['about_Dmarc']
        $findings = $helpIn[$_]['about_Dmarc_Findings']
        if ($_ -eq 'ja-JP') {
            $about | Should -Match 'からわかる'
            $findings | Should -Match '検出結果'
        }
        else {
            $about | Should -Match 'They show'
            $about + $findings | Should -Not -Match $hiragana
        }
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

Describe 'The parameter -<Parameter> of <Command> in <Culture>' -ForEach $parameters {
    It 'is described as it is declared' {
        $help = $helpIn[$Culture][$Command].Parameters[$Parameter]
        $description = ($help.description | Out-String).Trim()
        $description.Length | Should -BeGreaterThan 10
        if ($Culture -eq 'ja-JP') {
            $description | Should -Match $hiragana
        }

        $declared = (Get-Command $Command).Parameters[$Parameter]
        $sets = $declared.ParameterSets.Values
        $help.required | Should -Be ([string] [bool] ($sets | Where-Object IsMandatory)).ToLowerInvariant()
        if ($declared.Aliases.Count -gt 0) {
            $help.aliases | Should -Be ($declared.Aliases -join ', ')
        }
    }
}
