using Dmarc.Standards.Dkim;

namespace Dmarc.Tests.Standards.Dkim;

public class Ed25519Tests
{
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
        Assert.True(Ed25519.Verify(keyBytes, messageBytes, signatureBytes));

        for (int bit = 0; bit < 512; bit += 5)
        {
            byte[] changed = (byte[])signatureBytes.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Ed25519.Verify(keyBytes, messageBytes, changed));
        }

        Assert.False(Ed25519.Verify(keyBytes, [.. messageBytes, 0], signatureBytes));
        Assert.False(Ed25519.Verify(Convert.FromHexString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511b"), messageBytes, signatureBytes));
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

        Assert.False(Ed25519.Verify(key, [], signature));
    }

    [Theory]
    [InlineData(0, 64)]
    [InlineData(31, 64)]
    [InlineData(33, 64)]
    [InlineData(32, 0)]
    [InlineData(32, 63)]
    [InlineData(32, 65)]
    public void Wrong_lengths_never_verify(int keyLength, int signatureLength) =>
        Assert.False(Ed25519.Verify(new byte[keyLength], "x"u8, new byte[signatureLength]));

    [Theory]
    // Not on the curve; y not below 2^255 - 19; x = 0 with its sign bit set.
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")]
    public void Bytes_that_are_no_point_are_refused(string point) =>
        Assert.Null(Ed25519Point.Read(Convert.FromHexString(point)));

    [Fact]
    public void A_point_is_written_as_it_was_read()
    {
        byte[] point = Convert.FromHexString("5866666666666666666666666666666666666666666666666666666666666666");
        Assert.Equal(point, Ed25519Point.Base.Write());
        Assert.Equal(point, Ed25519Point.Read(point)!.Write());
    }

    [Fact]
    public void Numbers_are_reduced_to_below_the_order()
    {
        byte[] order = Convert.FromHexString("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        Assert.All(Ed25519.Reduce([.. order, .. new byte[32]]), word => Assert.Equal(0u, word));
        Assert.Equal(1u, Ed25519.Reduce([(byte)(order[0] + 1), .. order[1..], .. new byte[32]])[0]);
    }
}
