using Dmarc.Standards.Dmarc;

namespace Dmarc.Standards.AuthenticationResults;

/// <summary>Microsoft's action on a message that failed DMARC (<c>action=</c>).</summary>
public enum MicrosoftDmarcAction
{
    /// <summary>An unknown action; it is kept as text.</summary>
    Unknown,

    /// <summary>No action was taken.</summary>
    None,

    /// <summary>DMARC could not be evaluated because of a permanent error.</summary>
    PermError,

    /// <summary>DMARC could not be evaluated because of a temporary error.</summary>
    TempError,

    /// <summary>The policy requests reject; Microsoft delivered as spam (<c>oreject</c> or <c>o.reject</c>).</summary>
    OverriddenReject,

    /// <summary>The policy requests quarantine; Microsoft did not apply it.</summary>
    OverriddenQuarantine,

    /// <summary>The record's percentage exempted the message from <c>quarantine</c>.</summary>
    PercentageQuarantine,

    /// <summary>The record's percentage exempted the message from <c>reject</c>.</summary>
    PercentageReject,

    /// <summary>The message was quarantined.</summary>
    Quarantine,

    /// <summary>The message was rejected.</summary>
    Reject,
}

/// <summary>A receiver's remarks on policy and handling beside a DMARC result.</summary>
public sealed record DmarcHandling
{
    /// <summary>The policy (Gmail's and Yahoo's <c>p=</c>, or <c>policy.dmarc</c>); null if missing.</summary>
    public DmarcPolicy? Policy { get; internal init; }

    /// <summary>The subdomain policy (<c>sp=</c> in a comment); null if missing.</summary>
    public DmarcPolicy? SubdomainPolicy { get; internal init; }

    /// <summary>The applied policy (Gmail's <c>dis=</c>); null if missing.</summary>
    public DmarcPolicy? Disposition { get; internal init; }

    /// <summary>Microsoft's action; null if missing.</summary>
    public MicrosoftDmarcAction? Action => WrittenAction.Value;

    /// <summary>The written action if Microsoft does not document it; otherwise empty.</summary>
    public string ActionText => WrittenAction.OtherText;

    internal WrittenValue<MicrosoftDmarcAction?> WrittenAction { get; init; }

    /// <summary>The known values in one line.</summary>
    public override string ToString() => string.Join(
        " ",
        new (string Name, string? Value)[]
        {
            ("p", Policy?.ToString()),
            ("sp", SubdomainPolicy?.ToString()),
            ("dis", Disposition?.ToString()),
            ("action", WrittenAction.IsPresent ? WrittenAction.Text : null),
        }
        .Where(part => part.Value is not null)
        .Select(part => part.Name + "=" + part.Value));

    internal static DmarcHandling Read(MethodResult result)
    {
        DmarcPolicy? policy = null;
        DmarcPolicy? subdomain = null;
        DmarcPolicy? disposition = null;
        foreach (string comment in result.Comments)
        {
            foreach (string word in comment.Split([' ', '\t', ',', ';'], StringSplitOptions.RemoveEmptyEntries))
            {
                int equals = word.IndexOf('=');
                string value = word.Substring(equals + 1);
                switch (equals < 0 ? "" : word.Substring(0, equals).ToUpperInvariant())
                {
                    case "P":
                        policy ??= ReadPolicy(value);
                        break;
                    case "SP":
                        subdomain ??= ReadPolicy(value);
                        break;
                    case "DIS" or "D":
                        disposition ??= ReadPolicy(value);
                        break;
                    default:
                        break;
                }
            }
        }

        return new DmarcHandling
        {
            Policy = policy ?? ReadPolicy(result.GetProperty("policy.dmarc") ?? result.GetProperty("policy.published-domain-policy") ?? ""),
            SubdomainPolicy = subdomain ?? ReadPolicy(result.GetProperty("policy.published-subdomain-policy") ?? ""),
            Disposition = disposition ?? ReadPolicy(result.GetProperty("policy.applied-disposition") ?? ""),
            WrittenAction = ReadAction(result.GetProperty("action") ?? ""),
        };
    }

    private static DmarcPolicy? ReadPolicy(string text) => text.ToUpperInvariant() switch
    {
        "NONE" => DmarcPolicy.None,
        "QUARANTINE" => DmarcPolicy.Quarantine,
        "REJECT" => DmarcPolicy.Reject,
        _ => null,
    };

    private static WrittenValue<MicrosoftDmarcAction?> ReadAction(string text) => WrittenValue.Word<MicrosoftDmarcAction>(
        text.ToUpperInvariant() switch
        {
            "" => null,
            "NONE" => MicrosoftDmarcAction.None,
            "PERMERROR" => MicrosoftDmarcAction.PermError,
            "TEMPERROR" => MicrosoftDmarcAction.TempError,
            "OREJECT" or "O.REJECT" => MicrosoftDmarcAction.OverriddenReject,
            "OQUARANTINE" or "O.QUARANTINE" => MicrosoftDmarcAction.OverriddenQuarantine,
            "PCT.QUARANTINE" => MicrosoftDmarcAction.PercentageQuarantine,
            "PCT.REJECT" => MicrosoftDmarcAction.PercentageReject,
            "QUARANTINE" => MicrosoftDmarcAction.Quarantine,
            "REJECT" => MicrosoftDmarcAction.Reject,
            _ => MicrosoftDmarcAction.Unknown,
        },
        text);
}
