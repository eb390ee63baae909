using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Dmarc.Tests.Standards.Dmarc;

public class DmarcDiscovererTests
{
    private static Task<DmarcDiscovery> DiscoverAsync(IDnsResolver resolver, string domain, DiscoveryMethod method = DiscoveryMethod.TreeWalk) =>
        new DmarcDiscoverer(resolver, method).DiscoverAsync(DomainName.Parse(domain));

    [Fact]
    public async Task Sends_every_query_before_it_waits_for_an_answer()
    {
        GatedResolver resolver = new(9);

        Task<DmarcDiscovery> discovery = DiscoverAsync(resolver, "a.b.c.d.e.f.g.h.example.com");
        await resolver.AllAsked.WaitAsync(TimeSpan.FromSeconds(20));
        resolver.Open();

        Assert.Equal(DmarcRecordStatus.DomainNotFound, (await discovery).Status);
    }

    [Fact]
    public async Task Reports_the_walk_in_order_and_only_up_to_its_stop()
    {
        FakeResolver resolver = new FakeResolver()
            .Txt("_dmarc.b.example.com", "v=DMARC1; p=reject; psd=n")
            .Txt("_dmarc.example.com", "v=DMARC1; p=none; rua=mailto:x@example.com")
            .Txt("_dmarc.com", "v=DMARC1; p=none; psd=y")
            .Address("a.b.example.com", "192.0.2.1");
        DmarcDiscovery discovery = await DiscoverAsync(resolver, "a.b.example.com");

        Assert.Equal(["_dmarc.a.b.example.com", "_dmarc.b.example.com"], discovery.Walk.Select(step => step.QueryName));
        Assert.Equal("b.example.com", discovery.RecordDomain!.ToString());
        Assert.Equal("b.example.com", discovery.OrganizationalDomain!.ToString());
        Assert.Equal(DmarcRecordStatus.Inherited, discovery.Status);
    }

    [Theory]
    [InlineData("§4.10.1 own record", "example.com", DmarcRecordStatus.Found)]
    [InlineData("§4.10.1 organisation's record", "sub.example.com", DmarcRecordStatus.Inherited)]
    [InlineData("§4.10 several records", "several.test", DmarcRecordStatus.Multiple)]
    [InlineData("§4.7 wrong version", "mistaken.test", DmarcRecordStatus.Invalid)]
    [InlineData("§4.10.1 no policy, no rua", "nopolicy.test", DmarcRecordStatus.Invalid)]
    [InlineData("RFC 6376 §3.2 duplicate tag", "duplicate.test", DmarcRecordStatus.Invalid)]
    [InlineData("nothing", "nothing.test", DmarcRecordStatus.NotFound)]
    [InlineData("no such domain", "ghost.test", DmarcRecordStatus.DomainNotFound)]
    public async Task Tells_how_the_search_ended(string section, string domain, DmarcRecordStatus expected)
    {
        FakeResolver resolver = new FakeResolver()
            .Txt("_dmarc.example.com", "v=DMARC1; p=reject")
            .Txt("_dmarc.several.test", "v=DMARC1; p=reject", "v=DMARC1; p=none")
            .Txt("_dmarc.mistaken.test", "v=dmarc1; p=reject")
            .Txt("_dmarc.nopolicy.test", "v=DMARC1; adkim=s")
            .Txt("_dmarc.duplicate.test", "v=DMARC1; p=none; p=none")
            .Address("nothing.test", "192.0.2.1");

        Assert.NotEmpty(section);
        Assert.Equal(expected, (await DiscoverAsync(resolver, domain)).Status);
    }

    [Theory]
    [InlineData(DnsStatus.Timeout, DnsFailure.Timeout)]
    [InlineData(DnsStatus.ServFail, DnsFailure.ServerFailure)]
    [InlineData(DnsStatus.Refused, DnsFailure.Refused)]
    [InlineData(DnsStatus.Malformed, DnsFailure.Malformed)]
    [InlineData(DnsStatus.NetworkError, DnsFailure.NetworkError)]
    public async Task A_failed_look_up_is_never_an_absent_record(DnsStatus failure, DnsFailure expected)
    {
        FakeResolver own = new FakeResolver().Fails("_dmarc.sub.example.com", failure).Txt("_dmarc.example.com", "v=DMARC1; p=reject");
        FakeResolver above = new FakeResolver().Fails("_dmarc.example.com", failure).Address("sub.example.com", "192.0.2.1");
        FakeResolver top = new FakeResolver().Fails("_dmarc.com", failure);

        foreach (FakeResolver resolver in new[] { own, above, top })
        {
            DmarcDiscovery discovery = await DiscoverAsync(resolver, "sub.example.com");
            Assert.Equal((DmarcRecordStatus.DnsFailure, expected), (discovery.Status, discovery.DnsFailure));
            Assert.Null(discovery.Policy);
            Assert.Null(discovery.OrganizationalDomain);
        }
    }

    [Fact]
    public async Task A_failure_at_a_public_suffix_does_not_hide_the_record_below_it()
    {
        FakeResolver resolver = new FakeResolver().Txt("_dmarc.example.com", "v=DMARC1; p=reject").Fails("_dmarc.com", DnsStatus.ServFail);
        DmarcDiscovery discovery = await DiscoverAsync(resolver, "sub.example.com");

        Assert.Equal(DmarcRecordStatus.Inherited, discovery.Status);
        Assert.Equal("example.com", discovery.OrganizationalDomain!.ToString());
        Assert.False(discovery.IsOrganizationalDomainUncertain);
    }

    [Fact]
    public async Task A_failure_above_an_own_record_leaves_its_policy_but_makes_alignment_uncertain()
    {
        FakeResolver resolver = new FakeResolver()
            .Txt("_dmarc.sub.example.com", "v=DMARC1; p=reject")
            .Fails("_dmarc.example.com", DnsStatus.Timeout);
        DmarcEvaluator evaluator = new(resolver);
        DomainName author = DomainName.Parse("sub.example.com");

        DmarcEvaluation same = await evaluator.EvaluateAsync(author, [], [new(author, AuthenticationResult.Pass)]);
        DmarcEvaluation other = await evaluator.EvaluateAsync(author, [], [new(DomainName.Parse("example.com"), AuthenticationResult.Pass)]);
        DmarcEvaluation none = await evaluator.EvaluateAsync(author, [], []);

        Assert.Equal(DmarcResult.Pass, same.Result);
        Assert.Equal(DmarcResult.TempError, other.Result);
        Assert.Equal(DmarcResult.Fail, none.Result);
        Assert.Equal(DmarcPolicy.Reject, none.Disposition);
    }

    [Fact]
    public async Task Existence_that_is_not_known_takes_sp_and_not_np()
    {
        FakeResolver resolver = new FakeResolver()
            .Txt("_dmarc.example.com", "v=DMARC1; p=reject; sp=quarantine; np=none")
            .Fails("sub.example.com", DnsStatus.ServFail);
        DmarcDiscovery discovery = await DiscoverAsync(resolver, "sub.example.com");

        Assert.Null(discovery.DomainExists);
        Assert.Equal(DmarcPolicy.Quarantine, discovery.Policy);
        Assert.Equal("sp", discovery.PolicyTag);
    }

    // The five places where RFC 9989 leaves a choice: see docs/decisions.
    [Theory]
    [InlineData("a tag without a value", "v=DMARC1; p=reject; sp; rua", DmarcPolicy.Reject)]
    [InlineData("an empty tag", "v=DMARC1;; p=reject;;", DmarcPolicy.Reject)]
    [InlineData("a duplicate tag", "v=DMARC1; p=none; p=reject", null)]
    [InlineData("white space before the version", " v=DMARC1; p=reject", null)]
    [InlineData("tag names in capitals", "V=DMARC1; P=reject", DmarcPolicy.Reject)]
    public async Task Decides_where_the_standard_is_open(string point, string record, DmarcPolicy? expected)
    {
        Assert.NotEmpty(point);
        Assert.Equal(expected, (await DiscoverAsync(new FakeResolver().Txt("_dmarc.example.com", record), "example.com")).Policy);
    }

    [Fact]
    public async Task The_public_suffix_list_takes_two_queries_and_leaves_out_what_is_between()
    {
        FakeResolver resolver = new FakeResolver()
            .Txt("_dmarc.b.example.co.uk", "v=DMARC1; p=none")
            .Txt("_dmarc.example.co.uk", "v=DMARC1; p=reject; sp=quarantine; np=none; t=y; pct=20");
        DmarcDiscovery discovery = await DiscoverAsync(resolver, "a.b.example.co.uk", DiscoveryMethod.PublicSuffixList);

        Assert.Equal(["_dmarc.a.b.example.co.uk", "_dmarc.example.co.uk"], discovery.Walk.Select(step => step.QueryName));
        Assert.Equal("example.co.uk", discovery.RecordDomain!.ToString());
        Assert.Equal(DmarcPolicy.Quarantine, discovery.Policy);
        Assert.Equal(DmarcPolicy.Quarantine, discovery.AppliedPolicy);
    }

    [Fact]
    public void Ends_whatever_the_answers_are()
    {
        string[] texts =
        [
            "v=DMARC1; p=none", "v=DMARC1; psd=y", "v=DMARC1; p=reject; psd=n", "v=DMARC1", "v=DMARC1; p=none; p=none", "v=dmarc1", "", "\0", "v=DMARC1; p=x; rua=mailto:a@b.example",
        ];
        Gen<(string[] Texts, DnsStatus Status)[]> answers =
            from count in Gen.Choose(1, 9)
            from list in Gen.ArrayOf(
                from size in Gen.Choose(0, 3)
                from some in Gen.ArrayOf(Gen.Elements(texts), size)
                from status in Gen.Elements(Enum.GetValues<DnsStatus>())
                select (some, status),
                count)
            select list;
        Gen<string> names = from labels in Gen.Choose(1, 40) select string.Join(".", Enumerable.Range(0, labels).Select(number => "n" + number));
        Prop.ForAll((from name in names from list in answers select (name, list)).ToArbitrary(), test =>
        {
            FakeResolver resolver = new();
            DomainName name = DomainName.Parse(test.name);
            int index = 0;
            foreach (DomainName each in name.SelfAndAncestors())
            {
                (string[] some, DnsStatus status) = test.list[index++ % test.list.Length];
                resolver = status.IsAnswer() ? resolver.Txt("_dmarc." + each, some) : resolver.Fails("_dmarc." + each, status);
            }

            DmarcDiscovery discovery = new DmarcDiscoverer(resolver).DiscoverAsync(name).GetAwaiter().GetResult();
            DmarcRecordResult result = new DmarcRecordInspector(resolver).InspectAsync(name).GetAwaiter().GetResult();
            return discovery.Walk.Count is > 0 and <= 8
                && discovery.Status == result.Status
                && (discovery.OrganizationalDomain is null || name.IsEqualToOrBelow(discovery.OrganizationalDomain))
                && (discovery.Policy is null || discovery.Record is not null);
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>Holds every answer back until it is opened, and tells when so many questions have come.</summary>
    private sealed class GatedResolver(int expected) : IDnsResolver
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;

        public Task AllAsked => _asked.Task;

        public void Open() => _open.SetResult();

        public async ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default)
        {
            if (Interlocked.Increment(ref _count) == expected)
            {
                _asked.SetResult();
            }

            await _open.Task;
            return new DnsResponse(name, type, DnsStatus.NxDomain);
        }
    }
}
