using System.Globalization;
using System.Text;
using Dmarc.Reports;
using Dmarc.Reports.Reading;
using Dmarc.Text;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports.Reading.Containers;

/// <summary>
/// What goes in comes out, or something says that it did not: random damage to mailboxes, folders of messages and archives.
/// The seeds are fixed; DMARC_TEST_ROUNDS in the environment asks for another number of rounds.
/// </summary>
public class ConservationTests
{
    private static readonly int Rounds =
        int.TryParse(Environment.GetEnvironmentVariable("DMARC_TEST_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int rounds) ? rounds : 400;

    private static readonly string[] Subjects = ["Report Domain: example.com Submitter: reporter.example Report-ID: 1", "x", "DMARC report"];

    private static byte[] Report(int number) =>
        Encoding.UTF8.GetBytes(Xml(Record(ip: "192.0.2." + number)).Replace("id-1", "id-" + number, StringComparison.Ordinal));

    private static string Lines(byte[] content) => Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks);

    /// <summary>A message with one report, as reporters send them.</summary>
    private static string Message(Random random, int number)
    {
        byte[] packed = random.Next(2) == 0 ? ContainerTests.Gzip(Report(number)) : ContainerTests.Zip(("r" + number + ".xml", Report(number)));
        string type = packed[0] == 0x1F ? "application/gzip" : "application/zip";
        string name = random.Next(3) switch
        {
            0 => "; name=\"reporter.example!example.com!1751328000!1751414399." + (packed[0] == 0x1F ? "xml.gz" : "zip") + "\"",
            1 => "; name=r" + number + (packed[0] == 0x1F ? ".xml.gz" : ".zip"),
            _ => "",
        };
        string fields = $"Content-Type: {type}{name}\r\nContent-Transfer-Encoding: base64\r\n\r\n{Lines(packed)}\r\n";
        string head = $"From: noreply@reporter.example\r\nTo: dmarc@example.com\r\nSubject: {Subjects[random.Next(Subjects.Length)]}\r\nMessage-ID: <{number}@reporter.example>\r\nMIME-Version: 1.0\r\n";
        return random.Next(3) == 0
            ? head + fields
            : head + $"Content-Type: multipart/mixed; boundary=\"b{number}\"\r\n\r\n--b{number}\r\nContent-Type: text/plain\r\n\r\nA report for you.\r\n\r\n--b{number}\r\n{fields}--b{number}--\r\n";
    }

    private static byte[] Damage(Random random, byte[] content)
    {
        List<byte> bytes = [.. content];
        for (int edits = random.Next(1, 4); edits > 0 && bytes.Count > 8; edits--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(8))
            {
                case 0:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 3:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 4:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 30), bytes.Count - at));
                    break;
                case 5:
                    int length = Math.Min(random.Next(1, 200), bytes.Count - at);
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 6:
                    // A line goes.
                    int start = bytes.LastIndexOf((byte)'\n', at) + 1;
                    int end = bytes.IndexOf((byte)'\n', at);
                    bytes.RemoveRange(start, (end < 0 ? bytes.Count : end + 1) - start);
                    break;
                default:
                    if (random.Next(4) == 0)
                    {
                        bytes.RemoveRange(at, bytes.Count - at);
                    }

                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Every report gives its row as it is, or something that a user sees tells of damage.</summary>
    private static string? Fault(IEnumerable<ReportReadItem> items, IEnumerable<int> numbers)
    {
        ReadResult result = ReadResult.Of(items);
        HashSet<string> expected = [.. numbers.Select(number => $"id-{number} 192.0.2.{number} 2")];
        string[] found = [.. result.Rows.Select(row => $"{row.ReportId} {row.SourceIP} {row.Count}")];
        bool isTold = result.Problems.Count > 0 || result.Findings.Any(finding => finding.Severity > Severity.Information);
        ReportProblem? unexpected = result.Problems.FirstOrDefault(problem => problem.ErrorId == ReportErrorIds.Unexpected);
        string[] untrue = [.. found.Where(row => !expected.Contains(row))];
        string[] missing = [.. expected.Except(found)];
        return unexpected is not null ? unexpected.Message + unexpected.Exception
            : (untrue.Length > 0 || missing.Length > 0) && !isTold ? $"untrue: {string.Join(", ", untrue)}; missing: {string.Join(", ", missing)}; said: {string.Join(" | ", result.Findings.Select(finding => finding.Message))}"
            : null;
    }

    /// <summary>A message of which a cut left nothing cannot be told from one that never was.</summary>
    private static bool HasTrace(byte[] box, int number)
    {
        string text = Encoding.Latin1.GetString(box);
        return new[] { $"00:00:{number:00}", $"<{number}@", $"b{number}\"", $"r{number}." }.Any(trace => text.Contains(trace, StringComparison.Ordinal));
    }

    /// <summary>What a cut at the end of a line left of the header is a message like any other where it says nothing of a report or of parts.</summary>
    private static bool SpeaksOfReport(byte[] message)
    {
        string text = Encoding.Latin1.GetString(message);
        return !text.EndsWith('\n')
            || new[] { "\r\n\r\n", "Content-", "Report Domain", "DMARC report" }.Any(trace => text.Contains(trace, StringComparison.Ordinal));
    }

    private static DmarcReportReader Reader { get; } = new(TwoLabels.Instance);

    private static void ForEach(Func<Random, string?> round, [System.Runtime.CompilerServices.CallerMemberName] string name = "")
    {
        List<string> faults = [];
        for (int seed = 0; seed < Rounds && faults.Count < 10; seed++)
        {
            string? fault = round(new Random(seed));
            if (fault is not null)
            {
                faults.Add($"{name}, seed {seed}: {fault}");
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Fact]
    public void Messages_of_a_mailbox() => ForEach(random =>
    {
        int[] numbers = [.. Enumerable.Range(1, random.Next(2, 6))];
        string box = string.Concat(numbers.Select(number => $"From a@b Sat Nov 21 00:00:{number:00} 2026\r\n{Message(random, number)}\r\n\r\n"));
        byte[] damaged = Damage(random, Encoding.Latin1.GetBytes(box));
        string? fault = Fault(Reader.ReadBytes(damaged, "test"), numbers.Where(number => HasTrace(damaged, number)));
        return fault is null ? null : fault + "\n" + Keep(damaged);
    });

    [Fact]
    public void Messages_of_a_folder() => ForEach(random =>
    {
        byte[] damaged = Damage(random, Encoding.Latin1.GetBytes(Message(random, 1)));
        string? fault = Fault(Reader.ReadBytes(damaged, "test"), [1]);
        return fault is null ? null : fault + "\n" + Keep(damaged);
    });

    [Fact]
    public void Messages_of_a_Maildir()
    {
        string root = Directory.CreateTempSubdirectory("dmarc-test").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(root, "cur"));
            Directory.CreateDirectory(Path.Combine(root, "new"));
            string file = Path.Combine(root, "cur", "1:2,S");
            ForEach(random =>
            {
                byte[] damaged = Damage(random, Encoding.Latin1.GetBytes(Message(random, 1)));
                File.WriteAllBytes(file, damaged);
                string? fault = Fault(Reader.ReadFile(file), SpeaksOfReport(damaged) ? [1] : []);
                return fault is null ? null : fault + "\n" + Keep(damaged);
            });
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void Entries_of_an_archive() => ForEach(random =>
    {
        int[] numbers = [.. Enumerable.Range(1, random.Next(1, 6))];
        byte[] archive = ZipMaker.Make([.. numbers.Select(number => new MadeEntry($"r{number}.xml", Report(number)) { Flags = random.Next(2) * 8 })]);
        byte[] damaged = Damage(random, archive);
        string? fault = Fault(Reader.ReadBytes(damaged, "test"), numbers);
        return fault is null ? null : fault + "\n" + Keep(damaged);
    });

    [Fact]
    public void Members_of_a_gzip_file() => ForEach(random =>
    {
        int[] numbers = [.. Enumerable.Range(1, random.Next(1, 4))];
        byte[] damaged = Damage(random, [.. numbers.SelectMany(number => ContainerTests.Gzip(Report(number)))]);
        string? fault = Fault(Reader.ReadBytes(damaged, "test"), numbers);
        return fault is null ? null : fault + "\n" + Keep(damaged);
    });

    [Fact]
    public void Packed_attachments() => ForEach(random =>
    {
        int[] numbers = [.. Enumerable.Range(1, random.Next(1, 4))];
        (string Name, byte[] Content)[] files = [.. numbers.Select(number => ($"r{number}.xml.gz", ContainerTests.Gzip(Report(number))))];
        string parts = string.Concat(files.Select(file =>
            $"--b\r\nContent-Type: application/gzip; name={file.Name}\r\nContent-Transfer-Encoding: base64\r\n\r\n{Lines(file.Content)}\r\n")) + "--b--\r\n";
        byte[] entity = Encoding.ASCII.GetBytes("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + parts);
        (string type, string encoding, string body) = random.Next(6) switch
        {
            0 => ("application/ms-tnef; name=winmail.dat", "base64", Lines(PackedMaker.Tnef(files))),
            1 => ("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", "base64", Lines(PackedMaker.Signed(entity))),
            2 => ("application/pkcs7-mime; name=smime.p7m", "base64", Lines(PackedMaker.SignedInPieces(entity))),
            3 => ("application/pkcs7-mime; smime-type=compressed-data; name=smime.p7m", "base64", Lines(PackedMaker.Compressed(entity))),
            4 => ("text/plain", "7bit", "A report.\r\n\r\n" + string.Concat(files.Select(file => PackedMaker.Uuencode(file.Name, file.Content)))),
            _ => ("text/plain", "8bit", string.Concat(files.Select(file => PackedMaker.Yenc(file.Name, file.Content)))),
        };
        string mail = $"From: a@reporter.example\r\nSubject: {Subjects[0]}\r\nMIME-Version: 1.0\r\nContent-Type: {type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}\r\n";
        byte[] damaged = Damage(random, Encoding.Latin1.GetBytes(mail));
        string? fault = Fault(Reader.ReadBytes(damaged, "test"), numbers);
        return fault is null ? null : fault + "\n" + Keep(damaged);
    });

    /// <summary>The input of a fault, to look at.</summary>
    private static string Keep(byte[] content) => Convert.ToBase64String(content);
}
