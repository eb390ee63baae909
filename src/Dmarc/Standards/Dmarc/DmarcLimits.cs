using Dmarc.Text;

namespace Dmarc.Standards.Dmarc;

/// <summary>What a look-up and an evaluation of DMARC may cost (RFC 9989 §4.10), and how much of a record is read.</summary>
internal static class DmarcLimits
{
    /// <summary>How many names a tree walk asks (RFC 9989 §4.10).</summary>
    public const int TreeWalkQueries = 8;

    /// <summary>For how many distinct domains of one message the tree is walked; whether those beyond are aligned is not known.</summary>
    public const int IdentifierWalks = 20;

    /// <summary>How many destinations of reports are asked whether they take them: a record that names more is not meant to be served.</summary>
    public const int ReportDestinations = 20;

    /// <summary>How many entries of rua and of ruf are read: no record that was meant has so many.</summary>
    public const int ReportUris = 100;

    /// <summary>How many tags of a record are read.</summary>
    public const int Tags = TagList.MaximumTags;

    /// <summary>How many characters of a record are read: no answer of DNS carries more.</summary>
    public const int RecordLength = 65535;

    /// <summary>How many mail exchanges of a destination of reports are asked for an address.</summary>
    public const int Exchanges = 20;
}
