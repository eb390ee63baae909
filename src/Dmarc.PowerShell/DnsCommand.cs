using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Dns.Client;

namespace Dmarc.PowerShell;

/// <summary>A cmdlet that queries DNS for many inputs concurrently, and returns results in input order.</summary>
public abstract class DnsCommand : DmarcCommand
{
    private protected DnsCommand()
    {
    }

    /// <summary>The DNS servers to query, in order of preference.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Server { get; set; } = [];

    /// <summary>Zone files that answer instead of DNS.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Zone { get; set; } = [];

    /// <summary>The maximum time for a DNS query, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int TimeoutSec { get; set; } = 5;

    /// <summary>The maximum number of queries a second to each DNS server; 0 for no limit.</summary>
    [Parameter]
    [ValidateRange(0, 1_000_000)]
    public int QueriesPerSecond { get; set; }

    /// <summary>The maximum number of inputs in flight; fewer are started while many queries are in flight.</summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int ThrottleLimit { get; set; } = 64;

    /// <summary>A wrapper around the resolver that lets tests simulate failures; null outside of tests.</summary>
    internal static Func<IDnsResolver, IDnsResolver>? Around { get; set; }

    /// <summary>Runs the work and writes its results; null before <see cref="BeginProcessing"/>.</summary>
    private protected CommandPump? Pump { get; private set; }

    /// <summary>The resolver; null before <see cref="BeginProcessing"/> or unless it <see cref="AsksDns"/>.</summary>
    private protected IDnsResolver? Resolver { get; private set; }

    /// <summary>Whether this invocation queries DNS; read once at its beginning.</summary>
    private protected virtual bool AsksDns => true;

    /// <summary>Creates the pump, and the resolver if DNS is queried.</summary>
    protected override void BeginProcessing()
    {
        DnsResolver? resolver = null;
        Pump = Own(new CommandPump(this, MyInvocation.MyCommand.Name, ThrottleLimit, CancellationToken, () => resolver?.IsBusy == true));
        if (AsksDns)
        {
            resolver = Own(ResolverOpener.Open(this, Server, Zone, TimeoutSec, IsVerbose ? Pump : null, QueriesPerSecond));
            Resolver = Around?.Invoke(resolver) ?? resolver;
        }
    }

    /// <summary>Ends the command at a selector that cannot be part of a DNS name.</summary>
    private protected void CheckSelectors(string[] selectors)
    {
        if (Array.Find(selectors, selector => !DkimKeyInspector.IsSelector(selector)) is { } wrong)
        {
            ThrowTerminatingError(ErrorRecords.InvalidSelector(wrong));
        }
    }

    /// <summary>Waits for the remaining results.</summary>
    protected override void EndProcessing() => Pump?.Complete();
}
