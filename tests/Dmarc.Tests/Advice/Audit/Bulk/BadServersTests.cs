using Dmarc.Advice.Audit;
using Dmarc.Dns;
using Dmarc.Dns.Client;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.Audit.Bulk;

/// <summary>Domains whose servers answer, fail, refuse, say nothing, or do not fit into a datagram, all mixed: each has its row, in its place.</summary>
public sealed class BadServersTests : IDisposable
{
    private const int Domains = 36;

    private readonly TestDnsServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void No_row_is_lost_and_each_says_what_happened()
    {
        _server.Otherwise = new TestReply(Answer);
        using DnsResolver resolver =
            new(new DnsResolverOptions { Servers = [_server.Udp], Timeout = TimeSpan.FromSeconds(4) });
        MailDomainInspector inspector = new(resolver, new MailDomainOptions { Parts = MailDomainPart.All & ~MailDomainPart.Https, Selectors = ["s1"], ProbeValidation = false });
        List<MailDomainResult> rows = AuditRun.RowsOf(inspector, Enumerable.Range(0, Domains).Select(at => $"{(Kind)(at % 6)}-{at}.test"));

        Assert.Equal(Enumerable.Range(0, Domains).Select(at => $"{(Kind)(at % 6)}-{at}.test".ToLowerInvariant()), rows.Select(row => row.Domain));
        Assert.All(rows, row => Assert.Equal(Expected(row.Domain), (row.Status, row.DnsFailure, row.SpfRecord?.Length > 0, row.DmarcRecord?.Length > 0)));
    }

    private static (MailDomainStatus Status, DnsFailure? Failure, bool HasSpf, bool HasDmarc) Expected(string domain) => KindOf(domain) switch
    {
        Kind.Fails => (MailDomainStatus.DnsFailure, DnsFailure.ServerFailure, false, false),
        Kind.Lame => (MailDomainStatus.DnsFailure, DnsFailure.Refused, false, false),
        Kind.Silent => (MailDomainStatus.DnsFailure, DnsFailure.Timeout, false, false),
        Kind.Broken => (MailDomainStatus.Incomplete, DnsFailure.ServerFailure, false, true),
        _ => (MailDomainStatus.Complete, null, true, true),
    };

    private static IEnumerable<byte[]> Answer(TestQuestion question)
    {
        Kind kind = KindOf(question.Name);
        DnsMessageBuilder builder = question.Builder();
        bool isDmarc = question.Name.StartsWith("_dmarc.", StringComparison.OrdinalIgnoreCase);
        if (kind == Kind.Silent)
        {
            return [];
        }

        if (kind is Kind.Fails or Kind.Lame)
        {
            builder.ResponseCode = kind == Kind.Fails ? 2 : 5;
        }
        else if (kind == Kind.Broken && question.Type == DnsRecordType.TXT && !isDmarc && question.Name.Count(character => character == '.') == 1)
        {
            builder.ResponseCode = 2;
        }
        else if (kind == Kind.Large && !question.OverTcp)
        {
            builder.Flags |= 0x200;
        }
        else if (question.Type == DnsRecordType.TXT && isDmarc)
        {
            builder.Answer(DnsMessageBuilder.Txt(question.Name, "v=DMARC1; p=reject"));
        }
        else if (question.Type == DnsRecordType.TXT && question.Name.Count(character => character == '.') == 1)
        {
            builder.Answer(DnsMessageBuilder.Txt(question.Name, "v=spf1 -all"));
        }

        return [builder.Build()];
    }

    private static Kind KindOf(string name)
    {
        int dash = name.LastIndexOf('-');
        int dot = dash < 0 ? -1 : name.LastIndexOf('.', dash);
        return dash >= 0 && Enum.TryParse(name[(dot + 1)..dash], true, out Kind kind) ? kind : Kind.Answers;
    }

    private enum Kind
    {
        Answers,
        Fails,
        Lame,
        Silent,
        Large,
        Broken,
    }
}
