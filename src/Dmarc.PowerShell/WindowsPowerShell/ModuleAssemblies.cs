using System.Management.Automation;
using System.Reflection;
using Dmarc.Libraries;

namespace Dmarc.PowerShell.WindowsPowerShell;

/// <summary>
/// Windows PowerShell runs on the .NET Framework, where a module has no binding redirects: a library that asks for
/// another version of System.Memory or System.Runtime.CompilerServices.Unsafe than the one in the module's folder would
/// not find it, and one in the folder of the libraries would not find the core. While the module is loaded, such a request
/// by one of the module's own assemblies gets the file in the module's folders.
/// </summary>
public sealed class ModuleAssemblies : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <summary>What the .NET Framework has itself is of this version, whatever version of a package a library was built with.</summary>
    private static readonly Version OfFramework = new(4, 0, 0, 0);

    /// <summary>Where assemblies are looked for.</summary>
    private static readonly string[] Folders = [Path.GetDirectoryName(typeof(ModuleAssemblies).Assembly.Location)!, LibraryAdapters.Folder];

    /// <inheritdoc/>
    public void OnImport()
    {
        // Not on .NET, which takes any version that is high enough.
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

    /// <summary>The file of the module that serves a request; null if there is none.</summary>
    private static string? FileFor(AssemblyName wanted) =>
        Folders.Select(folder => Path.Combine(folder, wanted.Name + ".dll")).FirstOrDefault(File.Exists);

    /// <summary>System.ValueTuple, for one, has been part of the .NET Framework since 4.7.1, and a package before that.</summary>
    private static Assembly? FromFramework(AssemblyName wanted)
    {
        wanted.Version = OfFramework;
        try
        {
            return Assembly.Load(wanted);
        }
        catch (IOException)
        {
            // It has none of this name.
            return null;
        }
    }
}
