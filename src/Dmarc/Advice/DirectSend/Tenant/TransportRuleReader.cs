using static Dmarc.Text.Keyword;

namespace Dmarc.Advice.DirectSend.Tenant;

/// <summary>Reads <c>Get-TransportRule</c> objects.</summary>
internal static class TransportRuleReader
{
    /// <summary>Conditions not read individually; each has a counterpart with the prefix ExceptIf.</summary>
    private static readonly string[] Conditions =
    [
        "From", "FromMemberOf", "FromAddressContainsWords", "FromAddressMatchesPatterns", "SentTo", "SentToMemberOf",
        "SubjectContainsWords", "SubjectMatchesPatterns", "SubjectOrBodyContainsWords", "SubjectOrBodyMatchesPatterns",
        "HasClassification", "HasNoClassification", "HasSenderOverride", "AttachmentContainsWords",
        "AttachmentMatchesPatterns", "AttachmentNameMatchesPatterns", "AttachmentSizeOver", "AttachmentIsUnsupported",
        "AttachmentExtensionMatchesWords", "AttachmentHasExecutableContent", "AttachmentIsPasswordProtected",
        "AttachmentProcessingLimitExceeded", "AttachmentPropertyContainsWords", "SCLOver", "MessageTypeMatches",
        "MessageSizeOver", "WithImportance", "AnyOfToHeader", "AnyOfToHeaderMemberOf", "AnyOfCcHeader",
        "AnyOfCcHeaderMemberOf", "AnyOfToCcHeader", "AnyOfToCcHeaderMemberOf", "AnyOfRecipientAddressContainsWords",
        "AnyOfRecipientAddressMatchesPatterns", "RecipientAddressContainsWords", "RecipientAddressMatchesPatterns",
        "RecipientADAttributeContainsWords", "RecipientADAttributeMatchesPatterns", "SenderADAttributeContainsWords",
        "SenderADAttributeMatchesPatterns", "ManagerAddresses", "ManagerForEvaluatedUser",
        "SenderManagementRelationship", "ADComparisonAttribute", "BetweenMemberOf1", "BetweenMemberOf2",
        "MessageContainsDataClassifications", "ContentCharacterSetContainsWords", "SenderInRecipientList",
        "RecipientInSenderList",
    ];

    private static readonly string[] HeaderConditions = ["HeaderContainsMessageHeader", "HeaderMatchesMessageHeader"];

    /// <summary>Headers that mark all external mail as anonymous; Exchange removes them from incoming mail.</summary>
    private static readonly string[] AnonymousHeaders = ["X-MS-Exchange-Organization-AuthAs", "X-MS-Exchange-CrossTenant-AuthAs"];

    private static readonly string[] Exceptions = ["SenderDomainIs", "RecipientDomainIs", "SentToScope"];

    /// <returns>Null for another object: rules have a state and a priority, unlike connectors.</returns>
    public static TransportRuleFacts? Read(FactSource source)
    {
        string state = FactValues.Text(source("State")).ToUpperInvariant();
        if (state.Length == 0 || (source("Priority") is null && source("Mode") is null))
        {
            return null;
        }

        string mode = FactValues.Text(source("Mode")).ToUpperInvariant();
        string[] headers = [.. HeaderConditions.Where(name => IsSet(source(name)) && !AsksForAnonymous(source, name))];
        bool isToOutside = FactValues.Text(source("SentToScope")).ToUpperInvariant() is not ("" or "INORGANIZATION");
        List<string> others = [.. Conditions.Where(name => IsSet(source(name))), .. headers];
        others.AddRange(Conditions.Concat(Exceptions).Select(name => "ExceptIf" + name).Where(name => IsSet(source(name))));
        if (Is(FactValues.Text(source("ExceptIfFromScope")), "NotInOrganization"))
        {
            others.Add("ExceptIfFromScope");
        }

        if (isToOutside)
        {
            others.Add("SentToScope");
        }

        return new TransportRuleFacts
        {
            Name = FactValues.Name(source),
            Priority = int.TryParse(
                FactValues.Text(source("Priority")),
                NumberStyles.Integer,
                CultureInfo.InvariantCulture,
                out int priority)
                ? priority
                : null,
            StopsProcessing = FactValues.Truth(source("StopRuleProcessing")) == true,
            AsksForHeader = headers.Length > 0,
            IsForMailToOutside = isToOutside,
            Enabled = state switch { "ENABLED" or "TRUE" => true, "DISABLED" or "FALSE" => false, _ => null },
            IsEnforced = mode switch { "ENFORCE" or "" => true, "AUDIT" or "AUDITANDNOTIFY" => false, _ => null },
            Begins = Time(source("ActivationDate")),
            Ends = Time(source("ExpiryDate")),
            Refuses = IsSet(source("RejectMessageReasonText"))
                || IsSet(source("RejectMessageEnhancedStatusCode"))
                || FactValues.Truth(source("DeleteMessage")) == true
                || FactValues.Truth(source("Quarantine")) == true,
            SkipsFilter = FactValues.Text(source("SetSCL")) == "-1",
            IsForInside = Is(FactValues.Text(source("FromScope")), "InOrganization"),
            SenderDomains = Domains(source("SenderDomainIs")),
            ChecksHeader = !Is(FactValues.Text(source("SenderAddressLocation")), "Envelope"),
            RecipientDomains = Domains(source("RecipientDomainIs")),
            SenderRanges = FactValues.Texts(source("SenderIpRanges")).ToPrintableList(),
            ExceptedRanges = FactValues.Texts(source("ExceptIfSenderIpRanges")).ToPrintableList(),
            ExceptsHeader = HeaderConditions.Any(header => IsSet(source("ExceptIf" + header))),
            Others = others.ToPrintableList(),
        };
    }

    /// <summary>True for a meaningful value: no switch that is off, no empty list. A text may be "no" or 0.</summary>
    private static bool IsSet(object? value) =>
        FactValues.Text(value) is { Length: > 0 } text
            && text is not ("{}" or "$null")
            && !string.Equals(text, "False", StringComparison.OrdinalIgnoreCase);

    /// <summary>True for a condition on a header that all mail of strangers meets.</summary>
    private static bool AsksForAnonymous(FactSource source, string condition) =>
        AnonymousHeaders.Contains(FactValues.Text(source(condition)), StringComparer.OrdinalIgnoreCase)
        && FactValues.Texts(source(condition == HeaderConditions[0] ? "HeaderContainsWords" : "HeaderMatchesPatterns"))
            .Any(word => string.Equals(word.Trim('^', '$'), "Anonymous", StringComparison.OrdinalIgnoreCase));

    private static PrintableList<string> Domains(object? value) =>
        FactValues.Texts(value).Select(text => text.TrimStart('@').ToLowerInvariant()).ToPrintableList();

    private static DateTime? Time(object? value) => value switch
    {
        DateTime time => time.ToUniversalTime(),
        DateTimeOffset time => time.UtcDateTime,
        _ => DateTime.TryParse(
            FactValues.Text(value),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTime read) ? read : null,
    };
}
