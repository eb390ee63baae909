namespace Dmarc.Advice.Sources;

/// <summary>For how many messages of a source a name was reported.</summary>
/// <param name="Name">The name: a domain, a reporter, a kind of override.</param>
/// <param name="Result">The result that was reported with it, such as <c>Pass</c>; empty if none belongs to it.</param>
/// <param name="Messages">The number of messages.</param>
internal sealed record EvidenceCount(string Name, string Result, long Messages)
{
    /// <summary>For instance <c>bounce.example.com SoftFail (12)</c>.</summary>
    public override string ToString() =>
        Name + (Result.Length == 0 ? "" : " " + Result) + " (" + Messages.ToString(System.Globalization.CultureInfo.InvariantCulture) + ")";
}
