using System.Text;
using Dmarc.Reports.Reading;
using FsCheck;
using FsCheck.Fluent;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports;

/// <summary>Whatever happens to single bytes of a report, reading it never throws, and no row is lost without a word.</summary>
public class MutationTests
{
    private static readonly byte[] Whole = Encoding.UTF8.GetBytes(Xml(Record(ip: "192.0.2.1"), Record(ip: "192.0.2.2", reason: "<reason><type>other</type><comment>a &amp; b</comment></reason>"), Record(ip: "192.0.2.3")));

    [Fact]
    public void Changed_inserted_and_removed_bytes() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000),
        Prop.ForAll(
            (from count in Gen.Choose(1, 4)
             from changes in Gen.Choose(0, 2).Zip(Gen.Choose(0, Whole.Length - 10)).Zip(Gen.Choose(0, 255)).ArrayOf(count)
             select changes).ToArbitrary(),
            changes =>
            {
                List<byte> bytes = [.. Whole];
                foreach (((int kind, int at), int value) in changes)
                {
                    if (kind == 0)
                    {
                        bytes[at] = (byte)value;
                    }
                    else if (kind == 1)
                    {
                        bytes.Insert(at, (byte)value);
                    }
                    else
                    {
                        bytes.RemoveAt(at);
                    }
                }

                return IsAccountedFor(Read([.. bytes]));
            }));

    [Fact]
    public void Random_bytes_in_the_middle() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(
            Gen.Choose(0, Whole.Length).Zip(Gen.Choose(0, 255).ArrayOf()).ToArbitrary(),
            change =>
            {
                (int at, int[] noise) = change;
                return IsAccountedFor(Read([.. Whole[..at], .. noise.Select(value => (byte)value), .. Whole[at..]]));
            }));

    private static readonly DmarcReportReader Reader = new(TwoLabels.Instance);

    private static ReadResult Read(byte[] content) => ReadResult.Of(Reader.ReadBytes(content, "test"));

    private static bool IsAccountedFor(ReadResult result) =>
        result.Rows.Count == 3
        || result.Rows.Count < 3 && (result.Findings.Count > 0 || result.Problems.Count > 0);
}
