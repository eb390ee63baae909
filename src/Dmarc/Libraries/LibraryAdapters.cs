using System.Reflection;
using System.Runtime.InteropServices;
using Dmarc.Text;

namespace Dmarc.Libraries;

/// <summary>
/// The way to libraries of others. What the core needs of them is an interface of the core; the class that implements it lies in
/// <c>Dmarc.Libraries.dll</c>, which is loaded from <c>lib/</c> when it is first used, and never before. On .NET the libraries live in a
/// context of their own, so that a session may have loaded others of the same names before, or load them afterwards.
/// </summary>
internal static class LibraryAdapters
{
    private const string AssemblyName = "Dmarc.Libraries";

    private static readonly Lazy<Assembly> Adapters = new(Load);

    /// <summary>The folder of the libraries: beside the folder of the core, with a folder for each framework.</summary>
    internal static string Folder { get; } = Path.GetFullPath(Path.Combine(
        Path.GetDirectoryName(typeof(LibraryAdapters).Assembly.Location)!,
        "..",
        "lib",
        RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal) || Type.GetType("Mono.Runtime") is not null
            ? "net472"
            : "net8.0"));

    /// <summary>The adapter for an interface, one for all uses.</summary>
    /// <typeparam name="T">The interface. The class that implements it has the same name without the I.</typeparam>
    /// <exception cref="FileNotFoundException">The module is not complete.</exception>
    public static T Get<T>()
        where T : class => Holder<T>.Adapter.Value;

    /// <summary>The type of the adapter for an interface.</summary>
    internal static Type TypeFor(Type contract) =>
        Adapters.Value.GetType(AssemblyName + "." + contract.Name.Substring(1), throwOnError: true)!;

    private static Assembly Load()
    {
        string file = Path.Combine(Folder, AssemblyName + ".dll");
        if (!File.Exists(file))
        {
            throw new FileNotFoundException(Sentences.Fill(Strings.Libraries_Missing, file), file);
        }

#if NET8_0_OR_GREATER
        return new Context().LoadFromAssemblyPath(file);
#else
        return Assembly.LoadFrom(file);
#endif
    }

    private static class Holder<T>
        where T : class
    {
        public static readonly Lazy<T> Adapter = new(() => (T)Activator.CreateInstance(TypeFor(typeof(T)), nonPublic: true)!);
    }

#if NET8_0_OR_GREATER
    /// <summary>Takes what lies in the folder from there; the core and the framework are shared with everybody else.</summary>
    private sealed class Context() : System.Runtime.Loader.AssemblyLoadContext(AssemblyName)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string file = Path.Combine(Folder, assemblyName.Name + ".dll");
            return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
        }
    }
#endif
}
