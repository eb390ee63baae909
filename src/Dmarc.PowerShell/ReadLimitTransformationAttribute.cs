using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Dmarc.Reports;
using Dmarc.Text;

namespace Dmarc.PowerShell;

/// <summary>Makes limits of a hashtable such as <c>@{ MaxTextBytes = 8MB }</c>; what it does not name stays as it is.</summary>
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
