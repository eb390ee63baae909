using System.Security.Cryptography;
using System.Text;
using Dmarc.Reports.Reading;
using Dmarc.Tests.Support;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports.Reading.Containers;

/// <summary>What can be read only once and is large is kept in a file that nobody else can read and that nobody finds afterwards.</summary>
[Collection(GrowthTestsAlone.Name)]
public class SpoolTests
{
    private static readonly string Prefix = Path.Combine(Path.GetTempPath(), "dmarc-");

    private static byte[] Large() => ZipMaker.Make(
        new MadeEntry("large.bin", RandomNumberGenerator.GetBytes(9 << 20)) { Method = 0 },
        new MadeEntry("r.xml", Encoding.UTF8.GetBytes(Xml(Record(), Record(ip: "192.0.2.2")))));

    /// <summary>The temporary files that are open, with their permissions.</summary>
    private static List<UnixFileMode> Open() =>
    [
        .. Directory.GetFiles("/proc/self/fd")
            .Where(link => new FileInfo(link).LinkTarget is { } target && target.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(link => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(link)),
    ];

    /// <summary>Those of them that have a name: other processes have temporary files of this program too.</summary>
    private static string[] Named() =>
    [
        .. Directory.GetFiles("/proc/self/fd")
            .Select(link => new FileInfo(link).LinkTarget ?? "")
            .Where(target => target.StartsWith(Prefix, StringComparison.Ordinal) && File.Exists(target)),
    ];

    [Fact]
    public void A_temporary_file_is_private_and_gone_after_the_reading()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        string[] before = Named();
        List<UnixFileMode> seen = [];
        int rows = 0;
        foreach (ReportReadItem item in new DmarcReportReader(TwoLabels.Instance).ReadStream(new OnceStream(Large()), "test"))
        {
            rows += item.Row is null ? 0 : 1;
            seen.AddRange(Open());
            Assert.Empty(Named().Except(before));
        }

        Assert.Equal(2, rows);
        Assert.NotEmpty(seen);
        Assert.All(seen, mode => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode));
        Assert.Empty(Open());
    }

    [Fact]
    public void A_temporary_file_is_gone_when_the_reading_is_given_up()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        string[] before = Named();
        using (IEnumerator<ReportReadItem> items = new DmarcReportReader(TwoLabels.Instance).ReadStream(new OnceStream(Large()), "test").GetEnumerator())
        {
            Assert.True(items.MoveNext());
            Assert.NotEmpty(Open());
        }

        Assert.Empty(Open());
        Assert.Empty(Named().Except(before));
    }

    [Fact]
    public void A_temporary_file_is_gone_after_an_error()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        string[] before = Named();
        ReadResult result = ReadResult.Of(new DmarcReportReader(TwoLabels.Instance).ReadStream(new OnceStream(Large()) { FailsAt = (9 << 20) - 1 }, "test"));

        Assert.NotEmpty(result.Problems);
        Assert.Empty(Open());
        Assert.Empty(Named().Except(before));
    }

    /// <summary>Bytes that can be read only once, as those of a network.</summary>
    private sealed class OnceStream(byte[] content) : Stream
    {
        private int _position;

        public int FailsAt { get; init; } = int.MaxValue;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_position >= FailsAt)
            {
                throw new IOException("The connection is lost.");
            }

            int length = Math.Min(count, content.Length - _position);
            Array.Copy(content, _position, buffer, offset, length);
            _position += length;
            return length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
