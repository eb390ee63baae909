BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $assembly = (Get-Command Test-SpfRecord).ImplementingType.Assembly
    # A terminal escape, bidirectional overrides, a zero-width space, C1, NUL, line ends, a line separator.
    $hostile = "a`e[31m$([char]0x202E)b$([char]0x2066)c$([char]0x200B)d$([char]0x9B)e$([char]0)f`r`ng$([char]0x2028)h"
    $unsafe = '[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]'

    # Who calls a method, read from the compiled code.
    Add-Type -TypeDefinition @'
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Reflection;
        public static class DmarcCallSites {
            const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
            public static string[] Find(Assembly assembly, Type owner, string[] names) {
                var found = new SortedSet<string>();
                foreach (Type type in assembly.GetTypes())
                foreach (MethodBase method in type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All))) {
                    MethodBody body = method.GetMethodBody();
                    byte[] code = body == null ? new byte[0] : body.GetILAsByteArray();
                    for (int i = 0; i + 5 <= code.Length; i++) {
                        if (code[i] != 0x28 && code[i] != 0x6F && code[i] != 0x73) continue;
                        int token = BitConverter.ToInt32(code, i + 1);
                        if (token >> 24 != 0x06 && token >> 24 != 0x0A && token >> 24 != 0x2B) continue;
                        MethodBase called;
                        try { called = method.Module.ResolveMethod(token, type.IsGenericType ? type.GetGenericArguments() : null, null); }
                        catch (Exception) { continue; }
                        if (called.DeclaringType == owner && names.Contains(called.Name)) found.Add(type.FullName);
                    }
                }
                return found.ToArray();
            }
        }
'@
}

Describe 'What the cmdlets say' {
    It 'is written in one place, which escapes' {
        [DmarcCallSites]::Find($assembly, [System.Management.Automation.Cmdlet], @('WriteError', 'WriteWarning', 'WriteVerbose', 'ThrowTerminatingError', 'WriteDebug')) |
            Should -Be 'Dmarc.PowerShell.DmarcCommand'
    }

    It 'makes every error in one file' {
        [DmarcCallSites]::Find($assembly, [System.Management.Automation.ErrorRecord], @('.ctor')) | Should -Be 'Dmarc.PowerShell.ErrorRecords'
    }

    It 'escapes an error of <_>' -ForEach 'ArgumentException', 'IO.IOException', 'IO.FileNotFoundException', 'IO.InvalidDataException', 'InvalidOperationException', 'UnauthorizedAccessException', 'FormatException' {
        $printable = $assembly.GetType('Dmarc.PowerShell.ErrorRecords').GetMethod('Printable', [Reflection.BindingFlags] 'Public,Static', [type[]] [System.Management.Automation.ErrorRecord])
        $inner = New-Object FormatException $hostile
        $exception = New-Object "System.$_" -ArgumentList $hostile, $inner
        $record = [System.Management.Automation.ErrorRecord]::new($exception, 'SomeId', 'InvalidData', $hostile)

        $safe = $printable.Invoke($null, @(, $record))

        $safe.ToString() | Should -Not -Match $unsafe
        $safe.Exception.Message | Should -Not -Match $unsafe
        $safe.Exception.InnerException.Message | Should -Not -Match $unsafe
        $safe.CategoryInfo.ToString() | Should -Not -Match $unsafe
        $safe.FullyQualifiedErrorId | Should -Be 'SomeId'
        $safe.CategoryInfo.Category | Should -Be 'InvalidData'
        $safe.TargetObject | Should -Be $hostile
        if ($_ -ne 'FormatException') { $safe.Exception.GetType().Name | Should -Be $_.Split('.')[-1] }
    }

    It 'leaves an ordinary error as it is' {
        $printable = $assembly.GetType('Dmarc.PowerShell.ErrorRecords').GetMethod('Printable', [Reflection.BindingFlags] 'Public,Static', [type[]] [System.Management.Automation.ErrorRecord])
        $record = [System.Management.Automation.ErrorRecord]::new([IO.IOException]::new('bücher.example'), 'SomeId', 'ReadError', 'bücher.example')
        [object]::ReferenceEquals($printable.Invoke($null, @(, $record)), $record) | Should -BeTrue
    }

    It 'is printable in <Name>' -ForEach @(
        @{ Name = 'a domain name'; Script = { Test-SpfRecord $hostile -Zone $zone } }
        @{ Name = 'a domain name of an audit'; Script = { Test-MailDomain $hostile -Zone $zone } }
        @{ Name = 'an address'; Script = { Test-SpfRecord a.example $hostile -Zone $zone } }
        @{ Name = 'a server'; Script = { Get-DmarcRecord a.example -Server $hostile } }
        @{ Name = 'a path'; Script = { Import-DmarcReport -LiteralPath "/nowhere/$hostile" } }
        @{ Name = 'a message'; Script = { Test-DmarcAlignment -LiteralPath "/nowhere/$hostile" } }
        @{ Name = 'a zone file'; Script = { Get-DmarcRecord a.example -Zone "/nowhere/$hostile" } }
        @{ Name = 'a record'; Script = { Test-SpfRecord a.example -Record "v=spf1 $hostile -all" -Zone $zone } }
        @{ Name = 'a record to build'; Script = { New-DmarcRecord $hostile -Policy none } }
        @{ Name = 'an organisation'; Script = { Test-DirectSendExposure a.example -Zone $zone -OrganizationConfig "/nowhere/$hostile" } }
        @{ Name = 'a probe'; Script = { Test-DirectSendExposure a.example -Zone $zone -ProbeRecipient $hostile -Confirm:$false } }
    ) {
        $zone = Join-Path $root 'docs' 'samples' 'example.zone'
        $output = & { try { & $Script } catch { $_ } } *>&1

        foreach ($each in $output) {
            if ($each -is [System.Management.Automation.ErrorRecord]) {
                $each.ToString() | Should -Not -Match $unsafe
                $each.CategoryInfo.ToString() | Should -Not -Match $unsafe
            }
            elseif ($each -is [System.Management.Automation.InformationalRecord]) { $each.Message | Should -Not -Match $unsafe }
            else {
                foreach ($finding in $each.Findings) { "$finding $($finding.Remedy)" | Should -Not -Match $unsafe }
            }
        }

        @($output).Count | Should -BeGreaterThan 0
    }
}
