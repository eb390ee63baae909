namespace Dmarc.Fuzz;

/// <summary>An entry point of the product that takes what strangers write.</summary>
/// <param name="Name">What it is called at the prompt and how the folder of its own seeds is called.</param>
/// <param name="Run">Takes the input. It throws if the product broke a promise.</param>
/// <param name="Samples">Files of docs/samples that are seeds too: a pattern below that folder.</param>
internal sealed record FuzzTarget(string Name, Action<byte[]> Run, params string[] Samples)
{
    /// <summary>The seeds, in the order of their names.</summary>
    public IReadOnlyList<byte[]> ReadSeeds()
    {
        string own = Path.Combine(FuzzFolders.Seeds, Name);
        IEnumerable<string> files = Directory.Exists(own) ? Directory.EnumerateFiles(own) : [];
        foreach (string pattern in Samples)
        {
            string folder = Path.Combine(FuzzFolders.Samples, Path.GetDirectoryName(pattern)!);
            files = files.Concat(Directory.EnumerateFiles(folder, Path.GetFileName(pattern)));
        }

        return [.. files.Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(seed => seed.Length <= Mutator.MaximumLength)];
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
