namespace Dmarc.Advice.DirectSend.Probing;

/// <summary>Interprets Exchange Online's replies to an anonymous sender.</summary>
internal static class ProbeReplyReader
{
    private static readonly string[] UnknownRecipient = ["5.1.1", "5.1.10", "5.4.1", "5.1.351", "5.1.0"];

    /// <summary>Exchange Online's codes for blocked addresses, in addition to 5.7.606 to 5.7.649.</summary>
    private static readonly string[] BlockedSource = ["5.7.511", "5.7.750", "4.7.650", "5.7.650"];

    private static readonly string[] BlockWords = ["spamhaus", "block list", "blocklist", "banned sending ip", "access denied, banned"];

    public static DirectSendProbeOutcome Read(SmtpReply reply)
    {
        if (reply.IsPositive)
        {
            return DirectSendProbeOutcome.Accepted;
        }

        string code = reply.EnhancedCode;
        return code == "5.7.68" || Says(reply, "Direct Send not allowed") ? DirectSendProbeOutcome.DirectSendRejected
            : code == "5.7.51" || (Says(reply, "TenantInboundAttribution") && Says(reply, "connector"))
                ? DirectSendProbeOutcome.ConnectorRejected
            : IsBlocked(code) || Array.Exists(BlockWords, word => Says(reply, word)) ? DirectSendProbeOutcome.SourceBlocked
            : reply.IsTransient ? DirectSendProbeOutcome.Deferred
            : Array.IndexOf(UnknownRecipient, code) >= 0 ? DirectSendProbeOutcome.RecipientUnknown
            : DirectSendProbeOutcome.Refused;
    }

    private static bool IsBlocked(string code) =>
        Array.IndexOf(BlockedSource, code) >= 0
        || (code.StartsWith("5.7.", StringComparison.Ordinal) && int.TryParse(code.Substring(4), out int detail) && detail is >= 606 and <= 649);

    private static bool Says(SmtpReply reply, string words) => reply.Text.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0;
}
