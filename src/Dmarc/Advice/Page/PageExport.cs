using System.Text;
using Dmarc.Reports.Writing;

namespace Dmarc.Advice.Page;

/// <summary>Rows into a page.</summary>
internal sealed class PageExport : ReportExport
{
    private readonly ReportExportOptions _options;
    private readonly OutputFile _file;
    private readonly PageAccumulator _rows;

    public PageExport(ReportExportOptions options)
        : base(options)
    {
        _options = options;
        _rows = new PageAccumulator(options.Page.Clock);
        _file = OutputFile.Create(options.Path, options.NoClobber);
    }

    protected override void Write(object row)
    {
        SchemaOf(row);
        _rows.Add(row);
    }

    public override IReadOnlyList<string> Complete()
    {
        string html = PageWriter.Write(_rows, _options.Page);
        _file.Write(new ArraySegment<byte>(new UTF8Encoding(false).GetBytes(html)));
        _file.Complete();
        return [_options.Path];
    }

    protected override void Dispose(bool disposing) => _file.Dispose();
}
