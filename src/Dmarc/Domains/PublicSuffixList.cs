using System.IO.Compression;
using System.Reflection;

namespace Dmarc.Domains;

/// <summary>
/// The public suffix list (https://publicsuffix.org): the names below which the public registers names. RFC 7489 §3.2
/// derives the Organizational Domain from it; RFC 9989 does not use it. Both sections count, ICANN and private, as
/// receivers use it.
/// </summary>
internal sealed class PublicSuffixList : IOrganizationalDomainSource
{
    private const string ResourceName = "Dmarc.PublicSuffixList.deflate";

    private static readonly Lazy<PublicSuffixList> Embedded = new(LoadEmbedded);

    private readonly PublicSuffixRules _rules;

    private PublicSuffixList(PublicSuffixRules rules) => _rules = rules;

    /// <summary>The embedded copy, read on first use.</summary>
    public static PublicSuffixList Default => Embedded.Value;

    /// <summary>The edition from the <c>VERSION</c> line of the list; empty if it has none.</summary>
    public string Version => _rules.Version;

    /// <summary>The number of rules.</summary>
    public int RuleCount => _rules.Count;

    /// <summary>Reads a list from a file in the format of <c>public_suffix_list.dat</c>.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file contains no rule.</exception>
    public static PublicSuffixList Load(string path)
    {
        using FileStream stream = RegularFile.Open(path);
        return Load(stream);
    }

    /// <summary>Reads a list in the format of <c>public_suffix_list.dat</c>; other lines are skipped.</summary>
    /// <exception cref="InvalidDataException">The stream contains no rule.</exception>
    public static PublicSuffixList Load(Stream stream)
    {
        PublicSuffixRules rules = PublicSuffixRules.Read(stream);
        return rules.Count > 0 ? new PublicSuffixList(rules) : throw new InvalidDataException(Strings.Domains_NoSuffixRules);
    }

    /// <summary>
    /// The public suffix of a name: its longest match in the list, or its last label if no rule matches. A public
    /// suffix returns itself.
    /// </summary>
    public DomainName GetPublicSuffix(DomainName name) => name.KeepLast(_rules.CountSuffixLabels(name.ToString()));

    /// <summary>True if the name is a public suffix. An unlisted last label counts as one.</summary>
    public bool IsPublicSuffix(DomainName name) => _rules.CountSuffixLabels(name.ToString()) >= name.LabelCount;

    /// <summary>The registered name: one label more than the public suffix; null for a public suffix.</summary>
    public DomainName? GetRegistrableDomain(DomainName name)
    {
        int labels = _rules.CountSuffixLabels(name.ToString()) + 1;
        return labels <= name.LabelCount ? name.KeepLast(labels) : null;
    }

    /// <inheritdoc/>
    public DomainName GetOrganizationalDomain(DomainName name) => GetRegistrableDomain(name) ?? name;

    /// <summary>Writes the rules in the embedded compact format.</summary>
    public void WriteCompact(Stream stream)
    {
        using DeflateStream deflate = new(stream, CompressionLevel.Optimal, leaveOpen: true);
        using StreamWriter writer = new(deflate, new UTF8Encoding(false), 4096) { NewLine = "\n" };
        _rules.Write(writer);
    }

    private static PublicSuffixList LoadEmbedded()
    {
        using Stream? resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceName);
        using DeflateStream inflate = new(
            resource ?? throw new InvalidOperationException("The resource '" + ResourceName + "' is missing."),
            CompressionMode.Decompress);
        return Load(inflate);
    }
}
