using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Dmarc.Mail;
using Dmarc.Standards;
using Dmarc.Standards.Dkim;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Standards.Dkim;

/// <summary>Messages that others signed, and ours verified by others. Skipped where their programs are not installed.</summary>
public class DkimInteropTests
{
    private const string Dkimpy = "dkimpy_jobs.py";
    private const string OpenDkim = "opendkim_jobs.py";

    private static readonly string[] Forms = ["relaxed/relaxed", "relaxed/simple", "simple/relaxed", "simple/simple"];
    private static readonly TestSigner Rsa = TestSigner.Rsa();
    private static readonly TestSigner Ed = TestSigner.Ed(11);

    [SkippableFact]
    public async Task Two_hundred_messages_of_dkimpy_pass_and_their_tampered_twins_fail()
    {
        Random random = new(7);
        (byte[] Message, bool Partial)[] plain = [.. Enumerable.Range(0, 200).Select(i => (TestSigner.Bytes(MakeMessage(random, i)), i % 10 == 9))];
        object[] jobs = [.. plain.Select((item, i) => SignJob(item.Message, i % 4 == 3 ? Ed : Rsa, Forms[i / 4 % 4], item.Partial))];
        byte[][] signed = [.. (await RunAsync(jobs)).Select(answer => Convert.FromBase64String(answer.GetString()!))];

        // Some get a second signature over the first.
        int[] twice = [.. Enumerable.Range(0, 200).Where(i => i % 5 == 0)];
        JsonElement[] second = await RunAsync([.. twice.Select(i => SignJob(signed[i], i % 4 == 3 ? Rsa : Ed, Forms[i % 4], false))]);
        for (int i = 0; i < twice.Length; i++)
        {
            signed[twice[i]] = Convert.FromBase64String(second[i].GetString()!);
        }

        for (int i = 0; i < signed.Length; i++)
        {
            PrintableList<DkimVerification> results = await VerifyAsync(signed[i]);
            Assert.Equal(twice.Contains(i) ? 2 : 1, results.Count);
            Assert.All(results, result => Assert.True(result.Result == AuthenticationResult.Pass, i + ": " + result));

            string text = Encoding.UTF8.GetString(signed[i]);
            results = await VerifyAsync(Encoding.UTF8.GetBytes(text.Replace("first-word", "first-ward", StringComparison.Ordinal)));
            Assert.All(results, result => Assert.Equal((AuthenticationResult.Fail, DkimCause.BodyChanged), (result.Result, result.Cause)));

            results = await VerifyAsync(Encoding.UTF8.GetBytes(text.Replace("\r\nSubject: ", "\r\nSubject: [list] ", StringComparison.Ordinal)));
            Assert.All(results, result => Assert.Equal((AuthenticationResult.Fail, DkimCause.HeaderChanged, "subject"), (result.Result, result.Cause, result.ChangedHeader)));

            results = await VerifyAsync([.. signed[i], .. "-- \r\nA footer\r\n"u8]);
            Assert.All(results, result => Assert.True(
                result.Signature.BodyLength is null ? result.HasAddedText : result is { Result: AuthenticationResult.Pass, UnsignedBodyBytes: > 0 },
                i + ": " + result));
        }
    }

    [SkippableFact]
    public async Task Messages_of_our_signer_pass_with_dkimpy()
    {
        Random random = new(9);
        List<object> jobs = [];
        for (int i = 0; i < 40; i++)
        {
            TestSigner signer = (i % 2 == 0 ? Rsa : Ed).With(canonicalization: Forms[i / 2 % 4], headers: ["From", "From", "To", "Subject", "Cc", "Date"]);
            byte[] signed = TestSigner.Bytes(signer.Sign(MakeMessage(random, i)));
            Assert.Equal(AuthenticationResult.Pass, Assert.Single(await VerifyAsync(signed)).Result);
            jobs.Add(VerifyJob(signed, signer));
        }

        Assert.All(await RunAsync([.. jobs]), answer => Assert.True(answer.GetBoolean()));
    }

    [SkippableFact]
    public async Task Messages_of_OpenDKIM_pass_and_their_tampered_twins_fail()
    {
        Random random = new(13);
        byte[][] plain = [.. Enumerable.Range(0, 60).Select(i => TestSigner.Bytes(MakeMessage(random, i)))];
        object[] jobs = [.. plain.Select((message, i) => SignJob(message, Rsa, Forms[i % 4], false))];
        foreach (JsonElement answer in await RunAsync(jobs, OpenDkim))
        {
            byte[] signed = Convert.FromBase64String(answer.GetString()!);
            DkimVerification result = Assert.Single(await VerifyAsync(signed));
            Assert.True(result.Result == AuthenticationResult.Pass, result.ToString());

            string text = Encoding.UTF8.GetString(signed);
            result = Assert.Single(await VerifyAsync(Encoding.UTF8.GetBytes(text.Replace("first-word", "x", StringComparison.Ordinal))));
            Assert.Equal((AuthenticationResult.Fail, DkimCause.BodyChanged), (result.Result, result.Cause));
            result = Assert.Single(await VerifyAsync(Encoding.UTF8.GetBytes(text.Replace("\r\nSubject: ", "\r\nSubject: [list] ", StringComparison.Ordinal))));
            Assert.Equal((AuthenticationResult.Fail, DkimCause.HeaderChanged, "subject"), (result.Result, result.Cause, result.ChangedHeader.ToLowerInvariant()));
        }
    }

    [SkippableFact]
    public async Task Messages_of_our_signer_pass_with_OpenDKIM()
    {
        Random random = new(15);
        object[] jobs = [.. Enumerable.Range(0, 40).Select(i =>
            VerifyJob(TestSigner.Bytes(Rsa.With(canonicalization: Forms[i % 4]).Sign(MakeMessage(random, i))), Rsa))];
        Assert.All(await RunAsync(jobs, OpenDkim), answer => Assert.True(answer.GetBoolean()));
    }

    private static object VerifyJob(byte[] message, TestSigner signer) =>
        new { @do = "verify", message = Convert.ToBase64String(message), record = signer.Record };

    private static object SignJob(byte[] message, TestSigner signer, string form, bool partial) => new
    {
        @do = "sign",
        message = Convert.ToBase64String(message),
        selector = signer == Rsa ? "rsa" : "ed",
        domain = "example.com",
        key = signer.PrivateKey,
        algorithm = signer == Rsa ? "rsa-sha256" : "ed25519-sha256",
        canonicalization = form,
        headers = new[] { "from", "to", "subject", "date", "subject" },
        length = partial,
    };

    private static async Task<PrintableList<DkimVerification>> VerifyAsync(byte[] message)
    {
        FakeResolver resolver = new FakeResolver().Txt("rsa._domainkey.example.com", Rsa.Record).Txt("ed._domainkey.example.com", Ed.Record)
            .Txt("s1._domainkey.example.com", Rsa.Record, Ed.Record);
        return await new DkimVerifier(resolver, new DkimVerifierTests.FixedClock()).VerifyAsync(MailMessage.Parse(message));
    }

    private static string MakeMessage(Random random, int number)
    {
        StringBuilder text = new();
        text.Append("Received: by mx.example.com;\r\n\tSat, 21 Nov 2026 20:14:34 +0000\r\n");
        text.Append("From:  \"Añna\"\r\n <anna@example.com>\r\nTo: bert@example.org,\r\n\t carl@example.org\r\n");
        text.Append("Subject: Number  ").Append(number).Append(" of\r\n  many \r\nDate: Sat, 21 Nov 2026 20:14:34 +0000\r\n\r\nfirst-word\r\n");
        for (int i = random.Next(60); i >= 0; i--)
        {
            text.Append(random.Next(7) switch
            {
                0 => "\r\n",
                1 => " ",
                2 => "  \t",
                3 => "\t\r\n",
                4 => "日本語 ",
                _ => new string((char)('a' + random.Next(26)), random.Next(1, 70)),
            });
        }

        return text.Append("\r\nend\r\n").Insert(text.Length, "\r\n", random.Next(3)).ToString();
    }

    private static async Task<JsonElement[]> RunAsync(object[] jobs, string script = Dkimpy)
    {
        const string python = "/usr/bin/python3";
        Skip.IfNot(File.Exists(python), "python3 is not installed.");
        Skip.IfNot(script != Dkimpy || Directory.Exists("/usr/lib/python3/dist-packages/dkim"), "python3-dkim is not installed.");
        Skip.IfNot(script != OpenDkim || Directory.Exists("/usr/lib") && Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu").Any(folder => File.Exists(Path.Combine(folder, "libopendkim.so.11"))), "libopendkim is not installed.");
        string output = await RunAsync(python, [TestFiles.Repository("tests", "Dmarc.Tests", "Standards", "Dkim", "Data", script)], JsonSerializer.SerializeToUtf8Bytes(jobs));
        return JsonSerializer.Deserialize<JsonElement[]>(output)!;
    }

    private static async Task<string> RunAsync(string program, string[] arguments, byte[] input)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return await output;
    }
}
