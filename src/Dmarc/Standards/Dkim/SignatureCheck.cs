using Dmarc.Mail;

namespace Dmarc.Standards.Dkim;

/// <summary>Verifies one signature with its key and body hash (RFC 6376 §6.1.3).</summary>
internal static class SignatureCheck
{
    /// <summary>The result of a signature.</summary>
    public static DkimVerification Verify(
        DkimSignature signature,
        DkimKeyLookup lookup,
        BodyHashSet hashes,
        PrintableList<MailHeader> headers,
        ReadOnlyMemory<byte> body,
        bool explain)
    {
        if (lookup.Failure is { } failure)
        {
            return new DkimVerification(signature, failure.Result, failure.Cause, failure.Reason)
            {
                Key = lookup.Keys.Count > 0 ? lookup.Keys[0] : null,
            };
        }

        DkimFailure? misuse = null;
        bool isTlsReport = IsTlsReport(headers);
        List<DkimKeyRecord> keys = [];
        foreach (DkimKeyRecord key in lookup.Keys.Where(key => key.IsUsable))
        {
            DkimFailure? found = DkimKeyLookup.CheckUse(key, signature, lookup.Name, isTlsReport);
            misuse ??= found;
            if (found is null)
            {
                keys.Add(key);
            }
        }

        if (keys.Count == 0)
        {
            return new DkimVerification(signature, AuthenticationResult.PermError, misuse!.Cause, misuse.Reason) { Key = lookup.Keys[0] };
        }

        BodyHasher hasher = hashes.HasherOf(signature);
        if (hasher.IsShort)
        {
            return new DkimVerification(
                signature,
                AuthenticationResult.PermError,
                DkimCause.BodyTooShort,
                Sentences.Fill(Strings.Dkim_BodyTooShort, signature.BodyLength!, hasher.Length))
            {
                Key = keys[0],
            };
        }

        SignedFields fields = SignedFields.Select(signature, headers);
        byte[] headerHash = fields.Hash();
        DkimKeyRecord? matching = keys.Find(key => SignatureVerifier.Verify(key, headerHash, signature.Value));
        DkimKeyRecord shown = matching ?? keys[0];
        if (!signature.BodyHash.Span.SequenceEqual(hasher.Value))
        {
            AddedLines? added = explain ? BodyDiagnosis.FindAddedLines(body, signature) : null;
            return BodyChanged(signature, shown, matching is not null, added);
        }

        if (matching is null)
        {
            return HeaderDiagnosis.Explain(fields, headers, keys, lookup.Name, explain);
        }

        return new DkimVerification(signature, AuthenticationResult.Pass, DkimCause.Verified, PassText(signature, matching, hasher.Excess))
        {
            Key = matching,
            UnsignedBodyBytes = hasher.Excess,
        };
    }

    /// <summary>True for a message with a TLS report, by the header that RFC 8460 §5.3 requires.</summary>
    private static bool IsTlsReport(PrintableList<MailHeader> headers) => MimePart.Find(headers, "TLS-Report-Domain") is not null
        || (MimePart.Find(headers, "Content-Type")?.Value is { } type
            && (type.IndexOf("application/tlsrpt", StringComparison.OrdinalIgnoreCase) >= 0
                || (type.StartsWith("multipart/report", StringComparison.OrdinalIgnoreCase) && type.IndexOf("tlsrpt", StringComparison.OrdinalIgnoreCase) >= 0)));

    private static string PassText(DkimSignature signature, DkimKeyRecord key, long excess)
    {
        string verified = Sentences.Fill(Strings.Dkim_Verified, signature.Domain);
        string? tail = excess > 0 ? Sentences.Fill(Strings.Dkim_UnsignedTail, excess) : null;
        return Sentences.Join(verified, tail, key.IsTesting ? Strings.Dkim_Testing : null);
    }

    private static DkimVerification BodyChanged(
        DkimSignature signature, DkimKeyRecord key, bool headerMatches, AddedLines? added)
    {
        string text = added switch
        {
            null => Strings.Dkim_BodyChanged,
            { AtEnd: true } => Sentences.Fill(Strings.Dkim_BodyChangedByFooter, added.Count),
            _ => Sentences.Fill(Strings.Dkim_BodyChangedByBanner, added.Count),
        };
        return new DkimVerification(
            signature,
            AuthenticationResult.Fail,
            DkimCause.BodyChanged,
            Sentences.Join(text, headerMatches ? null : Strings.Dkim_HeaderChangedToo))
        {
            Key = key,
            HasAddedText = added is not null,
        };
    }
}
