using Dmarc.Advice.DirectSend.Probing;
using Dmarc.Advice.DirectSend.Remedies;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.DirectSend.Traffic;
using Dmarc.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Dmarc.Tests.Advice.DirectSend;

/// <summary>Whatever strangers write, the readers give something back.</summary>
public class DirectSendFuzzTests
{
    private static readonly Config Thousand = Config.QuickThrowOnFailure.WithMaxTest(1_000);

    [Fact]
    public void Any_text_is_a_table() => Prop.ForAll<NonNull<string>>(text =>
    {
        DirectSendTraffic traffic = new();
        foreach (CsvItem item in new CsvReader(new StringReader("SenderAddress,RecipientAddress,FromIP,AuthenticationDetails\n" + text.Get)).Read())
        {
            if (item.Row is { } row)
            {
                traffic.AddTrace(name => row[name], "t");
            }
        }

        return traffic.LeftOut == 0;
    }).Check(Thousand);

    [Fact]
    public void Any_line_is_a_reply_or_none() => Prop.ForAll<NonNull<string>, int>((text, number) =>
    {
        bool read = SmtpReply.TryReadLine(number + text.Get, out int code, out _, out string rest);
        SmtpReply reply = new(read ? code : 500, rest);
        return (!read || code is >= 200 and < 600) && Enum.IsDefined(ProbeReplyReader.Read(reply));
    }).Check(Thousand);

    [Fact]
    public void Any_value_is_settings_or_none() => Prop.ForAll<string, bool>((text, truth) =>
    {
        FactSource source = name => name == "Enabled" ? truth : name == "SenderDomains" ? new[] { text, "smtp:" + text + ";1" } : text;
        _ = TenantFactReader.ReadOrganization(source);
        _ = TenantFactReader.ReadAcceptedDomain(source);
        return TenantFactReader.ReadConnector(source) is null or { SenderDomains: not null };
    }).Check(Thousand);

    /// <summary>In a literal in single quotes, a quote of any of PowerShell's kinds ends it unless another stands behind it.</summary>
    [Fact]
    public void A_quoted_value_never_ends_early() => Prop.ForAll<NonNull<string>>(text =>
    {
        string body = PowerShellText.Quote(text.Get + "'\u2019" + text.Get)[1..^1];
        for (int index = 0; index < body.Length; index++)
        {
            if (body[index] is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B')
            {
                if (index + 1 == body.Length || body[index + 1] != body[index])
                {
                    return false;
                }

                index++;
            }
        }

        return true;
    }).Check(Thousand);
}
