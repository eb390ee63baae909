using System.Collections.ObjectModel;
using Dmarc.Dns;
using Dmarc.Dns.Client;
using Dmarc.Views;

namespace Dmarc.PowerShell;

/// <summary>Creates the resolver from the parameters common to all DNS cmdlets.</summary>
internal static class ResolverOpener
{
    /// <summary>The number of cached answers that each domain in flight needs, allowing for trimming.</summary>
    private const int AnswersPerDomain = 256;

    /// <summary>Opens the resolver; invalid values end the command.</summary>
    /// <param name="cmdlet">The cmdlet that reports errors and warnings.</param>
    /// <param name="servers">The value of <c>-Server</c>.</param>
    /// <param name="zones">The value of <c>-Zone</c>.</param>
    /// <param name="timeoutSec">The value of <c>-TimeoutSec</c>.</param>
    /// <param name="verbose">Receives each query; null for none.</param>
    /// <param name="queriesPerSecond">The value of <c>-QueriesPerSecond</c>; 0 for no limit.</param>
    public static DnsResolver Open(
        DmarcCommand cmdlet,
        string[] servers,
        string[] zones,
        int timeoutSec,
        CommandPump? verbose,
        int queriesPerSecond = 0)
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

            // A domain sends some hundred queries; their answers must still be cached when it repeats them.
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
            return new DnsResolver(options);
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
                // A name may contain brackets.
                if (File.Exists(cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo literal, out _))
                    && literal.Name == "FileSystem")
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
