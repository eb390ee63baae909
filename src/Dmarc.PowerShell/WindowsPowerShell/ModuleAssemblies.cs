using System.Management.Automation;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Dmarc.PowerShell.WindowsPowerShell;

/// <summary>
/// Windows PowerShell runs on the .NET Framework, where a module has no binding redirects: a library that asks for
/// another version of System.Memory or System.Runtime.CompilerServices.Unsafe than the one in the module's folder would
/// not find it. While the module is loaded, such a request by one of the module's own assemblies gets the file in the folder.
/// </summary>
public sealed class ModuleAssemblies : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(ModuleAssemblies).Assembly.Location)!;

    /// <inheritdoc/>
    public void OnImport()
    {
        if (RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal))
        {
            AppDomain.CurrentDomain.AssemblyResolve += Resolve;
        }
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => AppDomain.CurrentDomain.AssemblyResolve -= Resolve;

    private static Assembly? Resolve(object? sender, ResolveEventArgs request)
    {
        if (request.RequestingAssembly is null
            || !string.Equals(Path.GetDirectoryName(request.RequestingAssembly.Location), Folder, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string file = Path.Combine(Folder, new AssemblyName(request.Name).Name + ".dll");
        return File.Exists(file) ? Assembly.LoadFrom(file) : null;
    }
}
