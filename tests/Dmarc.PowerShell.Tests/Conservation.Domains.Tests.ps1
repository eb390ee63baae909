BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $PSStyle.OutputRendering = 'PlainText'

    # A resolver that fails as the first label of the domain says; "throws" in a way that no resolver should. What it stands for is not
    # public, so that it is made at run time.
    if (-not ('DmarcTests.BadResolver' -as [type])) {
        Add-Type -TypeDefinition @'
using System;
using System.Reflection;
using System.Threading.Tasks;

namespace DmarcTests
{
    public class BadResolver : DispatchProxy
    {
        public static Delegate Around(Type resolver) => Delegate.CreateDelegate(
            typeof(Func<,>).MakeGenericType(resolver, resolver),
            typeof(BadResolver).GetMethod("Make").MakeGenericMethod(resolver));

        public static T Make<T>(T inner) => DispatchProxy.Create<T, BadResolver>();

        public static async Task<T> LaterAsync<T>()
        {
            await Task.Delay(20).ConfigureAwait(false);
            throw new NullReferenceException();
        }

        protected override object Invoke(MethodInfo method, object[] arguments)
        {
            string name = (string)arguments[0];
            Type response = method.ReturnType.GetGenericArguments()[0];
            if (name.Contains("throws-later"))
            {
                return Activator.CreateInstance(method.ReturnType, typeof(BadResolver).GetMethod("LaterAsync").MakeGenericMethod(response).Invoke(null, null));
            }

            if (name.Contains("cancels")) throw new OperationCanceledException();
            if (name.Contains("throws")) throw new InvalidOperationException("nobody thought of \u001b[31mthis");
            string status = name.Contains("silent") ? "Timeout"
                : name.Contains("servfail") ? "ServFail"
                : name.Contains("refused") ? "Refused"
                : name.Contains("malformed") ? "Malformed"
                : name.Contains("unreachable") ? "NetworkError"
                : "NxDomain";
            object value = Enum.Parse(response.GetProperty("Status").PropertyType, status);
            return Activator.CreateInstance(method.ReturnType, Activator.CreateInstance(response, name, arguments[1], value));
        }
    }
}
'@
    }

    $around = (Get-Command Test-MailDomain).ImplementingType.BaseType.BaseType.GetProperty('Around', [Reflection.BindingFlags] 'NonPublic, Static')
    $around.SetValue($null, [DmarcTests.BadResolver]::Around($around.PropertyType.GetGenericArguments()[0]))

    # All kinds, many of each, in an order that is the same each time; some twice, some with a spelling of their own.
    $random = [Random]::new(20261128)
    $kinds = 'silent', 'servfail', 'refused', 'malformed', 'unreachable', 'throws', 'throws-later', 'cancels', 'fine'
    $domains = foreach ($number in 1..120) {
        switch ($random.Next(12)) {
            0 { 'not a domain' }
            1 { '' }
            2 { 'fine-1.example' }
            3 { 'FINE-{0}.Example.' -f $number }
            default { '{0}-{1}.example' -f $kinds[$random.Next($kinds.Count)], $number }
        }
    }
}

AfterAll {
    $around.SetValue($null, $null)
}

Describe 'Conservation of domains: <_>' -ForEach 'Test-MailDomain', 'Get-DmarcRecord', 'Test-SpfRecord', 'Get-DkimRecord', 'Test-DirectSendExposure' {
    BeforeAll {
        $command = $_
        $rows = @($domains | & $command -ErrorVariable problems -ErrorAction SilentlyContinue)
    }

    It 'gives one object for each domain, in order' {
        $rows.Count | Should -Be $domains.Count
        for ($at = 0; $at -lt $rows.Count; $at++) {
            $rows[$at].Domain.TrimEnd('.') | Should -Be $domains[$at].TrimEnd('.')
        }
    }

    It 'says in the row that an error in the module cost it, and in an error record that names the domain' {
        $thrown = @($rows | Where-Object Domain -Like 'throws*')
        $thrown.Count | Should -BeGreaterThan 10
        $thrown.Status | Select-Object -Unique | Should -Be 'UnexpectedError'
        $unexpected = @($problems | Where-Object { $_ -is [Management.Automation.ErrorRecord] -and $_.FullyQualifiedErrorId -like 'UnexpectedError,*' })
        $unexpected.TargetObject | Where-Object { $_ -notlike 'cancels*' } | Sort-Object | Should -Be ($thrown.Domain | Sort-Object)
        foreach ($record in $unexpected) {
            $record.Exception.Message | Should -BeLike "*$($record.TargetObject)*"
            $record.Exception.Message | Should -Not -Match '\x1b'
        }
    }

    It 'takes a wait that nobody ended for a time limit or for an error of its own' {
        $cancelled = @($rows | Where-Object Domain -Like 'cancels*')
        $cancelled.Count | Should -BeGreaterThan 3
        $cancelled.Status | Where-Object { $_ -notin 'UnexpectedError', 'DnsFailure' } | Should -BeNullOrEmpty
    }

    It 'gives every failed domain its error and no other domain one' {
        $records = @($problems | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
        $bad = @($domains | Where-Object { $_ -notlike 'fine*' })
        $records.Count | Should -Be $bad.Count
        @($rows | Where-Object { $_.Status -like 'Dns*' -and $_.Domain -like 'throws*' }) | Should -BeNullOrEmpty
        @($rows | Where-Object { $_.Status -eq 'InvalidDomainName' }).Count | Should -Be @($domains | Where-Object { $_ -in '', 'not a domain' }).Count
    }

    It 'gives the same for an array as for the pipeline' {
        $again = @(& $command -Domain $domains -ErrorAction SilentlyContinue)
        $again.Domain | Should -Be $rows.Domain
        $again.Status | Should -Be $rows.Status
    }
}

Describe 'Conservation of domains: Get-DmarcRollout' {
    It 'gives each domain of the reports its row, and one that an error in the module cost says so' {
        $rows = foreach ($name in 'fine-1.example', 'throws-1.example', 'fine-2.example', 'throws-later.example', 'fine-3.example') {
            $report = @"
<feedback><report_metadata><org_name>r.test</org_name><report_id>$name</report_id><date_range><begin>1732147200</begin><end>1732233600</end></date_range></report_metadata>
<policy_published><domain>$name</domain><p>none</p></policy_published>
<record><row><source_ip>192.0.2.1</source_ip><count>1</count><policy_evaluated><disposition>none</disposition><dkim>fail</dkim><spf>fail</spf></policy_evaluated></row>
<identifiers><header_from>$name</header_from></identifiers><auth_results/></record></feedback>
"@
            $file = Join-Path $TestDrive "$name.xml"
            Set-Content $file $report
            Import-DmarcReport $file
        }

        $results = @($rows | Get-DmarcRollout -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction SilentlyContinue)
        $results.Domain | Sort-Object | Should -Be ($rows.HeaderFrom | Sort-Object)
        ($results | Where-Object Status -EQ 'UnexpectedError').Domain | Sort-Object | Should -Be 'throws-1.example', 'throws-later.example'
        $unexpected = @($problems | Where-Object { $_ -is [Management.Automation.ErrorRecord] -and $_.FullyQualifiedErrorId -like 'UnexpectedError,*' })
        $unexpected.TargetObject | Sort-Object | Should -Be 'throws-1.example', 'throws-later.example'
    }
}

Describe 'Conservation of messages: Test-DmarcAlignment' {
    It 'costs the message in which an error of the module shows, and no other: <_>' -ForEach 'files', 'a folder', 'a mailbox', 'identifiers' {
        $names = 'fine-1.example', 'throws-1.example', 'fine-2.example', 'throws-later.example', 'fine-3.example'
        $messages = foreach ($name in $names) { "From: a@$name`r`nSubject: x`r`nDate: Sat, 21 Nov 2026 00:00:00 +0000`r`n`r`nbody`r`n" }
        $folder = New-Item (Join-Path $TestDrive $_) -ItemType Directory
        for ($at = 0; $at -lt $names.Count; $at++) { Set-Content (Join-Path $folder "$at.eml") $messages[$at] -NoNewline }
        $quiet = @{ ErrorVariable = 'problems'; ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
        $results = @(switch ($_) {
            'files' { Get-ChildItem $folder | Test-DmarcAlignment @quiet }
            'a folder' { Test-DmarcAlignment $folder @quiet }
            'a mailbox' {
                Set-Content (Join-Path $TestDrive all.mbox) (($messages | ForEach-Object { "From a@b Sat Nov 21 00:00:00 2026`r`n$_`r`n" }) -join '') -NoNewline
                Test-DmarcAlignment (Join-Path $TestDrive all.mbox) @quiet
            }
            'identifiers' {
                [pscustomobject[]] $rows = $names | ForEach-Object { [pscustomobject] @{ From = "a@$_"; MailFrom = "a@$_"; SpfResult = 'Pass' } }
                $rows | ForEach-Object { Test-DmarcAlignment -From $_.From -MailFrom $_.MailFrom -SpfResult $_.SpfResult -ErrorAction SilentlyContinue -ErrorVariable +problems }
            }
        })
        $results.Where({ "$($_.From)" -like '*fine*' }).Count | Should -Be 3
        $unexpected = @($problems | Where-Object { $_ -is [Management.Automation.ErrorRecord] -and $_.FullyQualifiedErrorId -like 'UnexpectedError,*' })
        $unexpected.Count | Should -Be 2
        foreach ($record in $unexpected) { $record.Exception.Message | Should -Not -Match '\x1b' }
    }
}
