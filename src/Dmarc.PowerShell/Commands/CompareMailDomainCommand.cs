using System.Management.Automation;
using Dmarc.Diagnostics;
using Dmarc.Posture.Changes;

namespace Dmarc.PowerShell.Commands;

/// <summary>Says what changed between two looks at domains.</summary>
[Cmdlet(VerbsData.Compare, "MailDomain")]
[OutputType(typeof(MailDomainChange))]
public sealed class CompareMailDomainCommand : DmarcCommand
{
    private MailDomainComparer? _comparer;

    /// <summary>The first look: results of Test-MailDomain, live or saved.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? ReferenceObject { get; set; }

    /// <summary>The second look.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? DifferenceObject { get; set; }

    /// <summary>Only changes that matter so much, or more.</summary>
    [Parameter]
    public Severity MinimumSeverity { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _comparer = new MailDomainComparer(Read(ReferenceObject).ToList());

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (MailDomainSnapshot snapshot in Read(DifferenceObject))
        {
            Write(_comparer!.Compare(snapshot));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Write(_comparer!.Complete());

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

    /// <summary>The results among objects; lists in lists are those of <c>ConvertFrom-Json</c> before PowerShell 7.</summary>
    private IEnumerable<MailDomainSnapshot> Read(IEnumerable<object?>? objects)
    {
        foreach (object? value in objects ?? [])
        {
            object? plain = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
            if (plain is object?[] list)
            {
                foreach (MailDomainSnapshot inner in Read(list))
                {
                    yield return inner;
                }
            }
            else if (plain is MailDomainResult result)
            {
                yield return MailDomainSnapshot.From(result);
            }
            else if (SnapshotReader.Read(PipelineNode.From(value)) is MailDomainSnapshot snapshot)
            {
                yield return snapshot;
            }
            else
            {
                WriteError(ErrorRecords.NotMailDomain(value));
            }
        }
    }
}
