namespace Dmarc.Advice.Rollout;

/// <summary>Temporary DNS errors for the domain's mail at one receiver, mostly due to slow name servers.</summary>
/// <param name="Reporter">The reporting organisation.</param>
/// <param name="Messages">The number of all its messages.</param>
/// <param name="SpfMessages">The number of messages with an SPF temperror.</param>
/// <param name="DkimMessages">The number of messages with a signature whose result is temperror.</param>
public sealed record RolloutTemporaryErrors(string Reporter, long Messages, long SpfMessages, long DkimMessages)
{
    /// <summary>The reporter and the numbers.</summary>
    public override string ToString() => Sentences.Fill(
        Strings.Rollout_TemporaryErrors, Reporter, SpfMessages, DkimMessages, Messages);
}
