using System.Collections;
using System.Management.Automation.Language;
using Dmarc.Reports;

namespace Dmarc.PowerShell;

/// <summary>Completes each limit with its default value.</summary>
public sealed class ReadLimitCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string start = (wordToComplete ?? "").Trim('@', '{', '}', ' ');
        return ReportReadLimits.Names
            .Where(name => name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            .Select(name =>
            {
                object? value = typeof(ReportReadLimits).GetProperty(name)?.GetValue(ReportReadLimits.Default);
                string text = string.Format(CultureInfo.InvariantCulture, "@{{ {0} = {1} }}", name, value);
                return new CompletionResult(text, name, CompletionResultType.ParameterValue, text);
            });
    }
}
