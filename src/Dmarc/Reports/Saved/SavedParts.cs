using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Writing;
using Dmarc.Standards;

namespace Dmarc.Reports.Saved;

/// <summary>The results, reasons and extensions of a saved row: objects, or only their texts.</summary>
internal sealed class SavedParts(SavedValues row)
{
    /// <summary>The word of reports for a member of an enumeration.</summary>
    public static string WordOf<T>(T value)
        where T : struct, Enum => value switch
        {
            ReportedAlignmentMode.Relaxed => "r",
            ReportedAlignmentMode.Strict => "s",
            _ => ExportWords<T>.Get(value),
        };

    public List<ReportedDkim> Dkim() => Read(nameof(AggregateReportRow.Dkim), text => ReadResult(text) is not null, ReadDkim, ReadDkim);

    public List<ReportedSpf> Spf() => Read(nameof(AggregateReportRow.Spf), text => ReadResult(text) is not null, ReadSpf, ReadSpf);

    public List<OverrideReason> OverrideReasons() => Read(
        nameof(AggregateReportRow.OverrideReasons),
        text => AggregateWords.ReasonType(TypeOf(text)).Value != OverrideReasonType.Unknown,
        ReadReason,
        ReadReason);

    /// <summary>Non-standard elements. Their texts are not evaluated.</summary>
    public List<ReportExtension> Extensions() =>
        [.. row.Items(nameof(AggregateReportRow.Extensions)).OfType<ISavedObject>().Select(row.Of).Select(values =>
            new ReportExtension(
                values.Text(nameof(ReportExtension.Name)),
                values.Text(nameof(ReportExtension.Namespace)),
                values.Text(nameof(ReportExtension.Value))))];

    private List<T> Read<T>(string name, Func<string, bool> begins, Func<SavedValues, T> fromObject, Func<string, T?> fromText)
        where T : class
    {
        List<T> parts = [];
        foreach (object item in row.Items(name, begins))
        {
            T? part;
            if (item is ISavedObject saved)
            {
                SavedValues values = row.Of(saved);
                part = fromObject(values);
                if (values.Problem is { } problem)
                {
                    row.Fail(name + "." + problem.Property, problem.Value);
                }
            }
            else
            {
                part = item is string text ? fromText(text) : null;
            }

            if (part is null)
            {
                row.Fail(name, item);
                return parts;
            }

            parts.Add(part);
        }

        return parts;
    }

    private static ReportedDkim ReadDkim(SavedValues values)
    {
        values.Require(nameof(ReportedDkim.Domain), nameof(ReportedDkim.Result));
        return new ReportedDkim(
            values.Text(nameof(ReportedDkim.Domain)),
            values.Text(nameof(ReportedDkim.Selector)),
            Result(values),
            values.Text(nameof(ReportedDkim.HumanResult)));
    }

    private ReportedDkim? ReadDkim(string text)
    {
        (string rest, string selector) = Split(text, " (s=", text.IndexOf(" (s=", StringComparison.Ordinal));
        return ReadResult(rest) is { } found
            ? new ReportedDkim(
                row.Pooled(found.Domain), row.Pooled(selector), AggregateWords.DkimResult(found.Result), "")
            : null;
    }

    /// <summary>A text without what is in parentheses at its end, and that.</summary>
    private static (string Before, string Inside) Split(string text, string before, int start) =>
        start > 0 && text.EndsWith(")", StringComparison.Ordinal)
            ? (text.Substring(0, start), text.Substring(start + before.Length, text.Length - start - before.Length - 1))
            : (text, "");

    private static ReportedSpf ReadSpf(SavedValues values)
    {
        values.Require(nameof(ReportedSpf.Domain), nameof(ReportedSpf.Result));
        ReportedSpfScope? scope = values.OptionalMember<ReportedSpfScope>(nameof(ReportedSpf.Scope));
        return new ReportedSpf(
            values.Text(nameof(ReportedSpf.Domain)),
            scope is { } known
                ? AggregateWords.Scope(
                    known == ReportedSpfScope.Unknown
                        ? Or(values.Text(nameof(ReportedSpf.ScopeText)), "unknown")
                        : WordOf(known))
                : default,
            Result(values),
            values.Text(nameof(ReportedSpf.HumanResult)));
    }

    private ReportedSpf? ReadSpf(string text)
    {
        (string rest, string scope) = Split(text, " (", text.LastIndexOf(" (", StringComparison.Ordinal));
        return ReadResult(rest) is { } found
            ? new ReportedSpf(
                row.Pooled(found.Domain), AggregateWords.Scope(scope), AggregateWords.SpfResult(found.Result), "")
            : null;
    }

    private static OverrideReason ReadReason(SavedValues values)
    {
        values.Require(nameof(OverrideReason.Type));
        OverrideReasonType type = values.Member<OverrideReasonType>(nameof(OverrideReason.Type));
        return new OverrideReason(
            AggregateWords.ReasonType(type == OverrideReasonType.Unknown ? values.Text(nameof(OverrideReason.TypeText)) : WordOf(type)),
            values.Text(nameof(OverrideReason.Comment)));
    }

    private static OverrideReason ReadReason(string text)
    {
        string type = TypeOf(text);
        return new OverrideReason(AggregateWords.ReasonType(type), type.Length == text.Length ? "" : text.Substring(type.Length + 2));
    }

    /// <summary>The text before the comment of a reason.</summary>
    private static string TypeOf(string text)
    {
        int end = text.IndexOf(": ", StringComparison.Ordinal);
        return end < 0 ? text : text.Substring(0, end);
    }

    /// <summary>The result and the domain of a check; null if the text has another form.</summary>
    private static (string Result, string Domain)? ReadResult(string text)
    {
        string[] parts = text.Split(' ');
        string last = parts[parts.Length - 1];
        int count = parts.Length - (last.StartsWith("(", StringComparison.Ordinal) && last.EndsWith(")", StringComparison.Ordinal) ? 1 : 0);
        return count switch
        {
            1 when IsWord(parts[0]) => (parts[0] == "?" ? "" : parts[0], ""),
            2 when IsWord(parts[0]) => (parts[0] == "?" ? "" : parts[0], parts[1]),
            _ => null,
        };
    }

    /// <summary>True for a possible result: a type name has dots, as in the text of a list that was not kept.</summary>
    private static bool IsWord(string text) =>
        text == "?"
            || (text.Length > 0 && text.All(character => char.IsLetterOrDigit(character) || character is '_' or '-'));

    private static WrittenValue<AuthenticationResult> Result(SavedValues values)
    {
        AuthenticationResult result = values.Member<AuthenticationResult>("Result");
        return WrittenValue.Word(result, result == AuthenticationResult.Unknown ? values.Text("ResultText") : result.ToWord());
    }

    private static string Or(string text, string other) => text.Length > 0 ? text : other;
}
