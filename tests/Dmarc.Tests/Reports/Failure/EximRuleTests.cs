using System.Text;
using Dmarc.Reports;
using Dmarc.Reports.Failure;

namespace Dmarc.Tests.Reports.Failure;

/// <summary>Failure reports as Exim's recipes write them, with a rule of one line or of two before the copy of the header.</summary>
public class EximRuleTests
{
    private const string Rule = "------ This is a copy of the headers that were received before the error\n       was detected.";
    private const string Short = "------ This is a copy of the headers ------";
    private const string Flush = "------ This is a copy of the headers that were received before\nthe error was detected.";

    [Theory]
    [InlineData(Rule, "198.51.100.7", false)]
    [InlineData(Rule, "198.51.100.7", true)]
    [InlineData(Rule, "2001:db8::7", false)]
    [InlineData(Rule, "2001:db8::7", true)]
    [InlineData(Short, "198.51.100.7", false)]
    [InlineData(Flush, "2001:db8::7", true)]
    public void The_reported_message_is_behind_the_rule(string rule, string address, bool isQuoted)
    {
        string text = $"A message claiming to be from you has failed.\n\n  Sender Domain: shop.example\n  Sender IP Address: {address}\n"
            + $"  Received Date: Fri, 16 Aug 2024 15:06:53 +0200\n  SPF Alignment: no\n  DKIM Alignment: no\n  DMARC Results: Quarantine\n\n{rule}\n\n"
            + $"Received: from mta.bad.example ([{address}]) by mx.isp.example with esmtp (Exim 4.89)\n\t(envelope-from <x@shop.example>) id 1abc\n"
            + "From: Boss <ceo@shop.example>\nTo: <user@isp.example>\nSubject: Hello\nMessage-ID: <abc@bad.example>\n";
        string body = isQuoted ? text.Replace("=", "=3D", StringComparison.Ordinal).Replace("received before", "received =\nbefore", StringComparison.Ordinal) : text;
        string encoding = isQuoted ? "quoted-printable" : "7bit";
        string mail = "From: postmaster@isp.example\nTo: ruf@shop.example\nSubject: DMARC Forensic Report for shop.example\nMIME-Version: 1.0\n"
            + $"Content-Type: text/plain; charset=us-ascii\nContent-Transfer-Encoding: {encoding}\n\n{body}";
        FailureReport report = ReadResult.OfBytes(Encoding.ASCII.GetBytes(mail.Replace("\n", "\r\n", StringComparison.Ordinal)), null, ReportTypes.Failure).Failure;

        Assert.Equal("shop.example", report.HeaderFrom);
        Assert.Equal(address, report.SourceIP);
        Assert.Equal("<abc@bad.example>", report.MessageId);
        Assert.Equal("ceo@shop.example", report.OriginalMessage!.From[0].Address);
        Assert.Equal("Hello", report.OriginalMessage.Subject);
    }
}
