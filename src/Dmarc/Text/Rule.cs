namespace Dmarc.Text;

/// <summary>
/// One row of a table of rules: a name, and a function from a subject to its answers. Each area has one table, in the
/// order in which its answers are shown.
/// </summary>
/// <param name="Name">The name of the rule, unique in its table.</param>
/// <param name="Check">Gets the answers; none if the rule does not apply.</param>
internal record Rule<TSubject, TAnswer>(string Name, Func<TSubject, IEnumerable<TAnswer>> Check)
    where TAnswer : class
{
    /// <summary>A rule with at most one answer.</summary>
    public Rule(string name, Func<TSubject, TAnswer?> check)
        : this(name, subject => check(subject) is { } answer ? [answer] : [])
    {
    }

    /// <summary>A rule that either applies, with one answer, or does not.</summary>
    public Rule(string name, Func<TSubject, bool> applies, Func<TSubject, TAnswer> answer)
        : this(name, subject => applies(subject) ? [answer(subject)] : [])
    {
    }
}

/// <summary>A rule whose answers are findings.</summary>
/// <param name="Name">The name of the rule, unique in its table.</param>
/// <param name="Check">The findings; none if the rule does not apply.</param>
internal sealed record Rule<TSubject>(string Name, Func<TSubject, IEnumerable<Finding>> Check) : Rule<TSubject, Finding>(Name, Check)
{
    /// <summary>A rule with at most one finding.</summary>
    public Rule(string name, Func<TSubject, Finding?> check)
        : this(name, subject => check(subject) is { } finding ? [finding] : [])
    {
    }

    /// <summary>The usual rule: it is named after its finding, applies or not, and fills in the placeholders.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="applies">True for a subject that has the fault.</param>
    /// <param name="arguments">The values for the placeholders of the finding's texts.</param>
    /// <param name="position">The position of the fault in the input; null if it concerns the whole input.</param>
    public Rule(
        FindingDescriptor finding,
        Func<TSubject, bool> applies,
        Func<TSubject, object?[]> arguments,
        Func<TSubject, int?>? position = null)
        : this(finding.Code, subject => applies(subject) ? [finding.CreateAt(position?.Invoke(subject), arguments(subject))] : [])
    {
    }
}
