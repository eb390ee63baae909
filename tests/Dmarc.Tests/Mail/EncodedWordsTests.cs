using Dmarc.Mail;

namespace Dmarc.Tests.Mail;

public class EncodedWordsTests
{
    [Theory]
    // RFC 2047 §8
    [InlineData("=?ISO-8859-1?Q?a?=", "a")]
    [InlineData("=?ISO-8859-1?Q?a?= b", "a b")]
    [InlineData("=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab")]
    [InlineData("=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=", "ab")]
    [InlineData("=?ISO-8859-1?Q?a_b?=", "a b")]
    [InlineData("=?ISO-8859-1?Q?a?= =?UTF-8?Q?_b?=", "a b")]
    [InlineData("=?US-ASCII?Q?Keith_Moore?= <moore@cs.utk.edu>", "Keith Moore <moore@cs.utk.edu>")]
    [InlineData("=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?= =?ISO-8859-1?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=", "If you can read this you understand the example.")]
    [InlineData("=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße")]
    [InlineData("=?UTF-8*de?Q?Gr=C3=BC=C3=9Fe?=", "Grüße")]
    // One character cut in two.
    [InlineData("=?utf-8?Q?=C3?= =?utf-8?Q?=BC?=", "ü")]
    [InlineData("=?utf-8?Q?with spaces?=", "with spaces")]
    // What cannot be read stays.
    [InlineData("=?no-such-set?Q?a?=", "=?no-such-set?Q?a?=")]
    [InlineData("=?utf-8?X?a?=", "=?utf-8?X?a?=")]
    [InlineData("=?utf-8?Q?a", "=?utf-8?Q?a")]
    [InlineData("a =? b", "a =? b")]
    [InlineData("plain", "plain")]
    [InlineData("=?utf-8?Q?=ZZ?=", "=ZZ")]
    [InlineData("=?utf-8?B?SGk?= there", "Hi there")]
    [InlineData("=?utf-8?Q?raw_\U0001F600?=", "raw \U0001F600")]
    [InlineData(null, "")]
    public void Words_are_read(string? text, string expected) => Assert.Equal(expected, EncodedWords.Decode(text));

    [SkippableTheory]
    [InlineData("iso-2022-jp", "=?ISO-2022-JP?B?GyRCRnxLXDhsGyhC?=", "日本語")]
    [InlineData("shift_jis", "=?Shift_JIS?B?k/qWe4zq?=", "日本語")]
    [InlineData("gb2312", "=?GB2312?B?1tDOxA==?=", "中文")]
    [InlineData("koi8-r", "=?koi8-r?B?8NLJ18XU?=", "Привет")]
    [InlineData("windows-1251", "=?windows-1251?B?z/Do4uXy?=", "Привет")]
    [InlineData("iso-8859-2", "=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_=B1?=", "a ą")]
    [InlineData("iso-8859-15", "=?iso-8859-15?Q?=A4?=", "€")]
    [InlineData("big5", "=?big5?B?pKSk5Q==?=", "中文")]
    public void Sets_of_the_platform_are_read(string charset, string text, string expected)
    {
        // Where the .NET Standard build runs outside Windows PowerShell, the platform may know fewer sets.
        Skip.IfNot(Charsets.TryGet(charset, out _), "The platform has no encoding of the name " + charset + ".");
        Assert.Equal(expected, EncodedWords.Decode(text));
    }
}
