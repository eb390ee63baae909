using Dmarc.Dns;

namespace Dmarc.Standards.Dkim;

/// <summary>The result of a key look-up: the keys, or why there is none.</summary>
/// <param name="Name">The queried name.</param>
/// <param name="Keys">All records found, usable ones first.</param>
/// <param name="Failure">Why there is no usable key; null if there is one.</param>
internal sealed record DkimKeyLookup(string Name, IReadOnlyList<DkimKeyRecord> Keys, DkimFailure? Failure)
{
    /// <summary>Queries the key of a signature (RFC 6376 §3.6.2.2, §6.1.2).</summary>
    public static async Task<DkimKeyLookup> AskAsync(
        IDnsResolver resolver,
        ParseCache<DkimKeyRecord> cache,
        DkimSignature signature,
        CancellationToken cancellationToken)
    {
        string name = signature.KeyName;
        DnsResponse response = await resolver.QueryAsync(name, DnsRecordType.TXT, cancellationToken).ConfigureAwait(false);
        if (!response.Status.IsAnswer())
        {
            string format = response.Status == DnsStatus.Malformed ? Strings.Dkim_KeyNameImpossible : Strings.Dkim_KeyUnavailable;
            DkimCause reason = response.Status == DnsStatus.Malformed && response.Server.Length == 0
                ? DkimCause.SyntaxError
                : DkimCause.KeyUnavailable;
            return new DkimKeyLookup(name, [], Fail(reason, format, name, response.Status));
        }

        if (response.Records.Count == 0)
        {
            return new DkimKeyLookup(
                name,
                [],
                Fail(DkimCause.KeyMissing, Strings.Dkim_KeyMissing, name, signature.Selector, signature.Domain));
        }

        List<DkimKeyRecord> keys = response.Records.OfType<TxtRecord>()
            .Select(record => cache.Parse(record.Text))
            .OrderByDescending(key => key.IsUsable)
            .ThenByDescending(key => key.IsRevoked)
            .Take(DkimLimits.KeysOfSelector)
            .ToList();
        if (keys.Count > 0 && keys[0].IsUsable)
        {
            return new DkimKeyLookup(name, keys, null);
        }

        if (keys.Count > 0 && keys[0].IsRevoked)
        {
            return new DkimKeyLookup(name, keys, Fail(DkimCause.KeyRevoked, Strings.Dkim_KeyRevoked, name));
        }

        string why = keys.Count > 0
            && keys[0].Findings.FirstOrDefault(finding => finding.Severity == Severity.Error) is { } first
            ? first.Message
            : "";
        return new DkimKeyLookup(name, keys, Fail(DkimCause.KeyInvalid, Strings.Dkim_KeyInvalid, name, why));
    }

    /// <summary>Why a key is not valid for a signature; null if it is (RFC 6376 §3.6.1, §6.1.2).</summary>
    /// <param name="key">The key.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="name">The name of the key record.</param>
    /// <param name="isTlsReport">
    /// True for a message with a TLS report, which may use its own keys (RFC 8460 §3).
    /// </param>
    public static DkimFailure? CheckUse(DkimKeyRecord key, DkimSignature signature, string name, bool isTlsReport = false)
    {
        bool isEd25519 = signature.Algorithm == DkimAlgorithm.Ed25519Sha256;
        if (isEd25519 != (key.KeyType == DkimKeyType.Ed25519))
        {
            return Fail(DkimCause.KeyMismatch, Strings.Dkim_KeyTypeMismatch, name, key.WrittenKeyType, signature.WrittenAlgorithm);
        }

        if (!key.AllowsSha256)
        {
            return Fail(DkimCause.KeyMismatch, Strings.Dkim_KeyHashMismatch, name, key.HashAlgorithms);
        }

        if (!key.IsForMail && !(isTlsReport && key.IsForTlsReports))
        {
            return Fail(DkimCause.KeyMismatch, Strings.Dkim_KeyServiceMismatch, name, key.ServiceTypes);
        }

        if (key.KeyType == DkimKeyType.Rsa && key.KeySize < DkimLimits.MinimumRsaBits)
        {
            return Fail(DkimCause.KeyTooShort, Strings.Dkim_KeyTooShort, name, key.KeySize);
        }

        int at = signature.Identity.LastIndexOf('@');
        if (key.RequiresExactIdentity
            && (!Domains.DomainName.TryParse(signature.Identity.Substring(at + 1), out Domains.DomainName? identity) || identity != signature.DomainName))
        {
            return Fail(DkimCause.IdentityOutsideDomain, Strings.Dkim_ExactIdentity, signature.Identity, signature.Domain);
        }

        return null;
    }

    private static DkimFailure Fail(DkimCause reason, string format, params object[] arguments) =>
        new(reason, Sentences.Insert(format, arguments));
}
