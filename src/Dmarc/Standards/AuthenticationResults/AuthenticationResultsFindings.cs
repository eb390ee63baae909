using Dmarc.Text;

namespace Dmarc.Standards.AuthenticationResults;

/// <summary>What can be said about the headers in which receivers write down what they checked.</summary>
public static class AuthenticationResultsFindings
{
    /// <summary>A part of the header is not of the grammar and was passed over.</summary>
    public static readonly FindingDescriptor Syntax = new("AuthResSyntax", Severity.Warning, "RFC 8601 §2.2");

    /// <summary>A comment or quoted string has no end.</summary>
    public static readonly FindingDescriptor Unclosed = new("AuthResUnclosed", Severity.Warning, "RFC 5322 §3.2");

    /// <summary>The header does not say which server wrote it.</summary>
    public static readonly FindingDescriptor NoServer = new("AuthResNoServer", Severity.Information, "RFC 8601 §2.5");

    /// <summary>The header is of a version other than 1.</summary>
    public static readonly FindingDescriptor Version = new("AuthResVersion", Severity.Warning, "RFC 8601 §2.2");

    /// <summary>The header names no result and does not say <c>none</c>.</summary>
    public static readonly FindingDescriptor Empty = new("AuthResEmpty", Severity.Warning, "RFC 8601 §2.2");

    /// <summary>The header is longer, or has more results, than are read.</summary>
    public static readonly FindingDescriptor TooLong = new("AuthResTooLong", Severity.Warning);

    /// <summary>A header field <c>Received-SPF</c> cannot be read in full.</summary>
    public static readonly FindingDescriptor ReceivedSpfSyntax = new("AuthResReceivedSpfSyntax", Severity.Warning, "RFC 7208 §9.1");
}
