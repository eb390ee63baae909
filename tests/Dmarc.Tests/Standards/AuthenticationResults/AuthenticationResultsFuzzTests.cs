using Dmarc.Standards.AuthenticationResults;
using FsCheck;
using FsCheck.Fluent;

namespace Dmarc.Tests.Standards.AuthenticationResults;

public class AuthenticationResultsFuzzTests
{
    private static readonly string[] Pieces =
    [
        "spf=", "pass", "dkim", "=", ";", " ", "(", ")", "\"", "\\", "header.d=", ".", "/", "i=1", "none", "from", "by", "with", "[", "]",
        "192.0.2.1", "::1", "reason=", "=?utf-8?", "\u00fc", "\u0000", "\r\n ", "action=", ",", "Tue, 3 Jun 2025 10:00:00 +0000", "1",
    ];

    private static readonly Gen<string> Texts =
        Gen.OneOf(
            Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)),
            ArbMap.Default.GeneratorFor<string>().Where(text => text is not null));

    [Fact]
    public void Nothing_makes_a_parser_fail() =>
        Prop.ForAll(Texts.ToArbitrary(), text =>
        {
            AuthenticationResultsHeader header = AuthenticationResultsHeader.Parse(text);
            _ = header.ToString();
            foreach (MethodResult result in header.Results)
            {
                _ = result.Domain + result.ClientAddress + result.Handling + result.CompositeReason;
            }

            _ = ReceivedSpf.Parse(text).Domain;
            _ = ReceivedHeader.Parse(text).ToString();
            _ = ForefrontAntispamReport.Parse(text).ConnectingAddress;
            return header.Findings.All(finding => finding.Position is null || (finding.Position >= 0 && finding.Position <= text.Length));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Theory]
    [InlineData("(")]
    [InlineData("(;")]
    [InlineData("\"")]
    [InlineData("\";")]
    [InlineData(" .a")]
    [InlineData("a = ")]
    [InlineData("a=(")]
    [InlineData(";=")]
    [InlineData("from ")]
    [InlineData("; 3 Jun")]
    [InlineData("a. ")]
    public void Long_values_are_read_to_their_end(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, 2_000_000 / piece.Length));

        AuthenticationResultsHeader header = AuthenticationResultsHeader.Parse(text);
        _ = ReceivedSpf.Parse(text);
        _ = ReceivedHeader.Parse(text);

        // A reader that went back to the beginning for each piece would not come to its end here.
        Assert.Equal(text, header.Raw);
    }
}
