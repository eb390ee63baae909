using System.Reflection;

namespace Dmarc.Build.Views;

/// <summary>The types of results by name without namespace, so that moving a type changes no view.</summary>
/// <param name="types">All types visible to users.</param>
internal sealed class ViewTypes(IReadOnlyCollection<Type> types)
{
    private readonly HashSet<Type> _all = [.. types];
    private readonly ILookup<string, Type> _byName = types.ToLookup(type => type.Name, StringComparer.Ordinal);

    /// <summary>The only type with a name.</summary>
    public Type? Find(string name, out string problem)
    {
        Type[] found = [.. _byName[name]];
        problem = found.Length switch
        {
            0 => $"There is no public type '{name}'.",
            1 => "",
            _ => $"'{name}' is ambiguous: {string.Join(", ", found.Select(type => type.FullName))}.",
        };
        return found.Length == 1 ? found[0] : null;
    }

    /// <summary>The types that users reach from these by properties and <c>Get</c> methods, including these.</summary>
    public IReadOnlyCollection<Type> ReachedFrom(IEnumerable<Type> roots)
    {
        HashSet<Type> known = [];
        Queue<Type> open = new(roots);
        while (open.TryDequeue(out Type? type))
        {
            if (_all.Contains(type) && type is { IsEnum: false, IsGenericType: false } && known.Add(type))
            {
                IEnumerable<Type> parts = type
                    .GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.PropertyType)
                    .Concat(type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
                        .Where(method => method.Name.StartsWith("Get", StringComparison.Ordinal) && method.GetParameters().Length == 0)
                        .Select(method => method.ReturnType));
                foreach (Type part in parts.SelectMany(part => part.GetGenericArguments().Prepend(part.GetElementType() ?? part)))
                {
                    open.Enqueue(part);
                }
            }
        }

        return known;
    }
}
