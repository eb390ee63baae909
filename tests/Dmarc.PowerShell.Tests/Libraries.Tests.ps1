BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    $module = Join-Path $root 'out' 'Dmarc'
    $packages = if ($env:NUGET_PACKAGES) { $env:NUGET_PACKAGES } else { Join-Path $HOME '.nuget' 'packages' }
    $others = @(
        Join-Path $packages 'bouncycastle.cryptography' '2.4.0' 'lib' 'net6.0' 'BouncyCastle.Cryptography.dll'
        Join-Path $packages 'mimekit' '4.18.0' 'lib' 'net8.0' 'MimeKit.dll'
        Join-Path $packages 'dnsclient' '1.6.1' 'lib' 'netstandard2.1' 'DnsClient.dll'
    )

    # A key of Ed25519, and a report in uuencode: BouncyCastle and MimeKit are used.
    $report = Join-Path $TestDrive 'report.eml'
    $xml = '<feedback><report_metadata><org_name>r.example</org_name><email>a@r.example</email><report_id>1</report_id><date_range><begin>1751328000</begin><end>1751414399</end></date_range></report_metadata>' +
        '<policy_published><domain>contoso.example</domain><p>none</p></policy_published><record><row><source_ip>192.0.2.1</source_ip><count>7</count><policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>pass</spf></policy_evaluated></row>' +
        '<identifiers><header_from>contoso.example</header_from></identifiers><auth_results/></record></feedback>'
    $bytes = [System.Text.Encoding]::ASCII.GetBytes($xml)
    $lines = for ($i = 0; $i -lt $bytes.Length; $i += 45) {
        $line = $bytes[$i..([Math]::Min($i + 44, $bytes.Length - 1))]
        $text = [string] [char] (32 + $line.Length)
        for ($j = 0; $j -lt $line.Length; $j += 3) {
            $group = ([int] $line[$j] -shl 16) + ([int] $line[$j + 1] -shl 8) + [int] $line[$j + 2]
            foreach ($shift in 18, 12, 6, 0) { $text += [char] (32 + (($group -shr $shift) -band 63)) }
        }
        $text.Replace(' ', '`')
    }
    $head = 'From: a@r.example', 'To: d@contoso.example', 'Subject: Report Domain: contoso.example', 'MIME-Version: 1.0', 'Content-Type: text/xml', 'Content-Transfer-Encoding: x-uuencode', ''
    [System.IO.File]::WriteAllText($report, (($head + 'begin 644 r.xml' + $lines + '`' + 'end' + '') -join "`r`n"))

    $zone = Join-Path $TestDrive 'zone'
    Set-Content $zone '$ORIGIN .', 's1._domainkey.contoso.example. 300 IN TXT "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="'
    $use = "(Import-DmarcReport '$report').Count; (Get-DkimRecord contoso.example -Selector s1 -Zone '$zone').Status"
    $load = ($others | ForEach-Object { "[void] [System.Reflection.Assembly]::LoadFrom('$_')" }) -join '; '
    $names = "'BouncyCastle.Cryptography', 'MimeKit', 'DnsClient'"
    $versions = "[System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.Where{ `$_.GetName().Name -in $names }.ForEach{ `$_.Location } | Sort-Object"

    # What a foreign library gives when it is used itself.
    $foreign = '[MimeKit.MimeMessage].Assembly.Location; [Org.BouncyCastle.Math.BigInteger]::Ten.ToString(); [DnsClient.LookupClientOptions].Assembly.Location'
}

Describe 'The libraries of the module' {
    It 'are none of the session before they are needed, and never in its own context' {
        $output = pwsh -NoProfile -Command "Import-Module '$module'; [AppDomain]::CurrentDomain.GetAssemblies().Location -match '[\\/]lib[\\/]net8.0[\\/]'; 'imported'; $use; $versions; [AppDomain]::CurrentDomain.GetAssemblies().Location -match '[\\/]lib[\\/]net8.0[\\/]'"
        $output[0..2] | Should -Be 'imported', '7', 'Valid'
        $output[3..9] | Split-Path -Leaf | Sort-Object | Should -Be 'BouncyCastle.Cryptography.dll', 'Dmarc.Libraries.dll', 'MimeKit.dll'
    }

    It 'work in a session that has loaded others of the same names' {
        $output = pwsh -NoProfile -Command "$load; Import-Module '$module'; $use; $versions; $foreign"
        $output[0..1] | Should -Be '7', 'Valid'
        $output[2..4] | Should -Be ($others | Sort-Object)
        $output[5..7] | Should -Be $others[1], '10', $others[2]
    }

    It 'leave a session free to load others of the same names afterwards' {
        $output = pwsh -NoProfile -Command "Import-Module '$module'; $use; $load; $use; $versions; $foreign"
        $output[0..3] | Should -Be '7', 'Valid', '7', 'Valid'
        $output[4..6] | Should -Be ($others | Sort-Object)
        $output[7..9] | Should -Be $others[1], '10', $others[2]
    }

    It 'are told to be missing where the module is not complete' {
        Copy-Item $module (Join-Path $TestDrive 'Dmarc') -Recurse
        Remove-Item (Join-Path $TestDrive 'Dmarc' 'lib') -Recurse
        $output = pwsh -NoProfile -Command "Import-Module '$TestDrive/Dmarc'; $use" 2>&1 | Out-String
        $output -replace '\s+', ' ' | Should -Match 'not complete'
    }

    It 'are laid out for both editions, with nothing that lies beside the core' {
        foreach ($framework in 'net472', 'net8.0') {
            (Get-ChildItem (Join-Path $module 'lib' $framework) -File).Name | Sort-Object |
                Should -Be 'BouncyCastle.Cryptography.dll', 'Dmarc.Libraries.dll', 'MailKit.dll', 'MimeKit.dll', 'System.Formats.Asn1.dll'
        }
    }

    It 'find all that they name on Windows PowerShell: in a folder of the module, or in the .NET Framework' {
        $framework = @(Get-ChildItem (Join-Path $packages 'microsoft.netframework.referenceassemblies.net472' '*' 'build' '.NETFramework' 'v4.7.2') -Recurse -Filter *.dll)
        $framework.Count | Should -BeGreaterThan 100
        $files = Get-ChildItem (Join-Path $module 'netstandard2.0'), (Join-Path $module 'lib' 'net472') -Filter *.dll
        foreach ($file in $files) {
            $stream = [System.IO.File]::OpenRead($file.FullName)
            $image = [System.Reflection.PortableExecutable.PEReader]::new($stream)
            try {
                $reader = [System.Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($image)
                foreach ($handle in $reader.AssemblyReferences) {
                    $name = $reader.GetString($reader.GetAssemblyReference($handle).Name)
                    $name | Should -BeIn ($files.BaseName + $framework.BaseName + 'System.Management.Automation') -Because "$($file.Name) names it"
                }
            }
            finally {
                $image.Dispose()
            }
        }
    }

    It 'are found by the handler of Windows PowerShell, whichever folder asks, and nobody else is answered' {
        # The build for Windows PowerShell, looked at from here: what it would load, not what that gives.
        $script = @'
param($module)
$assembly = [System.Reflection.Assembly]::LoadFrom("$module/netstandard2.0/Dmarc.PowerShell.dll")
$handler = $assembly.GetType('Dmarc.PowerShell.WindowsPowerShell.ModuleAssemblies', $true)
$find = $handler.GetMethod('FileFor', [System.Reflection.BindingFlags] 'NonPublic, Static')
foreach ($name in 'Dmarc', 'Dmarc.Libraries', 'MimeKit', 'System.Memory, Version=4.0.5.0', 'System.ValueTuple') {
    [string] $find.Invoke($null, @([System.Reflection.AssemblyName]::new($name)))
}
$resolve = $handler.GetMethod('Resolve', [System.Reflection.BindingFlags] 'NonPublic, Static')
foreach ($by in "$module/lib/net8.0/MailKit.dll", "$PSHOME/System.Management.Automation.dll") {
    $request = [System.ResolveEventArgs]::new('Dmarc', [System.Reflection.Assembly]::LoadFile($by))
    $null -eq $resolve.Invoke($null, @($null, $request))
}
'@
        Set-Content (Join-Path $TestDrive 'handler.ps1') $script
        $output = pwsh -NoProfile -File (Join-Path $TestDrive 'handler.ps1') $module
        $output[0..3] | ForEach-Object { [System.IO.Path]::GetFullPath($_).Substring($module.Length + 1).Replace('\', '/') } |
            Should -Be 'netstandard2.0/Dmarc.dll', 'lib/net8.0/Dmarc.Libraries.dll', 'lib/net8.0/MimeKit.dll', 'netstandard2.0/System.Memory.dll'
        $output[4] | Should -BeNullOrEmpty
        $output[5..6] | Should -Be 'False', 'True'
    }

    It 'are named in the notices' {
        $notices = Get-Content (Join-Path $module 'THIRD-PARTY-NOTICES.md') -Raw
        foreach ($library in (Get-ChildItem (Join-Path $module 'lib') -Recurse -Filter *.dll).BaseName | Where-Object { $_ -notlike 'Dmarc*' } | Sort-Object -Unique) {
            $notices | Should -Match ([regex]::Escape($library))
        }
    }
}
