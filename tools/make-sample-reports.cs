// Makes a year of reports for three domains, to try things on. The same years, seed and code give the same files.
//
//   dotnet run tools/make-sample-reports.cs -- <folder> [<last day, 2026-10-31>] [<seed, 1>]
//
// contoso.example    is in order: quarantine at first, reject from spring on; a forwarder, and a little spoofing.
// fabrikam.example   takes a newsletter service in summer, and forgets to set its own domain up there.
// northwind.example  publishes none; an office is missing from its SPF record, and strangers send in its name.
#:property TargetFramework=net10.0
#:property PublishAot=false

using System.Globalization;
using System.IO.Compression;
using System.Text;

if (args.Length is 0 or > 3)
{
    Console.Error.WriteLine("usage: dotnet run tools/make-sample-reports.cs -- <folder> [<last day>] [<seed>]");
    return 2;
}

string folder = args[0];
DateOnly lastDay = DateOnly.ParseExact(args.Length > 1 ? args[1] : "2026-10-31", "yyyy-MM-dd", CultureInfo.InvariantCulture);
Random random = new(args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1);
Directory.CreateDirectory(folder);

(string Domain, string Name, double Share)[] reporters =
[
    ("bigmail.example", "Bigmail Inc.", 0.46),
    ("outpost.example", "Outpost Mail", 0.30),
    ("postfach.example", "Postfach GmbH", 0.14),
    ("nihonmail.example", "日本メール株式会社", 0.10),
];

DateOnly firstDay = lastDay.AddYears(-1).AddDays(1);
for (DateOnly day = firstDay; day <= lastDay; day = day.AddDays(1))
{
    double year = (day.DayNumber - firstDay.DayNumber) / 365d;
    foreach ((string domain, string name, double share) in reporters)
    {
        foreach ((string about, string policy, Sender[] senders) in Story(year))
        {
            WriteReport(day, domain, name, about, policy, senders, share);
        }
    }

    if (day.DayOfWeek == DayOfWeek.Monday)
    {
        WriteTlsReport(day, "bigmail.example", "Bigmail Inc.", year is > 0.55 and < 0.6);
        WriteTlsReport(day, "outpost.example", "Outpost Mail", year is > 0.55 and < 0.6);
    }
}

return 0;

// What is sent on a day of the year; the share of the year that has passed tells how far the story is.
IEnumerable<(string Domain, string Policy, Sender[] Senders)> Story(double year)
{
    string contoso = year < 0.25 ? "quarantine" : "reject";
    yield return ("contoso.example", contoso,
    [
        new("192.0.2.10", "contoso.example", 1500) { Signs = "contoso.example", Envelope = "contoso.example" },
        new("192.0.2.11", "contoso.example", 700) { Signs = "contoso.example", Envelope = "contoso.example" },
        new("2001:db8:1::25", "contoso.example", 240) { Signs = "contoso.example", Envelope = "contoso.example" },
        new("192.0.2.40", "news.contoso.example", 420) { Signs = "news.contoso.example", Envelope = "bounce.contoso.example", Fades = year < 0.1 ? 0.3 : 1 },
        new("198.51.100.77", "contoso.example", 35) { Signs = "contoso.example", Envelope = "lists.campus.example", Reason = "mailing_list", Breaks = 0.4 },
        new("203.0.113.5", "contoso.example", 22) { Envelope = "cheap-pills.example" },
    ]);

    bool hasService = year > 0.55;
    yield return ("fabrikam.example", "quarantine",
    [
        new("192.0.2.80", "fabrikam.example", 820) { Signs = "fabrikam.example", Envelope = "fabrikam.example" },
        new("192.0.2.81", "shop.fabrikam.example", 310) { Signs = "fabrikam.example", Envelope = "fabrikam.example" },
        new("198.51.100.140", "fabrikam.example", hasService ? 330 : 0) { Signs = "sendgrid.net", Envelope = "em4711.sendgrid.net" },
        new("198.51.100.141", "fabrikam.example", hasService ? 180 : 0) { Signs = "sendgrid.net", Envelope = "em4711.sendgrid.net" },
        new("203.0.113.99", "fabrikam.example", 9) { Envelope = "fabrikam.example", Refused = true },
    ]);

    // The wave of spoofing comes in autumn.
    double wave = Math.Exp(-Math.Pow((year - 0.86) / 0.05, 2));
    yield return ("northwind.example", "none",
    [
        new("203.0.113.20", "northwind.example", 480) { Signs = "northwind.example", Envelope = "northwind.example" },
        new("203.0.113.28", "northwind.example", 95) { Envelope = "northwind.example", Refused = true },
        new("198.51.100.200", "northwind.example", 12 + (int)(900 * wave)) { Envelope = "vps-cluster.example" },
        new("198.51.100.213", "northwind.example", 8 + (int)(620 * wave)) { Envelope = "vps-cluster.example" },
        new("2001:db8:bad::1", "billing.northwind.example", 6 + (int)(300 * wave)) { Envelope = "billing.northwind.example", Refused = true },
    ]);
}

void WriteReport(DateOnly day, string reporter, string name, string domain, string policy, Sender[] senders, double share)
{
    long begin = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeSeconds();
    long end = begin + 86399;
    StringBuilder records = new();
    foreach (Sender sender in senders)
    {
        double weekday = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.35 : 1;
        double expected = sender.PerDay * share * weekday * sender.Fades * (0.8 + (0.4 * random.NextDouble()));
        int count = (int)expected + (random.NextDouble() < expected - (int)expected ? 1 : 0);
        int broken = (int)Math.Round(count * sender.Breaks * random.NextDouble());

        // Now and then a signature breaks on the way, and now and then a server of the sender's forgets to sign.
        int unsigned = sender.Signs == sender.Organization && random.Next(40) == 0 ? Math.Min(count - broken, 1 + (count / 200)) : 0;
        Record(records, sender, policy, count - broken - unsigned, true);
        Record(records, sender, policy, broken + unsigned, false);
    }

    if (records.Length == 0)
    {
        return;
    }

    string xml = $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0">
          <version>1.0</version>
          <report_metadata><org_name>{name}</org_name><email>dmarc@{reporter}</email><report_id>{domain}.{begin}</report_id><date_range><begin>{begin}</begin><end>{end}</end></date_range></report_metadata>
          <policy_published><domain>{domain}</domain><p>{policy}</p><sp>{policy}</sp><adkim>r</adkim><aspf>r</aspf></policy_published>
        {records}</feedback>
        """;
    WriteGzip($"{reporter}!{domain}!{begin}!{end}.xml.gz", xml);
}

void Record(StringBuilder records, Sender sender, string policy, int count, bool intact)
{
    if (count <= 0)
    {
        return;
    }

    bool signed = sender.Signs is not null && intact;
    bool dkim = signed && Below(sender.Signs!, sender.Organization);
    bool spf = !sender.Refused && Below(sender.Envelope, sender.Organization);
    bool passed = dkim || spf;
    bool excused = !passed && sender.Reason is not null;
    string disposition = passed || excused ? "none" : policy;
    string reason = excused ? $"<reason><type>{sender.Reason}</type></reason>" : "";
    string signature = sender.Signs is null ? "" : $"<dkim><domain>{sender.Signs}</domain><selector>s1</selector><result>{(intact ? "pass" : "fail")}</result></dkim>";
    records.Append(CultureInfo.InvariantCulture, $"  <record><row><source_ip>{sender.Address}</source_ip><count>{count}</count><policy_evaluated><disposition>{disposition}</disposition><dkim>{Word(dkim)}</dkim><spf>{Word(spf)}</spf>{reason}</policy_evaluated></row>")
        .Append(CultureInfo.InvariantCulture, $"<identifiers><header_from>{sender.From}</header_from><envelope_from>{sender.Envelope}</envelope_from></identifiers>")
        .Append(CultureInfo.InvariantCulture, $"<auth_results>{signature}<spf><domain>{sender.Envelope}</domain><scope>mfrom</scope><result>{(sender.Refused ? "softfail" : "pass")}</result></spf></auth_results></record>\n");
}

void WriteTlsReport(DateOnly day, string reporter, string name, bool expired)
{
    int good = 2000 + random.Next(800);
    int bad = expired ? 120 + random.Next(60) : 0;
    string failures = bad == 0 ? "" : $$"""{"result-type":"certificate-expired","sending-mta-ip":"198.51.100.9","receiving-mx-hostname":"mx2.contoso.example","failed-session-count":{{bad}}}""";
    WriteGzip($"{reporter}!contoso.example!{day:yyyyMMdd}.json.gz", $$"""
        {"organization-name":"{{name}}","date-range":{"start-datetime":"{{day:yyyy-MM-dd}}T00:00:00Z","end-datetime":"{{day:yyyy-MM-dd}}T23:59:59Z"},"contact-info":"tls@{{reporter}}","report-id":"{{reporter}}-{{day:yyyyMMdd}}","policies":[{"policy":{"policy-type":"sts","policy-string":["version: STSv1","mode: enforce","mx: *.contoso.example","max_age: 604800"],"policy-domain":"contoso.example","mx-host":["*.contoso.example"]},"summary":{"total-successful-session-count":{{good}},"total-failure-session-count":{{bad}}},"failure-details":[{{failures}}]}]}
        """);
}

void WriteGzip(string name, string text)
{
    using FileStream file = File.Create(Path.Combine(folder, name));
    using GZipStream gzip = new(file, CompressionLevel.Fastest);
    gzip.Write(Encoding.UTF8.GetBytes(text));
}

static bool Below(string domain, string organization) => domain == organization || domain.EndsWith("." + organization, StringComparison.Ordinal);

static string Word(bool pass) => pass ? "pass" : "fail";

/// <summary>A machine that sends.</summary>
internal sealed record Sender(string Address, string From, int PerDay)
{
    /// <summary>The domain that it signs with; null if it does not sign.</summary>
    public string? Signs { get; init; }

    /// <summary>The domain of MAIL FROM.</summary>
    public required string Envelope { get; init; }

    /// <summary>True if SPF does not let it pass.</summary>
    public bool Refused { get; init; }

    /// <summary>The share of signatures that break.</summary>
    public double Breaks { get; init; } = 0.01;

    /// <summary>Why receivers let it pass nevertheless.</summary>
    public string? Reason { get; init; }

    /// <summary>How much of its mail is sent.</summary>
    public double Fades { get; init; } = 1;

    /// <summary>The last two labels of the From domain.</summary>
    public string Organization => string.Join('.', From.Split('.')[^2..]);
}
