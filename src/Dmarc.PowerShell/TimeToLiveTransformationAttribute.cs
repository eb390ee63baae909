using Dmarc.Advice.Records;

namespace Dmarc.PowerShell;

/// <summary>Reads a bare integer as seconds, as in a zone file; PowerShell would read ticks or days.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeToLiveTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = PropertyFacts.Unwrap(inputData);
        string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return RecordTimeToLive.TryRead(text, out TimeSpan time)
            ? time
            : throw new ArgumentTransformationMetadataException(
                string.Format(CultureInfo.InvariantCulture, Strings.Policy_TimeToLiveOutOfRange, text));
    }
}
