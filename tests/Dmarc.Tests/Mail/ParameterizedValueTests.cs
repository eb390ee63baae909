using Dmarc.Mail;

namespace Dmarc.Tests.Mail;

public class ParameterizedValueTests
{
    [Theory]
    [InlineData("text/plain; charset=us-ascii (Plain text)", "text/plain", "charset", "us-ascii")]
    [InlineData("text/plain; CHARSET=\"utf-8\"", "text/plain", "charset", "utf-8")]
    [InlineData("text/plain;charset = utf-8 ;x=y", "text/plain", "charset", "utf-8")]
    [InlineData("application/zip; name=a b c.zip; x=y", "application/zip", "name", "a b c.zip")]
    [InlineData("multipart/mixed; boundary=\"a;b=c\\\"d\"", "multipart/mixed", "boundary", "a;b=c\"d")]
    [InlineData("attachment; filename=\"C:\\reports\\x.zip\"", "attachment", "filename", "C:\\reports\\x.zip")]
    [InlineData("multipart/mixed; boundary=\"unclosed", "multipart/mixed", "boundary", "unclosed")]
    [InlineData("a/b; x=1; x=2", "a/b", "x", "1")]
    // RFC 2231 §3, §4, §4.1
    [InlineData("message/external-body; URL*0=\"ftp://\"; URL*1=\"cs.utk.edu/pub\"", "message/external-body", "url", "ftp://cs.utk.edu/pub")]
    [InlineData("application/x-stuff; title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A", "application/x-stuff", "title", "This is ***fun***")]
    [InlineData("a/b; title*1*=%2A%2A%2Afun%2A%2A%2A%20; title*0*=us-ascii'en'This%20is%20even%20more%20; title*2=\"isn't it!\"", "a/b", "title", "This is even more ***fun*** isn't it!")]
    [InlineData("attachment; filename*=UTF-8''Gr%C3%BC%C3%9Fe.xml; filename=\"Gruesse.xml\"", "attachment", "filename", "Grüße.xml")]
    [InlineData("attachment; filename=\"=?utf-8?Q?Gr=C3=BC=C3=9Fe.xml?=\"", "attachment", "filename", "Grüße.xml")]
    public void Parameters_are_read(string text, string value, string name, string expected)
    {
        ParameterizedValue parsed = ParameterizedValue.Parse(text);
        Assert.Equal(value, parsed.Value);
        Assert.Equal(expected, parsed.GetParameter(name));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(";;;=;=")]
    [InlineData("a; *=b; *0=c; x*99999999999=d; y*-1=e; =f")]
    [InlineData("(((")]
    [InlineData("a/b; x=\"\\")]
    public void Broken_ones_are_read_without_a_throw(string? text) => Assert.Null(ParameterizedValue.Parse(text).GetParameter("boundary"));
}
