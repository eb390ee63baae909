using System.Diagnostics;
using System.Globalization;
using System.Xml;
using Dmarc.Domains;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Reading;

namespace Dmarc.Benchmarks.Reports;

/// <summary>One pass over a report or a folder of reports.</summary>
internal static class ReportVerbs
{
    /// <summary><c>import PATH [THROTTLE]</c>: reads rows and adds them up. The throttle is 1 for a file, the number of cores for a folder.</summary>
    public static object Import(string[] args)
    {
        string path = args[0];
        bool isFolder = Directory.Exists(path);
        int throttle = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : isFolder ? Environment.ProcessorCount : 1;
        DmarcReportReader reader = new(NoOrganizationalDomains.Instance);
        IEnumerable<string> files = isFolder ? ReportFiles.Enumerate(path, recurse: true) : [path];
        long allocated = GC.GetTotalAllocatedBytes();
        Stopwatch watch = Stopwatch.StartNew();
        long reports = 0;
        long records = 0;
        long messages = 0;
        long passing = 0;
        long errors = 0;
        long notices = 0;
        AggregateReport? last = null;
        IEnumerable<ReportReadItem> items = throttle == 1
            ? files.SelectMany(file => reader.ReadFile(file))
            : files
                .AsParallel().AsOrdered().WithDegreeOfParallelism(throttle)
                .Select(file => reader.ReadFile(file).ToArray())
                .AsSequential()
                .SelectMany(fileItems => fileItems);
        foreach (ReportReadItem item in items)
        {
            if (item.Row is AggregateReportRow row)
            {
                AggregateReport report = row.GetReport();
                if (!ReferenceEquals(report, last))
                {
                    last = report;
                    reports++;
                }

                records++;
                messages += row.Count;
                passing += row.Passed == true ? row.Count : 0;
            }
            else if (item.Problem is not null)
            {
                errors++;
                Console.Error.WriteLine(item.Problem);
            }
            else
            {
                notices++;
            }
        }

        double seconds = watch.Elapsed.TotalSeconds;
        return new
        {
            reports,
            records,
            messages,
            passing,
            seconds,
            errors,
            notices,
            bytesAllocatedPerRecord = records == 0 ? 0 : (GC.GetTotalAllocatedBytes() - allocated) / records,
            peakMegabytes = PeakMegabytes(),
        };
    }

    /// <summary><c>xml FILE</c>: an XML reader that does nothing with what it reads.</summary>
    public static object BareXml(string[] args)
    {
        Stopwatch watch = Stopwatch.StartNew();
        long nodes = 0;
        long records = 0;
        using (FileStream stream = new(args[0], FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 14, FileOptions.SequentialScan))
        using (XmlReader reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, IgnoreWhitespace = true, IgnoreComments = true }))
        {
            string record = reader.NameTable.Add("record");
            while (reader.Read())
            {
                nodes++;
                if (reader.NodeType == XmlNodeType.Element && ReferenceEquals(reader.LocalName, record))
                {
                    records++;
                }
            }
        }

        return new { nodes, records, seconds = watch.Elapsed.TotalSeconds, peakMegabytes = PeakMegabytes() };
    }

    private static double PeakMegabytes()
    {
        using Process process = Process.GetCurrentProcess();
        return Math.Round(process.PeakWorkingSet64 / 1048576.0, 1);
    }

    /// <summary>Reading does not ask for Organizational Domains; only findings and computed values do.</summary>
    private sealed class NoOrganizationalDomains : IOrganizationalDomainSource
    {
        public static NoOrganizationalDomains Instance { get; } = new();

        public DomainName GetOrganizationalDomain(DomainName name) => name;
    }
}
