using System.Globalization;
using System.Security.Cryptography;
using Dmarc.Tests.Standards.Dkim;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Conformance;

/// <summary>The keys that the conformance data of this project is signed with. They are published here and protect nothing.</summary>
internal static class ConformanceKeys
{
    /// <summary>The numbers of an RSAPrivateKey (RFC 8017 A.1.2) are read by hand, because the .NET Framework reads no PEM.</summary>
    public static TestSigner Rsa(int bits)
    {
        string name = "rsa-" + bits.ToString(CultureInfo.InvariantCulture) + ".pem";
        string[] lines = File.ReadAllLines(TestFiles.Repository("tests", "Dmarc.Tests", "Conformance", "keys", name));
        byte[] der = Convert.FromBase64String(string.Concat(lines.Where(line => line.Length > 0 && line[0] != '-')));
        int position = 0;
        _ = Length(der, ref position);
        List<byte[]> numbers = [];
        while (position < der.Length)
        {
            int length = Length(der, ref position);
            numbers.Add([.. der.Skip(position).Take(length).SkipWhile(octet => octet == 0)]);
            position += length;
        }

        int size = numbers[1].Length;
        byte[] Padded(int index, int length) => [.. new byte[length - numbers[index].Length], .. numbers[index]];
        RSA rsa = RSA.Create();
        rsa.ImportParameters(new RSAParameters
        {
            Modulus = numbers[1],
            Exponent = numbers[2],
            D = Padded(3, size),
            P = Padded(4, (size + 1) / 2),
            Q = Padded(5, (size + 1) / 2),
            DP = Padded(6, (size + 1) / 2),
            DQ = Padded(7, (size + 1) / 2),
            InverseQ = Padded(8, (size + 1) / 2),
        });
        return TestSigner.FromRsa(rsa);
    }

    /// <summary>Skips a tag, and reads the length behind it.</summary>
    private static int Length(byte[] der, ref int position)
    {
        position++;
        int length = der[position++];
        if (length < 0x80)
        {
            return length;
        }

        int count = length & 0x7F;
        length = 0;
        for (int i = 0; i < count; i++)
        {
            length = (length << 8) | der[position++];
        }

        return length;
    }

    public static TestSigner Ed { get; } = TestSigner.Ed(11);
}

/// <summary>A case of the conformance data.</summary>
/// <param name="Spec">The section of the standard.</param>
/// <param name="Description">What it is about.</param>
/// <param name="Message">The message, with LF.</param>
/// <param name="Expected">The result in the words of the standard.</param>
internal sealed record ConformanceCase(string Spec, string Description, string Message, string Expected);

/// <summary>Cases that share a zone.</summary>
/// <param name="Description">What they are about.</param>
/// <param name="Records">The TXT records.</param>
/// <param name="Cases">The cases by name.</param>
internal sealed record ConformanceGroup(string Description, Dictionary<string, string[]> Records, Dictionary<string, ConformanceCase> Cases);
