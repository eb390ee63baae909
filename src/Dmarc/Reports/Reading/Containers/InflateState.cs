namespace Dmarc.Reports.Reading.Containers;

/// <summary>The state of reading deflated data.</summary>
internal enum InflateState
{
    /// <summary>A block begins.</summary>
    Block,

    /// <summary>In an uncompressed block.</summary>
    Stored,

    /// <summary>In a block of codes.</summary>
    Codes,

    /// <summary>The last block has ended.</summary>
    Done,

    /// <summary>The data is truncated.</summary>
    BrokenOff,

    /// <summary>The data is not valid.</summary>
    Damaged,
}
