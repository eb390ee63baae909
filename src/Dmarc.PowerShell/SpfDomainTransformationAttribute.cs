namespace Dmarc.PowerShell;

/// <summary>
/// Like <see cref="DomainTransformationAttribute"/>, but a report row yields the domain that SPF checked: that of MAIL
/// FROM, or of the From header if MAIL FROM is missing or the null reverse-path.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SpfDomainTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] PropertyNames = ["EnvelopeFrom", "HeaderFrom"];

    private readonly DomainTransformationAttribute _others = new();

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (inputData is PSObject item)
        {
            foreach (string name in PropertyNames)
            {
                string? text = Convert.ToString(item.Properties[name]?.Value, CultureInfo.InvariantCulture);
                if (!string.IsNullOrEmpty(text) && text!.Trim() != "<>")
                {
                    return new[] { text };
                }
            }
        }

        return _others.Transform(engineIntrinsics, inputData);
    }
}
