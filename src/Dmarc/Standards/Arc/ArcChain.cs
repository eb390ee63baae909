using Dmarc.Mail;
using Dmarc.Standards.Dkim;

namespace Dmarc.Standards.Arc;

/// <summary>The ARC chain in a message's header: every instance must have exactly one field of each kind.</summary>
internal sealed class ArcChain
{
    private ArcChain(List<ArcSet> sets, string? problem)
    {
        Sets = sets;
        Problem = problem;
    }

    /// <summary>The sets, first instance first; empty if there is no readable chain.</summary>
    public IReadOnlyList<ArcSet> Sets { get; }

    /// <summary>The structural problem; null if there is none.</summary>
    public string? Problem { get; }

    /// <summary>Reads the chain of a message.</summary>
    public static ArcChain Read(PrintableList<MailHeader> headers)
    {
        Dictionary<int, Fields> found = [];
        foreach (MailHeader header in headers.AsSpan())
        {
            bool isResults = header.IsNamed("ARC-Authentication-Results");
            bool isMessage = header.IsNamed("ARC-Message-Signature");
            if (!isResults && !isMessage && !header.IsNamed("ARC-Seal"))
            {
                continue;
            }

            DkimSignature? signature = isResults
                ? null
                : DkimSignatureParser.Parse(header, isMessage ? DkimSignatureKind.ArcMessage : DkimSignatureKind.ArcSeal);
            int instance = isResults ? ResultsInstance(header.Value) : Number(signature!.Tags["i"]?.Value ?? "");
            if (instance is < 1 or > ArcLimits.Sets)
            {
                return Broken(Strings.Arc_InstanceInvalid, header.Name);
            }

            if (!found.TryGetValue(instance, out Fields? fields))
            {
                fields = new Fields();
                found.Add(instance, fields);
            }

            if (!fields.TryAdd(header, signature, isResults, isMessage))
            {
                return Broken(Strings.Arc_FieldTwice, instance, header.Name);
            }
        }

        List<ArcSet> sets = [];
        for (int instance = 1; instance <= found.Count; instance++)
        {
            if (!found.TryGetValue(instance, out Fields? fields))
            {
                return Broken(Strings.Arc_InstanceMissing, instance);
            }

            if (fields.Results is null || fields.Message is null || fields.Seal is null)
            {
                string missing = fields.Results is null
                    ? "ARC-Authentication-Results"
                    : fields.Message is null ? "ARC-Message-Signature"
                    : "ARC-Seal";
                return Broken(Strings.Arc_FieldMissing, instance, missing);
            }

            sets.Add(new ArcSet(instance, fields.Message, fields.Seal) { ResultsField = fields.Results });
        }

        return CheckSeals(sets);
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
    private static ArcChain CheckSeals(List<ArcSet> sets)
    {
        if (sets.Count > 0 && sets[sets.Count - 1].ChainValidation == "fail")
        {
            return new ArcChain(sets, Text(Strings.Arc_FoundBroken, sets.Count, sets[sets.Count - 1].Domain));
        }

        foreach (ArcSet set in sets)
        {
            string expected = set.Instance == 1 ? "none" : "pass";
            if (set.ChainValidation != expected)
            {
                return new ArcChain(sets, Text(Strings.Arc_WrongChainValidation, set.Instance, set.ChainValidation, expected));
            }

            // Only the last message signature counts.
            DkimFailure? messageProblem = set.Instance == sets.Count ? set.MessageSignature.Problem : null;
            if ((messageProblem ?? set.Seal.Problem) is { } problem)
            {
                string name = messageProblem is null ? "ARC-Seal" : "ARC-Message-Signature";
                return new ArcChain(sets, Text(Strings.Arc_FieldInvalid, set.Instance, name, problem.Reason));
            }
        }

        return new ArcChain(sets, null);
    }

    private static ArcChain Broken(string format, params object[] arguments) => new([], Text(format, arguments));

    private static string Text(string format, params object[] arguments) => string.Format(CultureInfo.InvariantCulture, format, arguments);

    private sealed class Fields
    {
        public MailHeader? Results { get; private set; }

        public DkimSignature? Message { get; private set; }

        public DkimSignature? Seal { get; private set; }

        public bool TryAdd(MailHeader header, DkimSignature? signature, bool isResults, bool isMessage)
        {
            bool isNew = isResults ? Results is null : isMessage ? Message is null : Seal is null;
            if (isResults)
            {
                Results = header;
            }
            else if (isMessage)
            {
                Message = signature;
            }
            else
            {
                Seal = signature;
            }

            return isNew;
        }
    }
}
