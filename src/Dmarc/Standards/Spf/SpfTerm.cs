namespace Dmarc.Standards.Spf;

/// <summary>The kind of a term (RFC 7208 §5 and §6).</summary>
public enum SpfTermKind
{
    /// <summary>Always matches (§5.1).</summary>
    All,

    /// <summary>Matches if another domain's record passes (§5.2).</summary>
    Include,

    /// <summary>Matches the addresses of a name (§5.3).</summary>
    A,

    /// <summary>Matches the addresses of a domain's mail exchanges (§5.4).</summary>
    Mx,

    /// <summary>Matches by the name of the address (§5.5); deprecated.</summary>
    Ptr,

    /// <summary>Matches an IPv4 block (§5.6).</summary>
    Ip4,

    /// <summary>Matches an IPv6 block (§5.6).</summary>
    Ip6,

    /// <summary>Matches if a name made from the message has an address (§5.7).</summary>
    Exists,

    /// <summary>Continues with another domain's record (§6.1).</summary>
    Redirect,

    /// <summary>Refers to the text that explains a fail (§6.2).</summary>
    Explanation,

    /// <summary>An undefined modifier; it is ignored (§6).</summary>
    UnknownModifier,
}

/// <summary>The result of a matching mechanism (RFC 7208 §4.6.2).</summary>
public enum SpfQualifier
{
    /// <summary><c>+</c>, also the default.</summary>
    Pass,

    /// <summary><c>-</c>.</summary>
    Fail,

    /// <summary><c>~</c>.</summary>
    SoftFail,

    /// <summary><c>?</c>.</summary>
    Neutral,
}

/// <summary>One parsed term of a record.</summary>
internal sealed class SpfTerm(string record, int position, int length, SpfTermKind kind, SpfQualifier qualifier)
{
    private string? _text;

    /// <summary>The kind.</summary>
    public SpfTermKind Kind { get; } = kind;

    /// <summary>The result of a match; irrelevant for a modifier.</summary>
    public SpfQualifier Qualifier { get; } = qualifier;

    /// <summary>The offset in the record, from 0.</summary>
    public int Position { get; } = position;

    /// <summary>The term as written.</summary>
    public string Text => _text ??= record.Substring(Position, length);

    /// <summary>The domain with its macros; null if there is none.</summary>
    public MacroString? Domain { get; internal init; }

    /// <summary>The block of an <c>ip4</c> or <c>ip6</c>; null for other terms.</summary>
    public AddressBlock? Network { get; internal init; }

    /// <summary>The prefix length with which <c>a</c> and <c>mx</c> compare IPv4 addresses: 0 to 32.</summary>
    public int IPv4PrefixLength { get; internal init; } = 32;

    /// <summary>The prefix length with which <c>a</c> and <c>mx</c> compare IPv6 addresses: 0 to 128.</summary>
    public int IPv6PrefixLength { get; internal init; } = 128;

    /// <summary>True for the terms that count against the limit of ten (RFC 7208 §4.6.4).</summary>
    public bool CountsAsLookup => Kind is SpfTermKind.Include or SpfTermKind.A or SpfTermKind.Mx or SpfTermKind.Ptr
        or SpfTermKind.Exists or SpfTermKind.Redirect;

    /// <summary>True for a mechanism, false for a modifier.</summary>
    public bool IsMechanism => Kind <= SpfTermKind.Exists;

    /// <summary>The result of check_host() if the term matches.</summary>
    internal AuthenticationResult Outcome => Qualifier switch
    {
        SpfQualifier.Fail => AuthenticationResult.Fail,
        SpfQualifier.SoftFail => AuthenticationResult.SoftFail,
        SpfQualifier.Neutral => AuthenticationResult.Neutral,
        _ => AuthenticationResult.Pass,
    };

    /// <summary>The term as written.</summary>
    public override string ToString() => Text;
}
