using Dmarc.Text;

namespace Dmarc.Standards.Bimi;

/// <summary>The findings about BIMI, by draft-brand-indicators-for-message-identification.</summary>
public static class BimiFindings
{
    private const string Draft = "draft-brand-indicators-for-message-identification";

    /// <summary>There are several records.</summary>
    public static readonly FindingDescriptor Multiple = new("BimiMultiple", Severity.Error, Draft);

    /// <summary>The record does not begin exactly as it has to.</summary>
    public static readonly FindingDescriptor VersionWrong = new("BimiVersionWrong", Severity.Error, Draft);

    /// <summary>A tag of the record does not fit the grammar.</summary>
    public static readonly FindingDescriptor TagInvalid = new("BimiTagInvalid", Severity.Error, Draft);

    /// <summary>The avatar preference is not one that the draft knows.</summary>
    public static readonly FindingDescriptor PreferenceUnknown = new("BimiPreferenceUnknown", Severity.Warning, Draft);

    /// <summary>The address of the logo or the certificate is not one that is fetched from.</summary>
    public static readonly FindingDescriptor UriInvalid = new("BimiUriInvalid", Severity.Error, Draft);

    /// <summary>The record names no logo.</summary>
    public static readonly FindingDescriptor LogoMissing = new("BimiLogoMissing", Severity.Error, Draft);

    /// <summary>The record names no certificate.</summary>
    public static readonly FindingDescriptor CertificateMissing = new("BimiCertificateMissing", Severity.Information, Draft);

    /// <summary>The DMARC policy is not strict enough for a logo to be shown.</summary>
    public static readonly FindingDescriptor PolicyTooWeak = new("BimiPolicyTooWeak", Severity.Warning, Draft);

    /// <summary>The logo could not be fetched.</summary>
    public static readonly FindingDescriptor LogoUnreachable = new("BimiLogoUnreachable", Severity.Error, Draft);

    /// <summary>The logo is not of the form that is asked for.</summary>
    public static readonly FindingDescriptor LogoInvalid = new("BimiLogoInvalid", Severity.Error, "draft-svg-tiny-ps-abrotman");

    /// <summary>The logo is larger than it should be.</summary>
    public static readonly FindingDescriptor LogoLarge = new("BimiLogoLarge", Severity.Warning, Draft);

    /// <summary>The certificate could not be fetched.</summary>
    public static readonly FindingDescriptor CertificateUnreachable = new("BimiCertificateUnreachable", Severity.Error, Draft);

    /// <summary>The certificate cannot be used for the mark.</summary>
    public static readonly FindingDescriptor CertificateInvalid = new("BimiCertificateInvalid", Severity.Error, "draft-fetch-validation-vmc-wchuang");

    /// <summary>The certificate ends soon.</summary>
    public static readonly FindingDescriptor CertificateEndsSoon = new("BimiCertificateEndsSoon", Severity.Warning);
}
