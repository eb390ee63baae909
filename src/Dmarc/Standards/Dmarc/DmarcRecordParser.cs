namespace Dmarc.Standards.Dmarc;

/// <summary>
/// Reads DMARC records (RFC 9989 §4.7, §4.8). It never throws on content: it discards what receivers discard, and
/// reports a finding with its position. It also reads the historic tags of RFC 7489.
/// </summary>
internal static class DmarcRecordParser
{
    private const string CurrentVersion = "DMARC1";

    /// <summary>True if the text begins with <c>v=DMARC1</c>, as for receivers (RFC 9989 §4.10, step 2).</summary>
    public static bool IsDmarcRecord(string text)
    {
        if (text.Length == 0 || text[0] is ' ' or '\t')
        {
            return false;
        }

        TagReader reader = new(text);
        return reader.Read() && HasCurrentVersion(text.AsSpan(reader.Start, reader.End - reader.Start));
    }

    /// <summary>Reads a record.</summary>
    /// <param name="text">The text, with the character-strings of the TXT record joined.</param>
    /// <returns>The record: see <see cref="DmarcRecord.Validity"/> and <see cref="DmarcRecord.Findings"/>.</returns>
    public static DmarcRecord Parse(string text)
    {
        if (text.Length > DmarcLimits.RecordLength)
        {
            text = text.Substring(0, DmarcLimits.RecordLength);
        }

        FindingCollector findings = new();
        if (!IsDmarcRecord(text))
        {
            DmarcVersionDiagnosis.Explain(text, findings);
            if (text.IndexOf("dmarc", StringComparison.OrdinalIgnoreCase) < 0)
            {
                return new DmarcRecord { Text = text, Validity = DmarcRecordValidity.NotDmarc, Findings = findings.ToList() };
            }
        }

        // The quotation marks explain all other faults.
        FindingCollector more = findings.Contains(DmarcFindings.RecordQuoted) ? new FindingCollector() : findings;
        List<DmarcTag> tags = ReadTags(text, more);
        bool duplicates = FindDuplicates(tags, more);
        DmarcRecord record = new()
        {
            Text = text,
            Validity = !IsDmarcRecord(text) ? DmarcRecordValidity.NotDmarc
                : duplicates ? DmarcRecordValidity.Broken
                : DmarcRecordValidity.Valid,
            Tags = tags.ToPrintableList(),
        };
        return ReadValues(record, more) with { Findings = findings.ToList() };
    }

    private static bool HasCurrentVersion(ReadOnlySpan<char> part)
    {
        int equals = part.IndexOf('=');
        if (equals <= 0)
        {
            return false;
        }

        // The name is an ABNF string, so its letter case does not matter; that of the value does (RFC 9989 §4.8).
        ReadOnlySpan<char> name = part.Slice(0, equals).TrimEnd(" \t".AsSpan());
        ReadOnlySpan<char> value = part.Slice(equals + 1).TrimStart(" \t".AsSpan());
        return name.Length == 1 && name[0] is 'v' or 'V' && value.SequenceEqual(CurrentVersion.AsSpan());
    }

    private static List<DmarcTag> ReadTags(string text, FindingCollector findings)
    {
        List<DmarcTag> tags = new(8);
        int firstEmpty = -1;
        bool tagsAfterEmpty = false;
        TagReader reader = new(text);
        while (reader.Read())
        {
            if (reader.Start < reader.End)
            {
                if (tags.Count == DmarcLimits.Tags)
                {
                    findings.Add(DmarcFindings.TooManyTags, reader.Start, DmarcLimits.Tags);
                    break;
                }

                tagsAfterEmpty |= firstEmpty >= 0;
                DmarcTag tag = DmarcTag.Read(reader);
                tags.Add(tag);
                CheckTag(tag, findings);
            }
            else if (!reader.IsLast && firstEmpty < 0)
            {
                firstEmpty = reader.End;
            }
        }

        if (firstEmpty >= 0)
        {
            findings.Add(tagsAfterEmpty ? DmarcFindings.TagsAfterEmptyTag : DmarcFindings.EmptyTag, firstEmpty);
        }

        CheckCharacters(text, findings);
        return tags;
    }

    private static void CheckTag(in DmarcTag tag, FindingCollector findings)
    {
        if (tag.Value is null)
        {
            FindingDescriptor kind = tag.Name.StartsWith("mailto:", StringComparison.Ordinal)
                ? DmarcFindings.UriListSeparator
                : DmarcFindings.TagWithoutValue;
            findings.Add(kind, tag.Position, tag.Name);
            return;
        }

        if (Array.IndexOf(DmarcTags.All, tag.Name) < 0)
        {
            string? near = DmarcTags.FindNear(tag.Name);
            FindingDescriptor kind = near is not null ? DmarcFindings.TagMisspelt
                : IsAlphabetic(tag.Name) ? DmarcFindings.TagUnknown
                : DmarcFindings.TagNameInvalid;
            findings.Add(kind, tag.Position, tag.Name, near);
        }
        else if (tag.Value.Length == 0)
        {
            findings.Add(DmarcFindings.TagWithoutValue, tag.Position, tag.Name);
        }
        else if (DmarcTags.IsHistoric(tag.Name))
        {
            findings.Add(DmarcFindings.HistoricTag, tag.Position, tag.Name);
        }

        if (FindHiddenTag(tag.Value.AsSpan()) is { } hidden)
        {
            findings.Add(DmarcFindings.SeparatorMissing, tag.ValuePosition + hidden.Start, tag.Name, hidden.Name);
        }
    }

    /// <summary>A known tag inside a value, after a missing semicolon; null if there is none.</summary>
    internal static (string Name, int Start)? FindHiddenTag(ReadOnlySpan<char> value)
    {
        int equals = value.IndexOf('=');
        if (equals < 2)
        {
            return null;
        }

        int end = equals;
        while (end > 0 && value[end - 1] is ' ' or '\t')
        {
            end--;
        }

        int start = end;
        while (start > 0 && value[start - 1] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
        {
            start--;
        }

        return start > 0 && start < end && value[start - 1] is ' ' or '\t' or ',' or ':'
            && DmarcTags.Find(value.Slice(start, end - start)) is { } hidden
                ? (hidden, start)
                : null;
    }

    private static void CheckCharacters(string text, FindingCollector findings)
    {
        for (int index = 0; index < text.Length; index++)
        {
            char character = text[index];
            if (character is > '~' or < ' ' and not '\t')
            {
                findings.Add(
                    DmarcFindings.CharacterNotAllowed,
                    index,
                    "U+" + ((int)character).ToString("X4", CultureInfo.InvariantCulture));
                return;
            }
        }
    }

    private static bool FindDuplicates(List<DmarcTag> tags, FindingCollector findings)
    {
        bool found = false;
        for (int index = 1; index < tags.Count; index++)
        {
            if (tags[index].Value is null)
            {
                continue;
            }

            for (int earlier = 0; earlier < index; earlier++)
            {
                if (tags[earlier].Value is not null && tags[earlier].Name == tags[index].Name)
                {
                    findings.Add(DmarcFindings.TagDuplicate, tags[index].Position, tags[index].Name);
                    found = true;
                    break;
                }
            }
        }

        return found;
    }

    /// <summary>Reads the values of a record's tags.</summary>
    internal static DmarcRecord ReadValues(DmarcRecord record, FindingCollector findings)
    {
        DmarcTag? policy = Present(record, DmarcTags.Policy);
        DmarcTag? subdomain = Present(record, DmarcTags.SubdomainPolicy);
        DmarcTag? nonexistent = Present(record, DmarcTags.NonexistentSubdomainPolicy);
        DmarcPolicy? p = DmarcValues.ReadPolicy(policy, findings);
        DmarcPolicy? sp = DmarcValues.ReadPolicy(subdomain, findings);
        DmarcPolicy? np = DmarcValues.ReadPolicy(nonexistent, findings);
        DmarcTag? rua = Present(record, DmarcTags.AggregateReports);
        DmarcTag? ruf = Present(record, DmarcTags.FailureReports);
        return record with
        {
            Policy = p,
            SubdomainPolicy = sp,
            NonexistentSubdomainPolicy = np,
            HasFaultyPolicy = p is null || (subdomain is not null && sp is null) || (nonexistent is not null && np is null),
            PublicSuffixDomain = DmarcValues.ReadPublicSuffixDomain(Present(record, DmarcTags.PublicSuffixDomain), findings),
            Testing = DmarcValues.ReadTesting(Present(record, DmarcTags.Testing), findings),
            DkimAlignment = DmarcValues.ReadAlignment(Present(record, DmarcTags.DkimAlignment), findings),
            SpfAlignment = DmarcValues.ReadAlignment(Present(record, DmarcTags.SpfAlignment), findings),
            FailureOptions = DmarcValues.ReadFailureOptions(Present(record, DmarcTags.FailureOptions), findings),
            AggregateReportUris = rua is { } aggregate ? DmarcReportUriReader.Read(aggregate, findings) : record.AggregateReportUris,
            FailureReportUris = ruf is { } failure ? DmarcReportUriReader.Read(failure, findings) : record.FailureReportUris,
            Percentage = (int)DmarcValues.ReadNumber(Present(record, DmarcTags.Percentage), 100, 100, findings),
            ReportFormat = Present(record, DmarcTags.ReportFormat)?.Value ?? record.ReportFormat,
            ReportInterval =
                DmarcValues.ReadNumber(Present(record, DmarcTags.ReportInterval), uint.MaxValue, 86400, findings),
        };
    }

    /// <summary>The tag if it has a value; a tag without a value violates the grammar and counts as absent.</summary>
    private static DmarcTag? Present(DmarcRecord record, string name)
    {
        foreach (DmarcTag tag in record.Tags.AsSpan())
        {
            if (tag.Name == name && tag.Value is { Length: > 0 })
            {
                return tag;
            }
        }

        return null;
    }

    internal static bool IsAlphabetic(string name) =>
        name.Length > 0 && name.All(character => character is >= 'a' and <= 'z');
}
