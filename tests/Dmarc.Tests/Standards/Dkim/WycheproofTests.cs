using Dmarc.Libraries;
using Dmarc.Standards.Dkim;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Standards.Dkim;

/// <summary>Signatures of Ed25519 that Project Wycheproof published: good ones, and those by which verifiers were deceived.</summary>
public class WycheproofTests
{
    private static string[][] Vectors { get; } =
    [
        .. File.ReadAllLines(TestFiles.Repository("tests", "Dmarc.Tests", "Standards", "Dkim", "Data", "wycheproof-ed25519.txt"))
            .Where(line => !line.StartsWith("#", StringComparison.Ordinal))
            .Select(line => line.Split(' ')),
    ];

    public static TheoryData<string, string, string> Numbers()
    {
        TheoryData<string, string, string> data = [];
        foreach (string[] vector in Vectors)
        {
            data.Add(vector[0], vector[1], vector[2]);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_signature_verifies_where_it_is_valid_and_nowhere_else(string number, string result, string flags)
    {
        string[] vector = Assert.Single(Vectors, vector => vector[0] == number);
        bool isValid = LibraryAdapters.Get<IEd25519>().Verify(Bytes(vector[3]), Bytes(vector[5]), Bytes(vector[4]));
        Assert.True(isValid == (result == "valid"), $"{number} ({flags}) is {result}.");
    }

    [Fact]
    public void All_are_there()
    {
        Assert.Equal(151, Vectors.Length);
        Assert.Equal(88, Vectors.Count(vector => vector[1] == "valid"));
    }

    private static byte[] Bytes(string hex) => hex == "-" ? [] : Convert.FromHexString(hex);
}
