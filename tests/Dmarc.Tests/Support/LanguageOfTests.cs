using System.Globalization;
using System.Runtime.CompilerServices;

namespace Dmarc.Tests.Support;

/// <summary>The tests expect English texts, whatever the language of the machine that runs them.</summary>
internal static class LanguageOfTests
{
    [ModuleInitializer]
    internal static void Begin() =>
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = new CultureInfo("en-US");
}
