BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    $module = Join-Path $root 'out' 'Dmarc'
    Import-Module $module -Force

    # A server that takes every packet and says nothing.
    $socket = [Net.Sockets.UdpClient]::new([Net.IPEndPoint]::new([Net.IPAddress]::Loopback, 0))
    $server = '127.0.0.1:' + $socket.Client.LocalEndPoint.Port

    function Invoke-Apart([string] $script) {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$module'; " + $script)
            [pscustomobject] @{
                Rows = @($shell.Invoke())
                Progress = @($shell.Streams.Progress | Where-Object RecordType -EQ 'Processing' | ForEach-Object StatusDescription)
                Errors = @($shell.Streams.Error)
            }
        }
        finally {
            $shell.Dispose()
        }
    }
}

AfterAll {
    $socket.Dispose()
}

Describe 'A server that says nothing' {
    BeforeAll {
        $array = Invoke-Apart "Test-MailDomain -Domain (1..150 | ForEach-Object { `"n`$_.example`" }) -Server $server -TimeoutSec 2"
        $piped = Invoke-Apart "1..150 | ForEach-Object { `"n`$_.example`" } | Test-MailDomain -Server $server -TimeoutSec 2"
    }

    It 'costs no domain its row or its error, from an array and from the pipeline' {
        foreach ($run in $array, $piped) {
            $run.Rows.Domain | Should -Be (1..150 | ForEach-Object { "n$_.example" })
            $run.Rows.Status | Select-Object -Unique | Should -Be 'DnsFailure'
            $run.Rows.DnsFailure | Select-Object -Unique | Should -Be 'Timeout'
            $run.Errors.Count | Should -Be 150
            $run.Errors.FullyQualifiedErrorId | Select-Object -Unique | Should -BeLike 'DnsTimeout,*'
        }
    }

    It 'is told of while it is waited for, with the number of all domains where that is known' {
        $array.Progress.Count | Should -BeGreaterThan 0
        $array.Progress | Should -BeLike '* of 150 done*'
        $piped.Progress.Count | Should -BeGreaterThan 0
        $piped.Progress | Where-Object { $_ -match ' of (?!150 )' } | Should -BeNullOrEmpty
    }
}

Describe 'Progress of a part of a list' {
    It 'counts what is looked at and not what is passed over' {
        $run = Invoke-Apart "Test-MailDomain -Domain (1..150 | ForEach-Object { `"n`$_.example`" }) -Partition 1/3 -Server $server -TimeoutSec 2"
        $run.Rows.Count | Should -BeGreaterThan 20
        $run.Progress[-1] | Should -BeLike "* of $($run.Rows.Count) done*"
    }
}
