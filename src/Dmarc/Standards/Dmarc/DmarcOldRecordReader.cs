using System.Text.RegularExpressions;

namespace Dmarc.Standards.Dmarc;

/// <summary>
/// Reads a record that is to be changed: keeps tags that receivers read and tags still unknown, corrects unambiguous
/// mistakes, leaves out the rest, and reports each change.
/// </summary>
internal static class DmarcOldRecordReader
{
    private static readonly char[] WhiteSpace = [' ', '\t'];

    /// <summary>The text before the record in a line of a zone file.</summary>
    private static readonly Regex BeforeText =
        new("^[^\"=;]*[ \t]TXT[ \t]+(?=\"|v=)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>How the records of other protocols begin.</summary>
    private static readonly Regex OtherVersion = new(
        "^v[ \t]*=[ \t]*(?:spf[12]|DKIM1|STSv1|TLSRPTv1|BIMI1)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>True for a text without usable content: the record of another protocol, or one without tags.</summary>
    public static bool IsOtherRecord(string text) => text.IndexOf('=') < 0 || OtherVersion.IsMatch(Clean(text));

    /// <summary>Reads a record; null yields no tags.</summary>
    public static DmarcTagList Read(string? text, FindingCollector changes)
    {
        DmarcTagList list = new();
        if (text is null)
        {
            return list;
        }

        List<(DmarcTag Tag, string Text)> parts = Split(Clean(text), changes);
        if (parts.Count > 0 && parts[0].Tag is not { Name: DmarcTags.Version, Value: "DMARC1" })
        {
            changes.Add(DmarcFindings.VersionCorrected, null, parts[0].Text);
        }

        // A correctly spelled tag takes precedence over a guessed one anywhere.
        HashSet<string> exact = [.. parts.Where(part => part.Tag.Value is { Length: > 0 }).Select(part => part.Tag.Name)];
        string last = "";
        bool hasVersion = false;
        foreach ((DmarcTag tag, string written) in parts)
        {
            if (tag.Name == DmarcTags.Version)
            {
                if (hasVersion)
                {
                    changes.Add(DmarcFindings.DuplicateDropped, null, tag.Name, tag.ToString());
                }

                hasVersion = true;
            }

            if (written.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
                && last is DmarcTags.AggregateReports or DmarcTags.FailureReports)
            {
                Append(list, last, written, changes);
            }
            else
            {
                last = Take(list, tag, exact, changes);
            }
        }

        return list;
    }

    /// <summary>The record in pasted text: zone file strings joined, escapes and line breaks undone.</summary>
    private static string Clean(string text)
    {
        string clean = text.Length > DmarcLimits.RecordLength ? text.Substring(0, DmarcLimits.RecordLength) : text;
        clean = Regex.Replace(clean, "[\uFEFF\u200B\u200E\u200F]", "", RegexOptions.CultureInvariant);
        clean = Regex.Replace(clean, "[\r\n\u00A0]", " ", RegexOptions.CultureInvariant);
        clean = clean.Replace('\u201C', '"').Replace('\u201D', '"').Replace("\\;", ";").Trim();
        string trimmed = BeforeText.Replace(clean, "");
        return trimmed.StartsWith("\"", StringComparison.Ordinal)
            ? Regex.Replace(trimmed, "\"[ \t]*\"", "", RegexOptions.CultureInvariant).Trim('"').Trim()
            : trimmed.Trim('"').Trim();
    }

    private static List<(DmarcTag Tag, string Text)> Split(string text, FindingCollector changes)
    {
        List<(DmarcTag Tag, string Text)> parts = [];
        TagReader reader = new(text);
        bool isDoubled = false;
        while (reader.Read() && parts.Count < DmarcLimits.Tags)
        {
            if (reader.Start == reader.End)
            {
                isDoubled |= !reader.IsLast;
                continue;
            }

            // Each tag is copied once, however many follow without a semicolon.
            DmarcTag tag = DmarcTag.Read(reader);
            string part = text.Substring(reader.Start, reader.End - reader.Start);
            int start = 0;
            int value = tag.ValuePosition - reader.Start;
            while (tag.Value is not null
                && parts.Count < DmarcLimits.Tags
                && DmarcRecordParser.FindHiddenTag(part.AsSpan(value)) is { } hidden)
            {
                int next = value + hidden.Start;
                string shown = part.Substring(value, hidden.Start).TrimEnd(' ', '\t', ',', ':');
                parts.Add((tag with { Value = shown }, part.Substring(start, next - start)));
                changes.Add(DmarcFindings.SeparatorRestored, null, hidden.Name);
                start = next;
                value = part.IndexOf('=', next) + 1;
                while (value < part.Length && part[value] is ' ' or '\t')
                {
                    value++;
                }

                tag = tag with { Name = hidden.Name };
            }

            parts.Add((start == 0 ? tag : tag with { Value = part.Substring(value) }, part.Substring(start)));
        }

        if (isDoubled)
        {
            changes.Add(DmarcFindings.SeparatorDropped, null, ";");
        }

        return parts;
    }

    /// <summary>Adopts a tag; returns the name under which it was adopted, or an empty text.</summary>
    private static string Take(DmarcTagList list, in DmarcTag tag, HashSet<string> exact, FindingCollector changes)
    {
        if (tag.Value is not { Length: > 0 } value)
        {
            changes.Add(DmarcFindings.TagDropped, null, tag.ToString());
            return "";
        }

        string name = tag.Name;
        if (DmarcTags.Find(name.AsSpan()) is null && DmarcTags.FindNear(name) is { } near && !exact.Contains(near) && IsValid(near, value))
        {
            // Otherwise it is an unknown tag, which receivers ignore: it stays, and the check of the new record reports
            // it.
            changes.Add(DmarcFindings.TagCorrected, null, name, near);
            name = near;
        }

        if (name == DmarcTags.Version)
        {
            return "";
        }

        if (DmarcTags.IsHistoric(name))
        {
            changes.Add(DmarcFindings.HistoricTagDropped, null, tag.ToString());
            return "";
        }

        if (list.Find(name) is not null)
        {
            changes.Add(DmarcFindings.DuplicateDropped, null, name, tag.ToString());
            return "";
        }

        if (ReadValue(name, value, changes) is { } kept)
        {
            list.Add(name, kept);
        }

        return name;
    }

    /// <summary>The value for the new record; null if it must be left out.</summary>
    private static string? ReadValue(string name, string value, FindingCollector changes)
    {
        string written = name + "=" + value;
        switch (name)
        {
            case DmarcTags.AggregateReports or DmarcTags.FailureReports:
                return ReadUris(name, value, changes);
            case DmarcTags.Policy or DmarcTags.SubdomainPolicy or DmarcTags.NonexistentSubdomainPolicy when !IsValid(name, value):
                changes.Add(DmarcFindings.PolicyDropped, null, written, name);
                return null;
            case DmarcTags.FailureOptions when !IsValid(name, value) && ReadLooseFailureOptions(value) is { } options:
                changes.Add(DmarcFindings.ValueCorrected, null, written, name + "=" + options);
                return options;
        }

        bool isKnown = Array.IndexOf(DmarcTags.All, name) >= 0;
        if (!isKnown && !DmarcRecordParser.IsAlphabetic(name))
        {
            changes.Add(DmarcFindings.TagDropped, null, written);
            return null;
        }

        if (isKnown ? IsValid(name, value) : value.All(character => character is >= ' ' and <= '~' or '\t'))
        {
            return value;
        }

        changes.Add(DmarcFindings.ValueDropped, null, written);
        return null;
    }

    /// <summary>Reads options with other separators, or with both 0 and 1, of which 1 requests more.</summary>
    private static string? ReadLooseFailureOptions(string value)
    {
        FailureReportOptions options = FailureReportOptions.None;
        foreach (char character in value)
        {
            FailureReportOptions option = DmarcValues.ToFailureOption(character);
            if (option == FailureReportOptions.None && character is not (':' or ',' or ' ' or '\t' or '/' or '|'))
            {
                return null;
            }

            options |= option;
        }

        return DmarcTagList.WriteFailureOptions(options);
    }

    /// <summary>The valid destinations of reports, separated by commas; null if there are none.</summary>
    private static string? ReadUris(string name, string value, FindingCollector changes)
    {
        List<string> uris = [];
        bool isEmpty = true;
        string[] entries = [.. value.Split(',').Select(entry => entry.Trim(WhiteSpace))];
        foreach (string entry in entries.Where(entry => entry.Length > 0))
        {
            isEmpty = false;
            List<string> kept = ReadEntry(name, entry, changes);
            string text = string.Join(",", kept);
            if (kept.Count > 0 && text != entry)
            {
                changes.Add(DmarcFindings.ValueCorrected, null, name + "=" + entry, name + "=" + text);
            }

            uris.AddRange(kept);
        }

        if (isEmpty)
        {
            changes.Add(DmarcFindings.ValueDropped, null, name + "=" + value);
        }
        else if (Array.Exists(entries, entry => entry.Length == 0))
        {
            changes.Add(DmarcFindings.SeparatorDropped, null, ",");
        }

        string[] distinct = [.. uris.Distinct(StringComparer.Ordinal)];
        string list = string.Join(",", distinct);
        if (distinct.Length < uris.Count)
        {
            changes.Add(DmarcFindings.ValueCorrected, null, name + "=" + string.Join(",", uris), name + "=" + list);
        }

        return uris.Count == 0 ? null : list;
    }

    /// <summary>The destinations between two commas: several if only blanks separate them.</summary>
    private static List<string> ReadEntry(string name, string entry, FindingCollector changes)
    {
        List<string> uris = [];
        string scheme = "";
        foreach (string piece in entry.Split(WhiteSpace, StringSplitOptions.RemoveEmptyEntries))
        {
            // A blank after mailto: separates it from its address.
            if (scheme.Length == 0 && string.Equals(piece, "mailto:", StringComparison.OrdinalIgnoreCase))
            {
                scheme = piece;
                continue;
            }

            if (ReadUri(name, scheme + piece) is { } uri)
            {
                uris.Add(uri);
            }
            else
            {
                changes.Add(DmarcFindings.ValueDropped, null, name + "=" + (scheme.Length == 0 ? piece : scheme + " " + piece));
            }

            scheme = "";
        }

        if (scheme.Length > 0)
        {
            changes.Add(DmarcFindings.ValueDropped, null, name + "=" + scheme);
        }

        return uris;
    }

    /// <summary>A destination with its scheme and without a size limit; null if reports cannot be sent there.</summary>
    private static string? ReadUri(string name, string written)
    {
        string text = written.Trim('<', '>', '"', '\'');
        DmarcReportUri uri = DmarcReportUriReader.ReadOne(name, text);
        bool isBare = uri.Scheme.Length == 0 || text.StartsWith("mailto://", StringComparison.OrdinalIgnoreCase);
        if (!uri.IsValid && isBare && uri.Text.Contains('@'))
        {
            uri = DmarcReportUriReader.ReadOne(name, DmarcTagList.WriteUri(uri.Text));
        }

        return uri.IsValid && (uri.Scheme != "mailto" || DmarcReportUriReader.IsMailbox(uri.Address)) ? uri.Text : null;
    }

    /// <summary>Adds a destination after a semicolon to the list to which it belongs.</summary>
    private static void Append(DmarcTagList list, string name, string written, FindingCollector changes)
    {
        if (ReadUris(name, written, changes) is { } uris)
        {
            changes.Add(DmarcFindings.ValueCorrected, null, "; " + written, "," + uris);
            list.Set(name, list.Find(name) is { } before ? before + "," + uris : uris);
        }
    }

    /// <summary>True if the value is valid for the tag.</summary>
    private static bool IsValid(string name, string value)
    {
        FindingCollector faults = new();
        PrintableList<DmarcTag> tags = [new DmarcTag(name, value, 0, 0)];
        DmarcRecord record = DmarcRecordParser.ReadValues(
            new DmarcRecord { Text = value, Validity = DmarcRecordValidity.Valid, Tags = tags }, faults);
        return name switch
        {
            DmarcTags.Version => string.Equals(value, "DMARC1", StringComparison.OrdinalIgnoreCase),
            DmarcTags.AggregateReports or DmarcTags.FailureReports =>
                record.AggregateReportUris.Concat(record.FailureReportUris).Any(uri => uri.IsValid),
            _ => !faults.Contains(DmarcFindings.ValueInvalid) && !faults.Contains(DmarcFindings.PolicyInvalid),
        };
    }
}
