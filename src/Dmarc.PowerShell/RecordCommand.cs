namespace Dmarc.PowerShell;

/// <summary>A cmdlet that looks up the records of domains, or reads a given record text.</summary>
public abstract class RecordCommand : DomainCommand
{
    /// <summary>The parameter set for looking up domains.</summary>
    private protected const string DomainSet = "Domain";

    /// <summary>The parameter set for a given record text.</summary>
    private protected const string RecordSet = "Record";

    private protected RecordCommand()
    {
    }

    /// <summary>The domains.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = DomainSet)]
    [Parameter(Position = 0, ParameterSetName = RecordSet)]
    [Alias("DomainName", "Name", "Id")]
    [DomainTransformation]
    [AllowEmptyString]
    public override string[] Domain { get; set; } = [];

    /// <summary>A record text to read instead of looking one up.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RecordSet)]
    [AllowEmptyString]
    public string[] Record { get; set; } = [];

    /// <inheritdoc/>
    private protected override bool AsksDns => ParameterSetName != RecordSet;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != RecordSet)
        {
            base.ProcessRecord();
            return;
        }

        DomainName? domain = ReadOnlyDomain();
        foreach (string record in Record)
        {
            WriteObject(InspectText(record, domain));
        }
    }

    /// <summary>The result for a record text.</summary>
    /// <param name="record">The text.</param>
    /// <param name="domain">The domain of the record; null if none was given.</param>
    private protected abstract object InspectText(string record, DomainName? domain);

    private DomainName? ReadOnlyDomain()
    {
        if (Domain.Length == 0)
        {
            return null;
        }

        if (!DomainInput.TryRead(Domain[0], out DomainName? domain, out string error))
        {
            ThrowTerminatingError(ErrorRecords.InvalidDomainName(Domain[0], error));
        }

        return domain;
    }
}
