using Dmarc.Advice.Audit.Changes;

namespace Dmarc.PowerShell.Commands;

/// <summary>Compares two audits of domains.</summary>
[Cmdlet(VerbsData.Compare, "MailDomain")]
[OutputType(typeof(MailDomainChange))]
public sealed class CompareMailDomainCommand : DmarcCommand
{
    private const int MaximumNamed = 10;

    private MailDomainComparer? _comparer;
    private MailDomainInput? _input;

    /// <summary>The first audit: results of Test-MailDomain, live or saved.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? ReferenceObject { get; set; }

    /// <summary>The second audit.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? DifferenceObject { get; set; }

    /// <summary>Only changes of this severity or higher.</summary>
    [Parameter]
    public Severity MinimumSeverity { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        List<string> lost = [];
        _input = new MailDomainInput(this, lost.Add);
        _comparer = new MailDomainComparer(_input.Read(ReferenceObject).ToList());
        lost.ForEach(_comparer.AddLostBefore);
        _input.Complete();
        _input = new MailDomainInput(this, _comparer.AddLostAfter);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (MailDomainSnapshot snapshot in _input!.Read(DifferenceObject))
        {
            Write(_comparer!.Compare(snapshot));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _input!.Complete();
        Write(_comparer!.Complete());
        if (_comparer.Undecided is { Count: > 0 } undecided)
        {
            WriteWarning(Sentences.Fill(
                Strings.Change_Undecided,
                undecided.Count,
                string.Join(", ", undecided.Take(MaximumNamed)) + (undecided.Count > MaximumNamed ? ", …" : "")));
        }
    }

    private void Write(IReadOnlyList<MailDomainChange> changes)
    {
        foreach (MailDomainChange change in changes)
        {
            if (change.Severity >= MinimumSeverity)
            {
                WriteObject(change);
            }
        }
    }
}
