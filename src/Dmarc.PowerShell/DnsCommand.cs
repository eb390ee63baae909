using System.Management.Automation;
using Dmarc.Dns;
using Dmarc.Dns.Client;

namespace Dmarc.PowerShell;

/// <summary>A cmdlet that asks DNS about many things at once, and gives its results in the order of the input.</summary>
public abstract class DnsCommand : DmarcCommand
{
    private protected DnsCommand()
    {
    }

    /// <summary>The DNS servers to ask, in order of preference.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Server { get; set; } = [];

    /// <summary>Zone files that answer instead of DNS.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Zone { get; set; } = [];

    /// <summary>For how many seconds a DNS server has to answer.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int TimeoutSec { get; set; } = 5;

    /// <summary>The most questions a second that each DNS server is asked; 0 for no limit.</summary>
    [Parameter]
    [ValidateRange(0, 1_000_000)]
    public int QueriesPerSecond { get; set; }

    /// <summary>The most inputs in flight at once; fewer are begun while as much is asked as may be in flight.</summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int ThrottleLimit { get; set; } = 64;

    /// <summary>What tests put around the resolver, to have it fail as no server does; null outside of tests.</summary>
    internal static Func<IDnsResolver, IDnsResolver>? Around { get; set; }

    /// <summary>What runs the work and writes its results; null before <see cref="BeginProcessing"/>.</summary>
    private protected CommandPump? Pump { get; private set; }

    /// <summary>What answers questions; null before <see cref="BeginProcessing"/>, and where nothing <see cref="AsksDns"/>.</summary>
    private protected IDnsResolver? Resolver { get; private set; }

    /// <summary>Whether this run asks DNS at all; read once, when the cmdlet begins.</summary>
    private protected virtual bool AsksDns => true;

    /// <summary>Makes the pump, and the resolver where DNS is asked.</summary>
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

    /// <summary>Waits for the rest.</summary>
    protected override void EndProcessing() => Pump?.Complete();
}
