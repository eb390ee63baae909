using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Dmarc.Tests.Advice.Page;

/// <summary>
/// A Chromium without a window, steered through its DevTools protocol. All that the page under test does (requests, messages
/// of the console, dialogs) is written down.
/// </summary>
internal sealed class ChromiumBrowser : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(90));
    private readonly ClientWebSocket _socket = new();
    private readonly Process _process;
    private readonly string _profile;
    private int _lastId;

    private ChromiumBrowser(Process process, string profile)
    {
        _process = process;
        _profile = profile;
    }

    /// <summary>The program; null if none is on PATH.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>The events since the last page was opened.</summary>
    public List<JsonNode> Events { get; } = [];

    public static async Task<ChromiumBrowser> StartAsync()
    {
        string profile = Path.Combine(Path.GetTempPath(), "dmarc-chromium-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(profile);
        ProcessStartInfo start = new(Program!)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["HOME"] = profile, ["XDG_CONFIG_HOME"] = profile, ["XDG_CACHE_HOME"] = profile },
        };
        foreach (string argument in new[]
        {
            // Chromium has no sandbox for root, as tests in containers often are; the only page opened is our own.
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--no-default-browser-check", "--disable-extensions",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank",
        })
        {
            start.ArgumentList.Add(argument);
        }

        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        ChromiumBrowser browser = new(process, profile);
        try
        {
            await browser.ConnectAsync();
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a file at a width and waits until it is loaded.</summary>
    public async Task OpenAsync(string file, int width, string scheme)
    {
        await SendAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = 800, ["deviceScaleFactor"] = 1, ["mobile"] = false });
        await SendAsync("Emulation.setEmulatedMedia", new JsonObject { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }) });
        Events.Clear();
        await SendAsync("Page.navigate", new JsonObject { ["url"] = new Uri(file).AbsoluteUri });
        while (!Events.Exists(one => Method(one) == "Page.loadEventFired"))
        {
            Events.Add(await ReceiveAsync());
        }
    }

    /// <summary>The value of an expression in the page, which itself has no script.</summary>
    public async Task<JsonNode> EvaluateAsync(string expression)
    {
        JsonNode answer = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true });
        return answer["result"]!["result"]!["value"]!;
    }

    /// <summary>What kind of event it is.</summary>
    public static string Method(JsonNode one) => one["method"]?.GetValue<string>() ?? "";

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _limit.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(true);
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        for (int attempt = 0; Directory.Exists(_profile) && attempt < 20; attempt++)
        {
            try
            {
                Directory.Delete(_profile, true);
            }
            catch (IOException)
            {
                // A process of the browser is still writing.
                await Task.Delay(100, CancellationToken.None);
            }
        }
    }

    private async Task ConnectAsync()
    {
        string portFile = Path.Combine(_profile, "DevToolsActivePort");
        string[] lines = [];
        while (lines.Length < 2)
        {
            await Task.Delay(50, _limit.Token);
            lines = File.Exists(portFile) ? await File.ReadAllLinesAsync(portFile, _limit.Token) : [];
        }

        using HttpClient http = new();
        string list = await http.GetStringAsync(new Uri("http://127.0.0.1:" + lines[0] + "/json/list"), _limit.Token);
        JsonNode page = JsonNode.Parse(list)!.AsArray().First(target => target!["type"]!.GetValue<string>() == "page")!;
        await _socket.ConnectAsync(new Uri(page["webSocketDebuggerUrl"]!.GetValue<string>()), _limit.Token);
        foreach (string domain in new[] { "Page", "Runtime", "Log", "Network", "Audits" })
        {
            await SendAsync(domain + ".enable", []);
        }
    }

    private async Task<JsonNode> SendAsync(string method, JsonObject parameters)
    {
        int id = ++_lastId;
        string text = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters }.ToJsonString();
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, _limit.Token);
        while (true)
        {
            JsonNode message = await ReceiveAsync();
            if (message["id"]?.GetValue<int>() == id)
            {
                return message["error"] is { } error ? throw new InvalidOperationException(method + ": " + error.ToJsonString()) : message;
            }

            Events.Add(message);
        }
    }

    private async Task<JsonNode> ReceiveAsync()
    {
        using MemoryStream message = new();
        byte[] buffer = new byte[64 * 1024];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, _limit.Token);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        return JsonNode.Parse(message.ToArray())!;
    }
}
