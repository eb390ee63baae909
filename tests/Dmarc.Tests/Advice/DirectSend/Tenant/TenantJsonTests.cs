using System.Text.Json;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Domains;
using FsCheck;
using FsCheck.Fluent;

namespace Dmarc.Tests.Advice.DirectSend.Tenant;

/// <summary>Settings are read from JSON that anything can stand in; whatever it is, they are settings or none.</summary>
public class TenantJsonTests
{
    private static readonly string[] Names =
    [
        "Name", "Identity", "Enabled", "Domain", "DomainName", "SenderDomains", "SenderIPAddresses", "ConnectorType", "TlsSenderCertificateName", "RejectDirectSend",
        "State", "Mode", "Priority", "FromScope", "ExceptIfSenderIpRanges", "RejectMessageReasonText", "SetSCL", "ActivationDate", "ExpiryDate", "SenderDomainIs",
        "Status", "Selector1CNAME", "SendingFromDomainDisabled", "MatchSubDomains", "Address", "SmtpDomain", "LowerBound", "UpperBound", "CIDRLength",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1e400", "\"\"", "\"contoso.com\"", "\"*\"", "\"smtp:*;1\"", "\"smtp:;\"", "\";:\"", "\"Enabled\"", "\"Partner\"", "\"NotInOrganization\"",
        "\"0.0.0.0/0\"", "\"198.51.100.1-\"", "\"-\"", "\"2026-11-28\"", "\"9999-99-99\"", "[]", "[null]", "[[[\"contoso.com\"]]]", "{}", "{\"Address\":{}}", "{\"SmtpDomain\":{\"Domain\":\"contoso.com\"}}",
        "{\"LowerBound\":\"198.51.100.1\",\"UpperBound\":\"198.51.100.9\",\"CIDRLength\":-1}", "\"\\u0000\"",
    ];

    [Fact]
    public void Any_JSON_is_settings_or_none() => Prop.ForAll<(byte Name, byte Value)[]>(members =>
    {
        string json = "{" + string.Join(",", members.DistinctBy(member => member.Name % Names.Length).Select(member => $"\"{Names[member.Name % Names.Length]}\":{Values[member.Value % Values.Length]}")) + "}";
        FactSource source = Of(JsonDocument.Parse(json).RootElement);
        _ = TenantFactReader.ReadOrganization(source);
        _ = TenantFactReader.ReadAcceptedDomain(source);
        _ = TenantFactReader.ReadConnector(source)?.IsLock;
        DkimSigningFacts? signing = TenantFactReader.ReadDkimSigning(source);
        TransportRuleFacts? rule = TransportRuleReader.Read(source);
        DomainName domain = DomainName.Parse("contoso.com");
        return (rule is null || !(rule.IsLockFor(domain) && rule.IsDomainLockFor(domain)))
            && (rule is null || !rule.LetsSpoofsPass(domain) || rule.SkipsFilter)
            && signing is null or { Domain: not null };
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    private static FactSource Of(JsonElement element) => name =>
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return ValueOf(property.Value);
            }
        }

        return null;
    };

    private static object? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => Of(value),
        JsonValueKind.Array => value.EnumerateArray().Select(ValueOf).ToArray(),
        JsonValueKind.String => value.GetString(),
        // The .NET Framework parses no number beyond the range of a double.
        JsonValueKind.Number => value.TryGetDouble(out double number) ? number : double.PositiveInfinity,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
