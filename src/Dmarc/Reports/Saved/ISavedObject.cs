namespace Dmarc.Reports.Saved;

/// <summary>An object as it comes back from a file, a job or another session: its properties, with enums as words or numbers.</summary>
internal interface ISavedObject
{
    /// <summary>True if there is such a property, whatever its value.</summary>
    bool Has(string name);

    /// <summary>
    /// The value of a property: null, a text, a truth value, a number, a time, an <see cref="ISavedObject"/> or a list of these.
    /// </summary>
    object? Get(string name);
}

/// <summary>Why an object cannot be restored.</summary>
/// <param name="Property">The property.</param>
/// <param name="Value">Its value as text; null if the property is missing.</param>
internal sealed record SavedProblem(string Property, string? Value);
