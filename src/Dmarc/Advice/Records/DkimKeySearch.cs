namespace Dmarc.Advice.Records;

/// <summary>The result of a search for DKIM keys, and the selectors tried.</summary>
/// <param name="Results">The keys, or one result about the domain with an empty selector.</param>
/// <param name="Tried">The selectors tried; <c>*</c> for a wildcard, alone if there is none at all.</param>
internal sealed record DkimKeySearch(PrintableList<DkimKeyResult> Results, PrintableList<string> Tried);
