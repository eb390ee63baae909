using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Tls;

namespace Dmarc.Reports.Writing;

/// <summary>
/// The fields of a kind of row, in order and with stable names: <c>docs/scale.md</c> describes each. Names are in snake
/// case, as in the report formats, so that no engine needs quotes, and no value is a nested object, so that every
/// engine can load them directly into a table.
/// </summary>
internal abstract class ExportSchema
{
    /// <summary>The word for the kind of row: <c>aggregate</c>, <c>failure</c>, <c>tls</c>.</summary>
    public abstract string Type { get; }

    /// <summary>The names of the fields.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>The value of the field at a position.</summary>
    public abstract ExportValue Get(object row, int field);

    /// <summary>The time that selects the month and day folders; null if the row has none.</summary>
    public abstract DateTime? Time(object row);

    /// <summary>The domain that selects the folder.</summary>
    public abstract string Domain(object row);

    /// <summary>The organisation that selects the folder.</summary>
    public abstract string Reporter(object row);

    /// <summary>The schema of a row; null for an object that is not a row.</summary>
    public static ExportSchema? For(object row) => row switch
    {
        AggregateReportRow => AggregateSchema.Instance,
        TlsReportRow => TlsSchema.Instance,
        FailureReport => FailureSchema.Instance,
        _ => null,
    };
}

/// <summary>A field: its name and the function that reads it from a row.</summary>
internal sealed record ExportField<TRow>(string Name, Func<TRow, ExportValue> Get);

/// <summary>The fields of rows of one type.</summary>
internal abstract class ExportSchema<TRow> : ExportSchema
    where TRow : class
{
    private readonly ExportField<TRow>[] _fields;

    protected ExportSchema(IEnumerable<ExportField<TRow>> fields)
    {
        _fields = [new ExportField<TRow>("type", _ => ExportValue.Of(Type)), .. fields];
        Names = [.. _fields.Select(field => field.Name)];
    }

    public override IReadOnlyList<string> Names { get; }

    public override ExportValue Get(object row, int field) => _fields[field].Get((TRow)row);
}
