using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Text;

/// <summary>Whatever a table holds, it is read in proportion to its size.</summary>
[Collection(GrowthTestsAlone.Name)]
public class CsvGrowthTests
{
    [Theory]
    [InlineData("\"d.test\",\"v=spf1 -all\"\n")]
    [InlineData("\"d.test\",\"v=spf1 -all\n")]
    [InlineData("d.test,\"x\n")]
    [InlineData("x\",\",z\n")]
    [InlineData("\"\"\"\",b\"\"\n")]
    [InlineData("\"\"\",\"\"\n")]
    [InlineData("\"\n")]
    [InlineData("\"")]
    [InlineData(",")]
    [InlineData("\n")]
    public void Time_grows_with_the_text(string line) => Growth.IsLinear(64 * 1024 / line.Length, size =>
    {
        string text = "a,b\n" + string.Concat(Enumerable.Repeat(line, size));
        return () => _ = new CsvReader(new StringReader(text)).Read().Count();
    });
}
