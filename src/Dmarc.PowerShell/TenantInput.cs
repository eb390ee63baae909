using Dmarc.Advice.DirectSend.Tenant;

namespace Dmarc.PowerShell;

/// <summary>Reads the settings of a tenant from parameters: any objects, or the text of a JSON file.</summary>
internal static class TenantInput
{
    private static readonly ScriptBlock FromJson = ScriptBlock.Create("param($text) ConvertFrom-Json -InputObject $text");

    /// <summary>Reads the settings; unreadable ones end the command.</summary>
    /// <param name="cmdlet">The cmdlet that reports errors.</param>
    public static TenantFacts Read(DmarcCommand cmdlet)
    {
        Dictionary<string, object> bound = cmdlet.MyInvocation.BoundParameters;
        return new TenantFacts
        {
            Organization = bound.TryGetValue("OrganizationConfig", out object? organization)
                ? One(cmdlet, Items(cmdlet, "OrganizationConfig", organization, TenantFactReader.ReadOrganization, false), organization)
                : null,
            Connectors = bound.TryGetValue("InboundConnector", out object? connectors)
                ? Items(cmdlet, "InboundConnector", connectors, TenantFactReader.ReadConnector, true).ToPrintableList()
                : null,
            TransportRules = bound.TryGetValue("TransportRule", out object? rules)
                ? Items(cmdlet, "TransportRule", rules, TransportRuleReader.Read, true).ToPrintableList()
                : null,
            DkimSigning = bound.TryGetValue("DkimSigningConfig", out object? signing)
                ? Items(cmdlet, "DkimSigningConfig", signing, TenantFactReader.ReadDkimSigning, true).ToPrintableList()
                : null,
            AcceptedDomains = bound.TryGetValue("AcceptedDomain", out object? domains)
                ? Items(cmdlet, "AcceptedDomain", domains, TenantFactReader.ReadAcceptedDomain, false).ToPrintableList()
                : null,
        };
    }

    /// <summary>A verdict applies to one tenant; the order of several must not decide which one.</summary>
    private static OrganizationFacts One(DmarcCommand cmdlet, List<OrganizationFacts> organizations, object? input)
    {
        if (organizations.Count > 1)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.SeveralOrganizations(organizations.Count, input));
        }

        return organizations[0];
    }

    private static List<T> Items<T>(DmarcCommand cmdlet, string parameter, object? value, Func<FactSource, T?> read, bool mayBeEmpty)
        where T : class
    {
        List<T> found = [];
        foreach (object item in Objects(cmdlet, parameter, value))
        {
            if (read(PropertyFacts.Of(item)) is { } fact)
            {
                found.Add(fact);
            }
            else
            {
                cmdlet.ThrowTerminatingError(ErrorRecords.TenantFactsUnreadable(parameter, item));
            }
        }

        if (found.Count == 0 && !mayBeEmpty)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.TenantFactsUnreadable(parameter, value));
        }

        return found;
    }

    /// <summary>Text is JSON, which Get-Content pipes line by line.</summary>
    private static List<object> Objects(DmarcCommand cmdlet, string parameter, object? value)
    {
        List<object> items = [.. PropertyFacts.Flatten(value)];
        if (items.Count == 0 || !items.TrueForAll(item => PropertyFacts.Unwrap(item) is string))
        {
            return items;
        }

        string text = string.Join("\n", items.Select(item => (string)PropertyFacts.Unwrap(item)!));
        try
        {
            return [.. cmdlet.InvokeCommand.InvokeScript(false, FromJson, null, text).SelectMany(PropertyFacts.Flatten)];
        }
        catch (RuntimeException exception)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.TenantFactsUnreadable(parameter, text, exception));
            throw;
        }
    }
}
