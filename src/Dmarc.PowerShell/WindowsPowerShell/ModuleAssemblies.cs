using System.Reflection;
using Dmarc.Libraries;

namespace Dmarc.PowerShell.WindowsPowerShell;

/// <summary>
/// Windows PowerShell runs on .NET Framework, where a module has no binding redirects: a library that requests another
/// version of System.Memory or System.Runtime.CompilerServices.Unsafe than the module's would not find it, and the
/// libraries in their own folder would not find the core. While the module is loaded, its own assemblies get the files
/// in the module's folders.
/// </summary>
public sealed class ModuleAssemblies : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <summary>The version of assemblies that are part of .NET Framework, for any package version requested.</summary>
    private static readonly Version OfFramework = new(4, 0, 0, 0);

    /// <summary>The folders searched for assemblies.</summary>
    private static readonly string[] Folders = [Path.GetDirectoryName(typeof(ModuleAssemblies).Assembly.Location)!, LibraryAdapters.Folder];

    /// <inheritdoc/>
    public void OnImport()
    {
        // Not on .NET, which accepts any version that is high enough.
        if (typeof(object).Assembly.GetName().Name == "mscorlib")
        {
            AppDomain.CurrentDomain.AssemblyResolve += Resolve;
        }
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => AppDomain.CurrentDomain.AssemblyResolve -= Resolve;

    private static Assembly? Resolve(object? sender, ResolveEventArgs request)
    {
        if (request.RequestingAssembly is null
            || !Folders.Contains(Path.GetDirectoryName(request.RequestingAssembly.Location), StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        AssemblyName wanted = new(request.Name);
        if (FileFor(wanted) is { } file)
        {
            return Assembly.LoadFrom(file);
        }

        return wanted.Version is null || wanted.Version <= OfFramework ? null : FromFramework(wanted);
    }

    /// <summary>The module's file for a request; null if there is none.</summary>
    private static string? FileFor(AssemblyName wanted) =>
        Folders.Select(folder => Path.Combine(folder, wanted.Name + ".dll")).FirstOrDefault(File.Exists);

    /// <summary>System.ValueTuple, for example, is part of .NET Framework since 4.7.1, before that a package.</summary>
    private static Assembly? FromFramework(AssemblyName wanted)
    {
        wanted.Version = OfFramework;
        try
        {
            return Assembly.Load(wanted);
        }
        catch (IOException)
        {
            // The framework has no assembly with this name.
            return null;
        }
    }
}
