using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>An <c>exp</c> that leads to nothing that receivers can use (RFC 7208 §6.2), in the record or in one to which it redirects.</summary>
internal sealed class ExplanationRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis)
    {
        HashSet<SpfDomainFacts> met = [];
        for (SpfDomainFacts? at = analysis.Root; at is not null && met.Add(at); at = RedirectOf(at))
        {
            if (at.Record?.Explanation is SpfTerm term
                && at.ExplanationQuery is { Status: TaskStatus.RanToCompletion, Result: { } response }
                && response.Status.IsAnswer()
                && ProblemOf(response) is string problem)
            {
                yield return SpfFindings.ExplanationUnusable.CreateAt(
                    at == analysis.Root ? term.Position : null, term.Text, term.Position + 1, at.Domain, response.Name, problem);
            }
        }
    }

    private static SpfDomainFacts? RedirectOf(SpfDomainFacts facts) =>
        facts.Terms.FirstOrDefault(term => term.IsEffective && term.Term.Kind == SpfTermKind.Redirect)?.Child;

    private static string? ProblemOf(DnsResponse response)
    {
        TxtRecord[] records = [.. response.Records.OfType<TxtRecord>()];
        return records.Length == 0 ? Sentences.Fill(Strings.Spf_ExplanationMissing, response.Status)
            : records.Length > 1 ? Sentences.Fill(Strings.Spf_ExplanationSeveral, records.Length)
            : MacroParser.ReadExplanation(records[0].Text) is null ? Strings.Spf_ExplanationMalformed
            : null;
    }
}
