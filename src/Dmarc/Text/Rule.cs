namespace Dmarc.Text;

/// <summary>
/// One row of a table of rules: a name, and a function from a subject to what the rule has to say of it. Each area has one table, in the
/// order in which its answers are shown.
/// </summary>
/// <param name="Name">The name of the rule, unique in its table.</param>
/// <param name="Check">What the rule has to say; nothing if it does not apply.</param>
internal record Rule<TSubject, TAnswer>(string Name, Func<TSubject, IEnumerable<TAnswer>> Check)
    where TAnswer : class
{
    /// <summary>A rule that has one answer at most.</summary>
    /// <param name="name">The name of the rule, unique in its table.</param>
    /// <param name="check">The answer; null if the rule does not apply.</param>
    public Rule(string name, Func<TSubject, TAnswer?> check)
        : this(name, subject => check(subject) is { } answer ? [answer] : [])
    {
    }

    /// <summary>A rule that applies or does not, and then has one answer.</summary>
    /// <param name="name">The name of the rule, unique in its table.</param>
    /// <param name="applies">True if the rule applies.</param>
    /// <param name="answer">The answer.</param>
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
    /// <summary>A rule that has one finding at most.</summary>
    /// <param name="name">The name of the rule, unique in its table.</param>
    /// <param name="check">The finding; null if the rule does not apply.</param>
    public Rule(string name, Func<TSubject, Finding?> check)
        : this(name, subject => check(subject) is { } finding ? [finding] : [])
    {
    }

    /// <summary>The usual rule: it has the name of its finding, applies or does not, and fills in what the finding is about.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="applies">True for a subject that has the fault.</param>
    /// <param name="arguments">The values for the placeholders of the finding's texts.</param>
    /// <param name="position">Where in the input the fault is; null if it concerns the whole.</param>
    public Rule(
        FindingDescriptor finding,
        Func<TSubject, bool> applies,
        Func<TSubject, object?[]> arguments,
        Func<TSubject, int?>? position = null)
        : this(finding.Code, subject => applies(subject) ? [finding.CreateAt(position?.Invoke(subject), arguments(subject))] : [])
    {
    }
}
