using System.Globalization;
using Dmarc.Standards.AuthenticationResults;

namespace Dmarc.Reports.Failure;

/// <summary>The words and dates of feedback reports. Case does not count, and neither do comments behind a word.</summary>
internal static class FeedbackWords
{
    public static FeedbackType FeedbackType(string text) => Word(text) switch
    {
        "auth-failure" => Failure.FeedbackType.AuthFailure,
        "abuse" => Failure.FeedbackType.Abuse,
        "fraud" => Failure.FeedbackType.Fraud,
        "not-spam" => Failure.FeedbackType.NotSpam,
        "virus" => Failure.FeedbackType.Virus,
        "other" => Failure.FeedbackType.Other,
        _ => Failure.FeedbackType.Unknown,
    };

    public static AuthFailureType AuthFailure(string text) => Word(text) switch
    {
        "dmarc" => AuthFailureType.Dmarc,
        "signature" => AuthFailureType.Signature,
        "bodyhash" => AuthFailureType.BodyHash,
        "revoked" => AuthFailureType.Revoked,
        "spf" => AuthFailureType.Spf,
        "adsp" => AuthFailureType.Adsp,
        _ => AuthFailureType.Unknown,
    };

    public static DeliveryResult DeliveryResult(string text) => Word(text) switch
    {
        "delivered" => Failure.DeliveryResult.Delivered,
        "spam" => Failure.DeliveryResult.Spam,
        "policy" => Failure.DeliveryResult.Policy,
        "reject" => Failure.DeliveryResult.Reject,
        "other" => Failure.DeliveryResult.Other,
        _ => Failure.DeliveryResult.Unknown,
    };

    /// <summary>A date of mail, or of ISO 8601; null if it is neither.</summary>
    public static DateTimeOffset? Date(string text) =>
        ReceivedDate.Read(text) ?? (
            text.IndexOf('-') == 4
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date) ? date : null);

    private static string Word(string text)
    {
        FieldScanner scanner = new(text);
        scanner.SkipBlank();
        return scanner.ReadWord(";,").ToLowerInvariant();
    }
}
