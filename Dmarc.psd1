# The build lays this file out in out/Dmarc, with the version, the texts and the addresses of Directory.Build.props in place of the braces.
@{
    # The build for the edition that imports: Windows PowerShell 5.1 is Desktop, PowerShell 7 is Core.
    RootModule           = if ($PSEdition -eq 'Core') { 'net8.0/Dmarc.PowerShell.dll' } else { 'netstandard2.0/Dmarc.PowerShell.dll' }
    ModuleVersion        = '{Version}'
    GUID                 = 'b75673ca-9330-4ecd-929f-2c87a7af1f23'
    Author               = 'The Dmarc authors'
    CompanyName          = 'The Dmarc authors'
    Copyright            = '{Copyright}'
    Description          = '{Description}'

    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Core', 'Desktop')
    DotNetFrameworkVersion = '4.7.2'

    FormatsToProcess     = @('Dmarc.format.ps1xml')
    CmdletsToExport      = @(
        'Compare-MailDomain'
        'Export-DmarcReport'
        'Get-DkimRecord'
        'Get-DmarcRecord'
        'Get-DmarcRollout'
        'Import-DmarcReport'
        'Measure-DmarcReport'
        'New-DmarcRecord'
        'Receive-DmarcReport'
        'Resolve-DmarcSource'
        'Test-DirectSendExposure'
        'Test-DmarcAlignment'
        'Test-MailDomain'
        'Test-SpfRecord'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()

    PrivateData          = @{
        PSData = @{
            Tags         = @('DMARC', 'SPF', 'DKIM', 'Mail', 'Email', 'EmailSecurity', 'DNS', 'Exchange', 'Windows', 'Linux', 'MacOS', 'PSEdition_Core', 'PSEdition_Desktop')
            ProjectUri   = '{RepositoryUrl}'
            LicenseUri   = '{RepositoryUrl}/blob/main/LICENSE'
            IconUri      = '{RepositoryUrl}/raw/main/docs/images/icon.png'
            ReleaseNotes = '{RepositoryUrl}/blob/main/CHANGELOG.md'
        }
    }
}
