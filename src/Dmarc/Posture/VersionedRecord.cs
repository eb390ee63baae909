using Dmarc.Dns;

namespace Dmarc.Posture;

/// <summary>A TXT record that is told from others at its name by how it begins, such as <c>v=STSv1</c>.</summary>
/// <param name="Status">Whether there is one; <see cref="PartStatus.Invalid"/> for a text that only nearly begins so.</param>
/// <param name="Text">The record; of several the first; empty where there is none.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct VersionedRecord(PartStatus Status, string Text, int Count)
{
    /// <summary>Picks the record out of an answer.</summary>
    /// <param name="response">The answer for TXT.</param>
    /// <param name="version">How the record has to begin, such as <c>v=STSv1</c>.</param>
    public static VersionedRecord Select(DnsResponse response, string version)
    {
        if (!response.Status.IsAnswer())
        {
            return new VersionedRecord(response.Status.ToPartStatus(), "", 0);
        }

        string[] texts = [.. response.Records.OfType<TxtRecord>().Select(record => record.Text)];
        string[] records = [.. texts.Where(text => Begins(text, version, StringComparison.Ordinal))];
        if (records.Length > 0)
        {
            return new VersionedRecord(records.Length > 1 ? PartStatus.Multiple : PartStatus.Found, records[0], records.Length);
        }

        string? near = Array.Find(texts, text => Begins(text.Trim(' ', '\t', '"'), version, StringComparison.OrdinalIgnoreCase));
        return near is null ? new VersionedRecord(PartStatus.NotFound, "", 0) : new VersionedRecord(PartStatus.Invalid, near, 1);
    }

    private static bool Begins(string text, string version, StringComparison comparison)
    {
        if (!text.StartsWith(version, comparison))
        {
            return false;
        }

        int next = version.Length;
        while (next < text.Length && (text[next] is ' ' or '\t'))
        {
            next++;
        }

        return next == text.Length || text[next] == ';';
    }
}
