BeforeDiscovery {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $pages = foreach ($culture in 'en-US', 'ja-JP') {
        foreach ($command in (Get-Command -Module Dmarc).Name) {
            @{ Command = $command; Culture = $culture }
        }
    }
}

BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    $folder = Join-Path $root 'out' 'Dmarc'
    $manifest = Test-ModuleManifest (Join-Path $folder 'Dmarc.psd1')
    $address = $manifest.PrivateData.PSData.ProjectUri
    [xml] $properties = Get-Content (Join-Path $root 'Directory.Build.props') -Raw

    # Runs lines in a new PowerShell whose own folders are in the test's: what is installed stays there.
    function Invoke-Elsewhere {
        param([string] $Home_, [string] $Script)

        $file = Join-Path $Home_ 'lines.ps1'
        Set-Content $file "`$ProgressPreference = 'SilentlyContinue'`n`$ErrorActionPreference = 'Stop'`n$Script"
        $own = @{}
        foreach ($name in 'HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'PSModulePath') {
            $own[$name] = [Environment]::GetEnvironmentVariable($name)
            [Environment]::SetEnvironmentVariable($name, $null)
        }

        try {
            $env:HOME = $Home_
            pwsh -NoProfile -NonInteractive -File $file 2>&1 | Out-String
        }
        finally {
            foreach ($name in $own.Keys) {
                [Environment]::SetEnvironmentVariable($name, $own[$name])
            }
        }
    }

    # Installs from a folder and goes on. Windows asks no variable where the folders of a user are: there it is saved beside the test.
    function Invoke-Installed {
        param([string] $Home_, [string] $Repository, [string] $Before, [string] $Script)

        $install = 'Install-PSResource -Name Dmarc -Repository Here -Scope CurrentUser'
        if ($IsWindows) {
            $install = "Save-PSResource -Name Dmarc -Repository Here -Path '$Home_'; `$env:PSModulePath = '$Home_'"
        }

        Invoke-Elsewhere $Home_ @"
Register-PSResourceRepository -Name Here -Uri '$Repository' -Trusted
try {
$Before
$install
$Script
}
finally {
    Unregister-PSResourceRepository -Name Here
}
"@
    }
}

Describe 'The package' {
    It 'has its version from one place' {
        $version = $properties.Project.PropertyGroup.Version
        $manifest.Version.ToString() | Should -Be $version
        Get-Content (Join-Path $root 'Dmarc.psd1') -Raw | Should -Not -Match ([regex]::Escape("'$version'"))
    }

    It 'leaves no brace of the manifest unfilled' {
        Get-Content (Join-Path $folder 'Dmarc.psd1') -Raw | Should -Not -Match '\{\w+\}'
        $manifest.Description | Should -Not -BeNullOrEmpty
        $manifest.Copyright | Should -Not -BeNullOrEmpty
    }

    It 'has the addresses of the project, its licence and its icon' {
        $data = $manifest.PrivateData.PSData
        $data.ProjectUri | Should -Match '^https://'
        $data.LicenseUri | Should -Be "$address/blob/main/LICENSE"
        $data.IconUri | Should -Be "$address/raw/main/docs/images/icon.png"
        $data.ReleaseNotes | Should -Be "$address/blob/main/CHANGELOG.md"
        foreach ($file in 'LICENSE', 'CHANGELOG.md', 'docs/images/icon.png') {
            Join-Path $root $file | Should -Exist
        }
    }

    It 'holds the samples, about_Dmarc, the icon and the notices' {
        foreach ($file in 'samples/domains.txt', 'samples/example.zone', 'samples/reports', 'samples/Watch-DmarcReport.ps1',
            'en-US/about_Dmarc.help.txt', 'ja/about_Dmarc.help.txt', 'icon.png', 'LICENSE', 'THIRD-PARTY-NOTICES.md', 'CHANGELOG.md') {
            Join-Path $folder $file | Should -Exist
        }

        $kept = (Get-ChildItem (Join-Path $root 'docs' 'samples') -Recurse -File).Count
        (Get-ChildItem (Join-Path $folder 'samples') -Recurse -File).Count | Should -Be $kept
    }

    It 'has the help and its topics in <_>' -ForEach 'en-US', 'ja' {
        $names = 'Dmarc.PowerShell.dll-Help.xml', 'about_Dmarc.help.txt', 'about_Dmarc_Findings.help.txt'
        (Get-ChildItem (Join-Path $folder $_)).Name | Sort-Object | Should -Be ($names | Sort-Object)
    }

    It 'marks topics that are not plain ASCII as UTF-8, which Windows PowerShell would not guess' {
        $marked = 0
        foreach ($file in Get-ChildItem (Join-Path $folder '*' 'about_*.help.txt')) {
            $bytes = [System.IO.File]::ReadAllBytes($file)
            if ($bytes -gt 127) {
                $bytes[0..2] | Should -Be 0xEF, 0xBB, 0xBF -Because $file
                $marked++
            }
        }

        $marked | Should -BeGreaterOrEqual 2
    }

    It 'tells of every command in about_Dmarc of <_>' -ForEach 'en-US', 'ja' {
        $about = Get-Content (Join-Path $folder $_ 'about_Dmarc.help.txt') -Raw
        foreach ($command in (Get-Command -Module Dmarc).Name) {
            $about | Should -Match "(?m)^    $command "
        }

        # Japanese characters take two columns.
        $columns = $about -split "`n" | ForEach-Object { $_.Length + [regex]::Matches($_, '[\u3000-\u9FFF\uFF00-\uFF60]').Count }
        ($columns | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 85
    }

    It 'is installed from a folder and runs' {
        $home_ = (New-Item (Join-Path $TestDrive 'home') -ItemType Directory).FullName
        $repository = (New-Item (Join-Path $TestDrive 'repository') -ItemType Directory).FullName
        $output = Invoke-Installed $home_ $repository "Publish-PSResource -Path '$folder' -Repository Here" @"
`$module = Get-Module Dmarc -ListAvailable | Select-Object -First 1
'at ' + `$module.ModuleBase
`$samples = Join-Path `$module.ModuleBase samples
Get-Content (Join-Path `$samples domains.txt) | Test-MailDomain -Zone (Join-Path `$samples example.zone) | Format-Table | Out-String
Get-Help about_Dmarc | Select-Object -First 2
[System.Threading.Thread]::CurrentThread.CurrentUICulture = 'ja-JP'
(Get-Help Get-DmarcRecord).Synopsis
'found ' + (Find-PSResource -Name Dmarc -Repository Here).Version
"@
        $output | Should -Match "at $([regex]::Escape($home_))"
        $output | Should -Match 'a\.example +A '
        $output | Should -Match 'about_Dmarc'
        $output | Should -Match 'レコードを見つけて'
        $output | Should -Match "found $($manifest.Version)"
        Join-Path $repository "Dmarc.$($manifest.Version).nupkg" | Should -Exist
    }

    It 'is packed by dotnet pack with commands as tags, and installed from there' {
        $home_ = (New-Item (Join-Path $TestDrive 'second') -ItemType Directory).FullName
        $packages = (New-Item (Join-Path $TestDrive 'packages') -ItemType Directory).FullName
        # A node that stays for the next build would keep the pipe open, and this would wait for it.
        $log = & dotnet pack (Join-Path $root 'src' 'Dmarc.PowerShell') -c Release --no-build --no-restore -nologo -nodeReuse:false "-p:PackageOutputPath=$packages/" 2>&1 |
            Out-String
        $LASTEXITCODE | Should -Be 0 -Because $log
        $package = Join-Path $packages "Dmarc.$($manifest.Version).nupkg"
        $zip = [System.IO.Compression.ZipFile]::OpenRead($package)
        try {
            $entry = $zip.Entries | Where-Object Name -eq 'Dmarc.nuspec'
            $reader = [System.IO.StreamReader]::new($entry.Open())
            [xml] $nuspec = $reader.ReadToEnd()
            $reader.Dispose()
            $zip.Entries.FullName | Should -Contain 'icon.png'
            $zip.Entries.FullName | Should -Contain 'samples/domains.txt'
            $zip.Entries.FullName | Should -Contain 'ja/Dmarc.PowerShell.dll-Help.xml'
        }
        finally {
            $zip.Dispose()
        }

        $metadata = $nuspec.package.metadata
        $metadata.version | Should -Be $manifest.Version.ToString()
        $metadata.projectUrl | Should -Be $address
        $metadata.icon | Should -Be 'icon.png'
        $metadata.license.'#text' | Should -Be 'MIT'
        $tags = $metadata.tags -split ' '
        foreach ($command in (Get-Command -Module Dmarc).Name) {
            $tags | Should -Contain "PSCommand_$command"
            $tags | Should -Contain "PSCmdlet_$command"
        }

        $output = Invoke-Installed $home_ $packages '' "'at ' + (Get-Command Test-MailDomain).Module.ModuleBase"
        $output | Should -Match "at $([regex]::Escape($home_))"
    }
}

Describe 'The help of <Command> online in <Culture>' -ForEach $pages {
    BeforeAll {
        # A runspace of its own, as PowerShell keeps help that was read in another language.
        $reader = [powershell]::Create()
        $script = {
            param($Folder, $Culture, $Command)

            [System.Threading.Thread]::CurrentThread.CurrentUICulture = $Culture
            Import-Module $Folder
            (Get-Help $Command -Full).relatedLinks.navigationLink.uri
        }
        $links = $reader.AddScript($script).AddArgument($folder).AddArgument($Culture).AddArgument($Command).Invoke()
        $reader.Dispose()
    }

    It 'leads to a page of the repository' {
        $page = @{ 'en-US' = "docs/commands/$Command.md"; 'ja-JP' = "docs/ja/commands/$Command.md" }[$Culture]
        $links[0] | Should -Be "$address/blob/main/$page"
        Join-Path $root $page | Should -Exist
    }

    It 'has no link that leads nowhere' {
        foreach ($link in $links) {
            $link | Should -Match '^https://'
            if ($link.StartsWith("$address/blob/main/")) {
                Join-Path $root $link.Substring("$address/blob/main/".Length) | Should -Exist
            }
        }
    }
}
