using Dmarc.Tests.Conformance;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Standards.Arc;

/// <summary>The validation tests of the ARC test suite. What its tests of RSA with SHA-1 expect is what RFC 8301 says: it fails.</summary>
public class ArcConformanceTests
{
    private static string SuiteFile => TestFiles.Conformance("arc", "arc-draft-validation-tests.json");

    public static IEnumerable<object[]> Cases() => ConformanceSuite.Names(SuiteFile).Select(one => new object[] { one.Group, one.Name });

    [ConformanceTheory]
    [MemberData(nameof(Cases))]
    public Task Suite(int scenario, string name) => ConformanceSuite.CheckArcAsync(SuiteFile, scenario, name);
}
