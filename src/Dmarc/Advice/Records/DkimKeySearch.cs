using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>What a search for DKIM keys found, and what it looked for.</summary>
/// <param name="Results">The keys; one about the domain with an empty selector where there is none.</param>
/// <param name="Tried">The selectors that were looked for; <c>*</c> for a wildcard, and alone where DNS said that there is none at all.</param>
internal sealed record DkimKeySearch(PrintableList<DkimKeyResult> Results, PrintableList<string> Tried);
