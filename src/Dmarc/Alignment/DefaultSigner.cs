using Dmarc.Domains;
using Dmarc.Services;

namespace Dmarc.Alignment;

/// <summary>A service that sends mail for others and, until it is told otherwise, signs with a domain of its own.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Feature">What it calls the set-up of the customer's own domain.</param>
/// <param name="Domains">The domains that it signs with or takes bounces at.</param>
internal sealed record DefaultSigner(string Name, string Feature, params string[] Domains)
{
    private static readonly DefaultSigner[] Known =
    [
        new("Microsoft 365", "DKIM signing for the domain in the Defender portal (Email authentication settings)", "onmicrosoft.com"),
        new("Google Workspace", "Authenticate email in the Admin console (Apps > Google Workspace > Gmail)", "gappssmtp.com"),
        new("Amazon SES", "Easy DKIM and a custom MAIL FROM domain", "amazonses.com"),
        new("Twilio SendGrid", "Domain Authentication", "sendgrid.net", "sendgrid.me", "sendgrid.info"),
        new("Mailchimp", "Email domain authentication", "mcsv.net", "mcdlv.net", "rsgsv.net", "mailchimpapp.net"),
        new("Mailchimp Transactional (Mandrill)", "Sending Domains", "mandrillapp.com"),
        new("Mailgun", "a custom sending domain", "mailgun.org", "mailgun.net"),
        new("Postmark", "DKIM and a custom Return-Path for the domain", "mtasv.net"),
        new("SparkPost", "a sending domain with a custom bounce domain", "sparkpostmail.com"),
        new("Brevo", "domain authentication", "sendinblue.com", "brevo.com", "brevosend.com"),
        new("HubSpot", "a connected email sending domain", "hubspotemail.net", "hubspot.com"),
        new("Salesforce", "DKIM Keys in Setup", "salesforce.com", "exacttarget.com"),
        new("Adobe Marketo Engage", "SPF and DKIM for the domain in Admin > Email", "mktomail.com", "mktdns.com"),
        new("Klaviyo", "a branded sending domain", "klaviyomail.com"),
        new("Constant Contact", "self-authentication of the domain", "ccsend.com", "constantcontact.com"),
        new("Campaign Monitor", "an authenticated sending domain", "createsend.com", "cmail19.com", "cmail20.com"),
        new("Mailjet", "sender domain authentication", "mailjet.com"),
        new("Zendesk", "digital signatures (DKIM) for the support address", "zendesk.com"),
        new("Zoho", "DKIM for the domain", "zcsend.net", "zohomail.com", "zoho.com"),
        new("Shopify", "sender email authentication", "shopifyemail.com"),
        new("Intercom", "a verified sending domain", "intercom-mail.com"),
        new("Benchmark Email", "domain authentication", "bmsend.com", "benchmarkemail.com"),
        new("Blastmail", "DKIM with the sender's own domain", "bme.jp"),
    ];

    /// <summary>The service that a domain belongs to, by its signatures or else by its SPF records; null where none is known.</summary>
    public static DefaultSigner? Find(DomainName? domain)
    {
        if (domain is not null)
        {
            foreach (DomainName name in domain.SelfAndAncestors())
            {
                foreach (DefaultSigner service in Known)
                {
                    if (Array.IndexOf(service.Domains, name.ToString()) >= 0)
                    {
                        return service;
                    }
                }
            }
        }

        return SendingServices.Default.FindBySpfDomain(domain?.ToString()) is { } known
            ? new DefaultSigner(known.Name, Strings.Align_OwnDomainSetUp)
            : null;
    }
}
