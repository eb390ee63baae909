using System.Text.Json;
using Dmarc.Dns;

namespace Dmarc.Tests.Support;

/// <summary>Reads the zone of a case of the DMARC conformance data.</summary>
internal static class ConformanceZone
{
    public static FakeResolver Read(JsonElement zone)
    {
        FakeResolver resolver = new();
        foreach (JsonProperty owner in zone.EnumerateObject())
        {
            foreach (JsonProperty type in owner.Value.EnumerateObject())
            {
                switch (type.Name)
                {
                    case "TXT":
                        foreach (JsonElement value in type.Value.EnumerateArray())
                        {
                            resolver = value.ValueKind == JsonValueKind.Array
                                ? resolver.TxtStrings(owner.Name, [.. value.EnumerateArray().Select(part => part.GetString()!)])
                                : resolver.Txt(owner.Name, value.GetString()!);
                        }

                        break;
                    case "A":
                        resolver.Address(owner.Name, [.. type.Value.EnumerateArray().Select(address => address.GetString()!)]);
                        break;
                    case "RCODE":
                        Assert.Equal("SERVFAIL", type.Value.GetString());
                        resolver.Fails(owner.Name, DnsStatus.ServFail);
                        break;
                    default:
                        Assert.Fail("The type '" + type.Name + "' is not served.");
                        break;
                }
            }
        }

        return resolver;
    }
}
