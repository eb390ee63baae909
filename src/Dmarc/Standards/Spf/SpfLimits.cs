namespace Dmarc.Standards.Spf;

/// <summary>What an evaluation may cost (RFC 7208 §4.6.4).</summary>
internal static class SpfLimits
{
    /// <summary>How many terms that query DNS an evaluation may meet; one more is permerror.</summary>
    public const int Lookups = 10;

    /// <summary>From how many of them on the record is close to the limit: one include of a service more can take two or three.</summary>
    public const int LookupsToWarn = 8;

    /// <summary>How many look-ups may find nothing; one more is permerror.</summary>
    public const int VoidLookups = 2;

    /// <summary>How many mail exchanges an <c>mx</c> may have; one more is permerror.</summary>
    public const int Exchanges = 10;

    /// <summary>How many names of an address are looked at; further ones are ignored.</summary>
    public const int ReverseNames = 10;

    /// <summary>The octets of name and records together that fit into an answer of 512 octets (RFC 7208 §3.4).</summary>
    public const int RecordLength = 450;

    /// <summary>How many characters a macro string may expand to: longer ones are of no use in a name or in a reply of SMTP.</summary>
    public const int ExpandedLength = 65_536;
}
