<#
.SYNOPSIS
Reads the reports that came to a mailbox since the last run, and saves their rows in a file of the day.

.DESCRIPTION
A job for a scheduler. The messages are marked as read once the file is in its place, so that a run that fails or is stopped costs nothing: the
next one reads them. Messages that cannot be read, or whose report lost rows to damage, go to a folder of their own. The exit code is 0 where all
went well, 1 where a message or a folder could not be read or a report is damaged (the rest was saved), and 2 where nothing was saved or a
parameter is wrong.

Of a damaged report, rows may be missing and values may be wrong, and the saved rows do not show it. What was wrong with which message is written to
the error stream; the rows of the message have the same beginning in path.

The password is kept in a file that is written once, by the account that runs the job:

    Get-Credential dmarc@contoso.com | Export-Clixml mailbox.xml

On Windows only that account can read it. Elsewhere Export-Clixml does not encrypt: give the file the mode 600, or use a vault of
Microsoft.PowerShell.SecretManagement and pass -Credential.

A mailbox in Microsoft 365 takes no password over IMAP: call this script from one of your own that gets a token, and pass -UserName and
-AccessToken.

.EXAMPLE
pwsh -NoProfile -File Save-MailboxReport.ps1 -Server imap.contoso.com -CredentialFile mailbox.xml -Folder D:\Reports
#>
[CmdletBinding(DefaultParameterSetName = 'File')]
param(
    # The mail server. What is missing is found below: where PowerShell finds it, it ends with 1, which says that the rest was saved.
    [string] $Server,

    # The file that Export-Clixml wrote.
    [Parameter(ParameterSetName = 'File')]
    [string] $CredentialFile,

    # The name and password of the mailbox.
    [Parameter(ParameterSetName = 'Credential')]
    [pscredential] $Credential,

    # The name of the mailbox that the access token is for.
    [Parameter(ParameterSetName = 'Token')]
    [string] $UserName,

    # An access token of OAuth 2.0.
    [Parameter(ParameterSetName = 'Token')]
    [securestring] $AccessToken,

    # Where the files are written.
    [string] $Folder,

    # The folder of the mailbox for messages that cannot be read.
    [string] $Unreadable = 'DMARC unreadable',

    # Take any certificate.
    [switch] $SkipCertificateCheck,

    # Takes what is no parameter, to end with 2.
    [Parameter(ValueFromRemainingArguments)]
    $Unknown
)

$ErrorActionPreference = 'Stop'
try {
    if ($Unknown) { throw "There is no parameter $($Unknown -join ' ')." }
    foreach ($name in 'Server', 'Folder') {
        if (-not (Get-Variable $name -ValueOnly)) { throw "-$name is missing." }
    }
    if (-not $CredentialFile -and -not $Credential -and -not ($UserName -and $AccessToken)) {
        throw '-CredentialFile, -Credential, or -UserName with -AccessToken is missing.'
    }

    if ($CredentialFile) {
        $Credential = Import-Clixml -LiteralPath $CredentialFile
    }

    # A second run on the same day writes a file of its own.
    $file = Join-Path $Folder "reports-$(Get-Date -Format 'yyyy-MM-dd-HHmmss').ndjson"
    $receive = @{
        Server               = $Server
        Unread               = $true
        MarkRead             = $true
        MoveUnreadableTo     = $Unreadable
        Type                 = 'All'
        SkipCertificateCheck = $SkipCertificateCheck
        ErrorAction          = 'Continue'
        ErrorVariable        = 'problems'
        WarningVariable      = 'warnings'
        WarningAction        = 'SilentlyContinue'
    }
    $login = if ($AccessToken) { @{ UserName = $UserName; AccessToken = $AccessToken } } else { @{ Credential = $Credential } }
    Receive-DmarcReport @receive @login | Export-DmarcReport -LiteralPath $file
}
catch {
    [Console]::Error.WriteLine($_.Exception.Message)
    exit 2
}

# The one warning that is of no message counts the copies that were left out.
$damage = @($warnings | ForEach-Object { "$_" } | Where-Object { $_ -notmatch '^[^!/]*-IncludeDuplicate' })
$damage | ForEach-Object { [Console]::Error.WriteLine($_) }
exit [int] ($problems.Count + $damage.Count -gt 0)
