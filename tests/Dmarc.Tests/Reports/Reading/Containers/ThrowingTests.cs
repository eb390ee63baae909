using System.Text;
using Dmarc.Reports;
using Dmarc.Reports.Reading;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports.Reading.Containers;

/// <summary>An exception that nobody thought of costs what it was thrown in, and nothing else.</summary>
public class ThrowingTests
{
    private static readonly byte[] Report = Encoding.UTF8.GetBytes(Xml(Record(), Record(ip: "192.0.2.7")));

    private static byte[] Mail(byte[] content) => Encoding.ASCII.GetBytes(
        "From: a@b.example\r\nSubject: x\r\nContent-Type: application/gzip\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Convert.ToBase64String(content) + "\r\n");

    private static byte[] Mailbox(int messages)
    {
        byte[] message = [.. "From a@b Sat Nov 21 00:00:00 2026\r\n"u8, .. Mail(ContainerTests.Gzip(Report)), .. "\r\n\r\n"u8];
        return [.. Enumerable.Range(0, messages).SelectMany(_ => message)];
    }

    private static IEnumerable<ReportReadItem> Broken(IEnumerable<ReportReadItem> items, int after)
    {
        foreach (ReportReadItem item in items)
        {
            if (after-- == 0)
            {
                break;
            }

            yield return item;
        }

        throw new InvalidCastException("nobody thought of this");
    }

    public static TheoryData<string, string, int> Places()
    {
        TheoryData<string, string, int> data = [];
        foreach (int after in new[] { 0, 1 })
        {
            data.Add("Xml", "test!2!1", after);
            data.Add("Gzip", "test!2!1", after);
            data.Add("Message", "test!2", after);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void In_one_message_of_a_mailbox(string kind, string path, int after)
    {
        DmarcReportReader reader = new(TwoLabels.Instance)
        {
            Intercept = (met, source, items) => met.ToString() == kind && source.Path == path ? Broken(items, after) : items,
        };
        ReadResult result = ReadResult.Of(reader.ReadBytes(Mailbox(3), "test"));

        Assert.Equal(4 + after, result.Rows.Count);
        Assert.Equal(ReportErrorIds.Unexpected, result.Problem.ErrorId);
        Assert.StartsWith(path, result.Problem.Path, StringComparison.Ordinal);
        Assert.Contains("InvalidCastException", result.Problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("b.xml", ReportKind.Xml)]
    [InlineData("b.xml.gz", ReportKind.Gzip)]
    [InlineData("b.eml", ReportKind.Message)]
    [InlineData("b.zip", ReportKind.Zip)]
    [InlineData("b.json", ReportKind.Tls)]
    public void In_one_entry_of_an_archive(string name, object kindValue)
    {
        ReportKind kind = (ReportKind)kindValue;
        byte[] entry = kind switch
        {
            ReportKind.Gzip => ContainerTests.Gzip(Report),
            ReportKind.Message => Mail(ContainerTests.Gzip(Report)),
            ReportKind.Zip => ContainerTests.Zip(("a.xml", Report)),
            ReportKind.Tls => TlsReport,
            _ => Report,
        };
        byte[] archive = ContainerTests.Zip(("a.xml", Report), (name, entry), ("c.xml", Report));
        ReadResult result = ReadResult.Of(Thrower(kind, "test!" + name).ReadBytes(archive, "test"));

        Assert.Equal(4, result.Rows.Count);
        Assert.Equal((ReportErrorIds.Unexpected, "test!" + name), (result.Problem.ErrorId, result.Problem.Path));
    }

    /// <summary>Of three messages, the second one holds what throws; the reports around it are of the same kind.</summary>
    [Theory]
    [InlineData(ReportKind.Tls)]
    [InlineData(ReportKind.Failure)]
    public void In_a_report_of_another_kind_in_a_mailbox(object kindValue)
    {
        ReportKind kind = (ReportKind)kindValue;
        byte[] content = kind == ReportKind.Tls ? TlsReport : "Feedback-Type: auth-failure\r\nVersion: 1\r\nUser-Agent: x/1\r\nSource-IP: 192.0.2.1\r\nReported-Domain: b.example\r\n"u8.ToArray();
        byte[] message = [.. "From a@b Sat Nov 21 00:00:00 2026\r\n"u8, .. Mail(ContainerTests.Gzip(content)), .. "\r\n\r\n"u8];
        byte[] mailbox = [.. Enumerable.Repeat(message, 3).SelectMany(bytes => bytes)];
        ReadResult whole = ReadResult.Of(new DmarcReportReader(TwoLabels.Instance, null, ReportTypes.All).ReadBytes(mailbox, "test"));
        ReadResult result = ReadResult.Of(Thrower(kind, "test!2!1").ReadBytes(mailbox, "test"));

        Assert.Equal((3, 0), (whole.TlsRows.Count + whole.Failures.Count, whole.Problems.Count));
        Assert.Equal(2, result.TlsRows.Count + result.Failures.Count);
        Assert.Equal((ReportErrorIds.Unexpected, "test!2!1"), (result.Problem.ErrorId, result.Problem.Path));
    }

    [Fact]
    public void In_one_file_of_several()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string[] files = [.. Enumerable.Range(1, 3).Select(number => Path.Combine(folder, number + ".xml"))];
            Array.ForEach(files, file => File.WriteAllBytes(file, Report));
            ReadResult result = ReadResult.Of(files.SelectMany(file => Thrower(ReportKind.Xml, files[1]).ReadFile(file)));

            Assert.Equal(4, result.Rows.Count);
            Assert.Equal((ReportErrorIds.Unexpected, files[1]), (result.Problem.ErrorId, result.Problem.Path));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static readonly byte[] TlsReport =
        "{\"organization-name\":\"x\",\"report-id\":\"1\",\"policies\":[{\"policy\":{\"policy-type\":\"sts\",\"policy-domain\":\"a.example\"}}]}"u8.ToArray();

    private static DmarcReportReader Thrower(ReportKind kind, string path) => new(TwoLabels.Instance, null, ReportTypes.All)
    {
        Intercept = (met, source, items) => met == kind && source.Path == path ? Broken(items, 0) : items,
    };

    [Fact]
    public void In_each_kind_of_content_at_the_top()
    {
        foreach (ReportKind kind in Enum.GetValues<ReportKind>())
        {
            byte[] content = kind switch
            {
                ReportKind.Gzip => ContainerTests.Gzip(Report),
                ReportKind.Zip => ContainerTests.Zip(("a.xml", Report)),
                ReportKind.Message => Mail(ContainerTests.Gzip(Report)),
                ReportKind.Mailbox => Mailbox(1),
                ReportKind.Base64 => Encoding.ASCII.GetBytes(Convert.ToBase64String(ContainerTests.Gzip(Report))),
                ReportKind.Tls => "{\"organization-name\":\"x\",\"policies\":[]}"u8.ToArray(),
                ReportKind.Failure => "Feedback-Type: auth-failure\r\n"u8.ToArray(),
                ReportKind.CompoundFile => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
                ReportKind.Xml => Report,
                _ => [],
            };
            DmarcReportReader reader = new(TwoLabels.Instance, null, ReportTypes.All)
            {
                Intercept = (met, _, items) => met == kind ? Broken(items, 0) : items,
            };
            ReadResult result = ReadResult.Of(reader.ReadBytes(content, "test"));

            if (content.Length > 0)
            {
                Assert.Equal(ReportErrorIds.Unexpected, Assert.Single(result.Problems).ErrorId);
            }
        }
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException), 0, true)]
    [InlineData(typeof(InvalidOperationException), 0, false)]
    [InlineData(typeof(ObjectDisposedException), 0, true)]
    [InlineData(typeof(IndexOutOfRangeException), 100, true)]
    [InlineData(typeof(IndexOutOfRangeException), 100, false)]
    [InlineData(typeof(IOException), 100, false)]
    [InlineData(typeof(OperationCanceledException), 100, false)]
    public void In_a_stream(Type type, int after, bool seekable)
    {
        DmarcReportReader reader = new(TwoLabels.Instance);
        foreach (byte[] content in new[] { Report, ContainerTests.Gzip(Report), ContainerTests.Zip(("a.xml", Report)), Mailbox(2) })
        {
            using ThrowingStream stream = new(content, after, seekable, () => (Exception)(type == typeof(ObjectDisposedException)
                ? new ObjectDisposedException("x")
                : Activator.CreateInstance(type)!));
            ReadResult result = ReadResult.Of(reader.ReadStream(stream, "stream"));

            Assert.StartsWith("stream", Assert.Single(result.Problems).Path, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Cancellation_is_no_problem()
    {
        using CancellationTokenSource cancellation = new();
        cancellation.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            ReadResult.Of(new DmarcReportReader(TwoLabels.Instance).ReadBytes(Report, "test", cancellation.Token)));
    }

    private sealed class ThrowingStream(byte[] content, int after, bool seekable, Func<Exception> make) : MemoryStream(content)
    {
        public override bool CanSeek => seekable;

        public override int Read(byte[] buffer, int offset, int count) =>
            Position >= after ? throw make() : base.Read(buffer, offset, (int)Math.Min(count, after - Position));

#if !NETFRAMEWORK
        public override int Read(Span<byte> buffer) => throw make();
#endif
    }
}
