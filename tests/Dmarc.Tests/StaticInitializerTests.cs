using System.Reflection;
using Dmarc.Domains;

namespace Dmarc.Tests;

/// <summary>
/// Which type is initialised first depends on the runtime: .NET waits until a field is read, the .NET Framework and Mono
/// may do it as soon as a method is called. Of two types whose initialisers need each other, one sees the other without
/// values. So none may.
/// </summary>
public class StaticInitializerTests
{
    private static readonly Assembly Core = typeof(DomainName).Assembly;

    [Fact]
    public void No_types_need_each_other_to_be_initialised()
    {
        Dictionary<Type, Type[]> arrows = Core.GetTypes()
            .Where(type => type.TypeInitializer is not null)
            .ToDictionary(type => type, type => UsedBy(type.TypeInitializer!).ToArray());

        Assert.True(arrows.Count > 100);
        Assert.Contains(arrows.Values, used => used.Length > 0);
        Assert.Empty(arrows.Keys.Where(type => Reached(arrows, type).Contains(type)).Select(type => type.FullName));
    }

    /// <summary>The test sees what it forbids.</summary>
    [Fact]
    public void Types_that_do_are_found()
    {
        Dictionary<Type, Type[]> arrows = new[] { typeof(First), typeof(Second), typeof(Third) }
            .ToDictionary(type => type, type => UsedBy(type.TypeInitializer!).ToArray());

        Assert.Equal([typeof(First), typeof(Second)], arrows.Keys.Where(type => Reached(arrows, type).Contains(type)));
    }

    /// <summary>The types with an initialiser of which an initialiser calls a method or reads a field, itself or in the methods that it calls.</summary>
    private static HashSet<Type> UsedBy(MethodBase initializer)
    {
        HashSet<Type> used = [];
        HashSet<MethodBase> seen = [initializer];
        Queue<MethodBase> open = new(seen);
        while (open.TryDequeue(out MethodBase? method))
        {
            foreach (MemberInfo member in Members(method))
            {
                if (member.DeclaringType is { } type && type != initializer.DeclaringType && type.TypeInitializer is not null)
                {
                    used.Add(type);
                }

                if (member is MethodBase called && seen.Add(called))
                {
                    open.Enqueue(called);
                }
            }
        }

        return used;
    }

    /// <summary>What a method calls, makes or reads; not what it makes delegates of.</summary>
    private static IEnumerable<MemberInfo> Members(MethodBase method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (int index = 0; index + 5 <= code.Length; index++)
        {
            // call, callvirt, newobj, ldsfld: an operand that is no member after all does not resolve, or to another one.
            if (code[index] is 0x28 or 0x6F or 0x73 or 0x7E
                && Resolve(method, BitConverter.ToInt32(code, index + 1)) is { } member
                && (member.Module.Assembly == Core || member.Module.Assembly == typeof(StaticInitializerTests).Assembly))
            {
                yield return member;
            }
        }
    }

    private static MemberInfo? Resolve(MethodBase method, int token)
    {
        if (token >> 24 is not (0x04 or 0x06 or 0x0A or 0x2B))
        {
            return null;
        }

        try
        {
            return method.Module.ResolveMember(
                token,
                method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null,
                method.IsGenericMethod ? method.GetGenericArguments() : null);
        }
        catch (Exception exception) when (exception is ArgumentException or BadImageFormatException)
        {
            return null;
        }
    }

    private static HashSet<Type> Reached(Dictionary<Type, Type[]> arrows, Type from)
    {
        HashSet<Type> reached = [];
        Queue<Type> open = new([from]);
        while (open.TryDequeue(out Type? type))
        {
            foreach (Type used in arrows.GetValueOrDefault(type, []).Where(reached.Add))
            {
                open.Enqueue(used);
            }
        }

        return reached;
    }

    private static class First
    {
        public static readonly int[] Values = [.. Second.Values, 1];

        public static int Next(int value) => value + 1;
    }

    private static class Second
    {
        public static readonly int[] Values = [First.Next(1)];
    }

    private static class Third
    {
        public static readonly int[] Values = [.. First.Values, First.Next(2)];
    }
}
