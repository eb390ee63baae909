using Dmarc.Reports.Aggregate;

namespace Dmarc.Reports.Totals;

/// <summary>Known facts about addresses beyond rows, for <see cref="ReportSummarizer"/>. Not thread-safe.</summary>
internal interface ISourceKnowledge
{
    /// <summary>The number of rows without a class, because there were too many sources to classify each.</summary>
    long RowsWithoutClass { get; }

    /// <summary>The owner of an address's network; empty if unknown.</summary>
    /// <param name="address">The address in canonical form.</param>
    string OwnerOf(string address);

    /// <summary>The country in which the network is registered, as two letters; empty if unknown.</summary>
    /// <param name="address">The address in canonical form.</param>
    string CountryOf(string address);

    /// <summary>Adds a row of a source to be classified.</summary>
    void Add(AggregateReportRow row);

    /// <summary>The class of a source by all added rows; empty if there were too many sources.</summary>
    /// <param name="address">The address as in the rows.</param>
    /// <param name="headerFrom">The From domain.</param>
    string ClassOf(string address, string headerFrom);
}
