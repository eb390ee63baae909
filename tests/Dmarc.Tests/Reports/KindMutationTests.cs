using System.Text;
using Dmarc.Reports;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Reading;
using Dmarc.Tests.Reports.Failure;
using Dmarc.Tests.Reports.Tls;
using FsCheck;
using FsCheck.Fluent;

namespace Dmarc.Tests.Reports;

/// <summary>Whatever happens to single bytes of a failure report or a TLS report, reading it never throws, and it is not lost without a word.</summary>
public class KindMutationTests
{
    private static readonly DmarcReportReader Reader = new(TwoLabels.Instance, null, ReportTypes.All);

    public static TheoryData<string> Reports => ["failure", "fields", "tls"];

    [Theory]
    [MemberData(nameof(Reports))]
    public void Changed_inserted_and_removed_bytes(string kind)
    {
        byte[] whole = Whole(kind);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(700),
            Prop.ForAll(
                (from count in Gen.Choose(1, 5)
                 from changes in Gen.Choose(0, 2).Zip(Gen.Choose(0, whole.Length - 10)).Zip(Gen.Choose(0, 255)).ArrayOf(count)
                 select changes).ToArbitrary(),
                changes =>
                {
                    List<byte> bytes = [.. whole];
                    foreach (((int change, int at), int value) in changes)
                    {
                        if (change == 0)
                        {
                            bytes[at] = (byte)value;
                        }
                        else if (change == 1)
                        {
                            bytes.Insert(at, (byte)value);
                        }
                        else
                        {
                            bytes.RemoveAt(at);
                        }
                    }

                    return IsAccountedFor([.. bytes]);
                }));
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Cut_off_anywhere(string kind)
    {
        byte[] whole = Whole(kind);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.True(IsAccountedFor(whole[..length]), "Cut off at " + length);
        }
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Random_bytes_in_the_middle(string kind)
    {
        byte[] whole = Whole(kind);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(200),
            Prop.ForAll(
                Gen.Choose(0, whole.Length).Zip(Gen.Choose(0, 255).ArrayOf()).ToArbitrary(),
                change => IsAccountedFor([.. whole[..change.Item1], .. change.Item2.Select(value => (byte)value), .. whole[change.Item1..]])));
    }

    private static byte[] Whole(string kind) => Encoding.UTF8.GetBytes(kind switch
    {
        "tls" => TlsReportTests.Report("{\"policy\":{\"policy-type\":\"sts\",\"policy-domain\":\"a.example\"},\"summary\":{\"total-successful-session-count\":5},\"failure-details\":[{\"result-type\":\"tlsa-invalid\",\"failed-session-count\":\"2\"}]}"),
        "fields" => "Feedback-Type: auth-failure\nVersion: 1\nSource-IP: 192.0.2.1\nDKIM-Canonicalized-Body: YWJj\nYWJj\nSPF-DNS: txt : a : \"b\"\nIdentity-Alignment: (x) dkim\nAuthentication-Results: a; spf=pass (x\n",
        _ => FailureReportTests.Mail("Feedback-Type: auth-failure\nVersion: 1\nSource-IP: 192.0.2.1\nOriginal-Mail-From: <a@b.example>\n"),
    });

    private static bool IsAccountedFor(byte[] bytes)
    {
        bool any = false;
        foreach (ReportReadItem item in Reader.ReadBytes(bytes, "test"))
        {
            any = true;
            if (item.Result is { } result)
            {
                // What is worked out late must not throw either.
                foreach (System.Reflection.PropertyInfo property in result.GetType().GetProperties())
                {
                    _ = property.GetValue(result)?.ToString();
                }

                _ = (result as FailureReport)?.OriginalMessage?.Header;
            }
        }

        return any;
    }
}
