using Dmarc.Advice.Messages;
using Dmarc.Standards.AuthenticationResults;

namespace Dmarc.Alignment.Rules;

/// <summary>A server of the recipient's own in front handed the message on: SPF is about the host before it.</summary>
internal sealed class GatewayRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (assessment.IsInternal || assessment.Notes.Side is not { Gateway.Field: { } hop } side)
        {
            yield break;
        }

        string name = hop.ReverseName ?? hop.From ?? hop.ClientAddress?.ToString() ?? Strings.Align_AnUnknownName;
        string sender = side.Border?.Field.ClientAddress?.ToString() ?? Strings.Align_AnUnknownAddress;
        bool isSeenByMicrosoft = ReceivingSide.IsOfExchange(hop)
            && assessment.Notes.All.SelectMany(field => field.Results).Any(result => result.Method == AuthenticationMethod.Spf
                && result.ClientAddress is { } address && address.Equals(hop.ClientAddress));
        yield return new(
            AlignmentCause.None,
            "",
            isSeenByMicrosoft
                ? AlignmentFindings.ThroughGatewayUnfiltered.Create(name, hop.ClientAddress, sender)
                : AlignmentFindings.ThroughGateway.Create(name, hop.ClientAddress, sender));
    }
}
