namespace Dmarc.Standards.Dkim;

/// <summary>A point of the curve in extended coordinates: x = X/Z, y = Y/Z, x·y = T/Z (RFC 8032 §5.1.4).</summary>
internal sealed class Ed25519Point
{
    /// <summary>d = -121665/121666, the constant of the curve.</summary>
    private static readonly Ed25519Field D = -Ed25519Field.FromSmall(121665) * Ed25519Field.FromSmall(121666).Invert();

    private static readonly Ed25519Field TwiceD = D + D;

    /// <summary>A square root of -1: 2^((p - 1) / 4), where (p - 1) / 4 = 2 · (2^252 - 3) + 1.</summary>
    private static readonly Ed25519Field RootOfMinusOne = Ed25519Field.FromSmall(2).PowerForRoot().Square() * Ed25519Field.FromSmall(2);

    private const int DigitBits = 4;
    private const int LargestDigit = 15;

    private readonly Ed25519Field _x;
    private readonly Ed25519Field _y;
    private readonly Ed25519Field _z;
    private readonly Ed25519Field _t;

    private Ed25519Point(in Ed25519Field x, in Ed25519Field y, in Ed25519Field z, in Ed25519Field t)
    {
        _x = x;
        _y = y;
        _z = z;
        _t = t;
    }

    /// <summary>The base point: y = 4/5 and the even x.</summary>
    public static Ed25519Point Base { get; } =
        Read((Ed25519Field.FromSmall(4) * Ed25519Field.FromSmall(5).Invert()).Write()) ?? Neutral;

    private static readonly Ed25519Point[] BaseMultiples = Base.OddMultiples();

    private static Ed25519Point Neutral => new(Ed25519Field.Zero, Ed25519Field.One, Ed25519Field.One, Ed25519Field.Zero);

    /// <summary>Reads a point of 32 bytes: y, and the lowest bit of x at the top (RFC 8032 §5.1.3); null where there is no such point.</summary>
    public static Ed25519Point? Read(ReadOnlySpan<byte> bytes)
    {
        byte[] canonical = bytes.ToArray();
        bool isOdd = (canonical[31] & 0x80) != 0;
        canonical[31] &= 0x7F;
        Ed25519Field y = Ed25519Field.Read(canonical);
        if (!y.Write().AsSpan().SequenceEqual(canonical))
        {
            return null;
        }

        // x² = (y² - 1) / (d·y² + 1)
        Ed25519Field square = y.Square();
        Ed25519Field u = square - Ed25519Field.One;
        Ed25519Field v = (D * square) + Ed25519Field.One;
        Ed25519Field v3 = v.Square() * v;
        Ed25519Field x = u * v3 * (u * v3.Square() * v).PowerForRoot();
        Ed25519Field check = v * x.Square();
        if (!check.IsEqualTo(u))
        {
            if (!check.IsEqualTo(-u))
            {
                return null;
            }

            x *= RootOfMinusOne;
        }

        bool isZero = x.IsEqualTo(Ed25519Field.Zero);
        if (isZero && isOdd)
        {
            return null;
        }

        if (((x.Write()[0] & 1) == 1) != isOdd)
        {
            x = -x;
        }

        return new Ed25519Point(x, y, Ed25519Field.One, x * y);
    }

    /// <summary>True where the point is one of the eight whose order divides the cofactor.</summary>
    public bool HasSmallOrder
    {
        get
        {
            Ed25519Point eightfold = Double().Double().Double();
            return eightfold._x.IsEqualTo(Ed25519Field.Zero) && eightfold._y.IsEqualTo(eightfold._z);
        }
    }

    /// <summary>The point on the other side of the y axis.</summary>
    public Ed25519Point Negate() => new(-_x, _y, _z, -_t);

    /// <summary>
    /// a·P + b·Q. Both numbers are written with digits that are odd or zero and mostly zero, so that from the top down there
    /// is one doubling for each bit and an addition for about every sixth.
    /// </summary>
    /// <param name="a">The first number, its lowest word first; below 2^253.</param>
    /// <param name="p">The first point.</param>
    /// <param name="b">The second number, its lowest word first; below 2^253.</param>
    /// <param name="q">The second point.</param>
    public static Ed25519Point MultiplyAndAdd(uint[] a, Ed25519Point p, uint[] b, Ed25519Point q)
    {
        sbyte[] digitsOfA = ToSignedDigits(a);
        sbyte[] digitsOfB = ToSignedDigits(b);
        Ed25519Point[] multiplesOfP = ReferenceEquals(p, Base) ? BaseMultiples : p.OddMultiples();
        Ed25519Point[] multiplesOfQ = q.OddMultiples();
        int bit = digitsOfA.Length - 1;
        while (bit >= 0 && digitsOfA[bit] == 0 && digitsOfB[bit] == 0)
        {
            bit--;
        }

        Ed25519Point result = Neutral;
        for (; bit >= 0; bit--)
        {
            result = result.Double();
            result = result.AddDigit(digitsOfA[bit], multiplesOfP);
            result = result.AddDigit(digitsOfB[bit], multiplesOfQ);
        }

        return result;
    }

    /// <summary>Writes the point in 32 bytes (RFC 8032 §5.1.2).</summary>
    public byte[] Write()
    {
        Ed25519Field inverse = _z.Invert();
        byte[] bytes = (_y * inverse).Write();
        bytes[31] |= (byte)(((_x * inverse).Write()[0] & 1) << 7);
        return bytes;
    }

    /// <summary>Digits -15, -13 … 15 or zero, the lowest first, whose sum by powers of two is the number; at least four zeros follow each.</summary>
    private static sbyte[] ToSignedDigits(uint[] number)
    {
        sbyte[] digits = new sbyte[258];
        for (int i = 0; i < 256; i++)
        {
            digits[i] = (sbyte)((number[i >> 5] >> (i & 31)) & 1);
        }

        for (int i = 0; i < 256; i++)
        {
            if (digits[i] == 0)
            {
                continue;
            }

            // Take up the next four bits; what would be above 15 becomes negative and carries into the bit after them.
            int value = digits[i];
            for (int next = 1; next <= DigitBits && i + next < digits.Length; next++)
            {
                value += digits[i + next] << next;
                digits[i + next] = 0;
            }

            if (value > LargestDigit)
            {
                value -= 2 * (LargestDigit + 1);
                int carry = i + DigitBits + 1;
                while (carry < digits.Length && digits[carry] == 1)
                {
                    digits[carry++] = 0;
                }

                digits[carry] = 1;
            }

            digits[i] = (sbyte)value;
        }

        return digits;
    }

    /// <summary>The point 1, 3, 5 … 15 times.</summary>
    private Ed25519Point[] OddMultiples()
    {
        Ed25519Point twice = Double();
        Ed25519Point[] multiples = new Ed25519Point[(LargestDigit + 1) / 2];
        multiples[0] = this;
        for (int i = 1; i < multiples.Length; i++)
        {
            multiples[i] = multiples[i - 1].Add(twice);
        }

        return multiples;
    }

    private Ed25519Point AddDigit(int digit, Ed25519Point[] multiples) => digit switch
    {
        0 => this,
        > 0 => Add(multiples[digit >> 1]),
        _ => Add(multiples[-digit >> 1].Negate()),
    };

    private Ed25519Point Add(Ed25519Point other)
    {
        Ed25519Field a = (_y - _x) * (other._y - other._x);
        Ed25519Field b = (_y + _x) * (other._y + other._x);
        Ed25519Field c = _t * TwiceD * other._t;
        Ed25519Field d = _z * (other._z + other._z);
        Ed25519Field e = b - a;
        Ed25519Field f = d - c;
        Ed25519Field g = d + c;
        Ed25519Field h = b + a;
        return new Ed25519Point(e * f, g * h, f * g, e * h);
    }

    private Ed25519Point Double()
    {
        Ed25519Field a = _x.Square();
        Ed25519Field b = _y.Square();
        Ed25519Field zz = _z.Square();
        Ed25519Field c = zz + zz;
        Ed25519Field h = a + b;
        Ed25519Field e = h - (_x + _y).Square();
        Ed25519Field g = a - b;
        Ed25519Field f = c + g;
        return new Ed25519Point(e * f, g * h, f * g, e * h);
    }
}
