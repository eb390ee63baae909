using System.Reflection;
using Dmarc.Advice.Audit;
using Dmarc.Advice.Audit.Tls;
using Dmarc.Dns;
using Dmarc.Standards.Dmarc;
using Dmarc.Standards.Spf;

namespace Dmarc.Tests.Dns;

/// <summary>How a look-up failed stands in one enum, beside the status that says that it failed.</summary>
public class DnsFailureTests
{
    private static readonly Type[] Exported = typeof(DnsFailure).Assembly.GetExportedTypes();

    public static TheoryData<DnsStatus> Statuses => new(Enum.GetValues<DnsStatus>());

    [Theory]
    [InlineData(DnsStatus.Timeout, DnsFailure.Timeout, "DnsTimeout")]
    [InlineData(DnsStatus.ServFail, DnsFailure.ServerFailure, "DnsServerFailure")]
    [InlineData(DnsStatus.Refused, DnsFailure.Refused, "DnsRefused")]
    [InlineData(DnsStatus.Malformed, DnsFailure.Malformed, "DnsMalformed")]
    [InlineData(DnsStatus.NetworkError, DnsFailure.NetworkError, "DnsNetworkError")]
    public void A_query_that_fails_has_a_failure_and_its_word(DnsStatus status, DnsFailure failure, string word)
    {
        Assert.Equal(failure, status.ToDnsFailure());
        Assert.Equal(status, failure.ToDnsStatus());
        Assert.Equal(word, failure.ToWord());
        Assert.Equal(word, PartStatus.DnsFailure.ToStatusText(failure));
        Assert.Equal("Found", PartStatus.Found.ToStatusText(failure));
        Assert.Equal("DnsFailure", PartStatus.DnsFailure.ToStatusText(null));
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public void Whatever_is_no_answer_is_a_failure(DnsStatus status)
    {
        Assert.Equal(status.IsAnswer(), status.ToDnsFailure() is null);
        Assert.Equal(status.IsAnswer(), status.ToPartStatus() != PartStatus.DnsFailure);
    }

    /// <summary>A way in which a look-up fails is a member of one enum; every other one has at most the fact.</summary>
    [Fact]
    public void No_other_enum_has_the_ways_in_which_a_look_up_fails() => Assert.DoesNotContain(
        Exported
            .Where(type => type.IsEnum && type != typeof(DnsFailure))
            .SelectMany(type => Enum.GetNames(type), (type, name) => (Type: type.Name, Name: name)),
        member => SavedStatus.ReadFailure(member.Name) is not null
            || (member.Type.EndsWith("Status", StringComparison.Ordinal)
                && member.Name.StartsWith("Dns", StringComparison.Ordinal)
                && member.Name != nameof(DnsFailure)));

    [Fact]
    public void A_status_that_can_say_that_a_look_up_failed_has_the_failure_beside_it()
    {
        // For the handshakes nothing is looked up: without hosts there is nothing to check.
        Type[] owners = [.. Exported.Where(type => type != typeof(TlsResult) && type.GetProperty("Status") is { } status && CanFail(status.PropertyType))];

        Assert.True(owners.Length >= 14, string.Join(", ", owners.Select(type => type.Name)));
        Assert.All(owners, type => Assert.True(
            type.GetProperty(nameof(DnsFailure), BindingFlags.Public | BindingFlags.Instance)?.PropertyType == typeof(DnsFailure?),
            type.FullName + " has no DnsFailure beside its Status."));
    }

    /// <summary>Earlier versions had the single failures from there on, and saved files may have their numbers.</summary>
    [Theory]
    [InlineData(typeof(MailDomainStatus))]
    [InlineData(typeof(PartStatus))]
    [InlineData(typeof(SpfRecordStatus))]
    [InlineData(typeof(DmarcRecordStatus))]
    public void The_failure_is_the_last_member_of_a_status_that_is_read_from_files(Type status) =>
        Assert.Equal(nameof(DnsFailure), Enum.GetNames(status)[^1]);

    [Theory]
    [InlineData("DnsTimeout", MailDomainStatus.DnsFailure)]
    [InlineData("dnsserverfailure", MailDomainStatus.DnsFailure)]
    [InlineData("DnsRefused", MailDomainStatus.DnsFailure)]
    [InlineData("DnsMalformed", MailDomainStatus.DnsFailure)]
    [InlineData("DnsNetworkError", MailDomainStatus.DnsFailure)]
    [InlineData("DnsFailure", MailDomainStatus.DnsFailure)]
    [InlineData("5", MailDomainStatus.DnsFailure)]
    [InlineData("9", MailDomainStatus.DnsFailure)]
    [InlineData("4", MailDomainStatus.UnexpectedError)]
    [InlineData("Complete", MailDomainStatus.Complete)]
    [InlineData("0", MailDomainStatus.Complete)]
    [InlineData("DnsElse", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_saved_status_is_read_also_as_an_earlier_version_wrote_it(string? text, MailDomainStatus? expected) =>
        Assert.Equal(expected, SavedStatus.Read<MailDomainStatus>(text));

    [Fact]
    public void An_enum_without_failures_is_read_as_it_is()
    {
        Assert.Equal(MailDomainGrade.F, SavedStatus.Read<MailDomainGrade>(nameof(MailDomainGrade.F)));
        Assert.Equal(DnsFailure.Refused, SavedStatus.Read<DnsFailure>("Refused"));
        Assert.Equal(DnsFailure.Refused, SavedStatus.Read<DnsFailure>("2"));
        Assert.Equal(DnsFailure.Timeout, SavedStatus.ReadFailure("DnsTimeout"));
        Assert.Null(SavedStatus.ReadFailure("DnsFailure"));
        Assert.Null(SavedStatus.ReadFailure("Timeout"));
    }

    private static bool CanFail(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } kind && Enum.GetNames(kind).Contains(nameof(DnsFailure));
}
