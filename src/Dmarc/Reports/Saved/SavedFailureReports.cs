using Dmarc.Mail;
using Dmarc.Reports.Failure;

namespace Dmarc.Reports.Saved;

/// <summary>
/// Restores failure reports from copies as far as possible: without the message itself, its results and the receiver's
/// hashed data.
/// </summary>
internal static class SavedFailureReports
{
    public static readonly string[] Required =
    [
        nameof(FailureReport.ReportMessageId), nameof(FailureReport.FeedbackType), nameof(FailureReport.AuthFailure),
        nameof(FailureReport.SourceIP), nameof(FailureReport.ArrivalDate), nameof(FailureReport.Incidents),
        nameof(FailureReport.ReportedDomain), nameof(FailureReport.HeaderFrom),
    ];

    /// <summary>True for an object with the characteristic properties of a failure report, if not all.</summary>
    public static bool IsReport(ISavedObject item) =>
        item.Has(nameof(FailureReport.AuthFailure)) && item.Has(nameof(FailureReport.Incidents));

    public static FailureReport Read(SavedValues saved)
    {
        long? port = saved.OptionalNumber(nameof(FailureReport.SourcePort));
        if (port is < 0 or > ushort.MaxValue)
        {
            saved.Fail(nameof(FailureReport.SourcePort), port);
        }

        return new FailureReport
        {
            Reporter = Address(saved, nameof(FailureReport.Reporter)),
            ReportSubject = saved.Text(nameof(FailureReport.ReportSubject)),
            ReportDate = saved.OptionalTime(nameof(FailureReport.ReportDate)),
            ReportMessageId = saved.Text(nameof(FailureReport.ReportMessageId)),
            Format = saved.OptionalMember<FailureReportFormat>(nameof(FailureReport.Format)) ?? default,
            WrittenFeedbackType = saved.Word<FeedbackType>(nameof(FailureReport.FeedbackType), FeedbackWords.FeedbackTypes.Write),
            Version = saved.Text(nameof(FailureReport.Version)),
            UserAgent = saved.Text(nameof(FailureReport.UserAgent)),
            WrittenAuthFailure = saved.Word<AuthFailureType>(nameof(FailureReport.AuthFailure), FeedbackWords.AuthFailures.Write),
            WrittenDeliveryResult = saved.OptionalWord<DeliveryResult>(
                nameof(FailureReport.DeliveryResult), FeedbackWords.DeliveryResults.Write),
            WrittenIdentityAlignment = Alignment(saved),
            SourceIP = saved.Text(nameof(FailureReport.SourceIP)),
            SourcePort = (int?)port,
            WrittenArrivalDate = saved.OptionalTime(nameof(FailureReport.ArrivalDate)) is { } time
                ? WrittenValue.Optional<DateTimeOffset>(time, time.ToString("r", CultureInfo.InvariantCulture))
                : new(null, saved.Text(nameof(FailureReport.ArrivalDateText)), saysAll: false),
            Incidents = saved.Number(nameof(FailureReport.Incidents)),
            ReportedDomain = saved.Text(nameof(FailureReport.ReportedDomain)),
            ReportedUris = saved.Texts(nameof(FailureReport.ReportedUris)),
            HeaderFrom = saved.Text(nameof(FailureReport.HeaderFrom)),
            OriginalMailFrom = Address(saved, nameof(FailureReport.OriginalMailFrom)),
            OriginalRecipients = saved.Items(nameof(FailureReport.OriginalRecipients))
                .Select(AddressOf)
                .OfType<MailAddress>()
                .ToPrintableList(),
            OriginalEnvelopeId = saved.Text(nameof(FailureReport.OriginalEnvelopeId)),
            MessageId = saved.Text(nameof(FailureReport.MessageId)),
            ReportingMta = saved.Text(nameof(FailureReport.ReportingMta)),
            DkimDomain = saved.Text(nameof(FailureReport.DkimDomain)),
            DkimIdentity = saved.Text(nameof(FailureReport.DkimIdentity)),
            DkimSelector = saved.Text(nameof(FailureReport.DkimSelector)),
            Findings = saved.Findings(),
            Path = saved.Text(nameof(FailureReport.Path)),
        };
    }

    private static WrittenValue<UnalignedMechanism?> Alignment(SavedValues saved)
    {
        UnalignedMechanism? mechanisms = saved.OptionalMember<UnalignedMechanism>(nameof(FailureReport.IdentityAlignment));
        string text = saved.Text(nameof(FailureReport.IdentityAlignmentText));
        return mechanisms is not { } known ? default
            : text.Length > 0 ? new(known, text, saysAll: false)
            : new(known, known.ToString().ToLowerInvariant(), saysAll: true);
    }

    private static MailAddress? Address(SavedValues saved, string name) =>
        saved.Items(name).Select(AddressOf).FirstOrDefault(address => address is not null);

    private static MailAddress? AddressOf(object item) => item switch
    {
        string text => MailAddress.ParseList(text) is { Count: > 0 } list ? list[0] : null,
        ISavedObject saved => new MailAddress(
            saved.Get(nameof(MailAddress.DisplayName)) as string ?? "",
            saved.Get(nameof(MailAddress.LocalPart)) as string ?? "",
            saved.Get(nameof(MailAddress.Domain)) as string ?? ""),
        _ => null,
    };
}
