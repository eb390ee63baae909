using Dmarc.Dns;

namespace Dmarc.Standards.Spf;

/// <summary>Finds a domain's explanation of a fail (RFC 7208 §6.2).</summary>
internal static class SpfExplainer
{
    /// <summary>The maximum wait for the explanation: the result is complete without it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>The explanation; null if there is no usable one, which is not an error.</summary>
    public static async ValueTask<string?> ExplainAsync(SpfCheckState state, SpfTerm term, CancellationToken cancellationToken)
    {
        try
        {
            state.EndWithin(Grace);
            string? target =
                await SpfTermMatcher.ExpandTargetAsync(state, term, state.ExplainingDomain).ConfigureAwait(false);
            if (target is null)
            {
                return null;
            }

            DnsResponse response = await state.QueryAsync(target, DnsRecordType.TXT).ConfigureAwait(false);
            if (response.Records.Count != 1 || response.Records[0] is not TxtRecord txt)
            {
                return null;
            }

            MacroString? text = MacroParser.ReadExplanation(txt.Text);
            string? expanded = text is null
                ? null
                : await SpfTermMatcher.ExpandAsync(state, text, state.ExplainingDomain).ConfigureAwait(false);

            // An SMTP reply must allow all of its characters; expanded values may contain others.
            return expanded?.Length > 0 && expanded.All(character => character is >= ' ' and <= '~') ? expanded : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
