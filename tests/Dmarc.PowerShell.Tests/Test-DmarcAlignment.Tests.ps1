BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (Join-Path $root 'out' 'Dmarc') -Force
    $zone = Join-Path $root 'docs' 'samples' 'example.zone'
    $samples = Join-Path $root 'docs' 'samples' 'messages'
    $data = Join-Path $PSScriptRoot 'Data' 'messages'
    $PSStyle.OutputRendering = 'PlainText'
}

Describe 'Test-DmarcAlignment' {
    It 'refuses <_>, which is no address' -ForEach '127.1', '0x7f.0.0.1', 2130706433, '192.0.2.010', '[::1]' {
        { Test-DmarcAlignment -From a@contoso.example -MailFrom a@contoso.example -IPAddress $_ -Zone $zone } | Should -Throw '*is not an IP address*'
    }

    It 'takes <_>' -ForEach '192.0.2.1', '2001:db8::1', ([ipaddress] '192.0.2.1') {
        (Test-DmarcAlignment -From a@contoso.example -MailFrom a@contoso.example -IPAddress $_ -Zone $zone).Spf.Result | Should -Not -BeNullOrEmpty
    }

    Context 'messages' {
        It 'says <Result> because of <Cause> for <File>' -ForEach @(
            @{ File = 'newsletter-service.eml'; Result = 'Fail'; Cause = 'ThirdPartySender' }
            @{ File = 'newsletter-japanese.eml'; Result = 'Pass'; Cause = 'None' }
            @{ File = 'mailing-list.eml'; Result = 'Fail'; Cause = 'Rewritten' }
            @{ File = 'forwarded.eml'; Result = 'Pass'; Cause = 'Forwarded' }
            @{ File = 'forwarded-unsigned.eml'; Result = 'Fail'; Cause = 'Forwarded' }
            @{ File = 'strict-subdomain.eml'; Result = 'Fail'; Cause = 'StrictMode' }
            @{ File = 'revoked-key.eml'; Result = 'Fail'; Cause = 'KeyRevoked' }
            @{ File = 'spoofed.eml'; Result = 'Fail'; Cause = 'Spoofing' }
            @{ File = 'gmail-original.txt'; Result = 'Fail'; Cause = 'ThirdPartySender' }
            @{ File = 'outlook-headers.txt'; Result = 'Fail'; Cause = 'SenderNotInSpf' }
            @{ File = 'direct-send.txt'; Result = 'Fail'; Cause = 'DirectSend' }
        ) {
            $message = Test-DmarcAlignment (Join-Path $samples $File) -Zone $zone -ErrorAction Stop
            $message | Should -BeOfType Dmarc.Advice.Messages.AlignmentResult
            $message.Result | Should -Be $Result
            $message.Cause | Should -Be $Cause
            $message.Explanation.Count | Should -BeGreaterThan 3
            if ($Result -eq 'Fail') { $message.NextSteps.Count | Should -BeGreaterThan 0 }
        }

        It 'shows Japanese subjects and authors as they are read' {
            $message = Test-DmarcAlignment (Join-Path $samples 'newsletter-japanese.eml') -Zone $zone
            $message.Subject | Should -Be '【号外】秋の新刊フェアのお知らせ'
            $message.From | Should -Be 'info@例え.example'
            $message.AuthorDomain | Should -Be 'xn--r8jz45g.example'
            $message.Spf.Aligned | Should -BeTrue
            $message.Dkim[0].Aligned | Should -BeTrue
        }

        It 'reads a folder, wildcards and the messages of an mbox file, one result each' {
            $all = @(Test-DmarcAlignment $samples -Zone $zone -ErrorAction Stop)
            $all.Count | Should -Be ((Get-ChildItem $samples -File).Count + 1)
            @(Test-DmarcAlignment (Join-Path $samples 'forwarded*.eml') -Zone $zone).Count | Should -Be 2
            $archive = @(Test-DmarcAlignment -LiteralPath (Join-Path $samples 'archive.mbox') -Zone $zone)
            $archive.Cause | Should -Be 'StrictMode', 'Spoofing'
            $archive[1].Source | Should -BeLike '*archive.mbox (2)'
        }

        It 'takes files, bytes, streams and texts from the pipeline, in order' {
            $file = Get-Item (Join-Path $samples 'spoofed.eml')
            $bytes = [System.IO.File]::ReadAllBytes($file.FullName)
            ($file | Test-DmarcAlignment -Zone $zone).Cause | Should -Be 'Spoofing'
            (, $bytes | Test-DmarcAlignment -Zone $zone).Cause | Should -Be 'Spoofing'
            ([System.IO.MemoryStream]::new($bytes) | Test-DmarcAlignment -Zone $zone).Cause | Should -Be 'Spoofing'
            (Get-Content $file -Raw | Test-DmarcAlignment -Zone $zone).Cause | Should -Be 'Spoofing'
            (Get-ChildItem $samples -Filter 'forwarded*.eml' | Sort-Object Name -Descending | Test-DmarcAlignment -Zone $zone).Result | Should -Be 'Pass', 'Fail'
        }

        It 'takes a header line by line, as Get-Clipboard gives it' {
            $lines = @('', '') + (Get-Content (Join-Path $samples 'gmail-original.txt'))
            $message = $lines | Test-DmarcAlignment -Zone $zone
            @($message).Count | Should -Be 1
            $message.Subject | Should -Be '秋のセールは月曜日から'
            $message.Cause | Should -Be 'ThirdPartySender'
        }

        It 'takes lines that are quoted, indented or stand below the table of a page (<Name>)' -ForEach @(
            @{ Name = 'quoted'; Change = { "> $_" }; Before = @() }
            @{ Name = 'indented'; Change = { "    $_" }; Before = @() }
            @{ Name = 'page'; Change = { $_ }; Before = @('Original Message', "Message ID`t<1@a.example>", "SPF:`tPASS with IP 192.0.2.1", 'Download Original', '') }
        ) {
            $lines = $Before + (Get-Content (Join-Path $samples 'direct-send.txt') | ForEach-Object $Change)
            $message = $lines | Test-DmarcAlignment -Zone $zone -ErrorAction Stop
            @($message).Count | Should -Be 1
            $message.Cause | Should -Be 'DirectSend'
        }

        It 'verifies a message as text, and does not blame it for what copying did' {
            $text = Get-Content (Join-Path $samples 'forwarded.eml') -Raw
            ($text | Test-DmarcAlignment -Zone $zone).Result | Should -Be 'Pass'
            $changed = $text -replace 'you are invited', 'you are expected' | Test-DmarcAlignment -Zone $zone
            $changed.Dkim[0].Problem | Should -Be 'NotCheckable'
            $changed.Result | Should -BeNullOrEmpty
        }

        It 'believes the servers that are named' {
            $path = Join-Path $samples 'gmail-original.txt'
            (Test-DmarcAlignment $path -Zone $zone).Spf.Source | Should -Be 'UnverifiedReceiver'
            $trusted = Test-DmarcAlignment $path -Zone $zone -TrustedAuthServId mx.google.com
            $trusted.Spf.Source | Should -Be 'TrustedReceiver'
            $trusted.Receiver.IsTrusted | Should -BeTrue
            $trusted.Receiver.Handling.Disposition | Should -Be 'Quarantine'
            (Test-DmarcAlignment $path -Zone $zone -TrustedAuthServId mx.other.example).Findings.Code | Should -Contain 'AlignTrustedServerAbsent'
        }

        It 'evaluates SPF with the address given' {
            $message = Test-DmarcAlignment (Join-Path $samples 'newsletter-service.eml') -IPAddress 203.0.113.1 -Helo host.example -Zone $zone
            $message.Spf.Result | Should -Be 'Fail'
            $message.Spf.Source | Should -Be 'Checked'
            $message.Spf.MatchedTerm | Should -Be '-all'
            $own = Test-DmarcAlignment (Join-Path $samples 'newsletter-service.eml') -IPAddress 192.0.2.40 -MailFrom billing@strict.example -Zone $zone
            $own.Spf.Domain | Should -Be 'strict.example'
        }
    }

    Context 'identifiers' {
        It 'says <Result> for <Name>' -ForEach @(
            @{ Name = 'an aligned signature'; Arguments = @{ DkimDomain = 'a.example' }; Result = 'Pass' }
            @{ Name = 'a signature that failed'; Arguments = @{ DkimDomain = 'a.example'; DkimResult = 'Fail' }; Result = 'Fail' }
            @{ Name = 'an aligned SPF pass'; Arguments = @{ MailFrom = 'b@news.a.example'; SpfResult = 'Pass' }; Result = 'Pass' }
            @{ Name = 'an SPF softfail'; Arguments = @{ MailFrom = 'b@a.example'; SpfResult = 'SoftFail' }; Result = 'Fail' }
            @{ Name = 'a stranger'; Arguments = @{ MailFrom = 'b@b.example'; SpfResult = 'Pass'; DkimDomain = 'b.example' }; Result = 'Fail' }
            @{ Name = 'SPF evaluated'; Arguments = @{ MailFrom = 'b@a.example'; IPAddress = '192.0.2.1' }; Result = 'Pass' }
            @{ Name = 'a strict record'; Arguments = @{ DkimDomain = 'news.a.example'; Record = 'v=DMARC1; p=reject; adkim=s' }; Result = 'Fail' }
        ) {
            (Test-DmarcAlignment -From anna@a.example -Zone $zone @Arguments).Result | Should -Be $Result
        }

        It 'takes a result for each signature' {
            $message = Test-DmarcAlignment -From a.example -DkimDomain b.example, a.example -DkimResult Fail, Pass -Zone $zone
            $message.Dkim.Result | Should -Be 'Fail', 'Pass'
            $message.Dkim.Aligned | Should -Be $false, $true
        }

        It 'takes and offers the results of the standard alone' {
            $line = 'Test-DmarcAlignment -DkimResult '
            $words = 'None', 'Pass', 'Fail', 'SoftFail', 'Neutral', 'Policy', 'TempError', 'PermError' | Sort-Object
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Sort-Object | Should -Be $words
            { Test-DmarcAlignment -From a.example -MailFrom b@a.example -SpfResult Skipped -Zone $zone } | Should -Throw '*Skipped*'
            { Test-DmarcAlignment -From a.example -DkimDomain a.example -DkimResult Pass, Unknown -Zone $zone } | Should -Throw '*Unknown*'
        }

        It 'takes an SPF result that is not known, as <_>, for none' -ForEach $null, 'Unknown' {
            (Test-DmarcAlignment -From a.example -MailFrom b@a.example -SpfResult $_ -Zone $zone).Spf.Result | Should -BeNullOrEmpty
        }

        It 'finds organisational domains by the method asked for' {
            (Test-DmarcAlignment -From a@city.gov.example -DkimDomain gov.example -Zone $zone).OrganizationalDomain | Should -Be 'city.gov.example'
            (Test-DmarcAlignment -From a@city.gov.example -DkimDomain gov.example -DiscoveryMethod PublicSuffixList -Zone $zone).OrganizationalDomain | Should -Be 'gov.example'
        }
    }

    Context 'what receivers wrote' {
        It 'says <Result> for <File>' -ForEach @(
            @{ File = 'exchangelabs-hop.eml'; Zone = 'shop.zone'; Result = 'Pass'; Cause = 'None'; Address = '203.0.113.5' }
            @{ File = 'through-own-mx-gateway.txt'; Zone = 'through-own-mx-gateway.zone'; Result = 'Fail'; Cause = 'SenderNotInSpf'; Address = '203.0.113.66'; Not = 'DirectSend' }
            @{ File = 'forged-authentication-results-below.eml'; Zone = 'shop.zone'; Result = 'Fail'; Cause = 'NoDkim'; Address = '198.51.100.20'; Trusted = 'mx.isp.example' }
            @{ File = 'helo-only-spf-pass.txt'; Zone = 'shop.zone'; Result = 'Pass'; Cause = 'None'; Address = '192.0.2.5' }
            @{ File = 'icloud-several-servers.txt'; Zone = 'shop-signing.zone'; Result = 'Pass'; Cause = 'None'; Address = '198.51.100.20' }
            @{ File = 'icloud-several-servers.txt'; Zone = 'shop.zone'; Result = 'Pass'; Cause = 'None'; Address = '198.51.100.20'; Trusted = 'spf.icloud.example' }
            @{ File = 'microsoft-internal.txt'; Zone = 'shop.zone'; Result = 'None'; Cause = 'InternalMail' }
        ) {
            $more = if ($Trusted) { @{ TrustedAuthServId = $Trusted } } else { @{} }
            $message = Test-DmarcAlignment (Join-Path $data $File) -Zone (Join-Path $data $Zone) @more -ErrorAction Stop
            "$($message.Result)" | Should -Be $Result
            "$($message.Cause)" | Should -Be $Cause
            if ($Address) { "$($message.Spf.IPAddress)" | Should -Be $Address }
        }

        It 'explains compauth=fail reason=001 beside three passes, with a remedy' {
            $message = Test-DmarcAlignment (Join-Path $data 'compauth-001-all-pass.txt') -Zone (Join-Path $data 'shop.zone')
            $finding = $message.Findings | Where-Object Code -eq AlignCompositeFailed
            $finding.Message | Should -Match 'reason=001'
            $finding.Remedy | Should -Not -BeNullOrEmpty
        }

        It 'tells of results that stand where the sender can have written them' {
            $message = Test-DmarcAlignment (Join-Path $data 'forged-authentication-results-below.eml') -Zone (Join-Path $data 'shop.zone') -TrustedAuthServId mx.isp.example
            ($message.Findings | Where-Object Code -eq AlignResultsOutOfPlace).Message | Should -Match 'mx\.isp\.example'
        }

        It 'takes <From> for no author, given or in a message, and says why' -ForEach @(
            @{ From = 'ceo@shop.example x@mailer.example'; Code = 'AlignSeveralAuthorDomains' }
            @{ From = 'Boss <ceo@shop.example> Other <x@mailer.example>'; Code = 'AlignSeveralAuthorDomains' }
            @{ From = '<ceo@shop.example>x@mailer.example'; Code = 'AlignSeveralAuthorDomains' }
            @{ From = 'ceo@shop.example; x@mailer.example'; Code = 'AlignSeveralAuthorDomains' }
            @{ From = 'ceo@shop.example cfo@shop.example'; Code = 'AlignAmbiguousFrom' }
            @{ From = 'ceo@shop.example;cfo@shop.example'; Code = 'AlignAmbiguousFrom' }
            @{ From = 'Boss <ceo@shop.example> cfo@shop.example'; Code = 'AlignAmbiguousFrom' }
            @{ From = 'ceo@shop.example Boss'; Code = 'AlignAmbiguousFrom' }
            @{ From = 'x@mailer.example@shop.example'; Code = 'AlignAmbiguousFrom' }
        ) {
            $zone = Join-Path $data 'shop.zone'
            $text = "Return-Path: <ceo@shop.example>`nFrom: $From`nSubject: t`nMessage-ID: <1@x>`n`nx`n"
            $given = Test-DmarcAlignment -From $From -MailFrom ceo@shop.example -SpfResult Pass -Zone $zone
            $read = $text | Test-DmarcAlignment -IPAddress 192.0.2.5 -Zone $zone
            foreach ($result in $given, $read) {
                $result.Result | Should -Be 'PermError'
                $result.Findings.Code | Should -Contain $Code
            }
        }

        It 'knows the author of <_> for certain' -ForEach 'ceo@shop.example, cfo@shop.example', 'x@mailer.example <ceo@shop.example>', 'Team: ceo@shop.example;', 'ceo@shop.example (x@mailer.example)' {
            (Test-DmarcAlignment -From $_ -MailFrom ceo@shop.example -SpfResult Pass -Zone (Join-Path $data 'shop.zone')).Result | Should -Be 'Pass'
        }

        It 'calls an SPF record broken that is, where the receiver wrote <_>' -ForEach 'none', 'permerror' {
            $zone = Join-Path $TestDrive 'broken.zone'
            Set-Content $zone @('$ORIGIN broken.test.', '@ TXT "v=spf1 ip4:192.0.2.0/28 foo:bar -all"', '_dmarc TXT "v=DMARC1; p=reject"')
            $text = "Return-Path: <a@broken.test>`nAuthentication-Results: mx.isp.test; spf=$_ smtp.mailfrom=a@broken.test`n" +
                "Received: from h.test (h.test [192.0.2.5]) by mx.isp.test with ESMTP id x; Tue, 1 Jul 2025 10:00:00 +0000`nFrom: a@broken.test`nSubject: t`nMessage-ID: <1@x>`n`nx`n"
            $result = $text | Test-DmarcAlignment -Zone $zone -TrustedAuthServId mx.isp.test
            $result.Findings.Code | Should -Contain 'AlignSpfRecordBroken'
            $result.Findings.Code | Should -Not -Contain 'AlignSenderNotInSpf'
        }

        It 'takes no envelope sender from a Return-Path that names several' {
            $zone = Join-Path $data 'shop.zone'
            $text = "Return-Path: <x@mailer.example> <ceo@shop.example>`nFrom: ceo@shop.example`nSubject: t`nMessage-ID: <1@x>`n`nx`n"
            $result = $text | Test-DmarcAlignment -IPAddress 192.0.2.5 -Zone $zone
            $result.Result | Should -Be 'PermError'
            $result.Findings.Code | Should -Contain 'AlignMailFromUnreadable'
        }

        It 'reads several authors and envelope senders as a message has them' {
            $zone = Join-Path $data 'shop.zone'
            foreach ($from in 'ceo@shop.example, x@mailer.example', 'ceo@shop.example x@mailer.example') {
                (Test-DmarcAlignment -From $from -MailFrom x@mailer.example -SpfResult Pass -Zone $zone).Result | Should -Be 'PermError'
            }
            $several = Test-DmarcAlignment -From ceo@shop.example -MailFrom 'x@mailer.example, ceo@shop.example' -SpfResult Pass -Zone $zone
            $several.Result | Should -Be 'PermError'
            $several.Findings.Code | Should -Contain 'AlignMailFromUnreadable'
        }

        It 'reports what is given and cannot be used: <_.Code>' -ForEach @(
            @{ Code = 'AlignMailFromUnreadable'; Given = @{ MailFrom = 'ceo@shop.example,'; SpfResult = 'Pass' } }
            @{ Code = 'AlignSpfRecordThereNow'; Given = @{ MailFrom = 'shop.example'; SpfResult = 'None' } }
            @{ Code = 'AlignDkimDomainUnreadable'; Given = @{ DkimDomain = 'shop .example' } }
            @{ Code = 'AlignDkimResultsUnused'; Given = @{ DkimDomain = 'shop.example'; DkimResult = 'Fail', 'Pass' } }
        ) {
            $result = Test-DmarcAlignment -From ceo@shop.example @Given -Zone (Join-Path $data 'shop.zone')
            "$($result.Result)" | Should -Not -Be 'Pass'
            $result.Findings.Code | Should -Contain $Code
        }

        It 'takes no pass from <_>' -ForEach @(
            'Authentication-Results: mx.isp.example 2; dkim=pass header.d=shop.example'
            'Authentication-Results: mx.isp.example; dkim/2=pass header.d=shop.example'
            'Received: from mx2.isp.example (unknown [203.0.113.66]) by mx.isp.example with ESMTP id x; Tue, 1 Jul 2025 10:00:00 +0000|Authentication-Results: mx.isp.example; dkim=pass header.d=shop.example'
        ) {
            $text = "Return-Path: <a@mailer.example>`n$($_.Replace('|', "`n"))`n" +
                "Received: from h.test (h.test [203.0.113.66]) by mx.isp.example with ESMTP id x; Tue, 1 Jul 2025 10:00:00 +0000`nFrom: a@shop.example`nSubject: t`nMessage-ID: <1@x>`n"
            "$(($text | Test-DmarcAlignment -Zone (Join-Path $data 'shop.zone') -TrustedAuthServId mx.isp.example).Result)" | Should -Be 'Fail'
        }

        It 'reads a signature of thousands of tags, and says that it has too many' {
            $tags = -join (1..60000 | ForEach-Object { "t$_=1; " })
            $text = "DKIM-Signature: v=1; a=rsa-sha256; d=shop.example; s=s1; h=from; bh=AAAA; b=AAAA; $tags`r`nFrom: a@shop.example`r`nSubject: tags`r`n`r`nbody`r`n"
            $message = Test-DmarcAlignment -InputObject ([Text.Encoding]::ASCII.GetBytes($text)) -Zone (Join-Path $data 'shop.zone')
            $message.Dkim[0].Reason | Should -Match '200 tags'
        }
    }

    Context 'bulk senders' {
        It 'says for each rule and provider whether it is kept' {
            $rules = (Test-DmarcAlignment (Join-Path $samples 'newsletter-japanese.eml') -BulkSenderRule -Zone $zone).BulkSenderRules
            ($rules.Provider | Sort-Object -Unique) | Should -Be 'Google', 'Yahoo', 'Microsoft'
            ($rules | Where-Object Result -ne Pass) | Should -BeNullOrEmpty
            $rules = (Test-DmarcAlignment (Join-Path $samples 'spoofed.eml') -BulkSenderRule -Zone $zone).BulkSenderRules
            ($rules | Where-Object Rule -eq Alignment).Result | Should -Be 'Fail', 'Fail', 'Fail'
        }

        It 'does so only where it is asked for' {
            (Test-DmarcAlignment (Join-Path $samples 'spoofed.eml') -Zone $zone).BulkSenderRules.Count | Should -Be 0
        }
    }

    Context 'errors' {
        It 'names a file that holds no message, and goes on' {
            $results = @(Get-Item $zone, (Join-Path $samples 'spoofed.eml') | Test-DmarcAlignment -Zone $zone -ErrorVariable problems -ErrorAction SilentlyContinue)
            $results.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'MessageUnreadable,*'
        }

        It 'names an empty string, and a path behind one is a path' {
            $results = @('', (Join-Path $samples 'spoofed.eml') | Test-DmarcAlignment -Zone $zone -ErrorVariable problems -ErrorAction SilentlyContinue)
            $results.Cause | Should -Be 'Spoofing'
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'MessageUnreadable,*'
            'C:\nowhere\a.eml' | Test-DmarcAlignment -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -Not -BeLike 'MessageUnreadable,*'
        }

        It 'names a path that is not there' {
            Test-DmarcAlignment nowhere.eml -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
        }

        It 'gives a result and an error where a look-up fails' {
            $result = Test-DmarcAlignment -From a@nowhere.test -DkimDomain nowhere.test -Server 127.0.0.1:1 -TimeoutSec 1 -ErrorVariable problems -ErrorAction SilentlyContinue
            $result.Result | Should -Be 'TempError'
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'AlignmentLookupFailed,*'
        }
    }

    Context 'output' {
        It 'has the columns From, Result, SPF, DKIM, Policy and Reason' {
            $text = Test-DmarcAlignment $samples -Zone $zone | Out-String -Width 120
            $text | Should -Match 'From\s+Result\s+SPF\s+DKIM\s+Policy\s+Reason'
            $text | Should -Match '(?m)^info@例え\.example\s+Pass\s+Pass\s+Pass\s+Quarantine\s+SPF and DKIM aligned'
        }

        It 'tells all in a list' {
            $text = Test-DmarcAlignment (Join-Path $samples 'direct-send.txt') -Zone $zone | Format-List | Out-String -Width 200
            $text | Should -Match 'Explanation\s+: The message says'
            $text | Should -Match 'RejectDirectSend'
        }

        It 'survives CSV and JSON' {
            $message = Test-DmarcAlignment (Join-Path $samples 'forwarded.eml') -Zone $zone
            $row = $message | ConvertTo-Csv | ConvertFrom-Csv
            $row.Dkim | Should -Be 'Pass b.example (f1) aligned'
            $row.Spf | Should -Be 'Pass alumni.example not aligned'
            ($message | ConvertTo-Json -Depth 6 | ConvertFrom-Json).Dkim[0].Domain | Should -Be 'b.example'
        }
    }
}
