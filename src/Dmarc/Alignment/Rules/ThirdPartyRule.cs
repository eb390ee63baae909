using Dmarc.Advice.Messages;
using Dmarc.Catalogue;
using Dmarc.Domains;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Alignment.Rules;

/// <summary>A service sends in the author's name, and what passes is the service's own domain: its default signature, its bounces.</summary>
internal sealed class ThirdPartyRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (!assessment.Fails || assessment.Author.Domain is not { } author || assessment.Intermediary is not null)
        {
            yield break;
        }

        // A tenant's or customer's name tells more than that of the network, where a message has both signatures.
        DomainName? signer = assessment.DkimAlignments
            .Where(alignment => alignment is { Reason: AlignmentReason.OtherOrganizationalDomain })
            .Select(alignment => alignment!.Identifier.Domain)
            .FirstOrDefault();
        DomainName? bouncer = assessment.SpfAlignment is { Reason: AlignmentReason.OtherOrganizationalDomain } spf ? spf.Identifier.Domain : null;
        SendingServices services = SendingServices.Default;
        SendingService? service = services.FindByDomain(signer?.ToString()) ?? services.FindByDomain(bouncer?.ToString());
        if (signer is null && service is null)
        {
            if (bouncer is not null)
            {
                yield return new(AlignmentCause.None, "", AlignmentFindings.ForeignReturnPath.Create(bouncer, author));
            }

            yield break;
        }

        DomainName domain = signer ?? bouncer!;
        yield return service is null
            ? new(
                AlignmentCause.ThirdPartySender,
                Sentences.Fill(Strings.Align_WhyThirdParty, domain),
                AlignmentFindings.ThirdParty.Create(domain, author))
            : new(
                AlignmentCause.ThirdPartySender,
                Sentences.Fill(Strings.Align_WhyThirdPartyService, domain, service.Name),
                AlignmentFindings.ThirdPartyService.Create(domain, author, service.Name, Feature(service)));
        if (bouncer is not null)
        {
            yield return new(
                AlignmentCause.ThirdPartySender,
                Sentences.Fill(Strings.Align_WhyThirdParty, bouncer),
                AlignmentFindings.ForeignReturnPath.Create(bouncer, author));
        }
    }

    private static string Feature(SendingService service) =>
        service.SigningSetUp.Length > 0 ? service.SigningSetUp : Strings.Align_OwnDomainSetUp;
}
