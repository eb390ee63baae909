using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Dmarc.Domains;
using Dmarc.Policy;

namespace Dmarc.Cli.Commands;

/// <summary><c>dmarc new</c>: what New-DmarcRecord does.</summary>
internal sealed class NewCommand : ConsoleCommand
{
    private readonly Argument<string[]> _domain = new("domain") { Description = Strings.Cli_Domain, Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<DmarcPolicy?> _policy = EnumOption.Optional<DmarcPolicy>("--policy", Strings.Cli_Policy);
    private readonly Option<DmarcPolicy?> _subdomains = EnumOption.Optional<DmarcPolicy>("--subdomain-policy", Strings.Cli_SubdomainPolicy);
    private readonly Option<DmarcPolicy?> _nonexistent = EnumOption.Optional<DmarcPolicy>("--nonexistent-subdomain-policy", Strings.Cli_NonexistentSubdomainPolicy);
    private readonly Option<RolloutStage?> _stage = EnumOption.Optional<RolloutStage>("--stage", Strings.Cli_Stage);
    private readonly Option<string?> _from = new("--from") { Description = Strings.Cli_From };
    private readonly Option<string[]?> _aggregate = new("--aggregate-report-uri") { Description = Strings.Cli_AggregateReportUri };
    private readonly Option<string[]?> _failure = new("--failure-report-uri") { Description = Strings.Cli_FailureReportUri };
    private readonly Option<FailureReportOptions?> _options = EnumOption.OptionalFlags<FailureReportOptions>("--failure-options", Strings.Cli_FailureOptions);
    private readonly Option<AlignmentMode?> _dkim = EnumOption.Optional<AlignmentMode>("--dkim-alignment", Strings.Cli_DkimAlignment);
    private readonly Option<AlignmentMode?> _spf = EnumOption.Optional<AlignmentMode>("--spf-alignment", Strings.Cli_SpfAlignment);
    private readonly Option<bool?> _testing = new("--testing") { Description = Strings.Cli_Testing, Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<PublicSuffixDomain?> _psd = EnumOption.Optional<PublicSuffixDomain>("--public-suffix-domain", Strings.Cli_PublicSuffixDomain);
    private readonly Option<string?> _zone = new("--zone-name") { Description = Strings.Cli_ZoneName };
    private readonly Option<TimeSpan?> _timeToLive = new("--time-to-live")
    {
        Description = Strings.Cli_TimeToLive,
        CustomParser = ReadTimeToLive,
    };

    private readonly Option<string?> _suffixes = SuffixListOption.Create();

    public NewCommand(Terminal terminal)
        : base(terminal, "new", Strings.Cli_NewCommand)
    {
        Command.Arguments.Add(_domain);
        foreach (Option option in new Option[]
        {
            _policy, _subdomains, _nonexistent, _stage, _from, _aggregate, _failure, _options, _dkim, _spf, _testing, _psd, _zone, _timeToLive, _suffixes,
        })
        {
            Command.Options.Add(option);
        }
    }

    protected override void Run(ParseResult arguments, CommandRun run, CancellationToken cancellationToken)
    {
        DomainName? zone = arguments.GetValue(_zone) is { } text ? ReadDomain(text) : null;
        PublicSuffixList? suffixes = SuffixListOption.Load(arguments.GetValue(_suffixes));
        foreach (string input in Inputs(arguments.GetValue(_domain), Strings.Cli_NoDomain))
        {
            cancellationToken.ThrowIfCancellationRequested();
            DmarcRecordBuilder builder = new()
            {
                Domain = ReadDomain(input),
                From = arguments.GetValue(_from),
                Stage = arguments.GetValue(_stage),
                Policy = arguments.GetValue(_policy),
                SubdomainPolicy = arguments.GetValue(_subdomains),
                NonexistentSubdomainPolicy = arguments.GetValue(_nonexistent),
                PublicSuffixDomain = arguments.GetValue(_psd),
                Testing = arguments.GetResult(_testing) is null ? null : arguments.GetValue(_testing) ?? true,
                DkimAlignment = arguments.GetValue(_dkim),
                SpfAlignment = arguments.GetValue(_spf),
                AggregateReportUri = Given(arguments, _aggregate),
                FailureReportUri = Given(arguments, _failure),
                FailureOptions = arguments.GetValue(_options),
                ZoneName = zone,
                TimeToLive = arguments.GetValue(_timeToLive) ?? TimeSpan.FromHours(1),
                Suffixes = suffixes,
            };
            try
            {
                DmarcRecordDraft draft = builder.Build();
                run.Result(draft, draft.Findings);
            }
            catch (ArgumentException exception)
            {
                throw new UsageException(exception.Message);
            }
        }
    }

    /// <summary>The values of an option; null where it was not given, none where it was given as an empty text.</summary>
    private static string[]? Given(ParseResult arguments, Option<string[]?> option) =>
        arguments.GetResult(option) is null ? null : [.. (arguments.GetValue(option) ?? []).Where(uri => uri.Length > 0)];

    private static TimeSpan? ReadTimeToLive(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (RecordTimeToLive.TryRead(text, out TimeSpan value))
        {
            return value;
        }

        result.AddError(string.Format(CultureInfo.InvariantCulture, Strings.Policy_TimeToLiveOutOfRange, text));
        return null;
    }

    private static DomainName ReadDomain(string text) =>
        DomainInput.TryRead(text, out DomainName? domain, out string error) ? domain : throw new UsageException(error);
}
