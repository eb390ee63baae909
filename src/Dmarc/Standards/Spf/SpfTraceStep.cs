using Dmarc.Dns;
using Dmarc.Text;

namespace Dmarc.Standards.Spf;

/// <summary>One step of an evaluation: a record that was read, or a term that was looked at.</summary>
/// <param name="Depth">How many includes and redirects stand above it; 0 in the domain's own record.</param>
/// <param name="Domain">The domain whose record it is.</param>
/// <param name="Term">The term; the whole record where the step is that it was read; empty if there is none.</param>
/// <param name="Target">The name that was asked for; empty if none was.</param>
/// <param name="DnsStatus">How the query for it ended; null if none was made.</param>
/// <param name="Matched">Whether the term matched; null if it ended in an error, or the step is about a record.</param>
/// <param name="Result">The result that this step settled for its record; null if it settled none.</param>
public sealed record SpfTraceStep(
    int Depth,
    string Domain,
    string Term,
    string Target,
    DnsStatus? DnsStatus,
    bool? Matched,
    AuthenticationResult? Result)
{
    /// <summary>The step in a line, such as <c>example.com: include:_spf.example.net matched: pass</c>.</summary>
    public override string ToString()
    {
        string text = new string(' ', Depth * 2) + Domain;
        text += Term.Length == 0 ? "" : ": " + Term;
        text += Target.Length == 0 ? "" : " [" + Target + (DnsStatus is null or Dns.DnsStatus.NoError ? "" : " " + DnsStatus) + "]";
        text = Matched switch
        {
            true => Sentences.Fill(Strings.Spf_TraceMatched, text),
            false => Sentences.Fill(Strings.Spf_TraceNotMatched, text),
            _ => text,
        };
        return Result is AuthenticationResult outcome ? text + ": " + outcome.ToWord() : text;
    }
}
