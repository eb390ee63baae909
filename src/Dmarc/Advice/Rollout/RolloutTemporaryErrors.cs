using Dmarc.Text;

namespace Dmarc.Advice.Rollout;

/// <summary>How often DNS look-ups for the domain's mail failed for a while at one receiver, mostly because name servers are slow.</summary>
/// <param name="Reporter">The organisation that reports.</param>
/// <param name="Messages">All its messages.</param>
/// <param name="SpfMessages">Messages whose SPF check ended in temperror.</param>
/// <param name="DkimMessages">Messages with a signature whose check ended in temperror.</param>
public sealed record RolloutTemporaryErrors(string Reporter, long Messages, long SpfMessages, long DkimMessages)
{
    /// <summary>The reporter and the numbers.</summary>
    public override string ToString() => Sentences.Fill(
        Strings.Rollout_TemporaryErrors, Reporter, SpfMessages, DkimMessages, Messages);
}
