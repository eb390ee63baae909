using System.Globalization;
using Dmarc.Text;

namespace Dmarc.Catalogue;

/// <summary>
/// A service that sends, receives or forwards mail for its customers: the signs by which it is known, and what a customer sets
/// up there so that mail aligns. Where names are listed, names below them are meant as well.
/// </summary>
internal sealed record SendingService
{
    private readonly string _signingSetUp = "";
    private readonly string _returnPathSetUp = "";

    /// <summary>The name that its customers know.</summary>
    public required string Name { get; init; }

    /// <summary>The names that its customers include in SPF records.</summary>
    public PrintableList<string> SpfDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>The domains below which its mail exchanges stand.</summary>
    public PrintableList<string> MxDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>The domains below which the names of its sending addresses stand in reverse DNS.</summary>
    public PrintableList<string> PtrDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>Domains below <see cref="PtrDomains"/> that machines of its customers stand in, and that say nothing of the service.</summary>
    public PrintableList<string> ForeignPtrDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>The domains that it signs with until a customer sets up an own one.</summary>
    public PrintableList<string> DkimDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>The domains of its MAIL FROM addresses until a customer sets up an own one.</summary>
    public PrintableList<string> MailFromDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>The DKIM selectors that it has its customers publish, where these are the same for all.</summary>
    public PrintableList<string> DkimSelectors { get; init; } = PrintableList<string>.Empty;

    /// <summary>The DKIM selectors that are looked for at every domain.</summary>
    public PrintableList<string> CommonDkimSelectors { get; init; } = PrintableList<string>.Empty;

    /// <summary>The DKIM selectors that are looked for where a domain shows signs of the service, besides <see cref="DkimSelectors"/>.</summary>
    public PrintableList<string> FurtherDkimSelectors { get; init; } = PrintableList<string>.Empty;

    /// <summary>The domains that the aliases lead to which its customers publish for DKIM.</summary>
    public PrintableList<string> DkimAliasDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>How the TXT records begin with which its customers prove that a domain is theirs.</summary>
    public PrintableList<string> VerificationPrefixes { get; init; } = PrintableList<string>.Empty;

    /// <summary>True if all customers send from the same addresses and may choose the MAIL FROM.</summary>
    public bool IsShared { get; init; }

    /// <summary>True if it passes on the mail of others, and sends none in a customer's own name.</summary>
    public bool IsForwarder { get; init; }

    /// <summary>True if it stands in front of its customers' own servers and takes mail from other servers only, so that its Received field tells from whom.</summary>
    public bool IsFilter { get; init; }

    /// <summary>What a customer sets up there to have mail signed with the own domain, as a noun phrase in the language of the user; empty if that is not known.</summary>
    public string SigningSetUp
    {
        get => InLanguage(_signingSetUp, JapaneseSigningSetUp);
        init => _signingSetUp = value;
    }

    /// <summary>Whether a customer can have a MAIL FROM in the own domain.</summary>
    public CustomReturnPath ReturnPath { get; init; }

    /// <summary>
    /// What a customer sets up there to have a MAIL FROM in the own domain, as a noun phrase in the language of the user; empty unless
    /// <see cref="ReturnPath"/> says that it can be set up.
    /// </summary>
    public string ReturnPathSetUp
    {
        get => InLanguage(_returnPathSetUp, JapaneseReturnPathSetUp);
        init => _returnPathSetUp = value;
    }

    /// <summary>The public pages that these facts come from, and that tell how it is set up (absolute URLs).</summary>
    public PrintableList<string> Sources { get; init; } = PrintableList<string>.Empty;

    /// <summary>The same as <see cref="SigningSetUp"/> in Japanese.</summary>
    internal string JapaneseSigningSetUp { get; init; } = "";

    /// <summary>The same as <see cref="ReturnPathSetUp"/> in Japanese.</summary>
    internal string JapaneseReturnPathSetUp { get; init; } = "";

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static string InLanguage(string english, string japanese) =>
        japanese.Length > 0 && CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ja" ? japanese : english;
}

/// <summary>Whether the customer of a service can have a MAIL FROM (Return-Path) in the own domain.</summary>
internal enum CustomReturnPath
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>It cannot be had: only DKIM can align.</summary>
    NotPossible,

    /// <summary>Mail has it anyway; the domain's SPF record needs the service.</summary>
    Always,

    /// <summary>It can be set up.</summary>
    Possible,
}
