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

/// <summary>The fields of rows of one type.</summary>
/// <param name="type">The word for the kind of row.</param>
/// <param name="time">The time that selects the month and day folders.</param>
/// <param name="domain">The domain that selects the folder.</param>
/// <param name="reporter">The organisation that selects the folder.</param>
/// <param name="fields">The fields after the first one, <c>type</c>.</param>
internal sealed class ExportSchema<TRow>(
    string type,
    Func<TRow, DateTime?> time,
    Func<TRow, string> domain,
    Func<TRow, string> reporter,
    params (string Name, Func<TRow, ExportValue> Get)[] fields) : ExportSchema
    where TRow : class
{
    private readonly (string Name, Func<TRow, ExportValue> Get)[] _fields =
        [("type", _ => ExportValue.Of(type)), .. fields];

    public override string Type => type;

    public override IReadOnlyList<string> Names { get; } = ["type", .. fields.Select(field => field.Name)];

    public override ExportValue Get(object row, int field) => _fields[field].Get((TRow)row);

    public override DateTime? Time(object row) => time((TRow)row);

    public override string Domain(object row) => domain((TRow)row);

    public override string Reporter(object row) => reporter((TRow)row);
}
