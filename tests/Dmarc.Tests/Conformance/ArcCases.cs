using Dmarc.Standards;
using Dmarc.Standards.Arc;
using Dmarc.Tests.Standards.Dkim;

namespace Dmarc.Tests.Conformance;

/// <summary>Makes the ARC cases of this project, in the form of the ARC test suite.</summary>
internal sealed class ArcCases
{
    private const string Plain =
        "From: Anna <anna@example.com>\r\nTo: list@lists.example\r\nSubject: Hello\r\nDate: Tue, 1 Jul 2025 10:00:00 +0000\r\n\r\nHello, world.\r\n";

    private readonly Dictionary<string, ConformanceCase> _cases = [];
    private readonly TestSigner _sealer = ConformanceKeys.Ed.With(domain: "lists.example", selector: "arc");
    private readonly TestSigner _rsa = ConformanceKeys.Rsa(2048).With(domain: "lists.example", selector: "rsa");

    public static List<ConformanceGroup> Make()
    {
        ArcCases cases = new();
        cases.AddChains();
        cases.AddStructure();
        cases.AddSeals();
        cases.AddForms();
        return
        [
            new ConformanceGroup(
                "Chain validation",
                new()
                {
                    ["arc._domainkey.lists.example"] = [cases._sealer.Record],
                    ["rsa._domainkey.lists.example"] = [cases._rsa.Record],
                    ["revoked._domainkey.lists.example"] = ["v=DKIM1; k=ed25519; p="],
                },
                cases._cases),
        ];
    }

    private void AddChains()
    {
        Add("no_chain", "RFC 8617 5.2", "no fields of ARC", Plain, AuthenticationResult.None);
        Add("one_set", "RFC 8617 5.2", "one link", Chain(1), AuthenticationResult.Pass);
        Add("three_sets", "RFC 8617 5.2", "three links", Chain(3), AuthenticationResult.Pass);
        Add("rsa", "RFC 8617 5.2", "sealed with RSA", _rsa.Seal(Plain, 1, []), AuthenticationResult.Pass);
        Add("fifty_sets", "RFC 8617 4.2.1", "the longest chain", Chain(ArcLimits.Sets), AuthenticationResult.Pass);
        Add("fifty_one_sets", "RFC 8617 5.2", "a link more than that", Chain(ArcLimits.Sets + 1), AuthenticationResult.Fail);
        Add("body_changed", "RFC 8617 5.2", "the body was changed after the last seal", Edit(Chain(2), "world", "wurld"), AuthenticationResult.Fail);
        Add("header_changed", "RFC 8617 5.2", "a signed field was changed after the last seal", Edit(Chain(2), "Subject: Hello", "Subject: Hullo"), AuthenticationResult.Fail);
        Add("white_space", "RFC 8617 5.1.1", "blanks of a field of the chain were changed", Edit(Chain(2), "dmarc=pass header", "dmarc=pass  \r\n\t header"), AuthenticationResult.Pass);
        List<string> chain = [];
        string first = _sealer.Seal(Plain, 1, chain);
        Add("changed_between", "RFC 8617 5.2", "the second intermediary changed the message; its own signature covers that",
            _sealer.Seal(Edit(first, "Subject: Hello", "Subject: [list] Hello"), 2, chain), AuthenticationResult.Pass);
    }

    private void AddStructure()
    {
        string two = Chain(2);
        foreach ((string name, string field) in new[] { ("results", "ARC-Authentication-Results: i=1;"), ("message_signature", "ARC-Message-Signature: i=1;"), ("seal", "ARC-Seal: i=1;") })
        {
            Add("missing_" + name, "RFC 8617 5.2", "a field of the first link is gone", Without(two, field), AuthenticationResult.Fail);
            Add("repeated_" + name, "RFC 8617 5.2", "a field of the first link stands there twice", FieldOf(two, field) + two, AuthenticationResult.Fail);
        }

        Add("gap", "RFC 8617 5.2", "the second link is gone",
            Without(Without(Without(Chain(3), "ARC-Authentication-Results: i=2;"), "ARC-Message-Signature: i=2;"), "ARC-Seal: i=2;"), AuthenticationResult.Fail);
        Add("instance_zero", "RFC 8617 4.2.1", "an instance of zero", _sealer.Seal(Plain, 0, [], "none"), AuthenticationResult.Fail);
        Add("instance_text", "RFC 8617 4.2.1", "an instance that is no number", Chain(1).Replace("i=1;", "i=one;", StringComparison.Ordinal), AuthenticationResult.Fail);
    }

    private void AddSeals()
    {
        Add("validation_fail", "RFC 8617 5.2", "the last seal says that the chain was broken", Chain(2, "fail"), AuthenticationResult.Fail);
        Add("validation_none_later", "RFC 8617 5.2", "cv=none at the second link", Chain(2, "none"), AuthenticationResult.Fail);
        Add("validation_pass_first", "RFC 8617 5.2", "cv=pass at the first link", Chain(1, "pass"), AuthenticationResult.Fail);
        Add("validation_unknown", "RFC 8617 5.2", "another word", Chain(1, "neutral"), AuthenticationResult.Fail);
        Add("seal_with_h", "RFC 8617 4.1.3", "a seal that names fields", _sealer.Seal(Plain, 1, [], sealExtra: "h=From; "), AuthenticationResult.Fail);
        Add("results_changed", "RFC 8617 5.2", "the results of the first link were changed", Edit(Chain(2), "mx1.example; dmarc=pass", "mx1.example; dmarc=fail"), AuthenticationResult.Fail);
        Add("seal_sha1", "RFC 8301 3.1", "a seal with SHA-1", Chain(1).Replace("ARC-Seal: i=1; a=ed25519-sha256", "ARC-Seal: i=1; a=rsa-sha1", StringComparison.Ordinal), AuthenticationResult.Fail);
        Add("key_missing", "RFC 8617 5.2", "no key", _sealer.With(selector: "absent").Seal(Plain, 1, []), AuthenticationResult.Fail);
        Add("key_revoked", "RFC 8617 5.2", "a revoked key", _sealer.With(selector: "revoked").Seal(Plain, 1, []), AuthenticationResult.Fail);
    }

    private void AddForms()
    {
        Add("no_form_relaxed", "RFC 8617 4.1.2", "no c tag, signed in relaxed form as the suite of the draft does", _sealer.With(omitsForm: true).Seal(Plain, 1, []), AuthenticationResult.Pass);
        Add("no_form_simple", "RFC 8617 4.1.2", "no c tag, signed in simple form as RFC 6376 3.5 has it",
            _sealer.With(canonicalization: "simple/simple", omitsForm: true).Seal(Plain, 1, []), AuthenticationResult.Pass);
        Add("no_form_changed", "RFC 8617 4.1.2", "no c tag, and the message was changed",
            Edit(_sealer.With(canonicalization: "simple/simple", omitsForm: true).Seal(Plain, 1, []), "world", "wurld"), AuthenticationResult.Fail);
        Add("form_simple", "RFC 8617 4.1.2", "c=simple/simple", _sealer.With(canonicalization: "simple/simple").Seal(Plain, 1, []), AuthenticationResult.Pass);
        Add("form_simple_folded", "RFC 8617 4.1.2", "c=simple/simple, and a field was folded",
            Edit(_sealer.With(canonicalization: "simple/simple").Seal(Plain, 1, []), "To: list", "To:\r\n list"), AuthenticationResult.Fail);
    }

    /// <summary>The message with so many links; the last one says what is given.</summary>
    private string Chain(int count, string? last = null)
    {
        string message = Plain;
        List<string> chain = [];
        for (int instance = 1; instance <= count; instance++)
        {
            message = _sealer.Seal(message, instance, chain, instance == count ? last : null);
        }

        return message;
    }

    private void Add(string name, string spec, string description, string message, AuthenticationResult expected) =>
        _cases.Add(name, new ConformanceCase(spec, description, message.Replace("\r\n", "\n", StringComparison.Ordinal), expected.ToString()));

    private static string Edit(string message, string from, string to)
    {
        int index = message.LastIndexOf(from, StringComparison.Ordinal);
        return index < 0 ? throw new InvalidOperationException(from) : message.Remove(index, from.Length).Insert(index, to);
    }

    private static string Without(string message, string start) => message.Replace(FieldOf(message, start), "", StringComparison.Ordinal);

    private static string FieldOf(string message, string start)
    {
        int begin = message.IndexOf(start, StringComparison.Ordinal);
        int end = begin;
        do
        {
            end = message.IndexOf("\r\n", end, StringComparison.Ordinal) + 2;
        }
        while (message[end] is ' ' or '\t');

        return message[begin..end];
    }
}
