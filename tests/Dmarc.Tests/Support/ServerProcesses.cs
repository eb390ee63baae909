using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Dmarc.Tests.Support;

/// <summary>Servers that a test starts on 127.0.0.1, from a folder of its own, and that end with it.</summary>
internal sealed class ServerProcesses : IDisposable
{
    private readonly List<Process> _processes = [];

    /// <summary>A folder that is removed at the end.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("dmarc-dns-").FullName;

    /// <summary>The path of a program; the test is skipped where it is not installed.</summary>
    public static string Find(string name)
    {
        // Servers are often in folders for the administrator, which the PATH of others lacks.
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string? path = folders.Concat(["/usr/sbin", "/usr/local/sbin"]).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        Skip.If(path is null, $"{name} is not installed.");
        return path!;
    }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }

    public void Start(string program, params string[] arguments)
    {
        Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _processes.Add(process);
    }

    /// <summary>Waits until the server that was started last listens.</summary>
    public async Task WaitForAsync(int port)
    {
        for (int attempt = 0; attempt < 400; attempt++)
        {
            try
            {
                using TcpClient client = new();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (!_processes[^1].HasExited)
            {
                await Task.Delay(25);
            }
        }

        throw new InvalidOperationException("The server does not listen.");
    }

    public void Dispose()
    {
        foreach (Process process in _processes)
        {
            if (!process.HasExited)
            {
                process.Kill();
                process.WaitForExit(5000);
            }

            process.Dispose();
        }

        Directory.Delete(Folder, true);
    }
}
