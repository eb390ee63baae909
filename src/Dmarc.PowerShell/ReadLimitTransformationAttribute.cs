using System.Collections;
using Dmarc.Reports;

namespace Dmarc.PowerShell;

/// <summary>Converts a hashtable such as <c>@{ MaxTextBytes = 8MB }</c> to limits, otherwise the defaults.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReadLimitTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (PropertyFacts.Unwrap(inputData) is not IDictionary settings)
        {
            return inputData;
        }

        ReportReadLimits limits = ReportReadLimits.Default;
        foreach (DictionaryEntry setting in settings)
        {
            object? value = PropertyFacts.Unwrap(setting.Value);
            if (!limits.TryWith(
                setting.Key as string,
                Convert.ToString(value, CultureInfo.InvariantCulture),
                out limits,
                out string error))
            {
                throw new ArgumentTransformationMetadataException(PrintableText.Escape(error));
            }
        }

        return limits;
    }
}
