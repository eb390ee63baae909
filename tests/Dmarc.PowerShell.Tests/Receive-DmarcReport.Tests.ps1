BeforeDiscovery {
    # Debian puts it where only root looks.
    $dovecot = foreach ($path in 'dovecot', '/usr/sbin/dovecot') { Get-Command $path -CommandType Application -ErrorAction Ignore }
    $why = if (-not $dovecot) { 'Dovecot (dovecot-imapd) is not installed' } elseif ((id -u) -ne 0) { 'Dovecot needs root to change to the owner of a mailbox' } elseif ((& @($dovecot)[0] --version) -notlike '2.3.*') { 'the settings of the test are for Dovecot 2.3' }
    $name = 'Receive-DmarcReport' + $(if ($why) { " (skipped, because $why)" })
}

BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    $module = Join-Path $root 'out' 'Dmarc'
    Import-Module $module -Force
}

Describe 'Receive-DmarcReport without a server' {
    BeforeAll {
        $credential = [pscredential]::new('dmarc@contoso.com', (ConvertTo-SecureString 'Pa55-word' -AsPlainText -Force))
        $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $closed = $listener.LocalEndpoint.Port
        $listener.Stop()
    }

    It 'refuses <_> as a server' -ForEach 'imap://x.example', 'a b', 'x.example:99999', 'user@x.example' {
        { Receive-DmarcReport $_ -Credential $credential } | Should -Throw -ErrorId 'InvalidServer,*'
    }

    It 'refuses to move and to delete' {
        { Receive-DmarcReport x.example -Credential $credential -MoveTo Done -Delete } | Should -Throw -ErrorId 'MailboxActionsConflict,*'
    }

    It 'refuses to move to a folder that it reads' {
        { Receive-DmarcReport x.example -Credential $credential -Folder INBOX, Done -MoveTo done } | Should -Throw -ErrorId 'MailboxTargetIsSource,*'
    }

    It 'ends with an error where nobody listens' {
        { Receive-DmarcReport "127.0.0.1:$closed" -Credential $credential } | Should -Throw -ErrorId 'MailboxConnectionFailed,*'
    }
}

Describe $name -Skip:([bool] $why) {
    BeforeAll {
        $dovecot = @(foreach ($path in 'dovecot', '/usr/sbin/dovecot') { (Get-Command $path -CommandType Application -ErrorAction Ignore).Source })[0]
        $folder = Join-Path ([System.IO.Path]::GetTempPath()) "dmarc-dovecot-$PID"
        $null = New-Item $folder -ItemType Directory
        $password = 'Pa55-word-of-the-test'
        $credential = [pscredential]::new('dmarc', (ConvertTo-SecureString $password -AsPlainText -Force))

        # A CA of the test, and a certificate for localhost.
        $caKey = [System.Security.Cryptography.RSA]::Create(2048)
        $ca = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=Test CA', $caKey, 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $ca.CertificateExtensions.Add([System.Security.Cryptography.X509Certificates.X509BasicConstraintsExtension]::new($true, $false, 0, $true))
        $caCertificate = $ca.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(30))
        $key = [System.Security.Cryptography.RSA]::Create(2048)
        $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=localhost', $key, 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $names = [System.Security.Cryptography.X509Certificates.SubjectAlternativeNameBuilder]::new()
        $names.AddDnsName('localhost')
        $request.CertificateExtensions.Add($names.Build())
        # Where the certificate says that its issuer is to be had, and whether it was revoked: nobody may go there.
        $named = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $named.Start()
        $url = "http://127.0.0.1:$($named.LocalEndpoint.Port)/"
        $request.CertificateExtensions.Add([System.Security.Cryptography.X509Certificates.X509AuthorityInformationAccessExtension]::new([string[]] "${url}ocsp", [string[]] "${url}issuer.cer"))
        $request.CertificateExtensions.Add([System.Security.Cryptography.X509Certificates.CertificateRevocationListBuilder]::BuildCrlDistributionPointExtension([string[]] "${url}list.crl"))
        $certificate = $request.Create($caCertificate, [DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(20), [byte[]] (1..8))
        Set-Content "$folder/ca.pem" $caCertificate.ExportCertificatePem()
        Set-Content "$folder/cert.pem" $certificate.ExportCertificatePem()
        Set-Content "$folder/key.pem" $key.ExportPkcs8PrivateKeyPem()

        $ports = 1..2 | ForEach-Object {
            $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
            $listener.Start()
            $listener
        }
        $implicit, $startTls = $ports | ForEach-Object { $_.LocalEndpoint.Port }
        $ports | ForEach-Object Stop
        Set-Content "$folder/users" "dmarc:{PLAIN}$password"
        Set-Content "$folder/dovecot.conf" @"
base_dir = $folder/run
state_dir = $folder/state
log_path = $folder/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <$folder/cert.pem
ssl_key = <$folder/key.pem
disable_plaintext_auth = yes
auth_mechanisms = plain xoauth2
first_valid_uid = 1
mail_location = maildir:$folder/mail
mailbox_list_index = no
passdb {
  driver = passwd-file
  mechanisms = plain
  args = $folder/users
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=$folder/home
}
namespace inbox {
  inbox = yes
  separator = /
}
service imap-login {
  chroot =
  inet_listener imap {
    port = $startTls
  }
  inet_listener imaps {
    port = $implicit
  }
}
service anvil {
  chroot =
}
"@
        $server = Start-Process $dovecot -ArgumentList '-F', '-c', "$folder/dovecot.conf" -PassThru -RedirectStandardError "$folder/stderr"
        $deadline = (Get-Date).AddSeconds(20)
        do {
            Start-Sleep -Milliseconds 100
            $probe = [System.Net.Sockets.TcpClient]::new()
            try { $probe.Connect('127.0.0.1', $implicit); $up = $true } catch { $up = $false } finally { $probe.Dispose() }
        } until ($up -or (Get-Date) -gt $deadline)

        # The messages of the samples, and the conformance reports as attachments.
        $null = New-Item "$folder/messages" -ItemType Directory
        $number = 0
        foreach ($file in Get-ChildItem (Join-Path $root 'docs' 'samples' 'reports') -Filter *.eml) {
            Copy-Item -LiteralPath $file.FullName ("$folder/messages/{0:000}.eml" -f ++$number)
        }
        foreach ($file in Get-ChildItem (Join-Path $root 'tests' 'Dmarc.Tests' 'Conformance' 'reports') -Filter *.xml) {
            $base64 = [Convert]::ToBase64String([System.IO.File]::ReadAllBytes($file.FullName), 'InsertLineBreaks')
            $text = "From: a@reporter.example", "To: dmarc@contoso.com", "Subject: Report Domain: contoso.com", 'MIME-Version: 1.0', "Content-Type: text/xml; name=$($file.Name)", 'Content-Transfer-Encoding: base64', '', $base64, ''
            [System.IO.File]::WriteAllText(("$folder/messages/{0:000}.eml" -f ++$number), ($text -join "`r`n"))
        }
        $reports = $number
        $other = "From: a@b.example`r`nSubject: lunch`r`nMessage-ID: <lunch@b.example>`r`n`r`nNoon?`r`n"
        $broken = "From: a@b.example`r`nSubject: Report Domain: contoso.com`r`nMIME-Version: 1.0`r`nContent-Type: application/gzip; name=r.xml.gz`r`nContent-Transfer-Encoding: base64`r`n`r`nH4sIAAAA`r`n"

        function Reset-Mailbox {
            Remove-Item "$folder/mail" -Recurse -Force -ErrorAction Ignore
            foreach ($name in 'cur', 'new', 'tmp', '.Reports/cur', '.Reports/new', '.Reports/tmp', '.Reports.Older/cur', '.Reports.Older/new', '.Reports.Older/tmp') {
                $null = New-Item "$folder/mail/$name" -ItemType Directory -Force
            }
            $time = 1751328000
            foreach ($file in Get-ChildItem "$folder/messages" | Sort-Object Name) {
                Copy-Item $file.FullName ("$folder/mail/new/{0}.{1}.host" -f ++$time, $file.BaseName)
            }
            [System.IO.File]::WriteAllText("$folder/mail/new/1751400000.other.host", $other)
            [System.IO.File]::WriteAllText("$folder/mail/new/1751400001.broken.host", $broken)
            Copy-Item "$folder/messages/001.eml" "$folder/mail/.Reports/new/1751328000.a.host"
            Copy-Item "$folder/messages/002.eml" "$folder/mail/.Reports.Older/new/1751328000.b.host"
            chown -R nobody:nogroup "$folder/mail"
        }

        function Get-Flag([string] $Box = '') {
            # new: never seen by a client; cur: the flags stand behind the comma.
            (Get-ChildItem "$folder/mail/$Box/cur", "$folder/mail/$Box/new" -File).Name
        }

        function ConvertTo-Comparable($Rows) {
            @($Rows | ForEach-Object { $_ | Select-Object * -ExcludeProperty Path | ConvertTo-Json -Depth 6 -Compress } | Sort-Object)
        }

        $arguments = @{ Server = "localhost:$implicit"; Credential = $credential; SkipCertificateCheck = $true }
        $expected = ConvertTo-Comparable (Import-DmarcReport "$folder/messages" -WarningAction SilentlyContinue -ErrorAction SilentlyContinue)
    }

    AfterAll {
        if ($server) {
            Stop-Process -Id $server.Id -ErrorAction Ignore
            $server.WaitForExit(10000) | Out-Null
        }
        ${named}?.Stop()
        Remove-Item $folder -Recurse -Force -ErrorAction Ignore
    }

    BeforeEach {
        Reset-Mailbox
    }

    It 'gives the rows that Import-DmarcReport gives for the same messages' {
        $rows = Receive-DmarcReport @arguments -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        $expected.Count | Should -BeGreaterThan 20
        ConvertTo-Comparable $rows | Should -Be $expected
        $rows[0].Path | Should -Match "^imaps://dmarc@localhost:$implicit/INBOX;UIDVALIDITY=\d+/;UID=1!"
        Get-Flag | Where-Object { $_ -cmatch ':2,.*S' } | Should -BeNullOrEmpty
    }

    It 'reads by STARTTLS, too' {
        $plain = $arguments.Clone()
        $plain.Server = "localhost:$startTls"
        $rows = Receive-DmarcReport @plain -Tls StartTls -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        ConvertTo-Comparable $rows | Should -Be $expected
        $rows[0].Path | Should -Match '^imap://'
    }

    It 'says which message could not be read, and passes other mail over' {
        $null = Receive-DmarcReport @arguments -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        @($problems | Where-Object FullyQualifiedErrorId -like 'ReportUnreadable,*').Count | Should -BeGreaterOrEqual 1
        $problems.TargetObject | Should -Not -Match "UID=$($reports + 1)$"
    }

    It 'reads several folders, and those below' {
        (Receive-DmarcReport @arguments -Folder Reports, Reports/Older).Path | ForEach-Object { ($_ -split ';')[0] } | Split-Path -Leaf | Sort-Object -Unique |
            Should -Be 'Older', 'Reports'
        (Receive-DmarcReport @arguments -Folder Reports -Recurse).Path | ForEach-Object { ($_ -split ';')[0] } | Split-Path -Leaf | Sort-Object -Unique |
            Should -Be 'Older', 'Reports'
        $null = Receive-DmarcReport @arguments -Folder Nowhere -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'MailboxFolderNotFound,*'
    }

    It 'marks what was read as read, and nothing else, so that the next run has nothing to do' {
        $null = Receive-DmarcReport @arguments -Unread -MarkRead -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        @(Get-Flag | Where-Object { $_ -cmatch ':2,.*S' }).Count | Should -BeGreaterThan 20
        Get-Flag | Where-Object { $_ -cmatch '(other|broken).*:2,.*S' } | Should -BeNullOrEmpty
        $again = Receive-DmarcReport @arguments -Unread -MarkRead -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        $again | Should -BeNullOrEmpty
    }

    It 'moves what was read, and apart from it what could not be, to folders that it makes' {
        $rows = Receive-DmarcReport @arguments -MoveTo Done/DMARC -MoveUnreadableTo Look -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        ConvertTo-Comparable $rows | Should -Be $expected
        @(Get-Flag).Count | Should -Be 1
        Get-Flag | Should -Match 'other'
        (Get-ChildItem "$folder/mail/.Look/cur", "$folder/mail/.Look/new" -File | Select-String 'H4sIAAAA' -CaseSensitive -List).Count | Should -BeGreaterOrEqual 1
        @(Get-Flag '.Done.DMARC').Count + @(Get-Flag '.Look').Count | Should -Be ($reports + 1)
    }

    It 'deletes what was read' {
        $null = Receive-DmarcReport @arguments -Folder Reports -Delete
        Get-Flag '.Reports' | Should -BeNullOrEmpty
        @(Get-Flag '.Reports.Older').Count | Should -Be 1
    }

    It 'deletes no message of whose report damage cost rows, and moves it on request' {
        $xml = Get-ChildItem (Join-Path $root 'tests' 'Dmarc.Tests' 'Conformance' 'reports') -Filter *.xml | Where-Object {
            (Select-String -LiteralPath $_.FullName -Pattern '<record>' -AllMatches).Matches.Count -gt 2 } | Select-Object -First 1
        $text = [System.IO.File]::ReadAllText($xml.FullName)
        $cut = $text.Substring(0, $text.LastIndexOf('<record>') + 20)
        $mail = "From: a@reporter.example`r`nTo: dmarc@contoso.com`r`nSubject: Report Domain: contoso.com`r`nMIME-Version: 1.0`r`nContent-Type: text/xml; name=cut.xml`r`nContent-Transfer-Encoding: base64`r`n`r`n" +
            [Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes($cut), 'InsertLineBreaks') + "`r`n"
        Get-ChildItem "$folder/mail/new", "$folder/mail/cur" -File -Force | Remove-Item -Force
        Copy-Item "$folder/messages/001.eml" "$folder/mail/new/1751328001.whole.host"
        [System.IO.File]::WriteAllText("$folder/mail/new/1751328002.cut.host", $mail)
        chown -R nobody:nogroup "$folder/mail"

        $rows = @(Receive-DmarcReport @arguments -Delete -WarningVariable warnings -WarningAction SilentlyContinue)
        ($rows.Path -replace '!.*' | Sort-Object -Unique).Count | Should -Be 2
        @($warnings) -match "UID=2' was not deleted, because damage cost rows" | Should -HaveCount 1
        @(Get-Flag) | Should -HaveCount 1
        @(Get-Flag)[0] | Should -BeLike '1751328002.cut.*'

        $null = Receive-DmarcReport @arguments -Delete -MoveUnreadableTo Look -WarningAction SilentlyContinue
        Get-Flag | Should -BeNullOrEmpty
        @(Get-Flag .Look) | Should -HaveCount 1
    }

    It 'changes nothing with -WhatIf' {
        $null = Receive-DmarcReport @arguments -Folder Reports -Delete -WhatIf
        @(Get-Flag '.Reports').Count | Should -Be 1
        $before = @(Get-Flag).Count
        $rows = Receive-DmarcReport @arguments -MarkRead -MoveTo Done -MoveUnreadableTo Look -WhatIf -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        ConvertTo-Comparable $rows | Should -Be $expected
        @(Get-Flag).Count | Should -Be $before
        Get-Flag | Where-Object { $_ -cmatch ':2,.*S' } | Should -BeNullOrEmpty
        "$folder/mail/.Done", "$folder/mail/.Look" | Should -Not -Exist
    }

    It 'marks and moves the same message, and does nothing that is declined' {
        $null = Receive-DmarcReport @arguments -Folder Reports -MarkRead -MoveTo Done -Confirm:$false
        Get-Flag '.Reports' | Should -BeNullOrEmpty
        Get-Flag '.Done' | Should -Match ':2,.*S'

        # A prompt in a session that cannot ask is a refusal.
        $null = Receive-DmarcReport @arguments -Folder Reports/Older -Delete -Confirm:$false
        Get-Flag '.Reports.Older' | Should -BeNullOrEmpty
        Reset-Mailbox
        $command = "Import-Module '$module'; `$c = [pscredential]::new('dmarc', (ConvertTo-SecureString '$password' -AsPlainText -Force)); Receive-DmarcReport localhost:$implicit -Credential `$c -SkipCertificateCheck -Folder Reports -Delete -Confirm"
        pwsh -NoProfile -NonInteractive -Command $command 2>&1 | Out-Null
        @(Get-Flag '.Reports').Count | Should -Be 1
    }

    It 'is killed in the middle of <Action>, and run again: no message is lost, none is there twice' -ForEach @(
        @{ Action = '-MoveTo Done' }
        @{ Action = '-Delete' }
    ) {
        $taken = Join-Path $TestDrive "taken$($Action.Substring(1, 2))"
        $command = "Import-Module '$module'; `$c = [pscredential]::new('dmarc', (ConvertTo-SecureString '$password' -AsPlainText -Force)); " +
            "Receive-DmarcReport localhost:$implicit -Credential `$c -SkipCertificateCheck $Action -WarningAction Ignore -ErrorAction Ignore | " +
            "ForEach-Object { [System.IO.File]::AppendAllText('$taken', (`$_ | Select-Object * -ExcludeProperty Path | ConvertTo-Json -Depth 6 -Compress) + [char] 10) }"
        $script = Join-Path $TestDrive 'run.ps1'
        Set-Content $script "[System.IO.File]::WriteAllText('$TestDrive/pid', `$PID)`n$($command.Replace('{ [System', '{ Start-Sleep -Milliseconds 60; [System'))"
        Remove-Item "$TestDrive/pid" -ErrorAction Ignore
        $run = Start-Process pwsh -ArgumentList '-NoProfile', '-File', $script -PassThru -RedirectStandardOutput (Join-Path $TestDrive 'out')
        $deadline = (Get-Date).AddSeconds(60)
        while ((-not (Test-Path $taken) -or (Get-Content $taken).Count -lt 8) -and (Get-Date) -lt $deadline) { Start-Sleep -Milliseconds 20 }
        Stop-Process -Id (Get-Content "$TestDrive/pid") -Force
        $run.WaitForExit(10000) | Out-Null
        $before = @(Get-Content $taken)
        $before.Count | Should -BeGreaterOrEqual 8
        $before.Count | Should -BeLessThan $expected.Count

        pwsh -NoProfile -Command $command | Out-Null
        $all = @(Get-Content $taken)
        $all | Sort-Object -Unique | Should -Be ($expected | Sort-Object -Unique)
        # Other mail and the broken message stay; the rest is where it belongs, once. The server of the killed session may still hold files,
        # and a message that was marked as deleted when the process was killed (T) is as good as deleted.
        $deadline = (Get-Date).AddSeconds(30)
        while (@((Get-Flag) -notmatch ',[A-Z]*T').Count -gt 2 -and (Get-Date) -lt $deadline) { Start-Sleep -Milliseconds 200 }
        @((Get-Flag) -notmatch ',[A-Z]*T').Count | Should -Be 2
        if ($Action -eq '-MoveTo Done') { @(Get-Flag '.Done').Count | Should -Be $reports }
    }

    It 'touches no message if the disk behind it is full' {
        $disk = (New-Item (Join-Path $TestDrive 'disk') -ItemType Directory).FullName
        $mounted = mount -t tmpfs -o size=8k tmpfs $disk 2>&1
        if ($LASTEXITCODE) { Set-ItResult -Skipped -Because "no small disk can be mounted: $mounted" }
        try {
            foreach ($target in @{ LiteralPath = "$disk/rows.csv" }, @{ LiteralPath = "$disk/rows.html" }, @{ LiteralPath = $disk; PartitionBy = 'Domain' }) {
                { Receive-DmarcReport @arguments -MarkRead -MoveTo Done -WarningAction SilentlyContinue -ErrorAction SilentlyContinue | Export-DmarcReport @target } |
                    Should -Throw '*could not be written*'
                Get-Flag | Where-Object { $_ -cmatch ':2,.*S' } | Should -BeNullOrEmpty
                "$folder/mail/.Done" | Should -Not -Exist
                @(Get-ChildItem $disk -Recurse -Force -File).Count | Should -Be 0
            }
        }
        finally {
            umount $disk
        }
    }

    It 'is run by Save-MailboxReport.ps1, which tells by its exit code how it went' {
        $night = (New-Item (Join-Path $TestDrive 'night') -ItemType Directory).FullName
        $script = Join-Path $root 'docs' 'samples' 'Save-MailboxReport.ps1'
        $file = Join-Path $TestDrive 'credential.xml'
        $credential | Export-Clixml $file
        $before = $env:PSModulePath
        $env:PSModulePath = (Split-Path $module) + [System.IO.Path]::PathSeparator + $env:PSModulePath
        try {
            pwsh -NoProfile -NonInteractive -File $script -Server "localhost:$implicit" -CredentialFile $file -Folder $night -SkipCertificateCheck 2>&1 | Out-Null
            $LASTEXITCODE | Should -Be 1
            $rows = @(Get-Content "$night/*.ndjson" | ConvertFrom-Json)
            $rows.Count | Should -BeGreaterOrEqual $expected.Count
            (Get-ChildItem "$folder/mail/.DMARC unreadable/cur", "$folder/mail/.DMARC unreadable/new" -File | Select-String 'H4sIAAAA' -CaseSensitive -List).Count | Should -BeGreaterOrEqual 1
            Get-Flag | Where-Object { $_ -cmatch 'other.*:2,.*S' } | Should -BeNullOrEmpty

            # Nothing is left to do; what is left of the samples is other mail.
            pwsh -NoProfile -NonInteractive -File $script -Server "localhost:$implicit" -CredentialFile $file -Folder $night -SkipCertificateCheck 2>&1 | Out-Null
            $LASTEXITCODE | Should -Be 0
            @(Get-Content "$night/*.ndjson").Count | Should -Be $rows.Count

            $files = @(Get-ChildItem $night).Count
            $output = pwsh -NoProfile -NonInteractive -File $script -Server "localhost:$implicit" -CredentialFile $file -Folder $night 2>&1 | Out-String
            $LASTEXITCODE | Should -Be 2
            $output | Should -Match 'certificate'

            $token = ConvertTo-SecureString 'no-t0ken' -AsPlainText -Force
            & $script -Server "localhost:$implicit" -UserName dmarc -AccessToken $token -Folder $night -SkipCertificateCheck 2>$null
            $LASTEXITCODE | Should -Be 2
            @(Get-ChildItem $night).Count | Should -Be $files
        }
        finally {
            $env:PSModulePath = $before
        }
    }

    It 'reads only what came since then' {
        Receive-DmarcReport @arguments -Since (Get-Date).AddDays(1) | Should -BeNullOrEmpty
        @(Receive-DmarcReport @arguments -Folder Reports -Since ([datetime] '2001-01-01')).Count | Should -BeGreaterThan 0
    }

    It 'touches no message whose rows the pipeline did not take: what a run lost the next one gives, and nothing twice' {
        $taken = [System.Collections.Generic.List[object]]::new()
        try {
            Receive-DmarcReport @arguments -Unread -MarkRead -WarningAction SilentlyContinue -ErrorAction SilentlyContinue |
                ForEach-Object { if ($taken.Count -eq 9) { throw 'The disk is full.' }; $taken.Add($_) }
        }
        catch {
            $_.Exception.Message | Should -Be 'The disk is full.'
        }
        $taken.Count | Should -Be 9

        # A message whose rows were taken in part comes again as a whole.
        $marked = @(Get-Flag | Where-Object { $_ -cmatch ':2,.*S' }).Count
        $marked | Should -BeGreaterThan 0
        $messages = $taken | Group-Object { ($_.Path -split '!')[0] }
        $marked | Should -BeIn $messages.Count, ($messages.Count - 1)
        $rest = Receive-DmarcReport @arguments -Unread -MarkRead -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        $again = ($rest[0].Path -split '!')[0]
        ConvertTo-Comparable (@($taken | Where-Object { ($_.Path -split '!')[0] -ne $again }) + $rest) | Sort-Object -Unique | Should -Be ($expected | Sort-Object -Unique)
    }

    It 'touches nothing before the file of Export-DmarcReport is in its place' {
        $file = Join-Path $TestDrive 'rows.csv'
        $count = 0
        try {
            Receive-DmarcReport @arguments -Unread -MarkRead -WarningAction SilentlyContinue -ErrorAction SilentlyContinue | Export-DmarcReport $file -PassThru |
                ForEach-Object { if (++$count -eq 9) { throw 'The disk is full.' } }
        }
        catch {
            $_.Exception.Message | Should -Be 'The disk is full.'
        }
        $file | Should -Not -Exist
        Get-Flag | Where-Object { $_ -cmatch ':2,.*S' } | Should -BeNullOrEmpty

        Receive-DmarcReport @arguments -Unread -MarkRead -WarningAction SilentlyContinue -ErrorAction SilentlyContinue | Export-DmarcReport $file
        (Import-Csv $file).Count | Should -Be $expected.Count
        @(Get-Flag | Where-Object { $_ -cmatch ':2,.*S' }).Count | Should -BeGreaterThan 20
    }

    It 'can be stopped at any time' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$module'; `$input = `$args[0]; Receive-DmarcReport @input -Unread -MarkRead -WarningAction Ignore -ErrorAction Ignore | ForEach-Object { Start-Sleep -Milliseconds 50; `$_ }").AddArgument($arguments)
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $running = $shell.BeginInvoke[psobject, psobject]($null, $output)
        $deadline = (Get-Date).AddSeconds(30)
        while ($output.Count -lt 5 -and (Get-Date) -lt $deadline) { Start-Sleep -Milliseconds 20 }
        $shell.Stop()
        $shell.Dispose()
        $output.Count | Should -BeGreaterOrEqual 5
        $rest = Receive-DmarcReport @arguments -Unread -MarkRead -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        $again = ($rest[0].Path -split '!')[0]
        # A report that came twice is left out within one run only.
        ConvertTo-Comparable (@($output | Where-Object { ($_.Path -split '!')[0] -ne $again }) + $rest) | Sort-Object -Unique |
            Should -Be ($expected | Sort-Object -Unique)
    }

    It 'trusts the CA that the system trusts, for the name of the certificate alone' {
        $secret = "ConvertTo-SecureString '$password' -AsPlainText -Force"
        $command = "Import-Module '$module'; `$c = [pscredential]::new('dmarc', ($secret)); try { @(Receive-DmarcReport HOST:$implicit -Credential `$c -Folder Reports).Count -gt 0 } catch { `$_.FullyQualifiedErrorId }"
        $env:SSL_CERT_FILE = "$folder/ca.pem"
        try {
            pwsh -NoProfile -Command ($command.Replace('HOST', 'localhost')) | Should -Be 'True'
            pwsh -NoProfile -Command ($command.Replace('HOST', '127.0.0.1')) | Should -BeLike 'MailboxCertificateRejected,*'
        }
        finally {
            $env:SSL_CERT_FILE = $null
        }
        pwsh -NoProfile -Command ($command.Replace('HOST', 'localhost')) | Should -BeLike 'MailboxCertificateRejected,*'
    }

    It 'contacts nothing that the certificate names, with <_>' -ForEach 'Implicit', 'StartTls' {
        $port = @{ Implicit = $implicit; StartTls = $startTls }[$_]
        { Receive-DmarcReport "localhost:$port" -Credential $credential -Tls $_ } |
            Should -Throw -ErrorId 'MailboxCertificateRejected,Dmarc.PowerShell.Commands.ReceiveDmarcReportCommand'
        @(Receive-DmarcReport "localhost:$port" -Credential $credential -Tls $_ -SkipCertificateCheck -Folder Reports).Count | Should -BeGreaterThan 0
        $named.Pending() | Should -BeFalse
    }

    It 'shows a password nowhere' {
        $Error.Clear()
        $wrong = [pscredential]::new('dmarc', (ConvertTo-SecureString 'wr0ng-Pa55word' -AsPlainText -Force))
        $transcript = Join-Path $TestDrive 'transcript'
        Start-Transcript $transcript | Out-Null
        $verbose = try {
            Receive-DmarcReport "localhost:$implicit" -Credential $wrong -SkipCertificateCheck -Verbose 4>&1
        }
        catch {
            $_ | Format-List * -Force
            $_.Exception.ToString()
            $_.FullyQualifiedErrorId
        }
        $token = 'eyJ0eXAi.wr0ng-t0ken.c2ln'
        $secure = ConvertTo-SecureString $token -AsPlainText -Force
        $verbose = @($verbose) + @(try {
            Receive-DmarcReport "localhost:$implicit" -UserName dmarc -AccessToken $secure -SkipCertificateCheck -Verbose 4>&1
        }
        catch {
            $_ | Format-List * -Force
            $_.Exception.ToString()
            $_.FullyQualifiedErrorId
        })
        $good = Receive-DmarcReport @arguments -Folder Reports -Verbose 4>&1
        Stop-Transcript | Out-Null
        $all = ($verbose + $good | Out-String -Width 2000) + (Get-Content $transcript -Raw) + ($Error | Format-List * -Force | Out-String -Width 2000)
        $all | Should -Match 'MailboxCredentialRejected'
        $all | Should -Match 'AUTHENTICATE PLAIN'
        $all | Should -Match 'AUTHENTICATE XOAUTH2'
        $all | Should -Not -Match 'wr0ng-t0ken'
        $all | Should -Not -Match ([regex]::Escape([Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes("user=dmarc$([char] 1)auth=Bearer $token$([char] 1)$([char] 1)"))))
        foreach ($word in 'wr0ng-Pa55word', $password) {
            $all | Should -Not -Match ([regex]::Escape($word))
            $all | Should -Not -Match ([regex]::Escape([Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes("`0dmarc`0$word"))))
        }
    }
}
