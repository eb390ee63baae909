using System.Security.Cryptography;
using Dmarc.Tests.Dkim;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Conformance;

/// <summary>The keys that the conformance data of this project is signed with. They are published here and protect nothing.</summary>
internal static class ConformanceKeys
{
    public static TestSigner Rsa(int bits)
    {
        RSA rsa = RSA.Create();
        rsa.ImportFromPem(File.ReadAllText(TestFiles.Repository("tests", "Dmarc.Tests", "Conformance", "keys", "rsa-" + bits + ".pem")));
        return TestSigner.FromRsa(rsa);
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
