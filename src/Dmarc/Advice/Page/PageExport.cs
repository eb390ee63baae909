using Dmarc.Reports.Writing;

namespace Dmarc.Advice.Page;

/// <summary>Exports rows to a page.</summary>
internal sealed class PageExport : ReportExport
{
    private readonly string _path;
    private readonly PageOptions _page;
    private readonly OutputFile _file;
    private readonly PageAccumulator _rows;

    public PageExport(ReportExportOptions options, PageOptions page)
        : base(options)
    {
        _path = options.Path;
        _page = page;
        _rows = new PageAccumulator(page.Clock);
        _file = OutputFile.Create(options.Path, options.NoClobber);
    }

    /// <summary>Begins an export in any format.</summary>
    /// <exception cref="ReportExportException">The export is impossible.</exception>
    public static ReportExport Create(ReportExportOptions options, PageOptions? page = null) =>
        Create(options, settings => new PageExport(settings, page ?? new PageOptions()));

    protected override void Write(object row)
    {
        SchemaOf(row);
        _rows.Add(row);
    }

    public override IReadOnlyList<string> Complete()
    {
        string html = PageWriter.Write(_rows, _page);
        _file.Write(new ArraySegment<byte>(new UTF8Encoding(false).GetBytes(html)));
        _file.Complete();
        return [_path];
    }

    protected override void Dispose(bool disposing) => _file.Dispose();
}
