namespace Dmarc.Reports.Reading.Containers;

/// <summary>How far the reading of deflated data has come.</summary>
internal enum InflateState
{
    /// <summary>A block begins.</summary>
    Block,

    /// <summary>In a block that is not compressed.</summary>
    Stored,

    /// <summary>In a block of codes.</summary>
    Codes,

    /// <summary>The last block has ended.</summary>
    Done,

    /// <summary>The data breaks off.</summary>
    BrokenOff,

    /// <summary>The data is not valid.</summary>
    Damaged,
}
