using System.Globalization;

namespace Dmarc.Text;

/// <summary>Fills in the sentences of the resources.</summary>
internal static class Sentences
{
    public static string Fill(string format, params object?[] arguments) => string.Format(CultureInfo.InvariantCulture, format, arguments);
}
