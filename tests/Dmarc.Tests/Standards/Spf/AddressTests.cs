using System.Net;
using Dmarc.Domains;
using FsCheck;
using FsCheck.Fluent;

namespace Dmarc.Tests.Standards.Spf;

public class AddressTests
{
    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.0/24")]
    [InlineData("192.0.2.7/24", "192.0.2.0/24")]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("2001:DB8::1/32", "2001:db8::/32")]
    [InlineData("::", "::")]
    [InlineData("1::", "1::")]
    [InlineData("::ffff:1.2.3.4", "::ffff:1.2.3.4")]
    [InlineData("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8")]
    [InlineData("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304")]
    [InlineData("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0")]
    public void Reads_blocks(string text, string expected)
    {
        Assert.True(AddressBlock.TryParse(text, out AddressBlock block));
        Assert.Equal(expected, block.ToString());
    }

    [Theory]
    [InlineData("192.0.2")]
    [InlineData("192.0.2.256")]
    [InlineData("192.0.02.1")]
    [InlineData("192.0.2.1/33")]
    [InlineData("192.0.2.1/08")]
    [InlineData("192.0.2.1/")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1::2::3")]
    [InlineData(":1::")]
    [InlineData("1:")]
    [InlineData("12345::")]
    [InlineData("::1.2.3")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("::1/129")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[::1]")]
    [InlineData("")]
    public void Refuses_what_is_no_block(string text) => Assert.False(AddressBlock.TryParse(text, out _));

    [Fact]
    public void Reads_every_IPv6_address_as_the_framework_does() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>().Filter(bytes => bytes is { Length: >= 16 }),
        bytes =>
        {
            IPAddress address = new(bytes[..16]);
            return AddressText.TryReadIPv6(address.ToString(), 0, address.ToString().Length, out AddressNumber number)
                && number.ToIPAddress().Equals(address);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_IPv4_mapped_address_is_the_IPv4_address()
    {
        Assert.True(AddressBlock.TryParse("192.0.2.0/24", out AddressBlock block));

        Assert.True(block.Contains(IPAddress.Parse("::ffff:192.0.2.9")));
        Assert.False(block.Contains(IPAddress.Parse("2001:db8::1")));
    }

    [Theory]
    [InlineData("10.0.0.0/24,10.0.1.0/24", "10.0.0.0/23")]
    [InlineData("10.0.0.1,10.0.0.2", "10.0.0.1,10.0.0.2")]
    [InlineData("10.0.0.0/25,10.0.0.128/26,10.0.0.192/26", "10.0.0.0/24")]
    [InlineData("10.0.0.0/8,10.1.2.3", "10.0.0.0/8")]
    [InlineData("0.0.0.0/1,128.0.0.0/1", "0.0.0.0/0")]
    [InlineData("::/1,8000::/1", "::/0")]
    [InlineData("2001:db8::/33,2001:db8:8000::/33,10.0.0.0/32", "10.0.0.0,2001:db8::/32")]
    public void Covers_with_the_fewest_blocks(string blocks, string expected) =>
        Assert.Equal(expected, string.Join(",", Set(blocks).ToBlocks()));

    [Theory]
    [InlineData("10.0.0.0/24", "10.0.0.0/25", "10.0.0.128/25")]
    [InlineData("10.0.0.0/30", "10.0.0.1", "10.0.0.0,10.0.0.2/31")]
    [InlineData("10.0.0.0/24", "10.0.0.0/8", "")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0", "")]
    [InlineData("::/0", "8000::/1", "::/1")]
    [InlineData("10.0.0.0/24", "2001:db8::/32", "10.0.0.0/24")]
    [InlineData("10.0.0.0/30,10.0.0.8/30", "10.0.0.2/31,10.0.0.8/31", "10.0.0.0/31,10.0.0.10/31")]
    public void Takes_away_exactly(string from, string what, string expected) =>
        Assert.Equal(expected, string.Join(",", Set(from).Except(Set(what)).ToBlocks()));

    [Fact]
    public void Set_operations_agree_with_membership()
    {
        Gen<AddressBlock> block = from value in Gen.Choose(0, 63)
                                  from length in Gen.Choose(26, 32)
                                  select new AddressBlock(new AddressNumber((uint)value), length);
        Arbitrary<(AddressBlock[] Left, AddressBlock[] Right)> pairs = (from left in block.ArrayOf()
                                                                        from right in block.ArrayOf()
                                                                        select (left, right)).ToArbitrary();
        Prop.ForAll(pairs, pair =>
        {
            AddressSet left = AddressSet.Of(pair.Left);
            AddressSet right = AddressSet.Of(pair.Right);
            AddressSet again = AddressSet.Of(left.ToBlocks());
            long count = 0;
            for (uint value = 0; value < 64; value++)
            {
                AddressNumber address = new(value);
                bool inLeft = pair.Left.Any(each => each.Contains(address));
                bool inRight = pair.Right.Any(each => each.Contains(address));
                count += inLeft ? 1 : 0;
                if (left.Contains(address) != inLeft
                    || again.Contains(address) != inLeft
                    || left.Except(right).Contains(address) != (inLeft && !inRight)
                    || left.Union(right).Contains(address) != (inLeft || inRight))
                {
                    return false;
                }
            }

            return left.CountIPv4() == count;
        }).QuickCheckThrowOnFailure();
    }

    private static AddressSet Set(string blocks) => AddressSet.Of(blocks.Split(',').Select(text =>
        AddressBlock.TryParse(text, out AddressBlock block) ? block : throw new FormatException(text)));
}
