using System.Management.Automation;
using Dmarc.Standards;

namespace Dmarc.PowerShell;

/// <summary>Lets null stand for a result that is not known, where a set of values is asked for.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class UnknownIfNullAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => inputData ?? AuthenticationResult.Unknown;
}
