using System.Globalization;
using System.Text;
using Dmarc.Reports;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports;

public class OrderedReportReaderTests
{
    private static readonly DmarcReportReader Reader = new(TwoLabels.Instance);

    private static Func<CancellationToken, IEnumerable<ReportReadItem>> Input(int number, int records)
    {
        byte[] content = Encoding.UTF8.GetBytes(Xml([.. Enumerable.Range(0, records).Select(_ => Record())]));
        return token => Reader.ReadBytes(content, number.ToString(CultureInfo.InvariantCulture), token);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public void Rows_come_in_the_order_of_the_inputs(int throttle)
    {
        int[] sizes = [.. Enumerable.Range(0, 40).Select(i => i % 7 == 0 ? 3000 : i % 5)];
        ReadResult result = ReadResult.Of(OrderedReportReader.Read(sizes.Select((size, i) => Input(i, size)), throttle));

        Assert.Equal(sizes.SelectMany((size, i) => Enumerable.Repeat(i.ToString(CultureInfo.InvariantCulture), size)), result.Rows.Select(row => row.Path));
    }

    [Fact]
    public void No_more_inputs_are_begun_than_the_throttle_allows()
    {
        int begun = 0;
        IEnumerable<Func<CancellationToken, IEnumerable<ReportReadItem>>> inputs = Enumerable.Range(0, 100).Select(i =>
        {
            begun++;
            return Input(i, 1);
        });
        using IEnumerator<ReportReadItem> items = OrderedReportReader.Read(inputs, 4).GetEnumerator();
        Assert.True(items.MoveNext());

        Assert.Equal(4, begun);
    }

    [Fact]
    public void Leaving_early_ends_the_reading() =>
        Assert.Equal(5, OrderedReportReader.Read(Enumerable.Range(0, 20).Select(i => Input(i, 5000)), 8).Take(5).Count());

    [Fact]
    public void Cancelling_ends_the_reading()
    {
        using CancellationTokenSource source = new();
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (ReportReadItem item in OrderedReportReader.Read(Enumerable.Range(0, 20).Select(i => Input(i, 5000)), 4, source.Token))
            {
                Assert.Null(item.Problem);
                source.Cancel();
            }
        });
    }

    [Fact]
    public void An_unreadable_input_leaves_the_others()
    {
        ReadResult result = ReadResult.Of(OrderedReportReader.Read([Input(0, 2), token => Reader.ReadBytes([1, 2, 3], "bad", token), Input(2, 2)], 2));

        Assert.Equal(4, result.Rows.Count);
        Assert.Equal("bad", result.Problem.Path);
    }
}

public class ReportDeduplicatorTests
{
    [Fact]
    public void The_same_organisation_and_identifier_are_a_duplicate()
    {
        string xml = Xml(Record(), Record());
        ReportDeduplicator deduplicator = new();
        List<bool> isNew = [];
        List<ReportNotice> notices = [];
        foreach (string each in new[] { xml, xml.Replace("Reporter", "REPORTER", StringComparison.Ordinal), xml.Replace("id-1", "id-2", StringComparison.Ordinal), xml.Replace("id-1", "", StringComparison.Ordinal), xml.Replace("id-1", "", StringComparison.Ordinal) })
        {
            foreach (AggregateReportRow row in ReadResult.OfXml(each).Rows)
            {
                isNew.Add(deduplicator.IsNew(row, out ReportNotice? notice));
                if (notice is not null)
                {
                    notices.Add(notice);
                }
            }
        }

        Assert.Equal([true, true, false, false, true, true, true, true, true, true], isNew);
        Assert.Equal("ReportDuplicate", Assert.Single(notices).Finding.Code);
    }
}

public class ReportFilesTests
{
    [Fact]
    public void Maildirs_and_folders_are_walked_in_order()
    {
        string root = Directory.CreateTempSubdirectory("dmarc-test").FullName;
        try
        {
            foreach (string file in new[] { "b.xml", "a.xml", "sub/c.xml", "mail/cur/1:2,S", "mail/new/2", "mail/tmp/3", "mail/.Archive/cur/4", "mail/.Archive/new/5" })
            {
                string path = Path.Combine(root, Path.Combine(file.Split('/')).Replace(':', OperatingSystem.IsWindows() ? '-' : ':'));
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, "x");
            }

            string[] Names(string folder, bool recurse) => [.. ReportFiles.Enumerate(folder, recurse).Select(file => Path.GetRelativePath(root, file).Replace('\\', '/').Split(':')[0])];
            Assert.Equal(["a.xml", "b.xml"], Names(root, false));
            Assert.Equal(["a.xml", "b.xml", "mail/new/2", "mail/cur/1", "mail/.Archive/new/5", "mail/.Archive/cur/4", "sub/c.xml"], Names(root, true));
            Assert.Equal(["mail/new/2", "mail/cur/1"], Names(Path.Combine(root, "mail"), false));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
