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
            state.Values.Domain = state.ExplainingDomain;
            if (term.Domain!.Uses('p'))
            {
                state.Values.ValidatedName =
                    await SpfTermMatcher.FindValidatedNameAsync(state, state.ExplainingDomain).ConfigureAwait(false);
            }

            string? target = TargetName.FromExpansion(MacroExpander.Expand(term.Domain, state.Values));
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
            if (text is null)
            {
                return null;
            }

            if (text.Uses('p'))
            {
                state.Values.ValidatedName =
                    await SpfTermMatcher.FindValidatedNameAsync(state, state.ExplainingDomain).ConfigureAwait(false);
            }

            return Printable(MacroExpander.Expand(text, state.Values));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>The text if an SMTP reply allows all of its characters; expanded values may contain others.</summary>
    private static string? Printable(string? text)
    {
        if (text is null || text.Length == 0)
        {
            return null;
        }

        foreach (char character in text)
        {
            if (character is < ' ' or > '~')
            {
                return null;
            }
        }

        return text;
    }
}
