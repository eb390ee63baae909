namespace Dmarc.Standards.Dmarc;

/// <summary>Explains why receivers do not recognise a text as a DMARC record (RFC 9989 §4.7, tag v).</summary>
internal static class DmarcVersionDiagnosis
{
    public static void Explain(string text, FindingCollector findings)
    {
        if (text.Length > 0 && text[0] is '"' or '\u201C' or '\'')
        {
            findings.Add(DmarcFindings.RecordQuoted, 0);
            return;
        }

        TagReader reader = new(text);
        reader.Read();
        DmarcTag first = DmarcTag.Read(reader);
        if (first.Name != DmarcTags.Version || first.Value is null)
        {
            ExplainMissing(text, reader, findings);
        }
        else if (first.Value == "DMARC1")
        {
            // The only remaining reason is white space before the tag.
            findings.Add(DmarcFindings.LeadingSpace, 0);
        }
        else if (string.Equals(first.Value, "DMARC1", StringComparison.OrdinalIgnoreCase))
        {
            findings.Add(DmarcFindings.VersionWrongCase, first.ValuePosition, first.Value);
        }
        else if (first.Value.StartsWith("DMARC1", StringComparison.OrdinalIgnoreCase) && first.Value[6] is ' ' or '\t' or ',' or ':')
        {
            findings.Add(DmarcFindings.VersionSeparatorMissing, first.ValuePosition + 6);
        }
        else
        {
            findings.Add(DmarcFindings.VersionUnknown, first.ValuePosition, first.Value);
        }
    }

    private static void ExplainMissing(string text, TagReader reader, FindingCollector findings)
    {
        while (reader.Read())
        {
            if (reader.Start < reader.End
                && text[reader.Start] is 'v' or 'V'
                && DmarcTag.Read(reader) is { Name: DmarcTags.Version, Value: "DMARC1" } late)
            {
                findings.Add(DmarcFindings.VersionNotFirst, late.Position);
                return;
            }
        }

        findings.Add(DmarcFindings.VersionMissing, 0);
    }
}
