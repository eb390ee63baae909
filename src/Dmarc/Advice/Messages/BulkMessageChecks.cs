using Dmarc.Advice.Messages.BulkSenders;

namespace Dmarc.Advice.Messages;

/// <summary>The bulk sender rules about the message itself.</summary>
internal static class BulkMessageChecks
{
    private const string ListField = "List-Unsubscribe";
    private const string PostField = "List-Unsubscribe-Post";
    private static readonly HashSet<string> Freemail = new(StringComparer.Ordinal)
    {
        "gmail.com", "googlemail.com", "yahoo.com", "yahoo.co.jp", "ymail.com", "rocketmail.com", "aol.com", "outlook.com", "outlook.jp",
        "hotmail.com", "hotmail.co.jp", "live.com", "live.jp", "msn.com", "icloud.com", "me.com", "mac.com", "gmx.de", "gmx.net", "gmx.com",
        "web.de", "t-online.de", "mail.ru", "yandex.ru", "yandex.com", "qq.com", "163.com", "126.com", "naver.com", "daum.net",
        "orange.fr", "free.fr", "laposte.net", "libero.it", "proton.me", "protonmail.com", "docomo.ne.jp", "ezweb.ne.jp", "au.com",
        "softbank.ne.jp", "i.softbank.jp",
    };
    private static readonly string[] Once = ["From", "Date", "Message-ID"];
    private static readonly string[] AtMostOnce = ["Sender", "Reply-To", "To", "Cc", "Subject", "In-Reply-To", "References"];

    /// <summary>The receiver's Received field shows TLS.</summary>
    public static BulkSenderVerdict CheckTls(BulkSenderFacts facts) => facts.Assessment.Headers.EdgeHop switch
    {
        null => new(BulkSenderOutcome.Unknown, Strings.Bulk_TlsUnknown),
        { IsEncrypted: true } hop => new(
            BulkSenderOutcome.Pass,
            Strings.Bulk_TlsPass,
            hop.By ?? Strings.Align_AServer,
            hop.TlsVersion is null ? "TLS" : "TLS " + hop.TlsVersion),
        { } hop => new(BulkSenderOutcome.Fail, Strings.Bulk_TlsFail, hop.By ?? Strings.Align_AServer),
    };

    /// <summary>
    /// The header fields of RFC 8058: an HTTPS URL in List-Unsubscribe, the required text in List-Unsubscribe-Post, and
    /// a valid signature over both.
    /// </summary>
    public static BulkSenderVerdict CheckOneClickUnsubscribe(BulkSenderFacts facts)
    {
        if (facts.Assessment.Message?.Message is not { } message)
        {
            return new(BulkSenderOutcome.NotApplicable, "");
        }

        string? list = message.GetHeader(ListField)?.Value;
        string post = message.GetHeader(PostField)?.Value ?? "";
        DkimEvidence[] covering =
            [.. facts.Assessment.Dkim.Where(signature => Covers(signature, ListField) && Covers(signature, PostField))];
        return list is null ? new(BulkSenderOutcome.Fail, Strings.Bulk_UnsubscribeMissing)
            : list.IndexOf("<https://", StringComparison.OrdinalIgnoreCase) < 0
                ? new(BulkSenderOutcome.Fail, Strings.Bulk_UnsubscribeNoHttps)
            : post.Replace(" ", "").IndexOf("List-Unsubscribe=One-Click", StringComparison.OrdinalIgnoreCase) < 0
                ? new(BulkSenderOutcome.Fail, Strings.Bulk_UnsubscribeNoPost)
            : Array.Exists(covering, signature => signature.Passes)
                ? new(BulkSenderOutcome.Pass, Strings.Bulk_UnsubscribePass)
            : Array.Exists(covering, signature => signature.Result is null)
                ? new(BulkSenderOutcome.Unknown, Strings.Bulk_UnsubscribeUnknown)
            : new(BulkSenderOutcome.Fail, Strings.Bulk_UnsubscribeUnsigned);
    }

    private static bool Covers(DkimEvidence signature, string field) =>
        signature.Signature?.SignedHeaders.Contains(field, StringComparer.OrdinalIgnoreCase) == true;

    /// <summary>Mail from an address at a mailbox provider must come from that provider, by its own policy.</summary>
    public static BulkSenderVerdict CheckAuthorNotImpersonated(BulkSenderFacts facts) => facts.Assessment switch
    {
        { Author.Domain: null } => new(BulkSenderOutcome.Fail, Strings.Bulk_NoAuthor),
        { Author.Domain: { } author } when !Freemail.Contains(author.ToString()) =>
            new(BulkSenderOutcome.Pass, Strings.Bulk_AuthorOwn, author),
        { Passes: true } provided => new(BulkSenderOutcome.Pass, Strings.Bulk_AuthorProvider, provided.Author.Domain),
        { Result: null } unknown => new(BulkSenderOutcome.Unknown, Strings.Bulk_AuthorUnknown, unknown.Author.Domain),
        { } other => new(BulkSenderOutcome.Fail, Strings.Bulk_AuthorImpersonated, other.Author.Domain),
    };

    /// <summary>The fields that RFC 5322 §3.6 requires exactly once, or allows at most once.</summary>
    public static BulkSenderVerdict CheckMessageFormat(BulkSenderFacts facts)
    {
        if (facts.Assessment.Message?.Message is not { } message)
        {
            return new(BulkSenderOutcome.NotApplicable, "");
        }

        string[] missing = [.. Once.Where(name => message.GetHeader(name) is null)];
        string[] repeated = [.. Once.Concat(AtMostOnce).Where(name => message.GetHeaders(name).Skip(1).Any())];
        return missing.Length > 0 ? new(BulkSenderOutcome.Fail, Strings.Bulk_FieldsMissing, Sentences.List(missing))
            : repeated.Length > 0 ? new(BulkSenderOutcome.Fail, Strings.Bulk_FieldsRepeated, Sentences.List(repeated))
            : new(BulkSenderOutcome.Pass, Strings.Bulk_FormatPass);
    }
}
