using System.Collections;
using System.Globalization;
using Dmarc.Advice.DirectSend;
using Dmarc.Advice.DirectSend.Remedies;
using Dmarc.Advice.DirectSend.Traffic;
using Dmarc.Text;

namespace Dmarc.Views;

/// <summary>How the parts of a result about Direct Send read.</summary>
internal static class DirectSendText
{
    /// <summary>A verdict: a closed door is good, one that may be open deserves a look.</summary>
    public static ViewText Exposure(object? value) => new(
        PrintableText.Escape(value?.ToString()),
        value switch
        {
            DirectSendVerdict.Protected or DirectSendVerdict.NotApplicable or EvidenceVerdict.Legitimate => ViewTone.Good,
            DirectSendVerdict.LikelyExposed or DirectSendVerdict.ExposedPastGateway or EvidenceVerdict.Spoof => ViewTone.Bad,
            null => ViewTone.Plain,
            _ => ViewTone.Caution,
        });

    /// <summary>The steps, each with why below it and then what to run.</summary>
    public static ViewText Steps(object? value)
    {
        List<string> lines = [];
        foreach (DirectSendRemediation step in value is IEnumerable items ? items.OfType<DirectSendRemediation>() : [])
        {
            lines.Add(step.Order.ToString(CultureInfo.InvariantCulture) + ". " + PrintableText.Escape(step.Title));
            lines.Add("   " + PrintableText.Escape(step.Why));
            lines.AddRange(Split(step.Command).Select(line => "     PS> " + line));
        }

        return new ViewText(string.Join("\n", lines), ViewTone.Plain);
    }

    /// <summary>Commands, a line each.</summary>
    public static ViewText Code(object? value) => new(string.Join("\n", Split(value as string ?? "")), ViewTone.Plain);

    private static IEnumerable<string> Split(string command) =>
        command.Length == 0 ? [] : command.Split('\n').Select(PrintableText.Escape);
}
