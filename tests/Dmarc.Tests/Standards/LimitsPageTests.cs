using System.Globalization;
using System.Reflection;
using Dmarc.Reports;
using Dmarc.Standards.Arc;
using Dmarc.Standards.Dkim;
using Dmarc.Standards.Dmarc;
using Dmarc.Standards.MtaSts;
using Dmarc.Standards.Spf;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Standards;

/// <summary>The page of limits tells what the code holds.</summary>
public class LimitsPageTests
{
    private static readonly string[][] Rows =
    [
        .. File.ReadLines(TestFiles.Repository("docs", "limits.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split(" | ")),
    ];

    private static readonly (string Row, string Limit)[] Standards =
    [
        ("terms that query DNS", nameof(SpfLimits) + "." + nameof(SpfLimits.Lookups)),
        ("terms that query DNS before a warning", nameof(SpfLimits) + "." + nameof(SpfLimits.LookupsToWarn)),
        ("void look-ups", nameof(SpfLimits) + "." + nameof(SpfLimits.VoidLookups)),
        ("mail exchanges of an `mx`", nameof(SpfLimits) + "." + nameof(SpfLimits.Exchanges)),
        ("names of an address for `ptr`", nameof(SpfLimits) + "." + nameof(SpfLimits.ReverseNames)),
        ("octets of name and records in one answer", nameof(SpfLimits) + "." + nameof(SpfLimits.RecordLength)),
        ("names that a tree walk asks", nameof(DmarcLimits) + "." + nameof(DmarcLimits.TreeWalkQueries)),
        ("walks for the identifiers of a message", nameof(DmarcLimits) + "." + nameof(DmarcLimits.IdentifierWalks)),
        ("destinations of reports that are asked", nameof(DmarcLimits) + "." + nameof(DmarcLimits.ReportDestinations)),
        ("entries of `rua` and of `ruf`", nameof(DmarcLimits) + "." + nameof(DmarcLimits.ReportUris)),
        ("tags of a record", nameof(DmarcLimits) + "." + nameof(DmarcLimits.Tags)),
        ("characters of a record", nameof(DmarcLimits) + "." + nameof(DmarcLimits.RecordLength)),
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
    ];

    [Fact]
    public void Each_limit_of_a_standard_has_its_row()
    {
        Dictionary<string, long> limits = typeof(Finding).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("Dmarc.Standards.", StringComparison.Ordinal) == true && type.Name.EndsWith("Limits", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (type, field)))
            .ToDictionary(
                pair => pair.type.Name + "." + pair.field.Name,
                pair => Convert.ToInt64(pair.field.GetRawConstantValue(), CultureInfo.InvariantCulture));

        Assert.Equal(limits.Keys.Order(StringComparer.Ordinal), Standards.Select(pair => pair.Limit).Order(StringComparer.Ordinal));
        Assert.All(Standards, pair => Assert.Equal(Shown(limits[pair.Limit]), Assert.Single(Rows, row => row[0] == pair.Row)[1]));
    }

    [Fact]
    public void Each_limit_of_reading_has_its_row() => Assert.All(ReportReadLimits.Names, name => Assert.Equal(
        Shown(Convert.ToInt64(typeof(ReportReadLimits).GetProperty(name)!.GetValue(ReportReadLimits.Default), CultureInfo.InvariantCulture)),
        Assert.Single(Rows, row => row[0] == "`" + name + "`")[1]));

    private static string Shown(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
