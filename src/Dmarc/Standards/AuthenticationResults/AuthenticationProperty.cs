namespace Dmarc.Standards.AuthenticationResults;

/// <summary>The source of a property's value (RFC 8601 §2.3).</summary>
public enum AuthenticationPropertyType
{
    /// <summary>No type is written, as in Microsoft's <c>action=</c>.</summary>
    Missing,

    /// <summary>An unknown type; it is kept as text. RFC 8601 §2.2 says never to act on it.</summary>
    Unknown,

    /// <summary>The SMTP session.</summary>
    Smtp,

    /// <summary>A header field.</summary>
    Header,

    /// <summary>The body.</summary>
    Body,

    /// <summary>The receiver's own rules.</summary>
    Policy,

    /// <summary>DNS (RFC 8904).</summary>
    Dns,
}

/// <summary>One property of a result, such as <c>header.from=example.com</c>.</summary>
/// <param name="Type">The source of the value.</param>
/// <param name="Name">The whole name as written, such as <c>header.from</c> or <c>action</c>.</param>
/// <param name="Value">The value without its quotes.</param>
/// <param name="Position">The offset of the name in the header's value, from 0.</param>
public sealed record AuthenticationProperty(AuthenticationPropertyType Type, string Name, string Value, int Position)
{
    /// <summary>The property as written.</summary>
    public override string ToString() => Name + "=" + Value;

    internal static AuthenticationPropertyType ReadType(string name)
    {
        int dot = name.IndexOf('.');
        return dot < 0
            ? AuthenticationPropertyType.Missing
            : name.Substring(0, dot).ToUpperInvariant() switch
            {
                "SMTP" => AuthenticationPropertyType.Smtp,
                "HEADER" => AuthenticationPropertyType.Header,
                "BODY" => AuthenticationPropertyType.Body,
                "POLICY" => AuthenticationPropertyType.Policy,
                "DNS" => AuthenticationPropertyType.Dns,
                _ => AuthenticationPropertyType.Unknown,
            };
    }
}
