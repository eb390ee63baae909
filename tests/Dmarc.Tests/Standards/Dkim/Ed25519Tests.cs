using Dmarc.Libraries;
using Dmarc.Standards.Dkim;

namespace Dmarc.Tests.Standards.Dkim;

public class Ed25519Tests
{
    private static readonly byte[] Field = Convert.FromHexString("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

    private static IEd25519 Curve => LibraryAdapters.Get<IEd25519>();

    [Theory]
    // RFC 8032 §7.1
    [InlineData(
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData(
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    // RFC 8032 §7.1, TEST SHA(abc)
    [InlineData(
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704")]
    public void A_signature_of_the_standard_verifies_and_no_changed_one_does(string key, string message, string signature)
    {
        byte[] keyBytes = Convert.FromHexString(key);
        byte[] messageBytes = Convert.FromHexString(message);
        byte[] signatureBytes = Convert.FromHexString(signature);
        Assert.True(Curve.Verify(keyBytes, messageBytes, signatureBytes));

        for (int bit = 0; bit < 512; bit += 5)
        {
            byte[] changed = (byte[])signatureBytes.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Curve.Verify(keyBytes, messageBytes, changed));
        }

        Assert.False(Curve.Verify(keyBytes, [.. messageBytes, 0], signatureBytes));
        Assert.False(Curve.Verify(Convert.FromHexString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511b"), messageBytes, signatureBytes));
    }

    [Fact]
    public void A_signature_number_above_the_order_never_verifies()
    {
        // RFC 8032 §5.1.7: s + L is the same number modulo the order L, but another signature.
        byte[] key = Convert.FromHexString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        byte[] signature = Convert.FromHexString(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        byte[] order = Convert.FromHexString("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        int carry = 0;
        for (int i = 0; i < 32; i++)
        {
            carry += signature[32 + i] + order[i];
            signature[32 + i] = (byte)carry;
            carry >>= 8;
        }

        Assert.False(Curve.Verify(key, [], signature));
    }

    [Theory]
    [InlineData(0, 64)]
    [InlineData(31, 64)]
    [InlineData(33, 64)]
    [InlineData(32, 0)]
    [InlineData(32, 63)]
    [InlineData(32, 65)]
    public void Wrong_lengths_never_verify(int keyLength, int signatureLength) =>
        Assert.False(Curve.Verify(new byte[keyLength], [120], new byte[signatureLength]));

    [Theory]
    // RFC 8032 §5.1.3: not on the curve; x = 0 with its sign bit set.
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")]
    // The points of order 1, 2, 4 and 8: with these as a key, signatures can be made without a private key.
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa")]
    public void Bytes_that_are_no_sound_key_are_refused(string hex)
    {
        byte[] key = Convert.FromHexString(hex);
        Assert.False(Curve.IsSound(key));

        // S = 0 and R = A or the neutral point would verify for some messages.
        byte[] neutral = [1, .. new byte[31]];
        Assert.All(Enumerable.Range(0, 16), number => Assert.False(
            Curve.Verify(key, [(byte)number], [.. key, .. new byte[32]]) || Curve.Verify(key, [(byte)number], [.. neutral, .. new byte[32]])));
    }

    [Fact]
    public void A_number_that_is_not_below_that_of_the_field_is_no_key()
    {
        // 2^255 - 19 + n for the n that fit: the same points, written in another way. Both signs.
        for (int n = 0; n < 19; n++)
        {
            byte[] key = [(byte)(Field[0] + n), .. Field[1..]];
            Assert.False(Curve.IsSound(key));
            key[31] |= 0x80;
            Assert.False(Curve.IsSound(key));
        }
    }

    [Theory]
    [InlineData("5866666666666666666666666666666666666666666666666666666666666666")]
    [InlineData("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")]
    // The greatest numbers of points below that of the field.
    [InlineData("eaffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public void A_key_that_is_sound_is_taken(string key) => Assert.True(Curve.IsSound(Convert.FromHexString(key)));

    [Fact]
    public void Parts_of_a_signature_that_are_changed_or_exchanged_never_verify()
    {
        byte[] key = Convert.FromHexString("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        byte[] signature = Convert.FromHexString(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
        byte[] r = signature[..32];
        byte[] s = signature[32..];
        byte[] zero = new byte[32];
        byte[] most = [.. Enumerable.Repeat((byte)0xFF, 32)];
        byte[] order = Convert.FromHexString("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        Assert.True(Curve.Verify(key, [0x72], signature));
        foreach (byte[] changed in new byte[][]
        {
            [.. s, .. r], [.. zero, .. s], [.. r, .. zero], [.. zero, .. zero], [.. most, .. most], [.. r, .. most], [.. most, .. s],
            [.. r, .. order], [.. Field, .. s], [.. r, .. r], [.. s, .. s], [.. key, .. s],
            [.. r, .. s[..31], (byte)(s[31] | 0x80)], [.. r, .. s[..31], (byte)(s[31] | 0x40)],
            [.. r, .. s[..31], (byte)(s[31] | 0x20)],
        })
        {
            Assert.False(Curve.Verify(key, [0x72], changed));
        }
    }
}
