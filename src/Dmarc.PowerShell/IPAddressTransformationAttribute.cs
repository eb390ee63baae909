using System.Net;

namespace Dmarc.PowerShell;

/// <summary>Reads an address strictly; PowerShell would accept <c>127.1</c> or a number.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IPAddressTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = PropertyFacts.Unwrap(inputData);
        if (value is null or IPAddress)
        {
            return value!;
        }

        string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return AddressText.TryRead(text, out IPAddress? address)
            ? address
            : throw new ArgumentTransformationMetadataException(
                string.Format(CultureInfo.InvariantCulture, Strings.Commands_InvalidIPAddress, PrintableText.Escape(text)));
    }
}
