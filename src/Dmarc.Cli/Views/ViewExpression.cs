using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using Dmarc.Views;

namespace Dmarc.Cli.Views;

/// <summary>The value of a cell: a property or the whole object, shown by one of the methods of <see cref="ViewValues"/>.</summary>
internal sealed partial class ViewExpression
{
    private static readonly ConcurrentDictionary<(Type Type, string Name), PropertyInfo?> KnownProperties = new();

    private readonly string? _property;
    private readonly Func<object?, ViewText> _show;

    private ViewExpression(string? property, Func<object?, ViewText> show)
    {
        _property = property;
        _show = show;
    }

    /// <summary>The property that is shown; null for the whole object.</summary>
    public string? PropertyName => _property;

    /// <summary>A property as it is.</summary>
    public static ViewExpression Property(string name) => new(name, ViewValues.Text);

    /// <summary>Reads a script block.</summary>
    /// <exception cref="FormatException">It is not a call of one of the methods on one property, or on the object.</exception>
    public static ViewExpression Parse(string script)
    {
        Match match = Call().Match(script.Trim());
        MethodInfo? method = match.Success
            ? typeof(ViewValues).GetMethod(match.Groups["method"].Value, BindingFlags.Public | BindingFlags.Static)
            : null;
        return method is null
            ? throw new FormatException("A view has a script block that only PowerShell could run: " + script)
            : new ViewExpression(match.Groups["property"] is { Success: true } property ? property.Value : null, method.CreateDelegate<Func<object?, ViewText>>());
    }

    /// <summary>The text for an object.</summary>
    public ViewText Show(object item)
    {
        if (_property is null)
        {
            return _show(item);
        }

        PropertyInfo? property = KnownProperties.GetOrAdd(
            (item.GetType(), _property),
            key => key.Type.GetProperty(key.Name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase));
        return _show(property?.GetValue(item));
    }

    [GeneratedRegex(@"^\[Dmarc\.PowerShell\.DmarcFormat\]::(?<method>\w+)\(\$_(?:\.(?<property>\w+))?\)$")]
    private static partial Regex Call();
}
