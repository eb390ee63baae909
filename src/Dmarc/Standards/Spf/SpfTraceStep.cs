using Dmarc.Dns;

namespace Dmarc.Standards.Spf;

/// <summary>One step of an evaluation: a record read or a term evaluated.</summary>
/// <param name="Depth">The number of includes and redirects above it; 0 in the domain's own record.</param>
/// <param name="Domain">The domain of the record.</param>
/// <param name="Term">The term; the whole record if the step is reading it; empty if there is none.</param>
/// <param name="Target">The queried name; empty if there is none.</param>
/// <param name="DnsStatus">The status of the query; null if none was made.</param>
/// <param name="Matched">Whether the term matched; null for an error, or if the step is about a record.</param>
/// <param name="Result">The result that this step determined for its record; null if there is none.</param>
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
