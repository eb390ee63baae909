using System.Diagnostics;
using Dmarc.Advice.Messages;
using Dmarc.Dns;
using Dmarc.Reports;
using Dmarc.Tests.Reports;
using Dmarc.Text;

namespace Dmarc.Tests.Text;

/// <summary>Pipes and devices are refused: nothing waits for them.</summary>
public class RegularFileTests
{
    private static void WithPipe(Action<string> test)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string folder = Directory.CreateTempSubdirectory("dmarc-test").FullName;
        try
        {
            string pipe = Path.Combine(folder, "pipe.xml");
            using Process make = Process.Start(new ProcessStartInfo("mkfifo", pipe) { UseShellExecute = false })!;
            make.WaitForExit();
            test(pipe);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_pipe_is_refused_by_every_reader() => WithPipe(pipe =>
    {
        ReportProblem problem = ReadResult.OfFile(pipe, ReportTypes.All).Problem;

        Assert.Equal(ReportErrorIds.FileNotReadable, problem.ErrorId);
        Assert.Contains("named pipe", problem.Message, StringComparison.Ordinal);
        Assert.Contains("named pipe", Assert.Single(MessageFileReader.ReadFile(pipe)).Problem, StringComparison.Ordinal);
        Assert.Contains("named pipe", Assert.Throws<IOException>(() => ZoneFile.Read(pipe)).Message, StringComparison.Ordinal);
        Assert.True(MessageFileReader.IsMail(pipe));
    });

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    public void A_device_is_refused(string device)
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Contains("a device", ReadResult.OfFile(device, ReportTypes.All).Problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Files_folders_and_what_is_not_there_are_not_refused()
    {
        Assert.Null(RegularFile.Refusal(Path.GetTempPath()));
        Assert.Null(RegularFile.Refusal(typeof(RegularFileTests).Assembly.Location));
        Assert.Null(RegularFile.Refusal(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"))));
    }
}
