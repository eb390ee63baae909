using System.Reflection;

namespace Dmarc.Tests.Support;

/// <summary>Finds who calls a method, in the compiled code: for rules such as "there is one reader of addresses".</summary>
internal static class CallSites
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>The methods of a type, with its lambdas and state machines where they are passed as types, that call one of these.</summary>
    public static IEnumerable<string> Find(Type type, MethodBase[] targets)
    {
        HashSet<(Module, int)> wanted = [.. targets.Select(target => (target.Module, target.MetadataToken))];
        foreach (MethodBase method in type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All)))
        {
            byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
            for (int index = 0; index + 5 <= code.Length; index++)
            {
                // call, callvirt, ldftn: an operand that is no method after all does not resolve, or to another method.
                if (code[index] is (0x28 or 0x6F or 0x06) && Resolve(method.Module, type, BitConverter.ToInt32(code, index + 1)) is MethodBase called
                    && wanted.Contains((called.Module, called.MetadataToken)))
                {
                    yield return type + "." + method.Name;
                }
            }
        }
    }

    private static MethodBase? Resolve(Module module, Type type, int token)
    {
        if (token >> 24 is not (0x06 or 0x0A or 0x2B))
        {
            return null;
        }

        try
        {
            return module.ResolveMethod(token, type.IsGenericType ? type.GetGenericArguments() : null, null);
        }
        catch (Exception exception) when (exception is ArgumentException or BadImageFormatException)
        {
            return null;
        }
    }
}
