using Dmarc.Reports;
using Dmarc.Reports.Reading;

namespace Dmarc.Tests.Reports;

/// <summary>Reads inputs one after the other as the cmdlets do: each report once, and what a copy adds.</summary>
internal sealed class CopyReading
{
    public List<ReportReadItem> Rows { get; } = [];

    /// <summary>What is told of copies.</summary>
    public List<ReportNotice> Notices { get; } = [];

    /// <summary>What is told of the content: warnings and errors.</summary>
    public List<string> Told { get; } = [];

    public static CopyReading Of(ReportDeduplicator known, byte[] content, string name)
    {
        CopyReading reading = new();
        foreach (ReportReadItem item in new DmarcReportReader(TwoLabels.Instance, null, ReportTypes.All).ReadBytes(content, name))
        {
            if (ReportDeduplicator.LossOf(item) is string damaged)
            {
                known.NoteLoss(damaged);
            }

            reading.Take(known.Before(item));
            if (known.IsNew(item, out ReportNotice? notice))
            {
                reading.Take([item]);
            }

            reading.Notices.AddRange(notice is null ? [] : [notice]);
        }

        reading.Take(known.Settle().ToList(), areLate: true);
        return reading;
    }

    private void Take(IEnumerable<ReportReadItem> items, bool areLate = false)
    {
        foreach (ReportReadItem item in items)
        {
            if (item.Result is not null)
            {
                Rows.Add(item);
            }
            else if (areLate)
            {
                Notices.Add(item.Notice!);
            }
            else
            {
                Told.Add(item.ToString());
            }
        }
    }
}
