using Dmarc.Standards.AuthenticationResults;

namespace Dmarc.Reports.Failure;

/// <summary>The words and dates of feedback reports. Letter case and comments after a word are ignored.</summary>
internal static class FeedbackWords
{
    public static WordSet<FeedbackType> FeedbackTypes { get; } = new(
        ("auth-failure", Failure.FeedbackType.AuthFailure),
        ("abuse", Failure.FeedbackType.Abuse),
        ("fraud", Failure.FeedbackType.Fraud),
        ("not-spam", Failure.FeedbackType.NotSpam),
        ("virus", Failure.FeedbackType.Virus),
        ("other", Failure.FeedbackType.Other));

    public static WordSet<AuthFailureType> AuthFailures { get; } = new(
        ("dmarc", AuthFailureType.Dmarc),
        ("signature", AuthFailureType.Signature),
        ("bodyhash", AuthFailureType.BodyHash),
        ("revoked", AuthFailureType.Revoked),
        ("spf", AuthFailureType.Spf),
        ("adsp", AuthFailureType.Adsp));

    public static WordSet<DeliveryResult> DeliveryResults { get; } = new(
        ("delivered", Failure.DeliveryResult.Delivered),
        ("spam", Failure.DeliveryResult.Spam),
        ("policy", Failure.DeliveryResult.Policy),
        ("reject", Failure.DeliveryResult.Reject),
        ("other", Failure.DeliveryResult.Other));

    public static WrittenValue<FeedbackType> FeedbackType(string text) => WrittenValue.Word(FeedbackTypes.Read(Word(text)), text);

    public static WrittenValue<AuthFailureType> AuthFailure(string text) => WrittenValue.Word(AuthFailures.Read(Word(text)), text);

    public static WrittenValue<DeliveryResult?> DeliveryResult(string text) =>
        WrittenValue.Word<DeliveryResult>((DeliveryResult?)DeliveryResults.Read(Word(text)), text);

    /// <summary>A date in mail or ISO 8601 format; null for another text.</summary>
    public static DateTimeOffset? Date(string text) =>
        ReceivedDate.Read(text) ?? ReportValueParser.IsoTime(text);

    private static string Word(string text)
    {
        FieldScanner scanner = new(text);
        scanner.SkipBlank();
        return scanner.ReadWord(";,");
    }
}
