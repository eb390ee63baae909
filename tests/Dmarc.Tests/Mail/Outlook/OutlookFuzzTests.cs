using Dmarc.Mail.Outlook;
using FsCheck;
using FsCheck.Fluent;

namespace Dmarc.Tests.Mail.Outlook;

public class OutlookFuzzTests
{
    private static readonly byte[][] Files =
    [
        new OutlookMessageWriter().Received("Subject: x\r\n").Attach("a", "text/plain", new byte[9000]).ToBytes(3),
        new OutlookMessageWriter().Received("Subject: x\r\n").AttachMessage(inner => inner.Received("Subject: y\r\n")).ToBytes(4),
    ];

    /// <summary>Bytes to put somewhere: small numbers and the marks of the format among them, so that links lead to places.</summary>
    private static readonly Gen<(int File, (int Position, byte Value)[] Changes)> Damage =
        from file in Gen.Choose(0, 1)
        from changes in (
            from position in Gen.OneOf(Gen.Choose(0, 600), Gen.Choose(0, Files[file].Length - 1))
            from value in Gen.OneOf(Gen.Elements<byte>(0, 1, 2, 3, 5, 0xFF, 0xFE, 0xFD), Gen.Choose(0, 255).Select(number => (byte)number))
            select (position, value)).ArrayOf()
        select (file, changes);

    [Fact]
    public void No_damage_makes_reading_fail() =>
        Prop.ForAll(Damage.ToArbitrary(), damage =>
        {
            byte[] bytes = [.. Files[damage.File]];
            foreach ((int position, byte value) in damage.Changes)
            {
                bytes[position] = value;
            }

            return Consume(bytes);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));

    [Fact]
    public void No_bytes_make_reading_fail() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            byte[] file = Files[0].AsSpan(0, 512).ToArray();
            return Consume([.. file, .. bytes ?? []]) && Consume(bytes ?? []);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static bool Consume(byte[] bytes)
    {
        OutlookMessage message = OutlookMessage.Parse(bytes);
        long content = message.AllAttachments().Sum(attachment => (long)attachment.Content.Length);
        return message.ToMailMessage().Headers.Count >= 0 && content <= 3L * bytes.Length + 4096 && message.Findings.Count > 0;
    }
}
