using System.Text;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>Character-strings that were meant as parts with a space between.</summary>
internal sealed class SplitJoinsTermsRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis)
    {
        TxtRecord? record = analysis.Root.Response.Records.OfType<TxtRecord>().FirstOrDefault(txt => SpfRecord.IsSpf(txt.Text));
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
