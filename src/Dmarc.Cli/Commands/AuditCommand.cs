using System.CommandLine;
using System.Globalization;
using Dmarc.Alignment.BulkSenders;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Posture;
using Dmarc.Posture.Bulk;

namespace Dmarc.Cli.Commands;

/// <summary><c>dmarc audit</c>: what Test-MailDomain does.</summary>
internal sealed class AuditCommand : ConsoleCommand
{
    private readonly Argument<string[]> _domain = new("domain") { Description = Strings.Cli_Domain, Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _file = new("--file") { Description = Strings.Cli_AuditFile };
    private readonly Option<MailDomainPart?> _include = EnumOption.OptionalFlags<MailDomainPart>("--include", Strings.Cli_AuditInclude);
    private readonly Option<MailDomainPart?> _exclude = EnumOption.OptionalFlags<MailDomainPart>("--exclude", Strings.Cli_AuditExclude);
    private readonly Option<string[]> _selector = new("--selector") { Description = Strings.Cli_Selector };
    private readonly Option<SendingProfile?> _profile = EnumOption.Optional<SendingProfile>("--profile", Strings.Cli_AuditProfile);
    private readonly Option<MailboxProvider[]?> _bulk = EnumOption.OptionalList<MailboxProvider>("--bulk-sender-rule", Strings.Cli_AuditBulkSenderRule);
    private readonly Option<bool> _private = new("--allow-private-address") { Description = Strings.Cli_AuditAllowPrivateAddress };
    private readonly Option<string?> _resume = new("--resume-from") { Description = Strings.Cli_AuditResumeFrom };
    private readonly Option<string?> _shard = new("--shard") { Description = Strings.Cli_AuditShard };
    private readonly DnsOptions _dns = new();

    public AuditCommand(Terminal terminal)
        : base(terminal, "audit", Strings.Cli_AuditCommand)
    {
        Command.Arguments.Add(_domain);
        foreach (Option option in new Option[] { _file, _include, _exclude, _selector, _profile, _bulk, _private, _resume, _shard })
        {
            Command.Options.Add(option);
        }

        _dns.AddTo(Command);
    }

    protected override void Run(ParseResult arguments, CommandRun run, CancellationToken cancellationToken)
    {
        bool hasZones = _dns.HasZones(arguments);
        MailDomainOptions options = new()
        {
            Parts = MailDomainParts.Select(
                [arguments.GetValue(_include) ?? MailDomainPart.None],
                [arguments.GetValue(_exclude) ?? MailDomainPart.None],
                hasZones),
            Selectors = arguments.GetValue(_selector) ?? [],
            Profile = arguments.GetValue(_profile) is { } profile and not SendingProfile.Unknown ? profile : null,
            BulkSenderProviders = arguments.GetValue(_bulk) ?? [],
            AllowPrivateAddresses = arguments.GetValue(_private),
            ProbeValidation = !hasZones,
        };
        DomainSelection selection = new(ReadShard(arguments.GetValue(_shard)), OpenEarlier(arguments.GetValue(_resume), run));
        using DnsResolver resolver = _dns.CreateResolver(arguments, run);
        MailDomainInspector inspector = new(resolver, options);
        CommandRun.ForEach(
            Domains(arguments).Where(selection.Takes),
            _dns.ThrottleLimit(arguments),
            async (input, lane, token) =>
            {
                if (!DomainInput.TryRead(input, out DomainName? domain, out string error))
                {
                    lane.Write(() => run.Failure(error), token);
                    lane.Write(() => Write(run, MailDomainResult.ForInvalidDomainName(input, error)), token);
                    return;
                }

                MailDomainResult result = await inspector.InspectAsync(domain, token).ConfigureAwait(false);
                lane.Write(() => Write(run, result), token);
            },
            cancellationToken);
    }

    /// <summary>The domains of the command line, then those of the files; without either, the lines of standard input.</summary>
    private IEnumerable<string> Domains(ParseResult arguments)
    {
        string[] files = arguments.GetValue(_file) ?? [];
        string[] named = arguments.GetValue(_domain) ?? [];
        return files.Length == 0 ? Inputs(named, Strings.Cli_NoDomain) : named.Concat(files.SelectMany(DomainFile.Read));
    }

    private static Shard? ReadShard(string? text) =>
        text is null ? null : Shard.TryParse(text, out Shard? shard) ? shard : throw new UsageException(
            string.Format(CultureInfo.InvariantCulture, Strings.Bulk_ShardInvalid, text, Shard.MaximumCount));

    private static EarlierResults? OpenEarlier(string? path, CommandRun run)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            EarlierResults earlier = EarlierResults.Open(path);
            if (earlier.WasCut)
            {
                run.Message(string.Format(CultureInfo.InvariantCulture, Strings.Bulk_ResumeCut, path));
            }

            if (earlier.HasHeader)
            {
                run.ContinueTable();
            }

            return earlier;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UsageException(string.Format(CultureInfo.InvariantCulture, Strings.Bulk_ResumeUnreadable, path, exception.Message));
        }
    }

    private static void Write(CommandRun run, MailDomainResult result)
    {
        if (result.FirstFailure is { } failure)
        {
            run.Failure(string.Format(CultureInfo.InvariantCulture, Strings.Cli_AuditDnsFailure, result.Domain, failure, result.FailedParts));
        }

        run.Result(result, result.Findings);
    }
}
