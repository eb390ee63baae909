using System.Diagnostics;
using System.Text.RegularExpressions;
using Dmarc.Advice.Messages;
using Dmarc.Dns.Zones;
using Dmarc.Reports;
using Dmarc.Reports.Reading;
using Dmarc.Tests.Reports;
using Dmarc.Tests.Support;
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

    /// <summary>The kernel says of these that they are regular files; reading the log of the kernel waits for its next line.</summary>
    [Theory]
    [InlineData("/proc/kmsg")]
    [InlineData("/proc/self/mem")]
    [InlineData("/proc/self/status")]
    public void An_interface_of_the_kernel_is_refused(string file)
    {
        if (OperatingSystem.IsLinux())
        {
            Assert.Contains("an interface of the kernel", ReadResult.OfFile(file, ReportTypes.All).Problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_empty_file_is_a_file()
    {
        string file = Path.GetTempFileName();
        try
        {
            Assert.Null(RegularFile.Refusal(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Nothing that a user names is opened by another way, which would wait for whoever writes to a pipe.</summary>
    [Fact]
    public void There_is_one_way_to_open_a_file_for_reading()
    {
        // Paths are followed on Windows alone by opening, where a file has no named pipes among its names.
        string[] known = ["RegularFile.cs", "SystemDnsServers.cs", "ZoneFile.cs", "OutputFile.cs", "RealPaths.cs"];
        Regex opens = new(@"File\.(OpenRead|OpenText|ReadAllText|ReadAllLines|ReadLines|ReadAllBytes)\(|new StreamReader\(\w+, detect|FileMode\.Open,");
        string[] found =
        [
            .. new[] { "Dmarc", "Dmarc.PowerShell" }
                .SelectMany(project => Directory.EnumerateFiles(TestFiles.Repository("src", project), "*.cs", SearchOption.AllDirectories))
                .Where(file => !file.Contains(Path.DirectorySeparatorChar + "obj" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                .Where(file => opens.IsMatch(File.ReadAllText(file)))
                .Select(file => Path.GetFileName(file)!),
        ];

        Assert.Empty(found.Except(known));
    }

    [Fact]
    public void Files_folders_and_what_is_not_there_are_not_refused()
    {
        Assert.Null(RegularFile.Refusal(Path.GetTempPath()));
        Assert.Null(RegularFile.Refusal(typeof(RegularFileTests).Assembly.Location));
        Assert.Null(RegularFile.Refusal(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"))));
    }
}
