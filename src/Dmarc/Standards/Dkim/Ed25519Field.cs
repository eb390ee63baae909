namespace Dmarc.Standards.Dkim;

/// <summary>
/// A number modulo 2^255 - 19, in ten limbs of 26 and 25 bits by turns. The limbs are signed and may pass their width a
/// little between operations; <see cref="Write"/> gives the one canonical form.
/// </summary>
internal readonly struct Ed25519Field
{
    /// <summary>How many bytes a written number has.</summary>
    public const int Length = 32;

    private readonly long _0, _1, _2, _3, _4, _5, _6, _7, _8, _9;

    private Ed25519Field(long l0, long l1, long l2, long l3, long l4, long l5, long l6, long l7, long l8, long l9)
    {
        (_0, _1, _2, _3, _4, _5, _6, _7, _8, _9) = (l0, l1, l2, l3, l4, l5, l6, l7, l8, l9);
    }

    /// <summary>The number 0.</summary>
    public static Ed25519Field Zero => default;

    /// <summary>The number 1.</summary>
    public static Ed25519Field One => FromSmall(1);

    /// <summary>A number below 2^25.</summary>
    public static Ed25519Field FromSmall(int value) => new(value, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Reads 32 bytes, the lowest first; the highest bit does not count.</summary>
    public static Ed25519Field Read(ReadOnlySpan<byte> bytes) => new(
        Bits(bytes, 0, 26),
        Bits(bytes, 26, 25),
        Bits(bytes, 51, 26),
        Bits(bytes, 77, 25),
        Bits(bytes, 102, 26),
        Bits(bytes, 128, 25),
        Bits(bytes, 153, 26),
        Bits(bytes, 179, 25),
        Bits(bytes, 204, 26),
        Bits(bytes, 230, 25));

    public static Ed25519Field operator +(in Ed25519Field a, in Ed25519Field b) => new(
        a._0 + b._0, a._1 + b._1, a._2 + b._2, a._3 + b._3, a._4 + b._4, a._5 + b._5, a._6 + b._6, a._7 + b._7, a._8 + b._8, a._9 + b._9);

    public static Ed25519Field operator -(in Ed25519Field a, in Ed25519Field b) => new(
        a._0 - b._0, a._1 - b._1, a._2 - b._2, a._3 - b._3, a._4 - b._4, a._5 - b._5, a._6 - b._6, a._7 - b._7, a._8 - b._8, a._9 - b._9);

    public static Ed25519Field operator -(in Ed25519Field a) => Zero - a;

    public static Ed25519Field operator *(in Ed25519Field a, in Ed25519Field b)
    {
        (long a0, long a1, long a2, long a3, long a4) = (a._0, a._1, a._2, a._3, a._4);
        (long a5, long a6, long a7, long a8, long a9) = (a._5, a._6, a._7, a._8, a._9);
        (long b0, long b1, long b2, long b3, long b4) = (b._0, b._1, b._2, b._3, b._4);
        (long b5, long b6, long b7, long b8, long b9) = (b._5, b._6, b._7, b._8, b._9);
        long r0 = (a0 * b0) + (38 * a1 * b9) + (19 * a2 * b8) + (38 * a3 * b7) + (19 * a4 * b6)
            + (38 * a5 * b5) + (19 * a6 * b4) + (38 * a7 * b3) + (19 * a8 * b2) + (38 * a9 * b1);
        long r1 = (a0 * b1) + (a1 * b0) + (19 * a2 * b9) + (19 * a3 * b8) + (19 * a4 * b7)
            + (19 * a5 * b6) + (19 * a6 * b5) + (19 * a7 * b4) + (19 * a8 * b3) + (19 * a9 * b2);
        long r2 = (a0 * b2) + (2 * a1 * b1) + (a2 * b0) + (38 * a3 * b9) + (19 * a4 * b8)
            + (38 * a5 * b7) + (19 * a6 * b6) + (38 * a7 * b5) + (19 * a8 * b4) + (38 * a9 * b3);
        long r3 = (a0 * b3) + (a1 * b2) + (a2 * b1) + (a3 * b0) + (19 * a4 * b9)
            + (19 * a5 * b8) + (19 * a6 * b7) + (19 * a7 * b6) + (19 * a8 * b5) + (19 * a9 * b4);
        long r4 = (a0 * b4) + (2 * a1 * b3) + (a2 * b2) + (2 * a3 * b1) + (a4 * b0)
            + (38 * a5 * b9) + (19 * a6 * b8) + (38 * a7 * b7) + (19 * a8 * b6) + (38 * a9 * b5);
        long r5 = (a0 * b5) + (a1 * b4) + (a2 * b3) + (a3 * b2) + (a4 * b1)
            + (a5 * b0) + (19 * a6 * b9) + (19 * a7 * b8) + (19 * a8 * b7) + (19 * a9 * b6);
        long r6 = (a0 * b6) + (2 * a1 * b5) + (a2 * b4) + (2 * a3 * b3) + (a4 * b2)
            + (2 * a5 * b1) + (a6 * b0) + (38 * a7 * b9) + (19 * a8 * b8) + (38 * a9 * b7);
        long r7 = (a0 * b7) + (a1 * b6) + (a2 * b5) + (a3 * b4) + (a4 * b3)
            + (a5 * b2) + (a6 * b1) + (a7 * b0) + (19 * a8 * b9) + (19 * a9 * b8);
        long r8 = (a0 * b8) + (2 * a1 * b7) + (a2 * b6) + (2 * a3 * b5) + (a4 * b4)
            + (2 * a5 * b3) + (a6 * b2) + (2 * a7 * b1) + (a8 * b0) + (38 * a9 * b9);
        long r9 = (a0 * b9) + (a1 * b8) + (a2 * b7) + (a3 * b6) + (a4 * b5)
            + (a5 * b4) + (a6 * b3) + (a7 * b2) + (a8 * b1) + (a9 * b0);
        return Carry(r0, r1, r2, r3, r4, r5, r6, r7, r8, r9);
    }

    /// <summary>The number times itself.</summary>
    public Ed25519Field Square()
    {
        (long a0, long a1, long a2, long a3, long a4) = (_0, _1, _2, _3, _4);
        (long a5, long a6, long a7, long a8, long a9) = (_5, _6, _7, _8, _9);
        long r0 = (a0 * a0) + (76 * a1 * a9) + (38 * a2 * a8) + (76 * a3 * a7) + (38 * a4 * a6)
            + (38 * a5 * a5);
        long r1 = (2 * a0 * a1) + (38 * a2 * a9) + (38 * a3 * a8) + (38 * a4 * a7) + (38 * a5 * a6);
        long r2 = (2 * a0 * a2) + (2 * a1 * a1) + (76 * a3 * a9) + (38 * a4 * a8) + (76 * a5 * a7)
            + (19 * a6 * a6);
        long r3 = (2 * a0 * a3) + (2 * a1 * a2) + (38 * a4 * a9) + (38 * a5 * a8) + (38 * a6 * a7);
        long r4 = (2 * a0 * a4) + (4 * a1 * a3) + (a2 * a2) + (76 * a5 * a9) + (38 * a6 * a8)
            + (38 * a7 * a7);
        long r5 = (2 * a0 * a5) + (2 * a1 * a4) + (2 * a2 * a3) + (38 * a6 * a9) + (38 * a7 * a8);
        long r6 = (2 * a0 * a6) + (4 * a1 * a5) + (2 * a2 * a4) + (2 * a3 * a3) + (76 * a7 * a9)
            + (19 * a8 * a8);
        long r7 = (2 * a0 * a7) + (2 * a1 * a6) + (2 * a2 * a5) + (2 * a3 * a4) + (38 * a8 * a9);
        long r8 = (2 * a0 * a8) + (4 * a1 * a7) + (2 * a2 * a6) + (4 * a3 * a5) + (a4 * a4)
            + (38 * a9 * a9);
        long r9 = (2 * a0 * a9) + (2 * a1 * a8) + (2 * a2 * a7) + (2 * a3 * a6) + (2 * a4 * a5);
        return Carry(r0, r1, r2, r3, r4, r5, r6, r7, r8, r9);
    }

    /// <summary>The number squared so many times.</summary>
    public Ed25519Field Square(int times)
    {
        Ed25519Field result = this;
        for (int i = 0; i < times; i++)
        {
            result = result.Square();
        }

        return result;
    }

    /// <summary>The number to the power 2^255 - 21, which is its inverse.</summary>
    public Ed25519Field Invert()
    {
        Ed25519Field power = PowerOf250Ones(out Ed25519Field eleven);
        return power.Square(5) * eleven;
    }

    /// <summary>The number to the power 2^252 - 3, from which square roots are made (RFC 8032 §5.1.3).</summary>
    public Ed25519Field PowerForRoot()
    {
        Ed25519Field power = PowerOf250Ones(out _);
        return power.Square(2) * this;
    }

    /// <summary>Writes the number in 32 bytes, the lowest first.</summary>
    public byte[] Write()
    {
        Ed25519Field reduced = Carry(_0, _1, _2, _3, _4, _5, _6, _7, _8, _9);
        Span<long> limbs =
        [
            reduced._0, reduced._1, reduced._2, reduced._3, reduced._4, reduced._5, reduced._6, reduced._7, reduced._8, reduced._9,
        ];

        // How often 2^255 - 19 is in it: once more where adding 19 carries out of the top.
        long quotient = 19;
        for (int i = 0; i < limbs.Length; i++)
        {
            quotient = (limbs[i] + quotient) >> Width(i);
        }

        // A number just below zero has a quotient of -1, one above the modulus a quotient of 1.
        long carry = 19 * quotient;
        for (int i = 0; i < limbs.Length; i++)
        {
            limbs[i] += carry;
            carry = limbs[i] >> Width(i);
            limbs[i] -= carry << Width(i);
        }

        byte[] bytes = new byte[Length];
        int position = 0;
        for (int i = 0; i < limbs.Length; i++)
        {
            for (int bit = 0; bit < Width(i); bit++, position++)
            {
                bytes[position >> 3] |= (byte)(((limbs[i] >> bit) & 1) << (position & 7));
            }
        }

        return bytes;
    }

    /// <summary>True where both are the same number.</summary>
    public bool IsEqualTo(in Ed25519Field other) => (this - other).Write().AsSpan().SequenceEqual(new byte[Length]);

    private static int Width(int limb) => (limb & 1) == 0 ? 26 : 25;

    private Ed25519Field PowerOf250Ones(out Ed25519Field eleven)
    {
        Ed25519Field two = Square();
        Ed25519Field nine = two.Square(2) * this;
        eleven = nine * two;
        Ed25519Field ones5 = eleven.Square() * nine;
        Ed25519Field ones10 = ones5.Square(5) * ones5;
        Ed25519Field ones20 = ones10.Square(10) * ones10;
        Ed25519Field ones40 = ones20.Square(20) * ones20;
        Ed25519Field ones50 = ones40.Square(10) * ones10;
        Ed25519Field ones100 = ones50.Square(50) * ones50;
        Ed25519Field ones200 = ones100.Square(100) * ones100;
        return ones200.Square(50) * ones50;
    }

    /// <summary>Brings the limbs back to their widths; what goes over the top comes back 19-fold at the bottom.</summary>
    private static Ed25519Field Carry(
        long r0, long r1, long r2, long r3, long r4, long r5, long r6, long r7, long r8, long r9)
    {
        long carry;
        carry = r0 >> 26; r0 -= carry << 26; r1 += carry;
        carry = r1 >> 25; r1 -= carry << 25; r2 += carry;
        carry = r2 >> 26; r2 -= carry << 26; r3 += carry;
        carry = r3 >> 25; r3 -= carry << 25; r4 += carry;
        carry = r4 >> 26; r4 -= carry << 26; r5 += carry;
        carry = r5 >> 25; r5 -= carry << 25; r6 += carry;
        carry = r6 >> 26; r6 -= carry << 26; r7 += carry;
        carry = r7 >> 25; r7 -= carry << 25; r8 += carry;
        carry = r8 >> 26; r8 -= carry << 26; r9 += carry;
        carry = r9 >> 25; r9 -= carry << 25; r0 += carry * 19;
        carry = r0 >> 26; r0 -= carry << 26; r1 += carry;
        carry = r1 >> 25; r1 -= carry << 25; r2 += carry;
        return new Ed25519Field(r0, r1, r2, r3, r4, r5, r6, r7, r8, r9);
    }

    private static long Bits(ReadOnlySpan<byte> bytes, int start, int count)
    {
        long value = 0;
        for (int i = 0; i < 5 && (start >> 3) + i < bytes.Length; i++)
        {
            value |= (long)bytes[(start >> 3) + i] << (8 * i);
        }

        return (value >> (start & 7)) & ((1L << count) - 1);
    }
}
