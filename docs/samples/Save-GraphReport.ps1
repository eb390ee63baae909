<#
.SYNOPSIS
Reads the reports among the unread messages of an Exchange Online mailbox by Microsoft Graph, and saves their rows in a file of the day.

.DESCRIPTION
A job for a scheduler, for a mailbox without IMAP. It needs the module Microsoft.Graph.Mail and a session of Connect-MgGraph with the permission
Mail.ReadWrite. Aggregate and TLS reports are read; a failure report is a message and no file, so it stays unread.

The messages are marked as read once the file is in its place, so that a run that fails or is stopped costs nothing: the next one reads them. A
message with an attachment that could not be read stays unread. The exit code is 0 if all went well, 1 if an attachment could not be read or is
damaged or a message could not be marked (the rest was saved), and 2 if nothing was saved or a parameter is wrong.

Of a damaged report, rows may be missing and values may be wrong, and the saved rows do not show it. What was wrong with which attachment is written to
the error stream; the rows of the attachment have the same beginning in path.

.EXAMPLE
Connect-MgGraph -ClientId $clientId -TenantId contoso.com -CertificateThumbprint $thumbprint -NoWelcome
./Save-GraphReport.ps1 -User dmarc@contoso.com -Folder D:\Reports
#>
[CmdletBinding()]
param(
    # The mailbox. What is missing is found below: where PowerShell finds it, it ends with 1, which says that the rest was saved.
    [string] $User,

    # Where the files are written.
    [string] $Folder,

    # The folder of the mailbox: its id, or a name that Graph knows.
    [string] $MailFolder = 'inbox',

    # Takes what is no parameter, to end with 2.
    [Parameter(ValueFromRemainingArguments)]
    $Unknown
)

$ErrorActionPreference = 'Stop'
try {
    if ($Unknown) { throw "There is no parameter $($Unknown -join ' ')." }
    foreach ($name in 'User', 'Folder') {
        if (-not (Get-Variable $name -ValueOnly)) { throw "-$name is missing." }
    }

    $messages = Get-MgUserMailFolderMessage -UserId $User -MailFolderId $MailFolder -All -Filter 'isRead eq false and hasAttachments eq true' -Property id

    # A second run on the same day writes a file of its own.
    $file = Join-Path $Folder "reports-$(Get-Date -Format 'yyyy-MM-dd-HHmmss').ndjson"
    $taken = [System.Collections.Generic.HashSet[string]]::new()
    $messages | ForEach-Object {
        $id = $_.Id
        Get-MgUserMessageAttachment -UserId $User -MessageId $id -All |
            Where-Object { $_.AdditionalProperties['@odata.type'] -eq '#microsoft.graph.fileAttachment' } |
            ForEach-Object {
                # Rows and errors name the attachment, and so the message.
                $null = $taken.Add($id)
                [pscustomobject] @{ Name = "$id!$($_.Name)"; ContentBytes = $_.AdditionalProperties['contentBytes'] }
            }
    } | Import-DmarcReport -Type Aggregate, Tls -ErrorAction Continue -ErrorVariable problems -WarningAction SilentlyContinue -WarningVariable warnings |
        Export-DmarcReport -LiteralPath $file
}
catch {
    [Console]::Error.WriteLine($_.Exception.Message)
    exit 2
}

# The other warnings count what was left out: copies, and reports of other kinds.
$damage = @($warnings | ForEach-Object { "$_" } | Where-Object { $taken.Contains(($_ -split '!')[0]) })
$damage | ForEach-Object { [Console]::Error.WriteLine($_) }
foreach ($problem in $problems) {
    $null = $taken.Remove(("$($problem.TargetObject)" -split '!')[0])
}

foreach ($id in $taken) {
    Update-MgUserMessage -UserId $User -MessageId $id -BodyParameter @{ isRead = $true } -ErrorAction Continue -ErrorVariable +problems | Out-Null
}

exit [int] ($problems.Count + $damage.Count -gt 0)
