namespace Dmarc.Reports.Saved;

/// <summary>An object from a file, a job or another session: its properties, with enums as words or numbers.</summary>
internal interface ISavedObject
{
    /// <summary>True if the property exists, with any value.</summary>
    bool Has(string name);

    /// <summary>The value: null, a text, Boolean, number, time, <see cref="ISavedObject"/> or list.</summary>
    object? Get(string name);
}

/// <summary>Why an object cannot be restored.</summary>
/// <param name="Property">The property.</param>
/// <param name="Value">The value as text; null if the property is missing.</param>
internal sealed record SavedProblem(string Property, string? Value);
