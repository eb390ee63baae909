using System.CommandLine;
using System.Globalization;
using System.Net;
using Dmarc.Alignment;
using Dmarc.Diagnostics;
using Dmarc.Dns;
using Dmarc.Policy;

namespace Dmarc.Cli.Commands;

/// <summary><c>dmarc align</c>: what Test-DmarcAlignment does.</summary>
internal sealed class AlignCommand : ConsoleCommand
{
    private readonly Argument<string[]> _path = new("path") { Description = Strings.Cli_MessagePath, Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _recurse = new("--recurse", "-r") { Description = Strings.Cli_Recurse };
    private readonly Option<string?> _from = new("--from") { Description = Strings.Cli_Author };
    private readonly Option<string?> _mailFrom = new("--mail-from") { Description = Strings.Cli_MailFrom };
    private readonly Option<IdentifierResult?> _spf = EnumOption.Optional<IdentifierResult>("--spf-result", Strings.Cli_SpfResult);
    private readonly Option<string[]> _dkimDomain = new("--dkim-domain") { Description = Strings.Cli_DkimDomain };
    private readonly Option<string[]> _dkimResult = new("--dkim-result") { Description = Strings.Cli_DkimResult };
    private readonly Option<string?> _record = new("--record") { Description = Strings.Cli_AlignRecord };
    private readonly Option<string?> _address = new("--ip-address") { Description = Strings.Cli_IPAddress };
    private readonly Option<string?> _helo = new("--helo") { Description = Strings.Cli_Helo };
    private readonly Option<string[]> _trusted = new("--trusted-auth-serv-id") { Description = Strings.Cli_TrustedAuthServId };
    private readonly Option<bool> _bulk = new("--bulk-sender-rule") { Description = Strings.Cli_BulkSenderRule };
    private readonly Option<DiscoveryMethod?> _discovery = EnumOption.Optional<DiscoveryMethod>("--discovery-method", Strings.Cli_DiscoveryMethod);
    private readonly DnsOptions _dns = new();

    public AlignCommand(Terminal terminal)
        : base(terminal, "align", Strings.Cli_AlignCommand)
    {
        Command.Arguments.Add(_path);
        foreach (Option option in new Option[]
        {
            _recurse, _from, _mailFrom, _spf, _dkimDomain, _dkimResult, _record, _address, _helo, _trusted, _bulk, _discovery,
        })
        {
            Command.Options.Add(option);
        }

        _dns.AddTo(Command);
    }

    protected override void Run(ParseResult arguments, CommandRun run, CancellationToken cancellationToken)
    {
        MessageAssessorOptions options = new()
        {
            IPAddress = ReadAddress(arguments.GetValue(_address)),
            Helo = arguments.GetValue(_helo),
            MailFrom = arguments.GetValue(_mailFrom),
            TrustedAuthServIds = arguments.GetValue(_trusted) ?? [],
            DiscoveryMethod = arguments.GetValue(_discovery) ?? DiscoveryMethod.TreeWalk,
            Record = arguments.GetValue(_record),
            ChecksBulkSenderRules = arguments.GetValue(_bulk),
        };
        using DnsResolver resolver = _dns.CreateResolver(arguments, run);
        MessageAssessor assessor = new(resolver, options);
        if (arguments.GetValue(_from) is { } from)
        {
            AlignmentResult result = assessor.AssessAsync(ReadIdentifiers(from, arguments), cancellationToken).GetAwaiter().GetResult();
            Write(run, from, result);
            return;
        }

        CommandRun.ForEach(
            Messages(arguments, run),
            _dns.ThrottleLimit(arguments),
            async (read, lane, token) =>
            {
                if (read.Message is not { } message)
                {
                    lane.Write(() => run.Failure(read.Problem), token);
                    return;
                }

                AlignmentResult result = await assessor.AssessAsync(message, token).ConfigureAwait(false);
                lane.Write(() => Write(run, message.Source, result), token);
            },
            cancellationToken,
            read => read.Message?.Message.Raw.Length ?? 0);
    }

    private static void Write(CommandRun run, string target, AlignmentResult result)
    {
        if (result.Findings.FirstOrDefault(finding => finding.Code == AlignmentFindings.LookupFailed.Code) is Finding failed)
        {
            run.Failure(target + ": " + failed.Message);
        }

        run.Result(result, result.Findings);
    }

    private static IPAddress? ReadAddress(string? text) =>
        text is null ? null
        : IPAddress.TryParse(text, out IPAddress? address) ? address
        : throw new UsageException(string.Format(CultureInfo.InvariantCulture, Strings.Cli_NotAnAddress, text));

    private MessageIdentifiers ReadIdentifiers(string from, ParseResult arguments) => new()
    {
        From = from,
        MailFrom = arguments.GetValue(_mailFrom),
        SpfResult = arguments.GetValue(_spf),
        DkimDomains = arguments.GetValue(_dkimDomain) ?? [],
        DkimResults = [.. (arguments.GetValue(_dkimResult) ?? []).Select(ReadResult)],
    };

    private IdentifierResult ReadResult(string text) =>
        Enum.TryParse(text, true, out IdentifierResult result) && !char.IsAsciiDigit(text[0])
            ? result
            : throw new UsageException(string.Format(
                CultureInfo.InvariantCulture,
                Strings.Cli_NotAChoice,
                text,
                _dkimResult.Name,
                string.Join(", ", Enum.GetNames<IdentifierResult>().Select(name => name.ToLowerInvariant()))));

    private IEnumerable<MessageReadItem> Messages(ParseResult arguments, CommandRun run)
    {
        string[] paths = arguments.GetValue(_path) ?? [];
        bool asked = paths is ["-"];
        if (paths.Length == 0 || asked)
        {
            Stream input = OpenInput(asked) ?? throw new UsageException(Strings.Cli_NoMessage);
            return MessageFileReader.ReadStream(input, "-");
        }

        bool recurse = arguments.GetValue(_recurse);
        return paths
            .SelectMany(path => InputFiles.Find(path, recurse, MessageFileReader.IsMail, run))
            .SelectMany(MessageFileReader.ReadFile);
    }
}
