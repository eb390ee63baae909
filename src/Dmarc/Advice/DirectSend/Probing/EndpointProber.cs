using System.Net;
using System.Net.Sockets;
using Dmarc.Dns;

namespace Dmarc.Advice.DirectSend.Probing;

/// <summary>
/// Probes if an endpoint would accept mail from an anonymous sender of the domain: connect, EHLO, MAIL FROM, RCPT TO,
/// QUIT. It sends no DATA, so no message.
/// </summary>
internal sealed class EndpointProber(IDnsResolver resolver, DirectSendProbeOptions options)
{
    /// <summary>Probes the endpoint of a domain, according to DNS or the options; null if there is none.</summary>
    public async Task<DirectSendProbeResult?> ProbeAsync(
        DomainName domain, (string Host, string Address)? endpoint, CancellationToken cancellationToken)
    {
        (string Host, IPAddress? Address)? found = options.Host is { } host
            ? (host, await ResolveAsync(host, cancellationToken).ConfigureAwait(false))
            : endpoint is { } shown ? (shown.Host, AddressText.Read(shown.Address)) : null;
        if (found is not { } target)
        {
            return null;
        }

        DirectSendProbeResult result = new()
        {
            Endpoint =
                (target.Host.IndexOf(':') >= 0 ? "[" + target.Host + "]" : target.Host) + ":" + options.Port.ToString(CultureInfo.InvariantCulture),
            Outcome = DirectSendProbeOutcome.ConnectionFailed,
            Sender = "postmaster@" + domain,
            Recipient = options.LocalPart + "@" + (options.RecipientDomain ?? domain),
        };
        return target.Address is null
            ? result with { Reply = Sentences.Fill(Strings.DirectSend_ProbeNoAddress, target.Host) }
            : await TalkAsync(result, new IPEndPoint(target.Address, options.Port), cancellationToken).ConfigureAwait(false);
    }

    private async Task<DirectSendProbeResult> TalkAsync(
        DirectSendProbeResult result, IPEndPoint server, CancellationToken cancellationToken)
    {
        SmtpConversation? conversation = null;
        try
        {
            conversation = await SmtpConversation.ConnectAsync(server, options.Timeout, cancellationToken).ConfigureAwait(false);
            SmtpReply reply = await conversation.SayAsync(null).ConfigureAwait(false);
            foreach (string command in new[]
            {
                "EHLO " + (options.Helo ?? SmtpConversation.Literal(conversation.LocalAddress)),
                "MAIL FROM:<" + result.Sender + ">",
                "RCPT TO:<" + result.Recipient + ">",
            })
            {
                if (!reply.IsPositive)
                {
                    break;
                }

                reply = await conversation.SayAsync(command).ConfigureAwait(false);
            }

            await QuitAsync(conversation, cancellationToken).ConfigureAwait(false);
            return result with
            {
                Outcome = ProbeReplyReader.Read(reply),
                Code = reply.Code,
                EnhancedCode = reply.EnhancedCode,
                Reply = reply.Text,
                Transcript = conversation.Transcript,
            };
        }
        catch (SmtpProblemException exception)
        {
            result = result with { Outcome = exception.Outcome, Reply = exception.Message };
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
        {
            string problem = PrintableText.Escape(exception.Message.TrimEnd('.'));
            result = result with
            {
                Reply = conversation is not null ? problem : Sentences.Fill(Strings.DirectSend_ProbeNotConnected, server.Port, problem),
            };
        }
        finally
        {
            conversation?.Dispose();
        }

        return result with { Transcript = conversation?.Transcript ?? PrintableList<string>.Empty };
    }

    /// <summary>Sends QUIT; the reply does not matter.</summary>
    private static async Task QuitAsync(SmtpConversation conversation, CancellationToken cancellationToken)
    {
        try
        {
            await conversation.SayAsync("QUIT").ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SmtpProblemException or SocketException or ObjectDisposedException or IOException
            && !cancellationToken.IsCancellationRequested)
        {
        }
    }

    private async Task<IPAddress?> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (AddressText.TryRead(host, out IPAddress? literal))
        {
            return literal;
        }

        foreach (DnsRecordType type in new[] { DnsRecordType.A, DnsRecordType.AAAA })
        {
            DnsResponse response = await resolver.QueryAsync(host, type, cancellationToken).ConfigureAwait(false);
            if (response.Records.OfType<AddressRecord>().FirstOrDefault() is { } record)
            {
                return record.Address;
            }
        }

        return null;
    }
}
