using System.Globalization;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Dns.Client;
using Dmarc.Domains;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Text;

/// <summary>A text is in the language of the session that asked for it, whichever thread makes it and whatever was asked before.</summary>
public sealed class LanguageFlowTests
{
    private static readonly string[] Languages = ["ja-JP", "en-US", "ja-JP"];

    [Fact]
    public void Work_of_the_pump_speaks_the_language_of_who_added_it()
    {
        List<string> languages = [];
        foreach (string language in Languages)
        {
            Language.In(language, () =>
            {
                using OrderedPump<string> pump = new(1, 4, CancellationToken.None);
                for (int index = 0; index < 3; index++)
                {
                    pump.Add(async (lane, token) =>
                    {
                        await Task.Yield();
                        lane.Write(CultureInfo.CurrentUICulture.Name, token);
                    });
                }

                PumpSignal signal;
                while ((signal = pump.Take(TimeSpan.FromSeconds(20), out string? name)) == PumpSignal.Item)
                {
                    languages.Add(name!);
                }

                Assert.Equal(PumpSignal.Done, signal);
            });
        }

        Assert.Equal(Languages.SelectMany(language => Enumerable.Repeat(language, 3)), languages);
    }

    /// <summary>Threads that receive stay for a while after a command and serve the next one.</summary>
    [Fact]
    public async Task A_thread_that_receives_speaks_the_language_of_the_command_that_it_serves()
    {
        using TestDnsServer server = new();
        server.On("a.example", DnsRecordType.A, TestReply.Records(DnsMessageBuilder.Cname("a.example", "b.example"), DnsMessageBuilder.Cname("b.example", "a.example")));
        foreach (string language in Languages)
        {
            DnsResponse response = await AskAsync(server, language);
            Assert.Equal(DnsStatus.Malformed, response.Status);
            Assert.Equal(Sentences.Fill(In(language, () => Strings.Dns_CnameLoop), "a.example", "a.example"), response.Detail);
        }
    }

    [Fact]
    public void The_purpose_of_a_range_is_in_the_language_of_the_session()
    {
        Assert.True(AddressBlock.TryParse("10.0.0.0/8", out AddressBlock block));
        foreach (string language in Languages)
        {
            Assert.Equal(language == "ja-JP" ? "プライベートアドレス" : "private addresses", In(language, () => SpecialRange.Find(block)!.Purpose));
        }
    }

    private static async Task<DnsResponse> AskAsync(TestDnsServer server, string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        using DnsClient client = new([server.Udp], TimeSpan.FromSeconds(20));
        return await client.QueryAsync("a.example", DnsRecordType.A);
    }

    private static string In(string language, Func<string> text)
    {
        string result = "";
        Language.In(language, () => result = text());
        return result;
    }
}
