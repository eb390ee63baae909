using System.Net;
using Dmarc.Advice.Records;

namespace Dmarc.Tests.Support;

internal static class SpfAnalyzerExtensions
{
    /// <summary>Checks an address against the record of a complete analysis, published or proposed.</summary>
    public static Task<SpfResult> EvaluateAsync(
        this SpfAnalyzer analyzer, SpfResult analysis, IPAddress address, string? sender = null, string? helo = null) =>
        analyzer.EvaluateAsync(
            analysis.Domain,
            analysis.IsPublished == false ? analysis.Record ?? "" : null,
            Task.FromResult(analysis),
            address,
            sender,
            helo);
}
