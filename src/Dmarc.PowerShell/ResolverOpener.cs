using System.Collections.ObjectModel;
using System.Management.Automation;
using Dmarc.Dns;
using Dmarc.Dns.Client;
using Dmarc.Text;
using Dmarc.Views;

namespace Dmarc.PowerShell;

/// <summary>Makes the resolver of a cmdlet from the parameters that all cmdlets share which ask DNS.</summary>
internal static class ResolverOpener
{
    /// <summary>So much of the memory of answers each domain in flight needs, with what is trimmed.</summary>
    private const int AnswersPerDomain = 256;

    /// <summary>Opens the resolver; what cannot be used ends the command.</summary>
    /// <param name="cmdlet">The cmdlet, which errors and warnings are written by.</param>
    /// <param name="servers">What <c>-Server</c> has.</param>
    /// <param name="zones">What <c>-Zone</c> has.</param>
    /// <param name="timeoutSec">What <c>-TimeoutSec</c> has.</param>
    /// <param name="verbose">Where each query is told; null if nobody listens.</param>
    /// <param name="queriesPerSecond">What <c>-QueriesPerSecond</c> has; 0 for no limit.</param>
    public static DnsResolver Open(DmarcCommand cmdlet, string[] servers, string[] zones, int timeoutSec, CommandPump? verbose, int queriesPerSecond = 0)
    {
        List<DnsServer> parsed = [];
        foreach (string text in servers)
        {
            if (!DnsServer.TryParse(text, out DnsServer? server, out string error))
            {
                cmdlet.ThrowTerminatingError(ErrorRecords.InvalidServer(text, error));
            }

            parsed.Add(server!);
        }

        DnsResolverOptions common = new();
        DnsResolverOptions options = common with
        {
            Servers = parsed,
            ZoneFiles = ResolveZoneFiles(cmdlet, zones),
            Timeout = TimeSpan.FromSeconds(timeoutSec),
            QueriesPerSecond = queriesPerSecond,

            // A domain asks some hundred things; what it asked must still be known when it asks again.
            CacheSize = Math.Max(
                common.CacheSize,
                AnswersPerDomain * (cmdlet is DnsCommand { ThrottleLimit: var inFlight } ? inFlight : 1)),
            QueryObserver = verbose is null ? null : response => verbose.PostVerbose(QueryText.Describe(response)),
        };
        DnsResolver resolver = Create(cmdlet, options);
        foreach (Finding finding in resolver.ZoneFindings)
        {
            cmdlet.WriteWarning(PrintableText.Escape(finding.Message));
        }

        return resolver;
    }

    private static DnsResolver Create(DmarcCommand cmdlet, DnsResolverOptions options)
    {
        try
        {
            return DnsResolverFactory.Create(options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.ZoneFileUnreadable(string.Join(", ", options.ZoneFiles), exception));
            throw;
        }
    }

    private static List<string> ResolveZoneFiles(DmarcCommand cmdlet, string[] zones)
    {
        List<string> files = [];
        foreach (string path in zones)
        {
            try
            {
                // A name may hold brackets.
                if (File.Exists(cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo literal, out _)) && literal.Name == "FileSystem")
                {
                    files.Add(cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path));
                    continue;
                }

                Collection<string> resolved = cmdlet.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
                if (provider.Name != "FileSystem")
                {
                    cmdlet.ThrowTerminatingError(ErrorRecords.PathNotInFileSystem(path));
                }

                if (resolved.Count == 0)
                {
                    cmdlet.ThrowTerminatingError(ErrorRecords.PathNotFound(path));
                }

                files.AddRange(resolved);
            }
            catch (Exception exception) when (exception is ItemNotFoundException or WildcardPatternException or System.Management.Automation.DriveNotFoundException)
            {
                cmdlet.ThrowTerminatingError(ErrorRecords.PathNotFound(path, exception));
            }
        }

        return files;
    }
}
