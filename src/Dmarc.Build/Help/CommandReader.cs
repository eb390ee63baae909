using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace Dmarc.Build.Help;

/// <summary>Reads the cmdlets of a built module. Attributes are read as data, so that no module code runs.</summary>
internal static class CommandReader
{
    /// <param name="assemblyPath">The module's assembly.</param>
    public static IReadOnlyList<CommandSignature> Read(string assemblyPath) =>
        [.. Load(assemblyPath)
            .GetTypes()
            .Where(type => !type.IsAbstract && Find<CmdletAttribute>(type) is not null)
            .Select(ReadCommand)
            .OrderBy(command => command.Name, StringComparer.Ordinal)];

    /// <summary>Loads the module's assembly, with those beside it.</summary>
    public static Assembly Load(string assemblyPath)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(assemblyPath))!;
        AssemblyLoadContext context = new("module");
        context.Resolving += (loader, name) =>
        {
            string file = Path.Combine(folder, name.Name + ".dll");
            return name.Name == typeof(Cmdlet).Assembly.GetName().Name ? typeof(Cmdlet).Assembly
                : File.Exists(file) ? loader.LoadFromAssemblyPath(file)
                : null;
        };

        return context.LoadFromAssemblyPath(Path.GetFullPath(assemblyPath));
    }

    private static CommandSignature ReadCommand(Type type)
    {
        CustomAttributeData cmdlet = Find<CmdletAttribute>(type)!;
        return new CommandSignature(
            (string)cmdlet.ConstructorArguments[0].Value!,
            (string)cmdlet.ConstructorArguments[1].Value!,
            Named(cmdlet, nameof(CmdletAttribute.DefaultParameterSetName)) as string ?? "",
            Named(cmdlet, nameof(CmdletAttribute.SupportsShouldProcess)) is true,
            [.. FindAll<OutputTypeAttribute>(type).SelectMany(OutputTypes)],
            [.. Hierarchy(type).SelectMany(level => level
                .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .OrderBy(property => property.MetadataToken)
                .Where(property => Find<ParameterAttribute>(property) is not null && IsLastWord(property, type))
                .Select(ReadParameter))]);
    }

    /// <summary>False for a parameter that the cmdlet, or a more derived class, redeclares.</summary>
    private static bool IsLastWord(PropertyInfo property, Type type) =>
        type.GetProperty(property.Name, BindingFlags.Public | BindingFlags.Instance)?.DeclaringType == property.DeclaringType;

    private static ParameterSignature ReadParameter(PropertyInfo property)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        Type element = type.IsArray ? type.GetElementType()! : type;
        string[] values = element.IsEnum && Find<ValidateSetAttribute>(property) is null
            ? Enum.GetNames(element)
            : [.. FindAll<ValidateSetAttribute>(property).SelectMany(Strings)];
        return new ParameterSignature(
            property.Name,
            property.PropertyType,
            [.. FindAll<AliasAttribute>(property).SelectMany(Strings)],
            values,
            Find<SupportsWildcardsAttribute>(property) is not null,
            [.. FindAll<ParameterAttribute>(property).Select(ReadMembership)]);
    }

    private static ParameterSetMembership ReadMembership(CustomAttributeData attribute) => new(
        Named(attribute, nameof(ParameterAttribute.ParameterSetName)) as string ?? CommandSignature.AllSets,
        Named(attribute, nameof(ParameterAttribute.Mandatory)) is true,
        Named(attribute, nameof(ParameterAttribute.Position)) as int?,
        Named(attribute, nameof(ParameterAttribute.ValueFromPipeline)) is true,
        Named(attribute, nameof(ParameterAttribute.ValueFromPipelineByPropertyName)) is true);

    /// <summary>The cmdlet's own parameters come before those of its base classes.</summary>
    private static IEnumerable<Type> Hierarchy(Type type)
    {
        for (Type? level = type; level is not null && level.Assembly == type.Assembly; level = level.BaseType)
        {
            yield return level;
        }
    }

    private static IEnumerable<string> OutputTypes(CustomAttributeData attribute) => attribute.ConstructorArguments
        .SelectMany(argument => argument.Value is IEnumerable<CustomAttributeTypedArgument> items
            ? items.Select(item => item.Value)
            : [argument.Value])
        .Select(value => value is Type type ? type.FullName! : (string)value!);

    private static IEnumerable<string> Strings(CustomAttributeData attribute) =>
        attribute.ConstructorArguments.SelectMany(argument => argument.Value is IEnumerable<CustomAttributeTypedArgument> items
            ? items.Select(item => (string)item.Value!)
            : [(string)argument.Value!]);

    private static object? Named(CustomAttributeData attribute, string name) => attribute.NamedArguments
        .Where(argument => argument.MemberName == name)
        .Select(argument => argument.TypedValue.Value)
        .FirstOrDefault();

    private static CustomAttributeData? Find<T>(MemberInfo member) => FindAll<T>(member).FirstOrDefault();

    private static IEnumerable<CustomAttributeData> FindAll<T>(MemberInfo member) =>
        member.GetCustomAttributesData().Where(attribute => attribute.AttributeType == typeof(T));
}
