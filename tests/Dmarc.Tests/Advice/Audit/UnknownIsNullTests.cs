using System.Collections;
using System.Globalization;
using System.Net;
using System.Reflection;
using Dmarc.Advice.Audit;
using Dmarc.Advice.DirectSend;
using Dmarc.Advice.Messages;
using Dmarc.Advice.Messages.BulkSenders;
using Dmarc.Advice.Records;
using Dmarc.Advice.Rollout;
using Dmarc.Advice.Sources;
using Dmarc.Catalogue;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Audit;

/// <summary>
/// What is not known is null: after a failed look-up no property of any result says something that the same domain does not say when all is
/// answered. Two domains whose every answer differs are looked at, so that a default that one of them happens to have is noticed at the other.
/// </summary>
public class UnknownIsNullTests
{
    private const string Domain = "contoso.com";

    /// <summary>What is told of a failed look-up, or is no statement about the domain.</summary>
    private static readonly string[] FailureWords = ["Unknown", "Incomplete", "NotChecked", "TempError", "Unreachable", "Temporary", "LookupFailed", "IncompleteAnswer"];

    private static readonly string[] NoStatements =
    [
        "ErrorCount", "WarningCount", "FailedParts", "Severity", "Source", "ServiceSign", "DiscoveryMethod", "IsPublished", "Cause", "Kind", "TimeToLive",
    ];

    /// <summary>Two services instead of all, whose records are asked for once for each question that fails.</summary>
    private static readonly SourceInspectorOptions Few = new()
    {
        Services = SendingServices.Read(new StringReader("[Microsoft 365]\nspf: spf.protection.outlook.com\n[Contoso Mail]\nspf: _spf.contoso.com\n")),
    };

    /// <summary>SPF counts what it could follow, and says which of its terms could not be.</summary>
    private static readonly Dictionary<string, Func<IDnsResolver, Task<object>>> Commands = new()
    {
        ["Get-DmarcRecord"] = async resolver => await new DmarcRecordInspector(resolver).InspectAsync(DomainName.Parse(Domain)),
        ["Get-DkimRecord"] = async resolver => await new DkimKeyInspector(resolver).InspectAsync(DomainName.Parse(Domain), ["s1"]),
        ["Get-DkimRecord of well-known selectors"] = async resolver => await new DkimKeyInspector(resolver).InspectAsync(DomainName.Parse(Domain)),
        ["Test-MailDomain"] = async resolver => (await PostureBed.InspectAsync(resolver)) with { Spf = null },
        ["Test-DmarcAlignment"] = async resolver => await new MessageAssessor(resolver).AssessAsync(new MessageIdentifiers
        {
            From = "a@" + Domain,
            MailFrom = "b@bounce." + Domain,
            SpfResult = AuthenticationResult.Pass,
            DkimDomains = ["mail." + Domain],
            DkimResults = [AuthenticationResult.Pass],
        }),
        ["Resolve-DmarcSource"] = async resolver => await new SourceInspector(resolver, Few).InspectAsync("203.0.113.1", Domain),
        ["Get-DmarcRollout"] = async resolver => new RolloutAdvisor().Advise(
            new RolloutObservations(Domain),
            await new DmarcRecordInspector(resolver).InspectAsync(DomainName.Parse(Domain))),
        ["Test-DirectSendExposure"] = async resolver => await new DirectSendInspector(resolver).InspectAsync(DomainName.Parse(Domain)),
    };

    /// <summary>SPF with what its terms cost left out, which says itself what is not known of it.</summary>
    private static readonly Dictionary<string, Func<IDnsResolver, Task<object>>> All = new(Commands)
    {
        ["Test-SpfRecord"] = async resolver => (await new SpfAnalyzer(resolver).AnalyzeAsync(DomainName.Parse(Domain))) with { Terms = [] },
        ["Test-SpfRecord of an address"] = async resolver =>
        {
            SpfAnalyzer analyzer = new(resolver);
            SpfResult analysis = await analyzer.AnalyzeAsync(DomainName.Parse(Domain));
            return await analyzer.EvaluateAsync(analysis, IPAddress.Parse("192.0.2.77")) with { Terms = [] };
        },
        ["Test-MailDomain"] = async resolver => await PostureBed.InspectAsync(resolver),
    };

    public static TheoryData<string, DnsStatus> Rows() => RowsOf(Commands.Keys);

    public static TheoryData<string, DnsStatus> AllRows() => RowsOf(All.Keys);

    private static TheoryData<string, DnsStatus> RowsOf(IEnumerable<string> commands)
    {
        TheoryData<string, DnsStatus> rows = [];
        foreach (string command in commands)
        {
            foreach (DnsStatus failure in new[] { DnsStatus.Timeout, DnsStatus.ServFail, DnsStatus.Refused, DnsStatus.Malformed, DnsStatus.NetworkError })
            {
                rows.Add(command, failure);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task No_property_says_what_is_not_known_where_nothing_is_answered(string command, DnsStatus failure)
    {
        Dictionary<string, HashSet<string>> one = Read(await Commands[command](Unusual()));
        Dictionary<string, HashSet<string>> other = Read(await Commands[command](Usual()));
        Dictionary<string, HashSet<string>> failed = Read(await Commands[command](new FailingResolver(new FakeResolver(), null, failure)));
        foreach ((string path, HashSet<string> values) in failed)
        {
            foreach (string value in values.Where(value => !IsFailureWord(value)))
            {
                Assert.True(Holds(one, path, value) && Holds(other, path, value), command + ": " + path + " says " + value);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task No_property_says_anything_else_where_one_look_up_fails(string command, DnsStatus failure)
    {
        foreach (FakeResolver bed in new[] { Unusual(), Usual() })
        {
            Dictionary<string, HashSet<string>> whole = Read(await Commands[command](bed));
            foreach ((string Name, DnsRecordType Type) question in bed.Queries.Distinct().ToArray())
            {
                Dictionary<string, HashSet<string>> part = Read(await Commands[command](new FailingResolver(bed, question, failure)));
                foreach ((string path, HashSet<string> values) in part)
                {
                    foreach (string value in values.Where(value => !IsFailureWord(value)))
                    {
                        Assert.True(Holds(whole, path, value), command + " without " + question + ": " + path + " says " + value);
                    }
                }
            }
        }
    }

    /// <summary>A script that asks for DnsFailure misses no answer that a failed look-up decided or withheld.</summary>
    [Theory]
    [MemberData(nameof(AllRows))]
    public async Task What_is_withheld_has_the_failure_beside_it(string command, DnsStatus failure)
    {
        foreach (FakeResolver bed in new[] { Unusual(), Usual() })
        {
            Dictionary<string, HashSet<string>> whole = Withheld(await All[command](bed), out _);
            foreach ((string Name, DnsRecordType Type) question in bed.Queries.Distinct().ToArray())
            {
                Dictionary<string, HashSet<string>> part = Withheld(
                    await All[command](new FailingResolver(bed, question, failure)), out Dictionary<string, DnsFailure?> failures);
                foreach ((string path, DnsFailure? told) in failures)
                {
                    string what = command + " without " + question + ": " + path;
                    Assert.True(told is null || told == failure.ToDnsFailure(), what + " says " + told);
                    IEnumerable<string> lost = part[path].Except(whole.TryGetValue(path, out HashSet<string>? before) ? before : part[path]);
                    Assert.True(told is not null || !lost.Any(), what + " has no failure, but withholds " + string.Join(", ", lost));
                }
            }
        }
    }

    /// <summary>The result and its parts that have a failure beside what they say: by the path to each what it does not say.</summary>
    private static Dictionary<string, HashSet<string>> Withheld(object result, out Dictionary<string, DnsFailure?> failures)
    {
        Dictionary<string, HashSet<string>> withheld = [];
        Dictionary<string, DnsFailure?> found = [];
        Walk(result, "");
        failures = found;
        return withheld;

        void Walk(object? value, string path)
        {
            if (value is not null and not string and IEnumerable items)
            {
                int index = 0;
                foreach (object? item in items)
                {
                    Walk(item, path + "[" + index++ + "]");
                }
            }

            PropertyInfo[] properties = value?.GetType().Namespace?.StartsWith("Dmarc", StringComparison.Ordinal) != true ? []
                : [.. value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(each => each.GetIndexParameters().Length == 0)];
            PropertyInfo? failure = properties.FirstOrDefault(each => each.Name == nameof(DnsFailure));
            if (failure is not null)
            {
                found[path] = (DnsFailure?)failure.GetValue(value);
                withheld[path] =
                [
                    .. properties
                        .Where(each => each != failure && each.GetValue(value) is null or DBNull or AuthenticationResult.TempError or nameof(DnsFailure)
                            || each.GetValue(value) is { } part && part.GetType().IsEnum && part.ToString() == nameof(DnsFailure))
                        .Select(each => each.Name),
                ];
            }

            foreach (PropertyInfo property in properties.Where(each => typeof(IEnumerable).IsAssignableFrom(each.PropertyType) || failure is not null))
            {
                Walk(property.GetValue(value) is Enum or bool or string ? null : property.GetValue(value), path + "." + property.Name);
            }
        }
    }

    /// <summary>An empty text says that there is nothing. What an answered domain has is null if it could not be asked for.</summary>
    [Theory]
    [MemberData(nameof(Rows))]
    public async Task No_text_is_empty_where_it_is_not_known(string command, DnsStatus failure)
    {
        Dictionary<string, string> known = ReadTexts(await Commands[command](Unusual()));
        Dictionary<string, string> failed = ReadTexts(await Commands[command](new FailingResolver(new FakeResolver(), null, failure)));

        Assert.Empty(failed.Where(text => text.Value.Length == 0 && known.TryGetValue(text.Key, out string? value) && value.Length > 0).Select(text => text.Key));
    }

    /// <summary>Every public result type that a command gives has a row here.</summary>
    [Fact]
    public void No_result_type_is_left_out()
    {
        Type[] results =
        [
            .. typeof(DmarcRecordResult).Assembly.GetExportedTypes()
                .Where(type => type.Name.EndsWith("Result", StringComparison.Ordinal)
                    && type.GetProperty("Domain") is not null
                    && type.GetProperty("Status") is { } status
                    && (Nullable.GetUnderlyingType(status.PropertyType) ?? status.PropertyType) is { IsEnum: true } kind
                    && Enum.GetNames(kind).Contains(nameof(DnsFailure))),
        ];

        Assert.Equal(
            ["DirectSendResult", "DkimKeyResult", "DmarcRecordResult", "MailDomainResult", "RolloutResult", "SpfResult"],
            results.Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    /// <summary>The texts of a result and of the parts that it has one of, by the path to each.</summary>
    private static Dictionary<string, string> ReadTexts(object result, string path = "")
    {
        Dictionary<string, string> texts = [];
        foreach (PropertyInfo property in result.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(each => each.GetIndexParameters().Length == 0))
        {
            switch (property.GetValue(result))
            {
                case string text:
                    texts[path + property.Name] = text;
                    break;
                case { } part and not IEnumerable when part.GetType().Namespace!.StartsWith("Dmarc", StringComparison.Ordinal) && !part.GetType().IsEnum:
                    foreach (KeyValuePair<string, string> inner in ReadTexts(part, path + property.Name + "."))
                    {
                        texts.Add(inner.Key, inner.Value);
                    }

                    break;
            }
        }

        return texts;
    }

    private static bool Holds(Dictionary<string, HashSet<string>> values, string path, string value) =>
        values.TryGetValue(path, out HashSet<string>? known) && known.Contains(value);

    private static bool IsFailureWord(string value) =>
        value.StartsWith("Dns", StringComparison.Ordinal)
        || FailureWords.Contains(value)
        || Enum.GetNames<DnsFailure>().Contains(value)
        || Enum.TryParse(value, out DnsStatus status) && !status.IsAnswer() && !char.IsAsciiDigit(value[0]);

    /// <summary>Every truth, number and word of a closed set in a result, by the path to it; findings and what is advised left out.</summary>
    private static Dictionary<string, HashSet<string>> Read(object result)
    {
        Dictionary<string, HashSet<string>> values = [];
        Walk(result, "", 0);
        return values;

        void Walk(object? value, string path, int depth)
        {
            if (depth > 6)
            {
                return;
            }

            switch (value)
            {
                case null or string or Finding or GradeReason or MailDomainStep or BulkSenderRuleResult:
                    return;
                case bool or int or uint or long or double or Enum:
                    (values.TryGetValue(path, out HashSet<string>? known) ? known : values[path] = []).Add(Convert.ToString(value, CultureInfo.InvariantCulture)!);
                    return;
                case IEnumerable items:
                    foreach (object? item in items)
                    {
                        Walk(item, path + "[]", depth + 1);
                    }

                    return;
            }

            if (value.GetType().Namespace?.StartsWith("Dmarc", StringComparison.Ordinal) != true)
            {
                return;
            }

            foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public))
            {
                if (property.GetIndexParameters().Length == 0 && !NoStatements.Contains(property.Name))
                {
                    Walk(property.GetValue(value), path + "." + property.Name, depth + 1);
                }
            }
        }
    }

    /// <summary>A domain that has nothing as the defaults have it.</summary>
    private static FakeResolver Unusual()
    {
        FakeResolver resolver = new FakeResolver()
            .Mx(Domain, "contoso-com.mail.protection.outlook.com", "mail.contoso.com")
            .Address("contoso-com.mail.protection.outlook.com", "203.0.113.2")
            .Address("mail.contoso.com", "203.0.113.1", "2001:db8::1")
            .Ptr("1.113.0.203.in-addr.arpa", "mail.contoso.com")
            .Ptr("2.113.0.203.in-addr.arpa", "contoso-com.mail.protection.outlook.com")
            .Txt(Domain, "v=spf1 ip4:203.0.113.0/28 include:_spf.contoso.com ~all")
            .Txt("_spf.contoso.com", "v=spf1 ip4:198.51.100.0/24 -all")
            .Txt("_dmarc." + Domain, "v=DMARC1; p=reject; sp=quarantine; np=reject; t=y; pct=50; adkim=s; aspf=s; fo=1; rua=mailto:r@reports.example; ruf=mailto:f@contoso.com")
            .Txt("contoso.com._report._dmarc.reports.example", "v=DMARC1;")
            .Mx("reports.example", "mx.reports.example")
            .Txt("s1._domainkey." + Domain, "v=DKIM1; t=y; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
            .Txt("_mta-sts." + Domain, "v=STSv1; id=1")
            .Txt("_smtp._tls." + Domain, "v=TLSRPTv1; rua=mailto:tls@contoso.com")
            .Txt("default._bimi." + Domain, "v=BIMI1; l=; a=");
        resolver.Add("_25._tcp.mail.contoso.com", DnsRecordType.TLSA, new TlsaRecord("_25._tcp.mail.contoso.com", 300, 3, 1, 1, Enumerable.Repeat((byte)7, 32).ToPrintableList()));
        return resolver;
    }

    /// <summary>One that is as most are, where the other is not.</summary>
    private static FakeResolver Usual() => new FakeResolver()
        .Address(Domain, "203.0.113.1")
        .Txt(Domain, "v=spf1 mx ?all")
        .Txt("_dmarc." + Domain, "v=DMARC1; p=none; rua=mailto:r@contoso.com")
        .Txt("s1._domainkey." + Domain, "v=DKIM1; p=");

    private sealed class FailingResolver(IDnsResolver inner, (string Name, DnsRecordType Type)? failing, DnsStatus failure) : IDnsResolver
    {
        public async ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default) =>
            failing is null || failing == (name, type)
                ? new DnsResponse(name, type, failure)
                : await inner.QueryAsync(name, type, cancellationToken);
    }
}
