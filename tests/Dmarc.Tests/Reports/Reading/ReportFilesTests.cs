using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Reading;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports.Reading;

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
