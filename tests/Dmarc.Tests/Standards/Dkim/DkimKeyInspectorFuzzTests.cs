using Dmarc.Advice.Records;
using Dmarc.Domains;
using Dmarc.Tests.Support;
using Dmarc.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Dmarc.Tests.Standards.Dkim;

/// <summary>Records and aliases are written by strangers: whatever they hold, there is a result.</summary>
public class DkimKeyInspectorFuzzTests
{
    private static readonly string[] Pieces =
    [
        "v=DKIM1", "v=spf1 ", ";", "=", " ", "p=", "k=", "rsa", "ed25519", "t=y", "s=email", "h=", "n=", "AAAA", "MIGfMA0GCSqGSIb3DQEB", "==", "\\", "\"", "include:", "_spf.google.com",
        "\u00fc", "\u0000", "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    ];

    private static readonly string[] Labels = ["selector1", "selector2-", "-", "example-com", ".", "_domainkey", "onmicrosoft.com", "sendgrid.net", "*", "\\046", "xn--", "a"];

    private static readonly Gen<(string Record, string Target, string Selector)> Zones =
        from record in Gen.Elements(Pieces).ListOf()
        from target in Gen.Elements(Labels).ListOf()
        from selector in Gen.Elements("selector1", "*", "google", "s1")
        select (string.Concat(record), "x" + string.Concat(target), selector);

    [Fact]
    public void There_is_always_a_result() =>
        Prop.ForAll(Zones.ToArbitrary(), zone =>
        {
            FakeResolver resolver = new FakeResolver()
                .Mx("example.com", "example-com.mail.protection.outlook.com")
                .Txt("example.com", zone.Record)
                .Txt("default._domainkey.example.com", zone.Record, zone.Record + ";")
                .Alias(zone.Selector + "._domainkey.example.com", zone.Target)
                .Txt(zone.Target, zone.Record);
            PrintableList<DkimKeyResult> results = new DkimKeyInspector(resolver).InspectAsync(DomainName.Parse("example.com")).GetAwaiter().GetResult();
            PrintableList<DkimKeyResult> asked = new DkimKeyInspector(resolver).InspectAsync(DomainName.Parse("example.com"), [zone.Target]).GetAwaiter().GetResult();

            // The key of "default" and the alias, whatever it leads to; a wildcard has a result only if it has a key.
            return results.Count(result => result.Selector != "*") == (zone.Selector == "*" ? 1 : 2)
                && asked.Count == 1 && DkimKeyInspector.InspectText(zone.Record).Record == zone.Record;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
