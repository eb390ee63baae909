namespace Dmarc.Catalogue;

/// <summary>Reads the lines of a service in <c>sending-services.txt</c>.</summary>
internal static class SendingServiceLines
{
    /// <summary>The service with one more line.</summary>
    /// <exception cref="FormatException">The key is unknown.</exception>
    public static SendingService Add(SendingService service, string key, string value) => key switch
    {
        "spf" => service with { SpfDomains = List(value) },
        "mx" => service with { MxDomains = List(value) },
        "ptr" => service with { PtrDomains = List(value) },
        "ptr-not" => service with { ForeignPtrDomains = List(value) },
        "dkim" => service with { DkimDomains = List(value) },
        "mailfrom" => service with { MailFromDomains = List(value) },
        "selectors" => service with { DkimSelectors = List(value) },
        "selectors-always" => service with { CommonDkimSelectors = List(value) },
        "selectors-more" => service with { FurtherDkimSelectors = List(value) },
        "dkim-aliases" => service with { DkimAliasDomains = List(value) },
        "verification" => service with { VerificationPrefixes = List(value) },
        "source" => service with { Sources = value.Split(' ').ToPrintableList() },
        "kind" when value == "shared" => service with { IsShared = true },
        "kind" when value == "forwarder" => service with { IsForwarder = true },
        "kind" when value == "filter" => service with { IsFilter = true },
        "signing" => service with { SigningSetUp = value },
        "signing.ja" => service with { JapaneseSigningSetUp = value },
        "return-path" when value == "none" => service with { ReturnPath = CustomReturnPath.NotPossible },
        "return-path" when value == "own" => service with { ReturnPath = CustomReturnPath.Always },
        "return-path" => service with { ReturnPath = CustomReturnPath.Possible, ReturnPathSetUp = value },
        "return-path.ja" => service with { JapaneseReturnPathSetUp = value },
        _ => throw new FormatException(key + ": " + value),
    };

    private static PrintableList<string> List(string value) =>
        value.Split(',').Select(item => item.Trim()).ToPrintableList();
}
