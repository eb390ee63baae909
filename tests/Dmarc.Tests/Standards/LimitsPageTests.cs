using System.Globalization;
using System.Reflection;
using Dmarc.Mail;
using Dmarc.Reports;
using Dmarc.Standards.Arc;
using Dmarc.Standards.AuthenticationResults;
using Dmarc.Standards.Bimi;
using Dmarc.Standards.Dkim;
using Dmarc.Standards.Dmarc;
using Dmarc.Standards.MtaSts;
using Dmarc.Standards.Spf;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Standards;

/// <summary>The page of limits tells in both languages what the code holds.</summary>
public class LimitsPageTests
{
    private static readonly string[][] Rows = Read("docs", "limits.md");

    private static readonly string[][] JapaneseRows = Read("docs", "ja", "limits.md");

    private static readonly (string Row, string Limit)[] Limits =
    [
        ("terms that query DNS", nameof(SpfLimits) + "." + nameof(SpfLimits.Lookups)),
        ("terms that query DNS before a warning", nameof(SpfLimits) + "." + nameof(SpfLimits.LookupsToWarn)),
        ("void look-ups", nameof(SpfLimits) + "." + nameof(SpfLimits.VoidLookups)),
        ("mail exchanges of an `mx`", nameof(SpfLimits) + "." + nameof(SpfLimits.Exchanges)),
        ("names of an address for `ptr`", nameof(SpfLimits) + "." + nameof(SpfLimits.ReverseNames)),
        ("octets of name and records in one answer", nameof(SpfLimits) + "." + nameof(SpfLimits.RecordLength)),
        ("characters that a macro string expands to", nameof(SpfLimits) + "." + nameof(SpfLimits.ExpandedLength)),
        ("names that a tree walk asks", nameof(DmarcLimits) + "." + nameof(DmarcLimits.TreeWalkQueries)),
        ("walks for the identifiers of a message", nameof(DmarcLimits) + "." + nameof(DmarcLimits.IdentifierWalks)),
        ("destinations of reports that are asked", nameof(DmarcLimits) + "." + nameof(DmarcLimits.ReportDestinations)),
        ("entries of `rua` and of `ruf`", nameof(DmarcLimits) + "." + nameof(DmarcLimits.ReportUris)),
        ("tags of a record", nameof(DmarcLimits) + "." + nameof(DmarcLimits.Tags)),
        ("characters of a record", nameof(DmarcLimits) + "." + nameof(DmarcLimits.RecordLength)),
        ("mail exchanges of a destination of reports", nameof(DmarcLimits) + "." + nameof(DmarcLimits.Exchanges)),
        ("fewest bits of an RSA key", nameof(DkimLimits) + "." + nameof(DkimLimits.MinimumRsaBits)),
        ("recommended bits of an RSA key", nameof(DkimLimits) + "." + nameof(DkimLimits.RecommendedRsaBits)),
        ("bits that every verifier handles", nameof(DkimLimits) + "." + nameof(DkimLimits.CommonRsaBits)),
        ("most bits of an RSA key", nameof(DkimLimits) + "." + nameof(DkimLimits.MaximumRsaBits)),
        ("octets of an RSA exponent", nameof(DkimLimits) + "." + nameof(DkimLimits.RsaExponentLength)),
        ("key records of a selector", nameof(DkimLimits) + "." + nameof(DkimLimits.KeysOfSelector)),
        ("signatures of a message that are verified", nameof(DkimLimits) + "." + nameof(DkimLimits.Signatures)),
        ("names in `h=`", nameof(DkimLimits) + "." + nameof(DkimLimits.SignedHeaders)),
        ("tags of a signature or key", nameof(DkimLimits) + "." + nameof(DkimLimits.Tags)),
        ("links of an ARC chain", nameof(ArcLimits) + "." + nameof(ArcLimits.Sets)),
        ("characters of `id`", nameof(MtaStsLimits) + "." + nameof(MtaStsLimits.IdLength)),
        ("seconds of `max_age`", nameof(MtaStsLimits) + "." + nameof(MtaStsLimits.MaxAge)),
        ("bytes of a policy", nameof(MtaStsLimits) + "." + nameof(MtaStsLimits.PolicyBytes)),
        ("bytes of a logo", nameof(BimiLimits) + "." + nameof(BimiLimits.LogoLength)),
        ("bytes of a logo that are unpacked", nameof(BimiLimits) + "." + nameof(BimiLimits.UnpackedLength)),
        ("elements of a logo nested in each other", nameof(BimiLimits) + "." + nameof(BimiLimits.LogoDepth)),
        ("bits of an RSA key in the certificate for a mark", nameof(BimiLimits) + "." + nameof(BimiLimits.RsaKeyBits)),
        ("characters of `Authentication-Results`", nameof(AuthenticationResultsLimits) + "." + nameof(AuthenticationResultsLimits.FieldLength)),
        ("results of a field, properties of a result", nameof(AuthenticationResultsLimits) + "." + nameof(AuthenticationResultsLimits.Results)),
        ("characters of `Received` and `Received-SPF`", nameof(AuthenticationResultsLimits) + "." + nameof(AuthenticationResultsLimits.ReceivedLength)),
        ("pairs of `Received-SPF`", nameof(AuthenticationResultsLimits) + "." + nameof(AuthenticationResultsLimits.ReceivedSpfPairs)),
        ("values of Microsoft's spam report", nameof(AuthenticationResultsLimits) + "." + nameof(AuthenticationResultsLimits.AntispamFields)),
        ("addresses of a field", nameof(MailLimits) + "." + nameof(MailLimits.Addresses)),
        ("encoded words of a field", nameof(MailLimits) + "." + nameof(MailLimits.EncodedWords)),
        ("parameters of a field", nameof(MailLimits) + "." + nameof(MailLimits.Parameters)),
        ("parts outside a multipart", nameof(MailLimits) + "." + nameof(MailLimits.StrayParts)),
        ("characters of a pasted header", nameof(MailLimits) + "." + nameof(MailLimits.PastedLength)),
        ("directory entries of an Outlook message", nameof(MailLimits) + "." + nameof(MailLimits.OutlookEntries)),
        ("bytes that are decompressed whatever the ratio", nameof(FixedReadLimits) + "." + nameof(FixedReadLimits.RatioFreeBytes)),
        ("bytes of content kept in memory", nameof(FixedReadLimits) + "." + nameof(FixedReadLimits.MemoryBytes)),
        ("ends of a damaged zip file that are tried", nameof(FixedReadLimits) + "." + nameof(FixedReadLimits.ZipDirectories)),
        ("characters of a value during a repair", nameof(FixedReadLimits) + "." + nameof(FixedReadLimits.RepairedLength)),
        ("elements nested in each other during a repair", nameof(FixedReadLimits) + "." + nameof(FixedReadLimits.RepairedDepth)),
        ("names of elements and attributes in a file", nameof(FixedReadLimits) + "." + nameof(FixedReadLimits.Names)),
        ("incomplete TLS reports of a file that are named", nameof(FixedReadLimits) + "." + nameof(FixedReadLimits.NamedReports)),
        ("rows of damaged reports that are remembered for their copies", nameof(FixedReadLimits) + "." + nameof(FixedReadLimits.RememberedRows)),
    ];

    [Fact]
    public void Each_limit_has_its_row()
    {
        Dictionary<string, long> limits = typeof(Finding).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Limits", StringComparison.Ordinal))
            .Where(type => type.Namespace?.Split('.') is ["Dmarc", "Standards" or "Mail" or "Reports", ..])
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (type, field)))
            .ToDictionary(
                pair => pair.type.Name + "." + pair.field.Name,
                pair => Convert.ToInt64(pair.field.GetRawConstantValue(), CultureInfo.InvariantCulture));

        Assert.Equal(limits.Keys.Order(StringComparer.Ordinal), Limits.Select(pair => pair.Limit).Order(StringComparer.Ordinal));
        Assert.All(Limits, pair => Assert.Equal(Shown(limits[pair.Limit]), Assert.Single(Rows, row => row[0] == pair.Row)[1]));
    }

    [Fact]
    public void Each_limit_of_reading_has_its_row() => Assert.All(ReportReadLimits.Names, name => Assert.Equal(
        Shown(Convert.ToInt64(typeof(ReportReadLimits).GetProperty(name)!.GetValue(ReportReadLimits.Default), CultureInfo.InvariantCulture)),
        Assert.Single(Rows, row => row[0] == "`" + name + "`")[1]));

    /// <summary>The names and numbers of both pages are the same, table by table and row by row.</summary>
    [Fact]
    public void The_Japanese_page_has_the_same_rows() => Assert.Equal(
        Rows.Select(row => (row.Length, Name: Code(row[0]), Value: Number(row[1]), Code: Code(row[row.Length - 1]))),
        JapaneseRows.Select(row => (row.Length, Name: Code(row[0]), Value: Number(row[1]), Code: Code(row[row.Length - 1]))));

    private static string[][] Read(params string[] path) =>
    [
        .. File.ReadLines(TestFiles.Repository(path))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split(" | ")),
    ];

    /// <summary>The words of a cell that no language changes.</summary>
    private static string Code(string cell) => string.Join(" ", cell.Split('`').Where((_, index) => index % 2 == 1).Order(StringComparer.Ordinal));

    private static string Number(string cell) => char.IsDigit(cell[0]) ? cell : "";

    private static string Shown(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
