using Dmarc.Dns;
using Dmarc.Standards.Dkim;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Advice.Messages.BulkSenders;

/// <summary>SPF passes for the envelope sender, aligned or not.</summary>
internal sealed class SpfCheck : IBulkSenderCheck
{
    public BulkSenderRule Rule => BulkSenderRule.Spf;

    public MailboxProvider[] Providers => [MailboxProvider.Google, MailboxProvider.Yahoo, MailboxProvider.Microsoft];

    public BulkSenderVerdict Check(BulkSenderFacts facts)
    {
        SpfEvidence spf = facts.Assessment.Spf;
        return spf.Result switch
        {
            null or IdentifierResult.TempError => new(BulkSenderOutcome.Unknown, Strings.Bulk_SpfUnknown),
            IdentifierResult.Pass => new(BulkSenderOutcome.Pass, Sentences.Fill(Strings.Bulk_SpfPass, spf.Domain)),
            { } result => new(BulkSenderOutcome.Fail, Sentences.Fill(Strings.Bulk_SpfFail, result.ToWord(), spf.Domain)),
        };
    }
}

/// <summary>A signature is valid, of whichever domain.</summary>
internal sealed class DkimCheck : IBulkSenderCheck
{
    public BulkSenderRule Rule => BulkSenderRule.Dkim;

    public MailboxProvider[] Providers => [MailboxProvider.Google, MailboxProvider.Yahoo, MailboxProvider.Microsoft];

    public BulkSenderVerdict Check(BulkSenderFacts facts)
    {
        PrintableList<DkimEvidence> signatures = facts.Assessment.Dkim;
        if (signatures.FirstOrDefault(signature => signature.Passes) is { } valid)
        {
            return valid.Key is { KeyType: DkimKeyType.Rsa, KeySize: < 2048 }
                ? new(BulkSenderOutcome.Pass, Sentences.Fill(Strings.Bulk_DkimPassShort, valid.DomainText, valid.Key.KeySize))
                : new(BulkSenderOutcome.Pass, Sentences.Fill(Strings.Bulk_DkimPass, valid.DomainText));
        }

        return signatures.Any(signature => signature.Result is null or IdentifierResult.TempError)
            ? new(BulkSenderOutcome.Unknown, Strings.Bulk_DkimUnknown)
            : new(BulkSenderOutcome.Fail, signatures.Count == 0 ? Strings.Bulk_DkimNone : Strings.Bulk_DkimFail);
    }
}

/// <summary>The author's domain has a DMARC record.</summary>
internal sealed class DmarcRecordCheck : IBulkSenderCheck
{
    public BulkSenderRule Rule => BulkSenderRule.DmarcRecord;

    public MailboxProvider[] Providers => [MailboxProvider.Google, MailboxProvider.Yahoo, MailboxProvider.Microsoft];

    public BulkSenderVerdict Check(BulkSenderFacts facts)
    {
        if (facts.Assessment.Evaluation is not { } evaluation)
        {
            return new(BulkSenderOutcome.Fail, Strings.Bulk_NoAuthor);
        }

        return evaluation.Policy is { } policy
            ? new(BulkSenderOutcome.Pass, Sentences.Fill(Strings.Bulk_RecordFound, evaluation.PolicyDomain, policy.ToKeyword()))
            : evaluation.Discovery.Status.IsDnsFailure()
                ? new(BulkSenderOutcome.Unknown, Sentences.Fill(Strings.Bulk_RecordUnknown, evaluation.AuthorDomain))
                : new(BulkSenderOutcome.Fail, Sentences.Fill(Strings.Bulk_RecordMissing, evaluation.OrganizationalDomain ?? evaluation.AuthorDomain));
    }
}

/// <summary>The author's domain is aligned with SPF or DKIM.</summary>
internal sealed class AlignmentCheck : IBulkSenderCheck
{
    public BulkSenderRule Rule => BulkSenderRule.Alignment;

    public MailboxProvider[] Providers => [MailboxProvider.Google, MailboxProvider.Yahoo, MailboxProvider.Microsoft];

    public BulkSenderVerdict Check(BulkSenderFacts facts) => facts.Assessment switch
    {
        { Passes: true, IsDkimAligned: true, IsSpfAligned: true } => new(BulkSenderOutcome.Pass, Strings.Bulk_AlignedBoth),
        { Passes: true } assessment => new(
            BulkSenderOutcome.Pass,
            Sentences.Fill(Strings.Bulk_AlignedOne, assessment.IsDkimAligned ? "DKIM" : "SPF", assessment.IsDkimAligned ? "SPF" : "DKIM")),
        { Result: null or DmarcResult.TempError } => new(BulkSenderOutcome.Unknown, Strings.Bulk_AlignmentUnknown),
        { Result: DmarcResult.None } => new(BulkSenderOutcome.Fail, Strings.Bulk_AlignmentNoRecord),
        _ => new(BulkSenderOutcome.Fail, Strings.Bulk_NotAligned),
    };
}

/// <summary>The sending address has a name, and the name the address.</summary>
internal sealed class ReverseDnsCheck : IBulkSenderCheck
{
    public BulkSenderRule Rule => BulkSenderRule.ReverseDns;

    public MailboxProvider[] Providers => [MailboxProvider.Google, MailboxProvider.Yahoo];

    public BulkSenderVerdict Check(BulkSenderFacts facts)
    {
        if (facts.ReverseDns is not { } reverse)
        {
            return new(BulkSenderOutcome.Unknown, Strings.Bulk_NoAddress);
        }

        if (!reverse.Status.IsAnswer() || reverse.IsConfirmed is null)
        {
            return new(BulkSenderOutcome.Unknown, Sentences.Fill(Strings.Bulk_PtrUnknown, reverse.Address));
        }

        return reverse.IsConfirmed == true
            ? new(BulkSenderOutcome.Pass, Sentences.Fill(Strings.Bulk_PtrPass, reverse.Address, reverse.Name))
            : reverse.Name.Length == 0
                ? new(BulkSenderOutcome.Fail, Sentences.Fill(Strings.Bulk_PtrMissing, reverse.Address))
                : new(BulkSenderOutcome.Fail, Sentences.Fill(Strings.Bulk_PtrUnconfirmed, reverse.Address, reverse.Name));
    }
}
