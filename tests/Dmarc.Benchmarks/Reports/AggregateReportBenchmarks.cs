using System.Globalization;
using System.Text;
using System.Xml;
using BenchmarkDotNet.Attributes;
using Dmarc.Domains;
using Dmarc.Reports.Reading;

namespace Dmarc.Benchmarks.Reports;

/// <summary>Rows of an aggregate report against a bare pass of <see cref="XmlReader"/> over the same bytes, which is the limit.</summary>
[MemoryDiagnoser]
public class AggregateReportBenchmarks
{
    private readonly DmarcReportReader _reader = new(new SameDomain());
    private byte[] _report = [];

    /// <summary>How many records the report has.</summary>
    [Params(1000, 20000)]
    public int Records { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        StringBuilder xml = new(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feedback>\n  <version>1.0</version>\n  <report_metadata>\n    <org_name>Reporter</org_name>\n"
            + "    <email>dmarc@reporter.example</email>\n    <report_id>1</report_id>\n    <date_range>\n      <begin>1700000000</begin>\n"
            + "      <end>1700086399</end>\n    </date_range>\n  </report_metadata>\n  <policy_published>\n    <domain>example.com</domain>\n"
            + "    <p>reject</p>\n  </policy_published>\n");
        for (int i = 0; i < Records; i++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"""
                  <record>
                    <row>
                      <source_ip>192.0.{i / 250 % 250}.{i % 250}</source_ip>
                      <count>{i % 100}</count>
                      <policy_evaluated>
                        <disposition>none</disposition>
                        <dkim>pass</dkim>
                        <spf>fail</spf>
                      </policy_evaluated>
                    </row>
                    <identifiers>
                      <envelope_from>bounce.example.com</envelope_from>
                      <header_from>example.com</header_from>
                    </identifiers>
                    <auth_results>
                      <dkim>
                        <domain>example.com</domain>
                        <selector>s1</selector>
                        <result>pass</result>
                      </dkim>
                      <spf>
                        <domain>bounce.example.com</domain>
                        <scope>mfrom</scope>
                        <result>softfail</result>
                      </spf>
                    </auth_results>
                  </record>

                """);
        }

        _report = Encoding.UTF8.GetBytes(xml.Append("</feedback>\n").ToString());
    }

    [Benchmark(Baseline = true)]
    public int BareXmlReader()
    {
        int nodes = 0;
        using XmlReader reader = XmlReader.Create(
            new MemoryStream(_report),
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, IgnoreWhitespace = true, IgnoreComments = true });
        while (reader.Read())
        {
            nodes++;
        }

        return nodes;
    }

    [Benchmark]
    public long Rows()
    {
        long messages = 0;
        foreach (ReportReadItem item in _reader.ReadBytes(_report, "benchmark"))
        {
            messages += item.Row?.Count ?? 0;
        }

        return messages;
    }

    [Benchmark]
    public int RowsWithFindings()
    {
        int findings = 0;
        foreach (ReportReadItem item in _reader.ReadBytes(_report, "benchmark"))
        {
            findings += item.Row?.Findings.Count ?? 0;
        }

        return findings;
    }

    private sealed class SameDomain : IOrganizationalDomainSource
    {
        public DomainName GetOrganizationalDomain(DomainName name) => name.LabelCount > 2 ? name.KeepLast(2) : name;
    }
}
