using Dmarc.Standards;

namespace Dmarc.PowerShell;

/// <summary>Lets null stand for an unknown result in a parameter with a set of values.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class UnknownIfNullAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => inputData ?? AuthenticationResult.Unknown;
}
