using Dmarc.Advice.Rollout;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Reports.Rollout.Rules;

/// <summary>The policy for subdomains is milder than that of the domain.</summary>
internal sealed class SubdomainsLagNote : IRolloutNote
{
    public void Check(RolloutFacts facts, List<Finding> findings)
    {
        if (facts.Record is { SubdomainPolicy: { } subdomains } record && subdomains < record.Policy)
        {
            findings.Add(Describe(facts));
        }
    }

    public static Finding Describe(RolloutFacts facts) => RolloutFindings.SubdomainsLag.Create(
        facts.Domain,
        facts.Record!.SubdomainPolicy!.Value.ToKeyword(),
        facts.Record.Policy.ToKeyword(),
        (facts.Record.SubdomainPolicy.Value + 1).ToKeyword());
}

/// <summary>The policy for names that do not exist is milder than that for those that do.</summary>
internal sealed class NonexistentLagNote : IRolloutNote
{
    public void Check(RolloutFacts facts, List<Finding> findings)
    {
        if (facts.Record is { NonexistentSubdomainPolicy: { } nonexistent } record && nonexistent < (record.SubdomainPolicy ?? record.Policy))
        {
            findings.Add(Describe(facts));
        }
    }

    public static Finding Describe(RolloutFacts facts) => RolloutFindings.NonexistentLag.Create(
        facts.Domain, facts.Record!.NonexistentSubdomainPolicy!.Value.ToKeyword());
}

/// <summary>Only subdomains hold the domain back: records of their own would set it free.</summary>
internal sealed class SubdomainsHoldNote : IRolloutNote
{
    private const int MostNamed = 10;

    public void Check(RolloutFacts facts, List<Finding> findings)
    {
        if (facts.Record is not { } record)
        {
            return;
        }

        string[] names = [.. facts.Blocking.Select(source => source.Observed.HeaderFrom).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (names.Length > 0 && Array.TrueForAll(names, facts.IsSubdomain))
        {
            findings.Add(RolloutFindings.SubdomainsHold.Create(
                facts.Domain,
                string.Join(", ", names.Take(MostNamed)) + (names.Length > MostNamed ? ", …" : ""),
                names[0],
                record.Policy.ToKeyword()));
        }
    }
}

/// <summary>Mail comes in the name of subdomains, and none of it passes: they are made up, or send nothing.</summary>
internal sealed class SubdomainsUnusedNote : IRolloutNote
{
    public void Check(RolloutFacts facts, List<Finding> findings)
    {
        if (facts.Record is not { } record
            || record.NonexistentSubdomainPolicy == DmarcPolicy.Reject
            || record.Applied(true) == DmarcPolicy.Reject
            || facts.Blocking.Any(source => facts.IsSubdomain(source.Observed.HeaderFrom)))
        {
            return;
        }

        int unused = facts.Sources
            .Where(source => facts.IsSubdomain(source.Observed.HeaderFrom))
            .GroupBy(source => source.Observed.HeaderFrom, StringComparer.OrdinalIgnoreCase)
            .Count(group => group.All(source => source.Observed.Failed == source.Observed.Messages));
        if (unused > 0)
        {
            findings.Add(RolloutFindings.SubdomainsUnused.Create(facts.Domain, unused));
        }
    }
}
