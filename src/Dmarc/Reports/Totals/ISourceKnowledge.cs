using Dmarc.Reports.Aggregate;

namespace Dmarc.Reports.Totals;

/// <summary>What is known of sending addresses beyond their rows, for <see cref="ReportSummarizer"/>. Not for several threads at once.</summary>
internal interface ISourceKnowledge
{
    /// <summary>How many rows have no class, because there were too many sources to judge each.</summary>
    long RowsWithoutClass { get; }

    /// <summary>Who announces the network of an address; empty if that is not known.</summary>
    /// <param name="address">The address in its canonical text.</param>
    string OwnerOf(string address);

    /// <summary>The country where the network is registered, as two letters; empty if that is not known.</summary>
    /// <param name="address">The address in its canonical text.</param>
    string CountryOf(string address);

    /// <summary>Takes in a row of a source that is to be judged.</summary>
    /// <param name="row">The row.</param>
    void Add(AggregateReportRow row);

    /// <summary>What a source is, by all rows that were taken in; empty if there were too many sources.</summary>
    /// <param name="address">The address, as the rows have it.</param>
    /// <param name="headerFrom">The From domain.</param>
    string ClassOf(string address, string headerFrom);
}
