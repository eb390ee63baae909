using System.Xml;
using Dmarc.Reports;
using Dmarc.Reports.Aggregate;

namespace Dmarc.Tests.Reports.Aggregate;

public class CountingNameTableTests
{
    [Fact]
    public void Known_names_are_the_constants_whatever_a_reader_adds()
    {
        string[] constants =
            [ReportVocabulary.Feedback, ReportVocabulary.Record, ReportVocabulary.SourceIP, ReportVocabulary.P];
        using XmlReader reader = XmlReader.Create(
            new StringReader("<feedback><record><source_ip/><p/><other/></record></feedback>"),
            new XmlReaderSettings { NameTable = new CountingNameTable() });
        List<string> names = [];
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                names.Add(reader.LocalName);
            }
        }

        Assert.Equal([.. constants, "other"], names);
        Assert.All(constants, (constant, index) => Assert.Same(constant, names[index]));
        Assert.All(ReportVocabulary.Names, name => Assert.Same(ReportVocabulary.Find(name.ToUpperInvariant()), name));
    }
}
