using System.Reflection;
using System.Runtime.InteropServices;

namespace Dmarc.Libraries;

/// <summary>
/// The access to third-party libraries. The core defines an interface for what it needs; the implementing class is in
/// <c>Dmarc.Libraries.dll</c>, which is loaded from <c>lib/</c> on first use. On .NET the libraries have their own load
/// context, so that a session may load other versions before or afterwards.
/// </summary>
internal static class LibraryAdapters
{
    private const string AssemblyName = "Dmarc.Libraries";

    private static readonly Lazy<Assembly> Adapters = new(Load);

    /// <summary>The folder of the libraries: beside the core's folder, with one folder per framework.</summary>
    internal static string Folder { get; } = Path.GetFullPath(Path.Combine(
        Path.GetDirectoryName(typeof(LibraryAdapters).Assembly.Location)!,
        "..",
        "lib",
        RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal)
            || Type.GetType("Mono.Runtime") is not null
            ? "net472"
            : "net8.0"));

    /// <summary>The adapter for an interface; always the same instance.</summary>
    /// <typeparam name="T">The interface. The implementing class has the same name without the I.</typeparam>
    /// <exception cref="FileNotFoundException">The module is incomplete.</exception>
    public static T Get<T>()
        where T : class => Holder<T>.Adapter.Value;

    /// <summary>The adapter type for an interface.</summary>
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
    /// <summary>Loads the assemblies in the folder; the core and the framework are shared with the session.</summary>
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
