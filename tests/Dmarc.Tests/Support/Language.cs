using System.Globalization;

namespace Dmarc.Tests.Support;

/// <summary>Runs a test in a language.</summary>
internal static class Language
{
    public static void In(string name, Action test)
    {
        CultureInfo before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(name);
            test();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
