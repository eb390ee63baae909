using System.Text;
using Dmarc.Reports;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Reports;

/// <summary>What only looks like a report: an error without alarm where a report was asked for, and nothing in other mail.</summary>
public class NoReportTests
{
    private const string Xhtml =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">\n"
        + "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><p>Hi</p></body></html>";

    private const string Svg =
        "<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>";

    public static TheoryData<string, string> Others => new()
    {
        { "XHTML", Xhtml },
        { "SVG", Svg },
        { "a page with an element of a similar name", "<!DOCTYPE html><html><body>hi<feedback-widget></feedback-widget></body></html>" },
        { "a page without a type", "<html><body><feedback-form/></body></html>" },
        { "XHTML with a form", Xhtml.Replace("<p>Hi</p>", "<feedback-form>give</feedback-form>", StringComparison.Ordinal) },
        { "XHTML with an element of the same name", Xhtml.Replace("<p>Hi</p>", "<feedback>give</feedback>", StringComparison.Ordinal) },
        { "XHTML with a comment", Xhtml.Replace("<p>Hi</p>", "<!-- <feedback> -->", StringComparison.Ordinal) },
        { "XHTML with a script", Xhtml.Replace("<p>Hi</p>", "<script>var a=\"<feedback>\"</script>", StringComparison.Ordinal) },
        { "SVG with an element of the same name", Svg.Replace("<path", "<feedback/><path", StringComparison.Ordinal) },
        { "SVG with a comment before it", Svg.Replace("<!DOCTYPE", "<!-- <feedback> -->\n<!DOCTYPE", StringComparison.Ordinal) },
        { "a type with values in it", "<!DOCTYPE book [<!ENTITY a \"<feedback>\"><!ENTITY b '>]'>]><book>&a;</book>" },
        { "a namespace of a similar name", "<!DOCTYPE x><x xmlns:feedback=\"urn:x:feedback\"><feedback:form/></x>" },
        { "SVG without a type", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>" },
        { "a property list", "<?xml version=\"1.0\"?><!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\"><plist version=\"1.0\"><dict/></plist>" },
        { "a type in lower case", "<!doctype book [<!ENTITY x \"y\">]><book>&x;</book>" },
        { "a survey", "<survey><feedback>Very good.</feedback><record>1</record></survey>" },
        { "a guest book", "<feedback>Very good.</feedback>" },
        { "a schema", "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element name=\"feedback\"><xs:complexType><xs:complexContent><xs:extension base=\"x\"/></xs:complexContent></xs:complexType></xs:element></xs:schema>" },
        { "text about reports", "The root is <feedback and then <report_metadata>, as <feedback> says." },
        { "a program", "MZ\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0010\u0011\u0012<feedback>\u0000\u0000\u0000\u0001\u0002<record>\u0000\u0003\u0004\u0005" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void Alone_it_is_an_error_that_says_so(string because, string content)
    {
        ReadResult result = ReadResult.OfXml(content);

        Assert.True(result.Rows.Count == 0, because);
        Assert.Equal(ReportErrorIds.Unreadable, result.Problem.ErrorId);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void In_mail_beside_a_report_it_is_no_news(string because, string content)
    {
        string mail = "From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
            + Part("text/html", content) + Part("application/xml", SampleReport.Xml(SampleReport.Record())) + "--b--\n";
        ReadResult result = ReadResult.OfBytes(Encoding.ASCII.GetBytes(mail));

        Assert.True(result.Problems.Count == 0, because);
        Assert.Equal(2, result.Row.Count);
        Assert.DoesNotContain(result.Findings, finding => finding.Severity > Severity.Information);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void In_mail_alone_the_message_has_no_report(string because, string content)
    {
        ReadResult result = ReadResult.OfBytes(Encoding.ASCII.GetBytes("From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + Part("text/html", content) + "--b--\n"));

        Assert.True(result.Problems.Count == 1, because);
        Assert.Equal(ReportErrorIds.Unreadable, result.Problem.ErrorId);
    }

    [ConformanceFact]
    public void The_schema_of_RFC_9990_is_no_report() =>
        Assert.Equal(
            ReportErrorIds.Unreadable,
            ReadResult.OfFile(TestFiles.Conformance("reports", "aggregate", "rfc9990.xsd"), ReportTypes.Aggregate).Problem.ErrorId);

    [Theory]
    [InlineData("<!DOCTYPE feedback>")]
    [InlineData("<!-- a > b --><!DOCTYPE html>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"]>\">]>\n")]
    [InlineData("<?x <y> ?><!DOCTYPE x SYSTEM '>'>")]
    public void A_type_before_a_report_is_refused_whatever_it_is(string type)
    {
        string report = SampleReport.Xml(SampleReport.Record());
        string xml = type + report.Substring(report.IndexOf("<feedback", StringComparison.Ordinal));

        Assert.Equal(ReportErrorIds.DtdProhibited, ReadResult.OfXml(xml).Problem.ErrorId);
        Assert.Equal(ReportErrorIds.DtdProhibited, ReadResult.OfXml(xml.Replace("<feedback", "<a:feedback", StringComparison.Ordinal)).Problem.ErrorId);
        Assert.Equal(ReportErrorIds.DtdProhibited, ReadResult.OfXml(xml.Replace("<feedback", "<fedback", StringComparison.Ordinal)).Problem.ErrorId);
    }

    [Fact]
    public void A_report_with_a_type_is_refused() =>
        Assert.Equal(ReportErrorIds.DtdProhibited, ReadResult.OfXml("<!DOCTYPE feedback [<!ENTITY a \"b\">]>" + SampleReport.Xml(SampleReport.Record()).Substring(39)).Problem.ErrorId);

    [Fact]
    public void A_report_in_a_web_page_is_read() =>
        Assert.Equal(2, ReadResult.OfXml("<html><body>" + SampleReport.Wrap(SampleReport.Record()).Substring(39) + "</body></html>").Row.Count);

    private static string Part(string type, string content) =>
        "--b\nContent-Type: " + type + "\nContent-Transfer-Encoding: base64\n\n" + Convert.ToBase64String(Encoding.UTF8.GetBytes(content), Base64FormattingOptions.InsertLineBreaks) + "\n";
}
