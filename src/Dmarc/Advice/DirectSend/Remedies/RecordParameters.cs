using Dmarc.Advice.Records;

namespace Dmarc.Advice.DirectSend.Remedies;

/// <summary>Writes the change of a DMARC record as equivalent parameters of <c>New-DmarcRecord</c>.</summary>
internal static class RecordParameters
{
    /// <summary>The parameters, each preceded by a space.</summary>
    public static string Write(DmarcRecordBuilder builder)
    {
        StringBuilder text = new();
        Append(text, "Stage", builder.Stage?.ToString());
        Append(text, "Policy", builder.Policy?.ToString());
        Append(text, "SubdomainPolicy", builder.SubdomainPolicy?.ToString());
        Append(text, "NonexistentSubdomainPolicy", builder.NonexistentSubdomainPolicy?.ToString());
        Append(text, "AggregateReportUri", builder.AggregateReportUri is { } uris ? PowerShellText.Quote(uris) : null);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string parameter, string? value)
    {
        if (value is not null)
        {
            text.Append(" -").Append(parameter).Append(' ').Append(value);
        }
    }
}
