namespace Dmarc.Standards.Spf;

/// <summary>
/// Reads SPF records (RFC 7208 §4.6.1). The whole record is read in spite of errors; each finding names the term and
/// its column, from 1.
/// </summary>
internal static class SpfParser
{
    /// <summary>The characters of <c>v=spf1</c>.</summary>
    private const int VersionLength = 6;

    /// <summary>Reads a record.</summary>
    /// <param name="text">The text, its strings joined. Without <c>v=spf1</c> in front, it is a syntax error.</param>
    public static SpfRecord Parse(string text)
    {
        SpfTermReader reader = new(text);
        List<SpfTerm> terms = new(12);
        if (!SpfRecord.IsSpf(text))
        {
            reader.Report(SpfFindings.VersionMissing, 0);
            return new SpfRecord(text, [], reader.Findings.ToPrintableList(), reader.Problem);
        }

        int index = VersionLength;
        bool redirects = false;
        bool explains = false;
        while (index < text.Length)
        {
            if (text[index] == ' ')
            {
                index++;
                continue;
            }

            int end = text.IndexOf(' ', index);
            end = end < 0 ? text.Length : end;
            if (reader.Read(index, end) is SpfTerm term)
            {
                if ((term.Kind == SpfTermKind.Redirect && redirects) || (term.Kind == SpfTermKind.Explanation && explains))
                {
                    reader.Report(SpfFindings.ModifierRepeated, index, term.Text, index + 1);
                }

                redirects |= term.Kind == SpfTermKind.Redirect;
                explains |= term.Kind == SpfTermKind.Explanation;
                terms.Add(term);
            }

            index = end;
        }

        return new SpfRecord(text, [.. terms], reader.Findings.ToPrintableList(), reader.Problem);
    }
}
