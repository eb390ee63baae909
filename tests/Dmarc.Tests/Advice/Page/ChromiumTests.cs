using System.Text.Json.Nodes;
using Dmarc.Advice.Page;
using Dmarc.Tests.Reports.Writing;

namespace Dmarc.Tests.Advice.Page;

/// <summary>The page in a real browser.</summary>
public sealed class ChromiumTests
{
    private static readonly int[] Widths = [360, 800, 1400];

    [SkippableTheory]
    [InlineData("samples", "en")]
    [InlineData("samples", "ja")]
    [InlineData("hostile", "en")]
    [InlineData("hostile", "ja")]
    [InlineData("none", "en")]
    public async Task It_fits_runs_nothing_and_asks_nobody(string rows, string language)
    {
        Skip.If(ChromiumBrowser.Program is null, "No Chromium is on PATH.");
        using ExportBed bed = new();
        string file = Write(bed, rows, language);
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();

        foreach (int width in Widths)
        {
            await browser.OpenAsync(file, width, width == 800 ? "dark" : "light");

            JsonNode page = JsonNode.Parse((await browser.EvaluateAsync(Facts)).GetValue<string>())!;
            Assert.Equal(width, page["width"]!.GetValue<int>());
            Assert.True(page["needed"]!.GetValue<int>() <= width, $"{rows}, {language}, {width}: the page needs {page["needed"]} pixels.");
            Assert.Equal("", page["spilt"]!.GetValue<string>());
            Assert.Equal(0, page["scripts"]!.GetValue<int>());
            Assert.Equal(0, page["handlers"]!.GetValue<int>());
            Assert.NotEqual("", page["title"]!.GetValue<string>());

            // The style sheet took effect, thus its hash in the policy is right.
            Assert.Equal("none", page["margin"]!.GetValue<string>());
            foreach (JsonNode one in browser.Events)
            {
                Assert.DoesNotContain(ChromiumBrowser.Method(one), Alarms);
                if (ChromiumBrowser.Method(one) == "Network.requestWillBeSent")
                {
                    string url = one["params"]!["request"]!["url"]!.GetValue<string>();
                    Assert.True(url == new Uri(file).AbsoluteUri || url.StartsWith("data:", StringComparison.Ordinal), url);
                }
            }
        }
    }

    [SkippableFact]
    public async Task What_should_be_noticed_is()
    {
        Skip.If(ChromiumBrowser.Program is null, "No Chromium is on PATH.");
        using ExportBed bed = new();
        string file = Write(bed, "samples", "en");
        File.WriteAllText(file, File.ReadAllText(file).Replace("</main>", "<p style='width:3000px'>wide</p><pre>" + new string('x', 900) + "</pre><img src='http://127.0.0.1:9/x.png'><script>alert(1)</script></main>"));
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();

        await browser.OpenAsync(file, 360, "light");

        JsonNode page = JsonNode.Parse((await browser.EvaluateAsync(Facts)).GetValue<string>())!;
        Assert.True(page["needed"]!.GetValue<int>() > 360);
        Assert.Equal(1, page["scripts"]!.GetValue<int>());
        Assert.Equal(1, page["handlers"]!.GetValue<int>());

        // The policy keeps the script from running, and says so.
        Assert.Contains(browser.Events, one => ChromiumBrowser.Method(one) is "Log.entryAdded" or "Audits.issueAdded");
        Assert.DoesNotContain(browser.Events, one => ChromiumBrowser.Method(one) == "Page.javascriptDialogOpening");
    }

    /// <summary>What must not happen: messages of the console, violations of the policy, errors, dialogs.</summary>
    private static readonly string[] Alarms =
    [
        "Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Audits.issueAdded", "Page.javascriptDialogOpening", "Network.loadingFailed",
    ];

    private const string Facts = """
        JSON.stringify({
          width: innerWidth,
          needed: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
          spilt: [...document.querySelectorAll('svg text')].filter(e => {
            const box = e.getBoundingClientRect();
            const next = e.classList.contains('label') ? e.nextElementSibling.getBoundingClientRect().left : innerWidth;
            return box.width > 0 && (box.left < 0 || box.right > next);
          }).map(e => e.textContent).join('; '),
          scripts: document.scripts.length,
          handlers: [...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on') || a.name === 'style')).length,
          title: document.title,
          margin: getComputedStyle(document.querySelector('main')).listStyleType === 'disc' && getComputedStyle(document.body).marginTop === '0px' ? 'none' : 'default',
        })
        """;

    private static string Write(ExportBed bed, string rows, string language)
    {
        PageAccumulator accumulator = new();
        foreach (object row in rows switch
        {
            "samples" => ExportBed.SampleRows(),
            "hostile" => ExportBed.HostileRows(),
            _ => [],
        })
        {
            accumulator.Add(row);
        }

        string file = bed.PathOf("page.html");
        File.WriteAllText(file, PageWriter.Write(accumulator, new PageOptions { Language = language }));
        return file;
    }
}
