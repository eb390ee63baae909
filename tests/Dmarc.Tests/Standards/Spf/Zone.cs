using Dmarc.Dns;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Standards.Spf;

/// <summary>Zones of tests as lines of <c>name TYPE value</c>; several values of A and MX are separated by commas.</summary>
internal static class Zone
{
    public static FakeResolver Parse(string text)
    {
        FakeResolver resolver = new();
        foreach (string line in text.Split('\n').Select(part => part.Trim()).Where(part => part.Length > 0))
        {
            string[] parts = line.Split(' ', 3);
            string value = parts.Length > 2 ? parts[2] : "";
            _ = parts[1] switch
            {
                "TXT" => resolver.Txt(parts[0], value),
                "STRINGS" => resolver.TxtStrings(parts[0], value.Split('|')),
                "A" => resolver.Address(parts[0], value.Split(',')),
                "MX" => resolver.Mx(parts[0], value.Split(',')),
                "CNAME" => resolver.Alias(parts[0], value),
                "PTR" => resolver.Ptr(parts[0], value.Split(',')),
                "SPF" => resolver.Add(parts[0], DnsRecordType.SPF, new TxtRecord(parts[0], 300, [System.Text.Encoding.ASCII.GetBytes(value)], DnsRecordType.SPF)),
                "FAILS" => resolver.Fails(parts[0], Enum.Parse<DnsStatus>(value)),
                _ => throw new FormatException(line),
            };
        }

        return resolver;
    }
}
