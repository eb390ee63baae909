using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dmarc.Dns;
using Dmarc.Libraries;
using Dmarc.Mail;
using Dmarc.Standards;
using Dmarc.Standards.Dkim;
using Dmarc.Text;

namespace Dmarc.Benchmarks.Standards.Dkim;

/// <summary>One pass over a folder of signed messages, keys in memory.</summary>
internal static class DkimVerbs
{
    /// <summary>The best of these counts, for both: the first ones run while code is still being compiled.</summary>
    private const int WarmPasses = 12;

    /// <summary>
    /// <c>dkim DIR</c>: verifies every message and compares the verdicts. The limit is one SHA-256 pass over each signed
    /// message's body and one bare public-key operation for each signature, keys imported beforehand.
    /// </summary>
    public static object Verify(string[] args)
    {
        string folder = args[0];
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json")));
        KeyTable keys = new(Path.Combine(folder, "keys.json"));
        List<byte[]> messages = [];
        List<string> verdicts = [];
        foreach (JsonElement message in expected.RootElement.GetProperty("messages").EnumerateArray())
        {
            messages.Add(File.ReadAllBytes(Path.Combine(folder, "messages", message.GetProperty("file").GetString()!)));
            verdicts.Add(string.Join(' ', message.GetProperty("signatures").EnumerateArray().Select(signature => signature.GetProperty("expect").GetString())));
        }

        DkimVerifier verifier = new(keys, SystemClock.Instance, new DkimVerifierOptions { ExplainFailures = false });
        (Spent cold, int wrong, int signatures) = Pass(verifier, messages, verdicts);
        Spent warm = new(double.MaxValue, double.MaxValue);
        Spent limit = warm;
        int limited = 0;
        for (int pass = 0; pass < WarmPasses; pass++)
        {
            warm = warm.Best(Pass(verifier, messages, verdicts).Time);
            (Spent time, limited) = Limit(keys, messages);
            limit = limit.Best(time);
        }

        return new
        {
            n = messages.Count,
            signatures,
            bytes = messages.Sum(message => (long)message.Length),
            seconds = warm.Clock,
            wrong,
            seconds_cold = cold.Clock,
            processor_seconds = warm.Processor,
            limit_seconds = limit.Clock,
            limit_processor_seconds = limit.Processor,
            limit_signatures = limited,
            share_of_limit = limit.Processor / warm.Processor,
        };
    }

    private static (Spent Time, int Wrong, int Signatures) Pass(DkimVerifier verifier, List<byte[]> messages, List<string> verdicts)
    {
        int wrong = 0;
        int signatures = 0;
        Measure measure = new();
        for (int i = 0; i < messages.Count; i++)
        {
            PrintableList<DkimVerification> results = verifier.VerifyAsync(MailMessage.Parse(messages[i])).GetAwaiter().GetResult();
            signatures += results.Count;
            wrong += string.Join(' ', results.Select(result => result.Result == AuthenticationResult.Pass ? "pass" : "fail")) == verdicts[i] ? 0 : 1;
        }

        return (measure.Spent, wrong, signatures);
    }

    private static (Spent Time, int Signatures) Limit(KeyTable keys, List<byte[]> messages)
    {
        List<(ReadOnlyMemory<byte> Body, List<(RSA? Rsa, byte[]? Ed, byte[] Value)> Signatures)> work = [];
        foreach (byte[] bytes in messages)
        {
            MailMessage message = MailMessage.Parse(bytes);
            List<(RSA?, byte[]?, byte[])> signatures = [];
            foreach (DkimSignature signature in message.GetHeaders("DKIM-Signature").Select(DkimSignature.Parse))
            {
                if (keys.Find(signature.KeyName) is not { } text || DkimKeyRecord.Parse(text) is not { IsUsable: true } key)
                {
                    continue;
                }

                RSA? rsa = null;
                if (key.KeyType == DkimKeyType.Rsa)
                {
                    rsa = RSA.Create();
                    rsa.ImportSubjectPublicKeyInfo(key.PublicKey.Span, out _);
                }

                signatures.Add((rsa, rsa is null ? key.PublicKey.ToArray() : null, signature.Value.ToArray()));
            }

            work.Add((message.Body, signatures));
        }

        int count = 0;
        byte[] hash = new byte[32];
        Measure measure = new();
        foreach ((ReadOnlyMemory<byte> body, List<(RSA? Rsa, byte[]? Ed, byte[] Value)> signatures) in work)
        {
            if (signatures.Count == 0)
            {
                continue;
            }

            SHA256.HashData(body.Span, hash);
            foreach ((RSA? rsa, byte[]? ed, byte[] value) in signatures)
            {
                _ = rsa is null ? LibraryAdapters.Get<IEd25519>().Verify(ed!, hash, value) : rsa.VerifyHash(hash, value, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
                count++;
            }
        }

        return (measure.Spent, count);
    }

    /// <summary>Time by the clock and by the processor; the latter tells more on a busy machine.</summary>
    private readonly record struct Spent(double Clock, double Processor)
    {
        public Spent Best(Spent other) => new(Math.Min(Clock, other.Clock), Math.Min(Processor, other.Processor));
    }

    private sealed class Measure
    {
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private readonly TimeSpan _processor = Environment.CpuUsage.TotalTime;

        public Spent Spent => new(_watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - _processor).TotalSeconds);
    }

    /// <summary>Answers from <c>keys.json</c>.</summary>
    private sealed class KeyTable : IDnsResolver
    {
        private readonly Dictionary<string, DnsResponse> _answers = new(StringComparer.OrdinalIgnoreCase);

        public KeyTable(string file)
        {
            foreach (KeyValuePair<string, string?> key in JsonSerializer.Deserialize<Dictionary<string, string?>>(File.ReadAllBytes(file))!)
            {
                _answers[key.Key] = key.Value is null
                    ? new DnsResponse(key.Key, DnsRecordType.TXT, DnsStatus.NxDomain)
                    : new DnsResponse(key.Key, DnsRecordType.TXT, DnsStatus.NoError)
                    {
                        Records = [new TxtRecord(key.Key, 300, Encoding.UTF8.GetBytes(key.Value).Chunk(255).ToPrintableList())],
                    };
            }
        }

        public string? Find(string name) => _answers.TryGetValue(name, out DnsResponse? answer) && answer.Records.Count > 0 ? ((TxtRecord)answer.Records[0]).Text : null;

        public ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default) =>
            new(_answers.TryGetValue(name, out DnsResponse? answer) ? answer : new DnsResponse(name, type, DnsStatus.NxDomain));
    }
}
