using Dmarc.Dns;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>The rules about an SPF record as a whole, and about records beside it.</summary>
internal static class SpfRecordRules
{
    private const int MaximumShown = 100;
    private const int MaximumNearMisses = 5;

    /// <summary>A Sender ID record, such as <c>spf2.0/pra</c>. Receivers no longer evaluate it.</summary>
    private const string SenderIdVersion = "spf2.0/";

    /// <summary>The rules about the presence of a record.</summary>
    public static Rule<SpfAnalysis>[] Presence { get; } =
    [
        new(nameof(RecordPresence), RecordPresence),
        new(SpfFindings.NearMiss.Code, analysis => analysis.Root.Texts.Count > 0
            ? []
            : TextsAt(analysis)
                .Where(IsNearMiss)
                .Take(MaximumNearMisses)
                .Select(text => SpfFindings.NearMiss.Create(analysis.Domain, Shorten(text)))),

        // A long record must be split into strings of one TXT record (RFC 7208 §3.3): the rest of this one is ignored.
        new(SpfFindings.RecordHalf.Code, analysis => analysis.Root.Texts.Count != 1
            ? []
            : TextsAt(analysis)
                .Where(text => !SpfRecord.IsSpf(text) && !IsSenderId(text) && IsHalf(text))
                .Select(text => SpfFindings.RecordHalf.Create(
                    analysis.Domain, PrintableText.Shorten(text, MaximumShown)))),
    ];

    /// <summary>The rules about publishing the record, and about records beside it.</summary>
    public static Rule<SpfAnalysis>[] Surroundings { get; } =
    [
        new(nameof(JoinedTerms), JoinedTerms),

        // An answer over UDP without EDNS holds 512 bytes (RFC 7208 §3.4).
        new(SpfFindings.RecordTooLong, analysis => analysis.Root.Texts.Count > 0 && Length(analysis) > SpfLimits.RecordLength,
            analysis => [analysis.Domain, Length(analysis)]),
        new(nameof(LegacyType), LegacyType),
        new(SpfFindings.SenderIdLeftover, analysis => TextsAt(analysis).Any(IsSenderId),
            analysis => [analysis.Domain, TextsAt(analysis).Count(IsSenderId)]),
        new(nameof(Explanation), Explanation),

        // RFC 7208 §2.4: for bounces, receivers check the HELO name of a host.
        new(SpfFindings.HostWithoutRecord.Code, analysis => analysis.Tree.Roots
            .Where(node => node.Term.Qualifier == SpfQualifier.Pass)
            .SelectMany(node => node.Facts.Hosts)
            .Where(host => !host.HasNoAddress
                && host.Txt is DnsResponse txt
                && txt.Status.IsAnswer()
                && !txt.Records.Any(SpfRecord.IsSpf))
            .Select(host => SpfFindings.HostWithoutRecord.Create(host.Name))),
        new(SpfFindings.ServiceUnused.Code, analysis => analysis.Tree.Roots
            .Where(node => node.LeadsOn && node.Service is { } service && analysis.UnusedServices.Contains(service))
            .Select(node => SpfFindings.ServiceUnused.CreateAt(node.Term.Position, node.Term, node.Term.Position + 1, node.Service))),
        new(SpfFindings.SharedService.Code, analysis => analysis.Own
            .Where(node => node.Service is { IsShared: true } && node.Term.Qualifier == SpfQualifier.Pass)
            .Select(node => SpfFindings.SharedService.CreateAt(
                node.Depth == 0 ? node.Term.Position : null, node.Term, node.Term.Position + 1, node.Service))),
        new(SpfFindings.NotFollowed, analysis => analysis.IsIncomplete || analysis.Tree.IsCut,
            analysis => [analysis.Domain, analysis.Tree.All.Count]),
    ];

    /// <summary>No record, several records, or an unknown answer.</summary>
    public static Finding? RecordPresence(SpfAnalysis analysis) =>
        !analysis.Root.Response.Status.IsAnswer() ? SpfFindings.LookupFailed.Create(analysis.Domain, analysis.Root.Response.Status)
        : analysis.Root.Texts.Count > 1 ? SpfFindings.SeveralRecords.Create(analysis.Domain, analysis.Root.Texts.Count)
        : analysis.Root.Texts.Count == 1 ? null
        : analysis.Root.Response.Status == DnsStatus.NxDomain ? SpfFindings.DomainNotFound.Create(analysis.Domain)
        : SpfFindings.RecordMissing.Create(analysis.Domain);

    /// <summary>Character-strings meant as parts separated by a space.</summary>
    private static IEnumerable<Finding> JoinedTerms(SpfAnalysis analysis)
    {
        TxtRecord? record = (TxtRecord?)analysis.Root.Response.Records.FirstOrDefault(SpfRecord.IsSpf);
        for (int index = 1; index < record?.Strings.Count; index++)
        {
            string before = LastWord(Encoding.ASCII.GetString(record.Strings[index - 1]));
            string after = FirstWord(Encoding.ASCII.GetString(record.Strings[index]));
            if ((before.Length > 0 && IsTerm(after) && (before.IndexOf('.') >= 0 || IsTerm(before)))
                || (IsBareHost(after) && (IsBareHost(before) || before.StartsWith("ip4:", StringComparison.OrdinalIgnoreCase))))
            {
                yield return SpfFindings.SplitJoinsTerms.Create(analysis.Domain, before, after);
            }
        }
    }

    /// <summary>Records of the obsolete type SPF (RFC 7208 §3.1), and their differences from the TXT record.</summary>
    private static Finding? LegacyType(SpfAnalysis analysis)
    {
        TxtRecord[] records = [.. (analysis.LegacyResponse?.Records ?? PrintableList<DnsRecord>.Empty).OfType<TxtRecord>()];
        string relation = analysis.Root.Texts.Count == 0 ? Strings.Spf_LegacyAlone
            : records.Select(record => record.Text).SequenceEqual(analysis.Root.Texts) ? ""
            : Strings.Spf_LegacyDiffers;
        return records.Length == 0 ? null : SpfFindings.TypeSpfLeftover.Create(analysis.Domain, relation);
    }

    /// <summary>An <c>exp</c> that receivers cannot use (RFC 7208 §6.2), in the record or a redirect target.</summary>
    private static IEnumerable<Finding> Explanation(SpfAnalysis analysis)
    {
        HashSet<SpfDomainFacts> met = [];
        for (SpfDomainFacts? at = analysis.Root; at is not null && met.Add(at); at = at.Redirect?.Child)
        {
            if (at.Record?.Explanation is SpfTerm term
                && at.ExplanationQuery is { Status: TaskStatus.RanToCompletion, Result: { } response }
                && response.Status.IsAnswer()
                && ExplanationProblem(response) is string problem)
            {
                yield return SpfFindings.ExplanationUnusable.CreateAt(
                    at == analysis.Root ? term.Position : null, term.Text, term.Position + 1, at.Domain, response.Name, problem);
            }
        }
    }

    private static string? ExplanationProblem(DnsResponse response)
    {
        TxtRecord[] records = [.. response.Records.OfType<TxtRecord>()];
        return records.Length == 0 ? Sentences.Fill(Strings.Spf_ExplanationMissing, response.Status)
            : records.Length > 1 ? Sentences.Fill(Strings.Spf_ExplanationSeveral, records.Length)
            : MacroParser.ReadExplanation(records[0].Text) is null ? Strings.Spf_ExplanationMalformed
            : null;
    }

    private static IEnumerable<string> TextsAt(SpfAnalysis analysis) => analysis.Root.Response.Records.OfType<TxtRecord>()
        .Where(record => record.Type == DnsRecordType.TXT)
        .Select(record => record.Text);

    private static bool IsSenderId(string text) => text.StartsWith(SenderIdVersion, StringComparison.OrdinalIgnoreCase);

    private static int Length(SpfAnalysis analysis) => analysis.Domain.Length
        + analysis.Root.Response.Records.OfType<TxtRecord>().Sum(record => record.Strings.Sum(part => part.Length));

    /// <summary>True for a text meant as an SPF record.</summary>
    private static bool IsNearMiss(string text)
    {
        int start = 0;
        while (start < text.Length && !char.IsLetter(text[start]))
        {
            start++;
        }

        string word = new(text.Skip(start).Where(character => !char.IsWhiteSpace(character)).Take(6).ToArray());
        return word.StartsWith("v=spf", StringComparison.OrdinalIgnoreCase)
            || word.StartsWith("v:spf", StringComparison.OrdinalIgnoreCase)
            || word.StartsWith("spf1", StringComparison.OrdinalIgnoreCase)
            || word.StartsWith("spf=", StringComparison.OrdinalIgnoreCase);
    }

    private static string Shorten(string text)
    {
        char[] safe = [.. text.Take(MaximumShown).Select(character => char.IsControl(character) ? '?' : character)];
        return new string(safe) + (text.Length > MaximumShown ? "…" : "");
    }

    /// <summary>
    /// True if a text consists of terms only and at least one of them is unambiguous. The first one may be truncated.
    /// </summary>
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

    private static bool IsTerm(string word)
    {
        int start = word.Length > 0 && "+-~?".IndexOf(word[0]) >= 0 ? 1 : 0;
        int colon = word.IndexOf(':');
        bool bare = colon < 0;
        SpfTermKind? kind = SpfTermNames.FindMechanism(word, start, bare ? word.Length : colon);
        return (kind is not null && (!bare || kind is SpfTermKind.All || start == 1))
            || word.StartsWith("redirect=", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>True for <c>a</c> and <c>mx</c> alone: after a name they could be the end of it.</summary>
    private static bool IsBareHost(string word) =>
        word.Equals("a", StringComparison.OrdinalIgnoreCase) || word.Equals("mx", StringComparison.OrdinalIgnoreCase);

    private static string LastWord(string text) => text.Substring(text.LastIndexOf(' ') + 1);

    private static string FirstWord(string text) => text.IndexOf(' ') is int space and >= 0 ? text.Substring(0, space) : text;
}
