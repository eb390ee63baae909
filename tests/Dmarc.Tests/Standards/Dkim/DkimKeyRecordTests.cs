using Dmarc.Standards.Dkim;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Standards.Dkim;

public class DkimKeyRecordTests
{
    private const string Rsa1024 =
        "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ"
        + "/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB";

    private const string BareRsa1024 =
        "MIGJAoGBAOQeU5CgFPNZGIazlXo2k/eJ1jpaTTxrmqF1HrDLlt04pvaMtCJj8nXoliLRC/H9vJjMI1vdb3XLcW60AIN/PBD8EL97/y4GwJH7LPUvGP48vqUe+owq"
        + "szesbiGy1PlCO8c70/OjFnJVgvMF87YR4Lcincb7aSvI5MgpP6X8rjDdAgMBAAE=";

    private const string Ed25519Key = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    [Theory]
    [InlineData("v=DKIM1; k=rsa; p=" + Rsa1024, DkimKeyType.Rsa, 1024, "DkimKeyWeak")]
    [InlineData("p=" + Rsa1024, DkimKeyType.Rsa, 1024, "DkimKeyWeak")]
    [InlineData("v = DKIM1 ;\r\n p=" + Rsa1024 + ";", DkimKeyType.Rsa, 1024, "DkimKeyWeak")]
    [InlineData("v=DKIM1; p=" + BareRsa1024, DkimKeyType.Rsa, 1024, "DkimKeyWeak")]
    [InlineData("v=DKIM1; k=ed25519; p=" + Ed25519Key, DkimKeyType.Ed25519, 256, "")]
    [InlineData("v=DKIM1; h=sha1:sha256; k=ed25519; s=email; t=s; p=" + Ed25519Key, DkimKeyType.Ed25519, 256, "")]
    [InlineData("v=DKIM1; k=ed25519; t=y:s; p=" + Ed25519Key, DkimKeyType.Ed25519, 256, "DkimKeyTesting")]
    [InlineData("v=DKIM1; k=ed25519; h=sha1; p=" + Ed25519Key, DkimKeyType.Ed25519, 256, "DkimKeyHashUnusable")]
    [InlineData("v=DKIM1; k=ed25519; s=tlsrpt; p=" + Ed25519Key, DkimKeyType.Ed25519, 256, "DkimKeyForTlsReports")]
    [InlineData("v=DKIM1; k=ed25519; s=other; p=" + Ed25519Key, DkimKeyType.Ed25519, 256, "DkimKeyNotForMail")]
    [InlineData("v=DKIM1; k=ed25519; g=*; p=" + Ed25519Key, DkimKeyType.Ed25519, 256, "DkimKeyGranularity")]
    [InlineData("k=ed25519; v=DKIM1; p=" + Ed25519Key, DkimKeyType.Ed25519, 256, "DkimKeyVersionNotFirst")]
    [InlineData("v=DKIM1; k=ed25519; n=a note; unknown=1; p=11qYAYKxCrfVS/7Ty WQHOg7hcvPapiMlrwIaaPcHURo", DkimKeyType.Ed25519, 256, "")]
    public void A_sound_record_is_usable(string text, DkimKeyType type, int size, string finding)
    {
        DkimKeyRecord record = DkimKeyRecord.Parse(text);
        Assert.True(record.IsUsable);
        Assert.False(record.IsRevoked);
        Assert.Equal(type, record.KeyType);
        Assert.Equal(size, record.KeySize);
        Assert.Equal(finding, string.Join(",", record.Findings.Select(item => item.Code)));
    }

    [Theory]
    [InlineData("", "DkimKeyMissing")]
    [InlineData("v=DKIM1; k=rsa", "DkimKeyMissing")]
    [InlineData("v=DKIM2; p=" + Rsa1024, "DkimKeyVersionWrong,DkimKeyWeak")]
    [InlineData("v=dkim1; k=ed25519; p=" + Ed25519Key, "DkimKeyVersionWrong")]
    [InlineData("v=DKIM1: g=*; k=ed25519; p=" + Ed25519Key, "DkimKeyVersionWrong")]
    [InlineData("v=DKIM1; k=dsa; p=" + Rsa1024, "DkimKeyTypeUnknown")]
    [InlineData("v=DKIM1; k=RSA; p=" + Rsa1024, "DkimKeyTypeUnknown")]
    [InlineData("v=DKIM1; p=MIGf*A0G", "DkimKeyBase64Damaged")]
    [InlineData("v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQ", "DkimKeyNotRsa")]
    [InlineData("v=DKIM1; p=" + Ed25519Key, "DkimKeyOfOtherType")]
    [InlineData("v=DKIM1; k=ed25519; p=" + Rsa1024, "DkimKeyOfOtherType")]
    [InlineData("v=DKIM1; k=ed25519; p=MC4CAQAwBQYDK2VwBCIEIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH", "DkimKeyPrivate")]
    [InlineData("v=DKIM1; p=MC4CAQAwBQYDK2VwBCIEIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH", "DkimKeyPrivate")]
    [InlineData("v=DKIM1; p=MAkCAQACASECAQM=", "DkimKeyPrivate")]
    [InlineData("v=DKIM1; p=MAMCAQA=", "DkimKeyNotRsa")]
    [InlineData("v=DKIM1; p=-----BEGIN PUBLIC KEY----- MIGf", "DkimKeyBase64Damaged")]
    [InlineData("v=DKIM1; k=ed25519; p=AAAA", "DkimKeyNotEd25519")]
    [InlineData("v=DKIM1; k=ed25519; k=ed25519; p=" + Ed25519Key, "DkimKeyDuplicateTag")]
    [InlineData("v=DKIM1; nonsense; k=ed25519; p=" + Ed25519Key, "DkimKeySyntax")]
    [InlineData("v=DKIM1; 1k=ed25519; k=ed25519; p=" + Ed25519Key, "DkimKeySyntax")]
    [InlineData("v=DKIM1\\; k=ed25519\\; p=" + Ed25519Key, "DkimKeyEscaped,DkimKeyVersionWrong,DkimKeyTypeUnknown")]
    public void A_broken_record_is_not_usable(string text, string findings)
    {
        DkimKeyRecord record = DkimKeyRecord.Parse(text);
        Assert.False(record.IsUsable);
        Assert.False(record.IsRevoked);
        Assert.Equal(findings, string.Join(",", record.Findings.Select(item => item.Code)));
    }

    [Theory]
    [InlineData("v=DKIM1; p=")]
    [InlineData("v=DKIM1; k=ed25519; p= ;")]
    public void An_empty_key_is_a_revoked_one(string text)
    {
        DkimKeyRecord record = DkimKeyRecord.Parse(text);
        Assert.True(record.IsRevoked);
        Assert.False(record.IsUsable);
        Assert.Equal("DkimKeyRevoked", Assert.Single(record.Findings).Code);
    }

    [Fact]
    public void Flags_and_lists_are_read()
    {
        DkimKeyRecord record = DkimKeyRecord.Parse("v=DKIM1; h= sha1 : sha256; s=email:tlsrpt; t=y : s; n=note; k=ed25519; p=" + Ed25519Key);
        Assert.True(record.IsTesting);
        Assert.True(record.RequiresExactIdentity);
        Assert.True(record.AllowsSha256);
        Assert.True(record.IsForMail);
        Assert.Equal(["sha1", "sha256"], record.HashAlgorithms);
        Assert.Equal(["email", "tlsrpt"], record.ServiceTypes);
        Assert.Equal("note", record.Notes);
    }

    [Fact]
    public void Positions_point_into_the_record()
    {
        string text = "v=DKIM1; k=dsa; p=AAAA";
        Assert.Equal(text.IndexOf("dsa", StringComparison.Ordinal), DkimKeyRecord.Parse(text).Findings[0].Position);
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("3080")]
    [InlineData("3084ffffffff")]
    [InlineData("3003020101")]
    [InlineData("300602010002017f")]
    [InlineData("300d06092a864886f70d0101010500")]
    [InlineData("3013300d06092a864886f70d01010105000302ff00")]
    public void Broken_DER_is_no_key(string hex) => Assert.Null(RsaPublicKeyReader.Read(Convert.FromHexString(hex)));

    [ConformanceTheory]
    [InlineData("test.txt", true)]
    [InlineData("badversion.txt", false)]
    [InlineData("badk.txt", false)]
    public void Records_of_dkimpy(string file, bool usable) =>
        Assert.Equal(usable, DkimKeyRecord.Parse(File.ReadAllText(TestFiles.Conformance("dkim", "dkimpy", file)).TrimEnd()).IsUsable);
}
