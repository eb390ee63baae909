using Dmarc.Mail;
using Dmarc.Standards.Dkim;

namespace Dmarc.Standards.Arc;

/// <summary>The ARC chain in a message's header: every instance must have exactly one field of each kind.</summary>
/// <param name="Sets">The sets, first instance first; empty if there is no readable chain.</param>
/// <param name="Problem">The structural problem in a sentence; null if there is none.</param>
internal sealed record ArcChain(IReadOnlyList<ArcSet> Sets, string? Problem)
{
    private const string Results = "ARC-Authentication-Results";
    private const string MessageSignature = "ARC-Message-Signature";
    private const string Seal = "ARC-Seal";

    private static readonly string[] Kinds = [Results, MessageSignature, Seal];

    /// <summary>Reads the chain of a message.</summary>
    public static ArcChain Read(PrintableList<MailHeader> headers)
    {
        Dictionary<(int Instance, string Kind), MailHeader> fields = [];
        Dictionary<MailHeader, DkimSignature> signatures = [];
        foreach (MailHeader header in headers)
        {
            if (Array.Find(Kinds, header.IsNamed) is not { } kind)
            {
                continue;
            }

            if (kind != Results)
            {
                signatures[header] = DkimSignatureParser.Parse(
                    header, kind == Seal ? DkimSignatureKind.ArcSeal : DkimSignatureKind.ArcMessage);
            }

            int instance = kind == Results
                ? ResultsInstance(header.Value)
                : Number(signatures[header].Tags["i"]?.Value ?? "");
            if (instance is < 1 or > ArcLimits.Sets)
            {
                return Broken(Strings.Arc_InstanceInvalid, header.Name);
            }

            if (fields.ContainsKey((instance, kind)))
            {
                return Broken(Strings.Arc_FieldTwice, instance, header.Name);
            }

            fields.Add((instance, kind), header);
        }

        List<ArcSet> sets = [];
        int count = fields.Keys.Select(field => field.Instance).Distinct().Count();
        for (int instance = 1; instance <= count; instance++)
        {
            string[] missing = [.. Kinds.Where(kind => !fields.ContainsKey((instance, kind)))];
            if (missing.Length > 0)
            {
                return missing.Length == Kinds.Length
                    ? Broken(Strings.Arc_InstanceMissing, instance)
                    : Broken(Strings.Arc_FieldMissing, instance, missing[0]);
            }

            sets.Add(new ArcSet(
                instance, fields[(instance, Results)], signatures[fields[(instance, MessageSignature)]],
                    signatures[fields[(instance, Seal)]]));
        }

        return new ArcChain(sets, FindProblem(sets));
    }

    /// <summary>The instance at the start of ARC-Authentication-Results (RFC 8617 §4.1.1); 0 if missing.</summary>
    private static int ResultsInstance(string value)
    {
        int semicolon = value.IndexOf(';');
        int equals = value.IndexOf('=');
        return semicolon < 0 || equals < 0 || equals > semicolon || value.Substring(0, equals).Trim() != "i"
            ? 0
            : Number(value.Substring(equals + 1, semicolon - equals - 1).Trim());
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    /// <summary>Checks the seals' statements about the chain before them (RFC 8617 §5.2, steps 2 and 3).</summary>
    private static string? FindProblem(List<ArcSet> sets)
    {
        if (sets.Count > 0 && sets[sets.Count - 1].ChainValidation == "fail")
        {
            return Sentences.Fill(Strings.Arc_FoundBroken, sets.Count, sets[sets.Count - 1].Domain);
        }

        foreach (ArcSet set in sets)
        {
            string expected = set.Instance == 1 ? "none" : "pass";
            if (set.ChainValidation != expected)
            {
                return Sentences.Fill(Strings.Arc_WrongChainValidation, set.Instance, set.ChainValidation, expected);
            }

            // Only the last message signature counts.
            DkimFailure? messageProblem = set.Instance == sets.Count ? set.MessageSignature.Problem : null;
            if ((messageProblem ?? set.Seal.Problem) is { } problem)
            {
                return Sentences.Fill(Strings.Arc_FieldInvalid, set.Instance, messageProblem is null
                    ? Seal
                    : MessageSignature, problem.Reason);
            }
        }

        return null;
    }

    private static ArcChain Broken(string format, params object[] arguments) =>
        new([], Sentences.Fill(format, arguments));
}
