using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>
/// A second TXT record with the rest of the SPF record in it: a long record has to be several character-strings of one record
/// (RFC 7208 §3.3), so that receivers never see the rest.
/// </summary>
internal sealed class RecordHalfRule : ISpfRule
{
    private const int MaximumShown = 100;

    public IEnumerable<Finding> Check(SpfAnalysis analysis) => analysis.Root.Texts.Count != 1
        ? []
        : analysis.Root.Response.Records.OfType<TxtRecord>()
            .Where(record => record.RecordType == DnsRecordType.TXT && !SpfRecord.IsSpf(record.Text) && IsHalf(record.Text))
            .Select(record => SpfFindings.RecordHalf.Create(
                analysis.Domain,
                record.Text.Length <= MaximumShown ? record.Text : record.Text.Substring(0, MaximumShown) + "…"));

    /// <summary>True if a text is nothing but terms, the first of which may have been cut, and one of them can be nothing else.</summary>
    private static bool IsHalf(string text)
    {
        string[] words = text.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        bool isCertain = false;
        for (int index = 0; index < words.Length; index++)
        {
            SpfRecord record = SpfParser.Parse("v=spf1 " + words[index]);
            if (!record.IsValid || record.Terms.Count == 0)
            {
                if (index > 0)
                {
                    return false;
                }

                continue;
            }

            isCertain |= IsCertain(record.Terms[0], words[index]);
        }

        return isCertain;
    }

    private static bool IsCertain(SpfTerm term, string word) => term.Kind switch
    {
        SpfTermKind.All => word.Length > 3,
        SpfTermKind.Redirect => true,
        _ => term.IsMechanism && word.IndexOf(':') >= 0,
    };
}
