namespace Dmarc.Catalogue;

/// <summary>
/// A service that sends, receives or forwards mail for its customers: how to recognise it, and what a customer must set
/// up there for alignment. Each listed name includes the names below it.
/// </summary>
internal sealed record SendingService
{
    private readonly string _signingSetUp = "";
    private readonly string _returnPathSetUp = "";

    /// <summary>The name known to its customers.</summary>
    public required string Name { get; init; }

    /// <summary>The names that customers include in SPF records.</summary>
    public PrintableList<string> SpfDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>The domains of its mail exchanges.</summary>
    public PrintableList<string> MxDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>The domains of its sending addresses in reverse DNS.</summary>
    public PrintableList<string> PtrDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>Domains below <see cref="PtrDomains"/> with customers' machines; they identify no service.</summary>
    public PrintableList<string> ForeignPtrDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>The domains with which it signs until a customer sets up a custom domain.</summary>
    public PrintableList<string> DkimDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>The domains of its MAIL FROM addresses until a customer sets up a custom domain.</summary>
    public PrintableList<string> MailFromDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>The DKIM selectors that its customers publish, if the same for all.</summary>
    public PrintableList<string> DkimSelectors { get; init; } = PrintableList<string>.Empty;

    /// <summary>The DKIM selectors looked up for every domain.</summary>
    public PrintableList<string> CommonDkimSelectors { get; init; } = PrintableList<string>.Empty;

    /// <summary>The DKIM selectors looked up for users of the service, beyond <see cref="DkimSelectors"/>.</summary>
    public PrintableList<string> FurtherDkimSelectors { get; init; } = PrintableList<string>.Empty;

    /// <summary>The target domains of the DKIM aliases that its customers publish.</summary>
    public PrintableList<string> DkimAliasDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>The beginnings of the TXT records with which customers prove ownership of a domain.</summary>
    public PrintableList<string> VerificationPrefixes { get; init; } = PrintableList<string>.Empty;

    /// <summary>True if all customers send from the same addresses and may choose the MAIL FROM.</summary>
    public bool IsShared { get; init; }

    /// <summary>True if it forwards mail of others, and sends none in a customer's name.</summary>
    public bool IsForwarder { get; init; }

    /// <summary>True if it filters mail before customers' servers, so its Received field shows the sender.</summary>
    public bool IsFilter { get; init; }

    /// <summary>How to set up signing with the custom domain, as a localised noun phrase; empty if unknown.</summary>
    public string SigningSetUp
    {
        get => InLanguage(_signingSetUp, JapaneseSigningSetUp);
        init => _signingSetUp = value;
    }

    /// <summary>Whether a customer can use a custom MAIL FROM domain.</summary>
    public CustomReturnPath ReturnPath { get; init; }

    /// <summary>
    /// What a customer must set up for a custom MAIL FROM domain, as a noun phrase in the user's language; empty unless
    /// <see cref="ReturnPath"/> says that it can be set up.
    /// </summary>
    public string ReturnPathSetUp
    {
        get => InLanguage(_returnPathSetUp, JapaneseReturnPathSetUp);
        init => _returnPathSetUp = value;
    }

    /// <summary>The public pages with these facts and the set-up instructions (absolute URLs).</summary>
    public PrintableList<string> Sources { get; init; } = PrintableList<string>.Empty;

    /// <summary><see cref="SigningSetUp"/> in Japanese.</summary>
    internal string JapaneseSigningSetUp { get; init; } = "";

    /// <summary><see cref="ReturnPathSetUp"/> in Japanese.</summary>
    internal string JapaneseReturnPathSetUp { get; init; } = "";

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static string InLanguage(string english, string japanese) =>
        japanese.Length > 0 && CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ja" ? japanese : english;
}

/// <summary>Whether a customer of a service can use a custom MAIL FROM (Return-Path) domain.</summary>
internal enum CustomReturnPath
{
    /// <summary>Unknown.</summary>
    Unknown,

    /// <summary>Not possible: only DKIM can align.</summary>
    NotPossible,

    /// <summary>Always the case; the domain's SPF record needs the service.</summary>
    Always,

    /// <summary>It can be set up.</summary>
    Possible,
}
