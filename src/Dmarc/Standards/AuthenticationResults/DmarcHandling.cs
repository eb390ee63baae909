using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Standards.AuthenticationResults;

/// <summary>What Microsoft did with a message that failed DMARC (<c>action=</c>).</summary>
public enum MicrosoftDmarcAction
{
    /// <summary>An action that is not known here; it is kept as text.</summary>
    Unknown,

    /// <summary>Nothing was done.</summary>
    None,

    /// <summary>DMARC could not be evaluated, and will not be.</summary>
    PermError,

    /// <summary>DMARC could not be evaluated for the moment.</summary>
    TempError,

    /// <summary>The policy asks to reject; Microsoft delivered as spam instead (<c>oreject</c> or <c>o.reject</c>).</summary>
    OverriddenReject,

    /// <summary>The policy asks to quarantine; Microsoft did not.</summary>
    OverriddenQuarantine,

    /// <summary>The message escaped <c>quarantine</c> by the record's percentage.</summary>
    PercentageQuarantine,

    /// <summary>The message escaped <c>reject</c> by the record's percentage.</summary>
    PercentageReject,

    /// <summary>The message was quarantined.</summary>
    Quarantine,

    /// <summary>The message was rejected.</summary>
    Reject,
}

/// <summary>What a receiver wrote about policy and handling beside a DMARC result.</summary>
public sealed record DmarcHandling
{
    /// <summary>The policy of the record (Gmail's and Yahoo's <c>p=</c> in a comment, or <c>policy.dmarc</c>); null if none is written.</summary>
    public DmarcPolicy? Policy { get; internal init; }

    /// <summary>The subdomain policy of the record (<c>sp=</c> in a comment); null if none is written.</summary>
    public DmarcPolicy? SubdomainPolicy { get; internal init; }

    /// <summary>What the receiver applied (Gmail's <c>dis=</c>); null if it is not written.</summary>
    public DmarcPolicy? Disposition { get; internal init; }

    /// <summary>Microsoft's action; null if none is written.</summary>
    public MicrosoftDmarcAction? Action => WrittenAction.Value;

    /// <summary>What is written as the action if that is none of Microsoft's words; else empty.</summary>
    public string ActionText => WrittenAction.OtherText;

    internal WrittenValue<MicrosoftDmarcAction?> WrittenAction { get; init; }

    /// <summary>What is known, in one line.</summary>
    public override string ToString()
    {
        List<string> parts = [];
        Add("p", Policy?.ToString());
        Add("sp", SubdomainPolicy?.ToString());
        Add("dis", Disposition?.ToString());
        Add("action", WrittenAction.IsPresent ? WrittenAction.Text : null);
        return string.Join(" ", parts);

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                parts.Add(name + "=" + value);
            }
        }
    }

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
