using System.Globalization;
using Dmarc.Tests.Standards.Dkim;
using Dmarc.Text;

namespace Dmarc.Tests.Conformance;

/// <summary>Makes the DKIM cases of this project: each is a message that was signed as a section of the standard says, or not quite so.</summary>
internal sealed class DkimCases
{
    private const string Body = "Hello,  world.\r\n\r\n  Second \t line.\r\n";

    /// <summary>The length of <see cref="Body"/> in its relaxed form.</summary>
    private const int RelaxedLength = 32;

    private const string Plain =
        "From: Anna <anna@example.com>\r\nTo: bert@receiver.example\r\nSubject: Hello\r\nDate: Tue, 1 Jul 2025 10:00:00 +0000\r\n\r\n" + Body;

    private static readonly string[] Oversigned = ["From", "From", "To", "Subject", "Date"];

    private readonly List<ConformanceGroup> _groups = [];
    private readonly TestSigner _signer = ConformanceKeys.Rsa(2048);

    public static List<ConformanceGroup> Make()
    {
        DkimCases cases = new();
        cases.AddForms();
        cases.AddLengths();
        cases.AddTags();
        cases.AddKeys();
        cases.AddKeySizes();
        cases.AddEd25519();
        return cases._groups;
    }

    private void AddForms()
    {
        Dictionary<string, ConformanceCase> cases = Group("Canonicalization", []);
        TestSigner simple = _signer.With(canonicalization: "simple/simple");
        Add(cases, "header_simple", "RFC 6376 3.4.1", "unchanged", simple.Sign(Plain), "pass");
        Add(cases, "header_simple_case", "RFC 6376 3.4.1", "the case of a name was changed", Edit(simple.Sign(Plain), "Subject:", "subject:"), "fail");
        Add(cases, "header_simple_fold", "RFC 6376 3.4.1", "a field was folded", Edit(simple.Sign(Plain), "To: bert", "To:\r\n bert"), "fail");
        Add(cases, "header_relaxed_case", "RFC 6376 3.4.2", "the case of a name was changed", Edit(_signer.Sign(Plain), "Subject:", "subject:"), "pass");
        Add(cases, "header_relaxed_fold", "RFC 6376 3.4.2", "a field was folded, with more blanks", Edit(_signer.Sign(Plain), "Subject: Hello", "Subject  : \r\n\t Hello \t"), "pass");
        Add(cases, "header_relaxed_value", "RFC 6376 3.4.2", "a value was changed", Edit(_signer.Sign(Plain), "Subject: Hello", "Subject: hello"), "fail");
        Add(cases, "body_simple_trailing_lines", "RFC 6376 3.4.3", "empty lines were added at the end", simple.Sign(Plain) + "\r\n\r\n", "pass");
        Add(cases, "body_simple_trailing_blank", "RFC 6376 3.4.3", "a blank was added at the end of a line", Edit(simple.Sign(Plain), "world.\r\n", "world. \r\n"), "fail");
        Add(cases, "body_relaxed_blanks", "RFC 6376 3.4.4", "blanks were joined and cut", Edit(_signer.Sign(Plain), "Hello,  world.\r\n", "Hello, world. \t\r\n"), "pass");
        Add(cases, "body_relaxed_blank_added", "RFC 6376 3.4.4", "a blank was added where none was", Edit(_signer.Sign(Plain), "world.", "wor ld."), "fail");
        Add(cases, "body_simple_empty", "RFC 6376 3.4.3", "no body: one CRLF is hashed", simple.Sign(Plain[..^Body.Length]), "pass");
        Add(cases, "body_relaxed_empty", "RFC 6376 3.4.4", "no body: nothing is hashed", _signer.Sign(Plain[..^Body.Length]), "pass");
        Add(cases, "default_form", "RFC 6376 3.5", "no c tag: simple/simple", simple.With(omitsForm: true).Sign(Plain), "pass");
        Add(cases, "default_form_relaxed", "RFC 6376 3.5", "no c tag, but signed in relaxed form", _signer.With(omitsForm: true).Sign(Plain), "fail");
        Add(cases, "body_default_simple", "RFC 6376 3.5", "c=relaxed means relaxed/simple", _signer.With(canonicalization: "relaxed").Sign(Plain), "pass");
        Add(cases, "two_fields_bottom_up", "RFC 6376 5.4.2", "the lowest of two fields is signed; another on top changes nothing", "Subject: Other\r\n" + _signer.Sign(Plain), "pass");
        Add(cases, "two_fields_below", "RFC 6376 5.4.2", "another field below the signed one takes its place", Edit(_signer.Sign(Plain), "Date:", "Subject: Other\r\nDate:"), "fail");
        Add(cases, "oversigned", "RFC 6376 8.15", "From is named twice", _signer.With(headers: Oversigned).Sign(Plain), "pass");
        Add(cases, "oversigned_added", "RFC 6376 8.15", "From is named twice, and one was added", "From: evil@example.net\r\n" + _signer.With(headers: Oversigned).Sign(Plain), "fail");
        Add(cases, "absent_field", "RFC 6376 5.4.2", "a field that is not there is signed as absent", _signer.With(headers: ["From", "Reply-To"]).Sign(Plain), "pass");
        Add(cases, "absent_field_added", "RFC 6376 5.4.2", "it was added afterwards", "Reply-To: x@example.net\r\n" + _signer.With(headers: ["From", "Reply-To"]).Sign(Plain), "fail");
    }

    private void AddLengths()
    {
        Dictionary<string, ConformanceCase> cases = Group("Body length", []);
        Add(cases, "length_equal", "RFC 6376 3.5", "l= is the length of the body", _signer.With(length: RelaxedLength).Sign(Plain), "pass");
        Add(cases, "length_one_less", "RFC 6376 3.5", "one byte of the body is not signed", _signer.With(length: RelaxedLength - 1).Sign(Plain), "pass");
        Add(cases, "length_one_more", "RFC 6376 3.5", "l= is beyond the body", Lengthened(1), "permerror");
        Add(cases, "length_added", "RFC 6376 8.2", "text was added behind the signed length", _signer.With(length: RelaxedLength).Sign(Plain) + "Buy now.\r\n", "pass");
        Add(cases, "length_zero", "RFC 6376 3.5", "l=0 signs nothing of the body", _signer.With(length: 0).Sign(Plain) + "Anything.\r\n", "pass");
        Add(cases, "length_inside_changed", "RFC 6376 3.5", "text within the signed length was changed", Edit(_signer.With(length: RelaxedLength).Sign(Plain), "world", "wurld"), "fail");
        Add(cases, "length_no_number", "RFC 6376 3.5", "l= is no number", Edit(_signer.With(length: RelaxedLength).Sign(Plain), "l=32;", "l=all;"), "permerror");
    }

    /// <summary>Signed with a body that is longer, of which the end was then cut.</summary>
    private string Lengthened(int count)
    {
        string more = new('x', count);
        return _signer.With(length: RelaxedLength + count).Sign(Plain + more + "\r\n").Replace(more + "\r\n", "", StringComparison.Ordinal);
    }

    private void AddTags()
    {
        Dictionary<string, ConformanceCase> cases = Group("Signature tags", new() { ["s2._domainkey.sub.example.com"] = [_signer.Record] });
        string signed = _signer.Sign(Plain);
        foreach ((string name, string text) in new[] { ("v", "v=1; "), ("a", "a=rsa-sha256; "), ("d", "d=example.com; "), ("s", "s=s1;") })
        {
            Add(cases, "missing_" + name, "RFC 6376 3.5", "a required tag is not there", Edit(signed, text, ""), "permerror");
        }

        Add(cases, "version_2", "RFC 6376 3.5", "v=2", Edit(signed, "v=1; ", "v=2; "), "permerror");
        Add(cases, "duplicate_tag", "RFC 6376 3.2", "a tag comes twice", Edit(signed, "v=1; ", "v=1; d=example.com; "), "permerror");
        Add(cases, "no_equals_sign", "RFC 6376 3.2", "a tag without an equals sign", Edit(signed, "v=1; ", "v=1; x; "), "permerror");
        Add(cases, "unknown_tag", "RFC 6376 3.5", "an unknown tag is passed over", _signer.With(extra: "zz=1; ").Sign(Plain), "pass");
        Add(cases, "unknown_algorithm", "RFC 6376 3.5", "a=rsa-sha512", Edit(signed, "a=rsa-sha256", "a=rsa-sha512"), "permerror");
        Add(cases, "sha1", "RFC 8301 3.1", "a=rsa-sha1 must not verify", Edit(signed, "a=rsa-sha256", "a=rsa-sha1"), "permerror");
        Add(cases, "from_not_signed", "RFC 6376 5.4", "h= does not name From", _signer.With(headers: ["To", "Subject"]).Sign(Plain), "permerror");
        Add(cases, "expired", "RFC 6376 3.5", "x= is past", _signer.With(extra: "t=1000000000; x=1000003600; ").Sign(Plain), "fail");
        Add(cases, "not_expired", "RFC 6376 3.5", "x= is to come", _signer.With(extra: "t=1000000000; x=99999999999; ").Sign(Plain), "pass");
        Add(cases, "expires_before_signing", "RFC 6376 3.5", "x= is not after t=", _signer.With(extra: "t=99999999999; x=99999999999; ").Sign(Plain), "permerror");
        Add(cases, "identity_below", "RFC 6376 3.5", "i= is below d=", _signer.With(extra: "i=anna@news.example.com; ").Sign(Plain), "pass");
        Add(cases, "identity_outside", "RFC 6376 3.5", "i= is outside d=", _signer.With(extra: "i=anna@example.org; ").Sign(Plain), "permerror");
        Add(cases, "identity_like", "RFC 6376 3.5", "i= only ends like d=", _signer.With(extra: "i=anna@badexample.com; ").Sign(Plain), "permerror");
        Add(cases, "query_unknown", "RFC 6376 3.5", "q= names no known method", _signer.With(extra: "q=http/get; ").Sign(Plain), "permerror");
        Add(cases, "query_several", "RFC 6376 3.5", "q= names a known method too", _signer.With(extra: "q=http/get:dns/txt; ").Sign(Plain), "pass");
        Add(cases, "form_unknown", "RFC 6376 3.5", "an unknown form", Edit(signed, "c=relaxed/relaxed", "c=nofws/relaxed"), "permerror");
        Add(cases, "changed_signature", "RFC 6376 6.1.3", "the signature itself was damaged", Damage(signed, "\tb="), "fail");
        Add(cases, "changed_body_hash", "RFC 6376 6.1.3", "the body hash was damaged", Damage(signed, "\tbh="), "fail");
        Add(cases, "subdomain_signs", "RFC 6376 3.5", "d= is below the author's domain", _signer.With(domain: "sub.example.com", selector: "s2").Sign(Plain), "pass");
        Add(cases, "two_signatures", "RFC 6376 6.1", "two signatures, the lower one broken by the upper one's absence of care", _signer.Sign(Edit(signed, "Subject: Hello", "Subject: [list] Hello")), "pass fail");
        Add(cases, "unsigned", "RFC 8601 2.7.1", "no signature", Plain, "");
        Add(cases, "tags_at_limit", "RFC 6376 3.2", "as many tags as are read", _signer.With(extra: Tags(TagList.MaximumTags - 8)).Sign(Plain), "pass");
        Add(cases, "tags_beyond_limit", "RFC 6376 3.2", "one tag more", _signer.With(extra: Tags(TagList.MaximumTags - 7)).Sign(Plain), "permerror");
    }

    private void AddKeys()
    {
        string key = _signer.Record[_signer.Record.IndexOf("p=", StringComparison.Ordinal)..];
        (string Name, string Spec, string Description, string[] Records, string Expected)[] keys =
        [
            ("plain", "RFC 6376 3.6.1", "the key alone", [key], "pass"),
            ("spaced", "RFC 6376 3.2", "blanks around tags and a semicolon at the end", ["v=DKIM1 ; k = rsa ; " + key + " ;"], "pass"),
            ("notes", "RFC 6376 3.6.1", "n and an unknown tag", ["v=DKIM1; n=by Anna; zz=1; " + key], "pass"),
            ("revoked", "RFC 6376 3.6.1", "p is empty", ["v=DKIM1; p="], "permerror"),
            ("version", "RFC 6376 3.6.1", "another version", ["v=DKIM2; " + key], "permerror"),
            ("type", "RFC 6376 3.6.1", "an unknown type", ["v=DKIM1; k=dsa; " + key], "permerror"),
            ("mismatch", "RFC 6376 6.1.2", "a type that does not fit the signature", ["v=DKIM1; k=ed25519; " + key], "permerror"),
            ("sha1only", "RFC 6376 3.6.1", "h leaves SHA-1 only", ["v=DKIM1; h=sha1; " + key], "permerror"),
            ("bothhashes", "RFC 6376 3.6.1", "h allows both", ["v=DKIM1; h=sha1:sha256; " + key], "pass"),
            ("email", "RFC 6376 3.6.1", "s=email", ["v=DKIM1; s=email; " + key], "pass"),
            ("service", "RFC 6376 3.6.1", "s names another service", ["v=DKIM1; s=other; " + key], "permerror"),
            ("tlsrpt", "RFC 8460 3", "s=tlsrpt is for no ordinary mail", ["v=DKIM1; s=tlsrpt; " + key], "permerror"),
            ("testing", "RFC 6376 3.6.1", "t=y leaves the result", ["v=DKIM1; t=y; " + key], "pass"),
            ("nokey", "RFC 6376 6.1.2", "p is not there", ["v=DKIM1; k=rsa"], "permerror"),
            ("damaged", "RFC 6376 6.1.2", "p is no base64", ["v=DKIM1; p=@@@"], "permerror"),
            ("several", "RFC 6376 3.6.2.2", "beside a record that is no key", ["v=spf1 -all", "v=DKIM1; " + key], "pass"),
        ];
        Dictionary<string, ConformanceCase> cases = Group("Key records", keys.ToDictionary(one => one.Name + "._domainkey.example.com", one => one.Records));
        foreach ((string name, string spec, string description, string[] _, string expected) in keys)
        {
            Add(cases, "key_" + name, spec, description, _signer.With(selector: name).Sign(Plain), expected);
        }

        Add(cases, "key_missing", "RFC 6376 6.1.2", "no record", _signer.With(selector: "absent").Sign(Plain), "permerror");
        Add(cases, "key_tlsrpt_report", "RFC 8460 3", "s=tlsrpt for the mail of a TLS report", _signer.With(selector: "tlsrpt").Sign("TLS-Report-Domain: example.net\r\n" + Plain), "pass");
        ConformanceGroup strict = new("Strict identity", new() { ["s1._domainkey.example.com"] = ["v=DKIM1; t=s; " + key] }, []);
        _groups.Add(strict);
        Add(strict.Cases, "strict_same", "RFC 6376 3.6.1", "t=s and i= in d=", _signer.With(extra: "i=anna@example.com; ").Sign(Plain), "pass");
        Add(strict.Cases, "strict_below", "RFC 6376 3.6.1", "t=s and i= below d=", _signer.With(extra: "i=anna@news.example.com; ").Sign(Plain), "permerror");
    }

    private void AddKeySizes()
    {
        int[] sizes = [1023, 1024, 2048, 4096, 8192];
        Dictionary<string, TestSigner> signers = sizes.ToDictionary(bits => "rsa" + bits.ToString(CultureInfo.InvariantCulture), ConformanceKeys.Rsa);
        Dictionary<string, string[]> records = signers.ToDictionary(pair => pair.Key + "._domainkey.example.com", pair => new[] { pair.Value.Record });
        records.Add("rsa8193._domainkey.example.com", ["v=DKIM1; k=rsa; p=" + Convert.ToBase64String(LargeKey(8193))]);
        Dictionary<string, ConformanceCase> cases = Group("RSA key sizes", records);
        foreach ((string selector, TestSigner signer) in signers)
        {
            Add(cases, selector, "RFC 8301 3.2", "the size in the name", signer.With(selector: selector).Sign(Plain), selector == "rsa1023" ? "permerror" : "pass");
        }

        Add(cases, "rsa8193", "RFC 8301 3.2", "beyond what is worked with", _signer.With(selector: "rsa8193").Sign(Plain), "permerror");
    }

    private void AddEd25519()
    {
        TestSigner ed = ConformanceKeys.Ed;
        byte[] neutral = new byte[32];
        neutral[0] = 1;
        byte[] minusOne = [0xEC, .. Enumerable.Repeat((byte)0xFF, 30), 0x7F];
        byte[] aboveField = [0xEE, .. Enumerable.Repeat((byte)0xFF, 30), 0x7F];
        string Record(byte[] key) => "v=DKIM1; k=ed25519; p=" + Convert.ToBase64String(key);
        Dictionary<string, ConformanceCase> cases = Group("Ed25519", new()
        {
            ["ed._domainkey.example.com"] = [ed.Record],
            ["edplain._domainkey.example.com"] = [ed.Record.Replace("k=ed25519; ", "", StringComparison.Ordinal)],
            ["neutral._domainkey.example.com"] = [Record(neutral)],
            ["minusone._domainkey.example.com"] = [Record(minusOne)],
            ["abovefield._domainkey.example.com"] = [Record(aboveField)],
        });
        string signed = ed.With(selector: "ed").Sign(Plain);
        Add(cases, "ed25519", "RFC 8463 3", "as it was signed", signed, "pass");
        Add(cases, "ed25519_changed", "RFC 8463 3", "a field was changed", Edit(signed, "Subject: Hello", "Subject: Hullo"), "fail");
        Add(cases, "ed25519_as_rsa", "RFC 8463 4", "the key lacks k=ed25519", ed.With(selector: "edplain").Sign(Plain), "permerror");
        foreach (string selector in new[] { "neutral", "minusone", "abovefield" })
        {
            // R is the neutral point and s is zero: that fits every message with a key of small order that k multiplies to it.
            string forged = Edit(ed.With(selector: selector).Sign(Plain), "\tb=", "\tb=" + Convert.ToBase64String([.. neutral, .. new byte[32]]) + "\r\n\t zz=");
            int start = forged.IndexOf("\r\n\t zz=", StringComparison.Ordinal);
            int end = forged.IndexOf("From:", StringComparison.Ordinal);
            Add(cases, "ed25519_" + selector, "RFC 8032 5.1.7", "a key of small order, or not in its proper form", forged.Remove(start, end - 2 - start), "permerror");
        }
    }

    /// <summary>A SubjectPublicKeyInfo with a modulus of so many bits that belongs to nobody.</summary>
    private static byte[] LargeKey(int bits)
    {
        byte[] modulus = [.. Enumerable.Repeat((byte)0xA5, (bits + 7) / 8)];
        modulus[0] = (byte)(1 << ((bits - 1) % 8));
        modulus[^1] |= 1;
        byte[] pair = Der(0x30, [.. Der(0x02, modulus[0] >= 0x80 ? [0, .. modulus] : modulus), .. Der(0x02, [1, 0, 1])]);
        byte[] algorithm = [0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00];
        return Der(0x30, [.. algorithm, .. Der(0x03, [0, .. pair])]);
    }

    private static byte[] Der(byte tag, byte[] content) => content.Length < 0x80
        ? [tag, (byte)content.Length, .. content]
        : [tag, 0x82, (byte)(content.Length >> 8), (byte)content.Length, .. content];

    private static string Tags(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(index => "zz" + index.ToString(CultureInfo.InvariantCulture) + "=1; "));

    private Dictionary<string, ConformanceCase> Group(string description, Dictionary<string, string[]> records)
    {
        records["s1._domainkey.example.com"] = [_signer.Record];
        ConformanceGroup group = new(description, records, []);
        _groups.Add(group);
        return group.Cases;
    }

    private static void Add(Dictionary<string, ConformanceCase> cases, string name, string spec, string description, string message, string expected) =>
        cases.Add(name, new ConformanceCase(spec, description, message.Replace("\r\n", "\n", StringComparison.Ordinal), expected));

    private static string Edit(string message, string from, string to)
    {
        int index = message.IndexOf(from, StringComparison.Ordinal);
        return index < 0 ? throw new InvalidOperationException(from) : message.Remove(index, from.Length).Insert(index, to);
    }

    /// <summary>Changes the tenth character behind a mark to another one of base64.</summary>
    private static string Damage(string message, string mark)
    {
        int index = message.IndexOf(mark, StringComparison.Ordinal) + mark.Length + 10;
        return message.Remove(index, 1).Insert(index, message[index] == 'A' ? "B" : "A");
    }
}
