using System.Net;
using Dmarc.Standards.AuthenticationResults;

namespace Dmarc.Tests.Standards.AuthenticationResults;

public class ReceivedHeaderTests
{
    [Theory]
    [InlineData(
        "Postfix",
        "from mail.example.com (mail.example.com [192.0.2.1]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519) (No client certificate requested) by mx.example.net (Postfix) with ESMTPS id 4ABC for <u@example.net>; Tue, 3 Jun 2025 10:00:01 +0200 (CEST)",
        "mail.example.com", "mail.example.com", "192.0.2.1", "mx.example.net", "ESMTPS", "1.3", "2025-06-03T10:00:01+02:00")]
    [InlineData(
        "Postfix, no reverse name",
        "from laptop (unknown [IPv6:2001:db8::5]) by mx.example.net (Postfix) with ESMTP id 4ABC; Tue, 3 Jun 2025 10:00:01 +0000",
        "laptop", null, "2001:db8::5", "mx.example.net", "ESMTP", null, "2025-06-03T10:00:01+00:00")]
    [InlineData(
        "Gmail",
        "from mail-sor-f41.google.com (mail-sor-f41.google.com. [209.85.220.41])        by mx.google.com with SMTPS id a1sor123.2.2025.06.03        for <u@example.net>        (Google Transport Security);        Tue, 03 Jun 2025 01:00:00 -0700 (PDT)",
        "mail-sor-f41.google.com", "mail-sor-f41.google.com", "209.85.220.41", "mx.google.com", "SMTPS", null, "2025-06-03T01:00:00-07:00")]
    [InlineData(
        "Gmail with TLS",
        "from out.example.com (out.example.com. [192.0.2.7]) by mx.google.com with ESMTPS id x for <u@example.net> (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256 bits=128/128); Tue, 03 Jun 2025 01:00:00 -0700 (PDT)",
        "out.example.com", "out.example.com", "192.0.2.7", "mx.google.com", "ESMTPS", "1.3", "2025-06-03T01:00:00-07:00")]
    [InlineData(
        "Microsoft",
        "from scanner.contoso.com (192.0.2.77) by DB5EUR02FT004.mail.protection.outlook.com (10.13.58.200) with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.8792.33 via Frontend Transport; Tue, 3 Jun 2025 08:00:02 +0000",
        "scanner.contoso.com", null, "192.0.2.77", "DB5EUR02FT004.mail.protection.outlook.com", "Microsoft SMTP Server", "1.2", "2025-06-03T08:00:02+00:00")]
    [InlineData(
        "Microsoft, IPv6",
        "from AM0PR01.eurprd01.prod.exchangelabs.com (2603:10a6:208::10) by DB9PR01.eurprd01.prod.exchangelabs.com (2603:10a6:10::5) with Microsoft SMTP Server (version=TLS1_2, cipher=X) id 15.20.1; Tue, 3 Jun 2025 08:00:02 +0000",
        "AM0PR01.eurprd01.prod.exchangelabs.com", null, "2603:10a6:208::10", "DB9PR01.eurprd01.prod.exchangelabs.com", "Microsoft SMTP Server", "1.2", "2025-06-03T08:00:02+00:00")]
    [InlineData(
        "Exim",
        "from [192.0.2.8] (helo=client.example.org) by mx.example.net with esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384 (Exim 4.96) (envelope-from <b@example.org>) id 1abc-000 for u@example.net; Tue, 03 Jun 2025 10:00:00 +0200",
        "client.example.org", null, "192.0.2.8", "mx.example.net", "esmtps", "1.3", "2025-06-03T10:00:00+02:00")]
    [InlineData(
        "Exim with a reverse name",
        "from out.example.org ([192.0.2.9]:40112 helo=client.example.org) by mx.example.net with esmtpsa (TLSv1.2:ECDHE-RSA-AES128-GCM-SHA256:128) id 1abc; Tue, 03 Jun 2025 10:00:00 +0200",
        "client.example.org", "out.example.org", "192.0.2.9", "mx.example.net", "esmtpsa", "1.2", "2025-06-03T10:00:00+02:00")]
    [InlineData(
        "Sendmail",
        "from mail.example.com (gw.example.com [192.0.2.20] (may be forged)) by mx.example.net (8.17.1/8.17.1) with ESMTPS id 553AB (version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384 bits=256 verify=NOT) for <u@example.net>; Tue, 3 Jun 2025 10:00:00 GMT",
        "mail.example.com", "gw.example.com", "192.0.2.20", "mx.example.net", "ESMTPS", "1.3", "2025-06-03T10:00:00+00:00")]
    [InlineData(
        "qmail",
        "from unknown (HELO mail.example.com) (192.0.2.30) by mx.example.net with SMTP; 3 Jun 2025 10:00:00 -0000",
        "mail.example.com", null, "192.0.2.30", "mx.example.net", "SMTP", null, "2025-06-03T10:00:00+00:00")]
    [InlineData(
        "qmail with the user behind the connection",
        "from unknown (HELO mail.example.com) (192.0.2.1@192.0.2.30) by mx.example.net with SMTP; 3 Jun 2025 10:00:00 -0000",
        "mail.example.com", null, "192.0.2.30", "mx.example.net", "SMTP", null, "2025-06-03T10:00:00+00:00")]
    [InlineData(
        "Sendmail with the user behind the connection",
        "from mail.example.com (IDENT:root@gw.example.com [192.0.2.20]) by mx.example.net (8.17.1/8.17.1) with ESMTP id 553AB; Tue, 3 Jun 2025 10:00:00 GMT",
        "mail.example.com", "gw.example.com", "192.0.2.20", "mx.example.net", "ESMTP", null, "2025-06-03T10:00:00+00:00")]
    [InlineData(
        "Yahoo",
        "from 192.0.2.31 (EHLO mail.example.com) by 10.217.1.1 with SMTPs (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256); Tue, 03 Jun 2025 08:00:00 +0000",
        "mail.example.com", null, "192.0.2.31", "10.217.1.1", "SMTPs", "1.3", "2025-06-03T08:00:00+00:00")]
    [InlineData(
        "no from",
        "by 2002:a05:6a10:1:b0:1 with SMTP id x; Tue, 3 Jun 2025 01:00:00 -0700 (PDT)",
        null, null, null, "2002:a05:6a10:1:b0:1", "SMTP", null, "2025-06-03T01:00:00-07:00")]
    public void Servers(
        string server, string value, string? helo, string? reverse, string? address, string? by, string? with, string? tls, string date)
    {
        ReceivedHeader header = ReceivedHeader.Parse(value);

        Assert.NotEmpty(server);
        Assert.Equal(helo, header.Helo);
        Assert.Equal(reverse, header.ReverseName);
        Assert.Equal(address is null ? null : IPAddress.Parse(address), header.ClientAddress);
        Assert.Equal(by, header.By);
        Assert.Equal(with, header.With);
        Assert.Equal(tls, header.TlsVersion);
        Assert.Equal(
            DateTimeOffset.Parse(date, System.Globalization.CultureInfo.InvariantCulture),
            ReceivedDate.Read(value.Substring(value.LastIndexOf(';') + 1)));
    }

    [Theory]
    [InlineData("from a by b with ESMTP; Tue, 3 Jun 2025 10:00:00 +0000", false)]
    [InlineData("from a by b with ESMTPS; Tue, 3 Jun 2025 10:00:00 +0000", true)]
    [InlineData("from a by b with ESMTPA; Tue, 3 Jun 2025 10:00:00 +0000", false)]
    [InlineData("from a by b with ESMTPSA; Tue, 3 Jun 2025 10:00:00 +0000", true)]
    [InlineData("from a by b with UTF8SMTPSA; Tue, 3 Jun 2025 10:00:00 +0000", true)]
    [InlineData("from a by b with HTTPS; Tue, 3 Jun 2025 10:00:00 +0000", true)]
    [InlineData("from a by b with LMTP; Tue, 3 Jun 2025 10:00:00 +0000", false)]
    [InlineData("from a (Authenticated sender: u@b) by b with ESMTP; Tue, 3 Jun 2025 10:00:00 +0000", false)]
    public void Protocols(string value, bool encrypted)
    {
        ReceivedHeader header = ReceivedHeader.Parse(value);

        Assert.Equal(encrypted, header.IsEncrypted);
    }

    [Fact]
    public void Sender_and_recipient_of_the_envelope()
    {
        ReceivedHeader header = ReceivedHeader.Parse(
            "from a.example ([192.0.2.1]) by b.example with esmtp (envelope-from <x@a.example>) id 7 for <u@b.example>; Tue, 3 Jun 2025 10:00:00 +0000");

        Assert.Equal("x@a.example", header.EnvelopeFrom);
        Assert.Equal("u@b.example", header.For);
    }

    [Theory]
    [InlineData("3 Jun 2025 10:00 EDT", "2025-06-03T10:00:00-04:00")]
    [InlineData("Tue, 3 Jun 99 10:00:00 (a (nested) comment) +0530", "1999-06-03T10:00:00+05:30")]
    [InlineData("Tue, 31 Feb 2025 10:00:00 +0000", null)]
    [InlineData("Tue, 3 Jun 2025 25:00:00 +0000", null)]
    [InlineData("3 Jun 9999 10:00:00 +0000", null)]
    [InlineData("yesterday", null)]
    [InlineData("", null)]
    public void Dates(string text, string? expected)
    {
        DateTimeOffset? date = ReceivedDate.Read(" " + text);

        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), date);
    }
}
