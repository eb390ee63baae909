using Dmarc.Dns;

namespace Dmarc.Views;

/// <summary>Shows a DNS query and its answer in one line, for verbose output.</summary>
internal static class QueryText
{
    /// <summary>Such as <c>TXT _dmarc.example.com: NoError, 1 record, 12 ms, 192.0.2.53</c>.</summary>
    public static string Describe(DnsResponse response)
    {
        string detail = response.Detail.Length == 0 ? "" : " (" + response.Detail + ")";
        return PrintableText.Escape(string.Format(
            CultureInfo.InvariantCulture,
            response.Records.Count == 1 ? Strings.Views_QueryOneRecord : Strings.Views_Query,
            response.Type,
            response.Name,
            response.Status,
            response.Records.Count,
            Math.Round(response.Duration.TotalMilliseconds, 1),
            response.Server.Length == 0 ? Strings.Views_NoServer : response.Server) + detail);
    }
}
