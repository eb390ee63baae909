using Dmarc.Advice.Records;
using Dmarc.Dns;

namespace Dmarc.Views;

/// <summary>
/// Writes the terms of an SPF record as a tree: the terms of an included record are indented below their include. After
/// each term follow its look-ups, with all below it, the sum so far, and what it authorises.
/// </summary>
internal static class SpfTreeText
{
    private const int Indent = 2;
    private const int WidestTerm = 48;
    private const int CostWidth = 7;

    public static string Write(IEnumerable<SpfTermResult> terms)
    {
        SpfTermResult[] all = [.. terms.SelectMany(term => term.SelfAndBelow())];
        if (all.Length == 0)
        {
            return "";
        }

        int least = all.Min(term => term.Depth);
        int width = Math.Min(WidestTerm, all.Max(term => TextWidth.Of(PrintableText.Escape(term.Term)) + ((term.Depth - least) * Indent)));
        StringBuilder text = new();
        foreach (SpfTermResult term in all)
        {
            string name = new string(' ', (term.Depth - least) * Indent) + PrintableText.Escape(term.Term);
            string cost = term.TotalLookups == 0
                ? ""
                : string.Format(CultureInfo.InvariantCulture, "+{0} ={1,3}", term.TotalLookups, term.CumulativeLookups);
            string facts = (cost.PadLeft(CostWidth) + "  " + Sentences.List(Facts(term))).TrimEnd();
            text.Append(text.Length == 0 ? "" : "\n").Append(facts.Length == 0 ? name : TextWidth.Pad(name, width) + "  " + facts);
        }

        return text.ToString();
    }

    private static IEnumerable<string> Facts(SpfTermResult term)
    {
        if (!term.IsEffective)
        {
            yield return Strings.Views_SpfUnused;
        }

        if (term.IPv4AddressCount is long ipv4 and > 0)
        {
            yield return Format(Strings.Views_SpfAddresses, ipv4.ToString("N0", CultureInfo.InvariantCulture));
        }

        if (term.IPv6AddressCount is double ipv6 and > 0)
        {
            yield return Format(Strings.Views_SpfIPv6Addresses, Count(ipv6));
        }

        if (term.IsLoop)
        {
            yield return Strings.Views_SpfLoop;
        }

        if (term.DependsOnMessage)
        {
            yield return Strings.Views_SpfDepends;
        }

        if (term.IsVoid == true)
        {
            yield return Format(Strings.Views_SpfVoid, term.DnsStatus);
        }
        else if (term.DnsStatus is DnsStatus status && !status.IsAnswer())
        {
            yield return status.ToString();
        }

        if (term.Service.Length > 0)
        {
            yield return term.Service;
        }
    }

    /// <summary>Numbers of IPv6 addresses above a million are shown as powers of two.</summary>
    private static string Count(double count) => count < 1_000_000
        ? count.ToString("N0", CultureInfo.InvariantCulture)
        : "2^" + Math.Log(count, 2).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Format(string format, params object?[] arguments) =>
        string.Format(CultureInfo.InvariantCulture, format, arguments);
}
