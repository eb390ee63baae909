using Dmarc.Text;

namespace Dmarc.Tests.Text;

public class TagReaderTests
{
    [Theory]
    [InlineData("v=DMARC1; p=none", false, "v|DMARC1 p|none")]
    [InlineData(" a = 1 ;b= ;; c", false, "a|1 b| - c")]
    [InlineData("a=b=c;", false, "a|b=c -")]
    [InlineData("=x", false, "|x")]
    [InlineData("", false, "-")]
    [InlineData("a=1;\r\n b\r\n =2\r\n", true, "a|1 b|2")]
    [InlineData("a=1\r", false, "a|1\r")]
    public void Parts_are_split_and_trimmed(string text, bool isFolded, string expected)
    {
        List<string> found = [];
        TagReader reader = new(text, isFolded);
        while (reader.Read())
        {
            int equals = reader.EqualsSign;
            string name = text.Substring(reader.Start, reader.NameEnd(equals) - reader.Start);
            found.Add(reader.IsEmpty ? "-" : equals < 0 ? name : name + "|" + text.Substring(reader.ValueStart(equals), reader.End - reader.ValueStart(equals)));
            Assert.Equal(reader.IsLast, reader.Semicolon == text.Length);
        }

        Assert.Equal(expected, string.Join(" ", found));
    }
}
