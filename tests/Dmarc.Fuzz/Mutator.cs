using System.Text;

namespace Dmarc.Fuzz;

/// <summary>Makes new inputs out of seeds. The same number gives the same inputs.</summary>
internal sealed class Mutator
{
    /// <summary>No input is longer, in bytes.</summary>
    public const int MaximumLength = 256 * 1024;

    private const int MaximumWordLength = 24;
    private static readonly byte[] Edges = [0, 9, 10, 13, 32, 34, 39, 40, 41, 44, 58, 59, 60, 61, 62, 64, 92, 127, 128, 0xC3, 0xE2, 0xEF, 0xFE, 0xFF];
    private readonly Random _random;
    private readonly IReadOnlyList<byte[]> _seeds;
    private readonly List<byte[]> _words = [];

    public Mutator(IReadOnlyList<byte[]> seeds, int number)
    {
        _seeds = seeds.Count > 0 ? seeds : [[]];
        _random = new Random(number);
        foreach (byte[] seed in seeds)
        {
            _words.AddRange(Words(seed));
        }

        if (_words.Count == 0)
        {
            _words.Add([0]);
        }
    }

    /// <summary>The next input: a seed with one to eight edits.</summary>
    public byte[] Next()
    {
        List<byte> input = [.. Pick(_seeds)];
        for (int edits = 1 + (int)(_random.NextDouble() * _random.NextDouble() * 8); edits > 0; edits--)
        {
            Edit(input);
        }

        if (input.Count > MaximumLength)
        {
            input.RemoveRange(MaximumLength, input.Count - MaximumLength);
        }

        return [.. input];
    }

    private void Edit(List<byte> input)
    {
        int at = _random.Next(input.Count + 1);
        int length = Math.Min(input.Count - at, 1 + _random.Next(1 << _random.Next(10)));
        switch (_random.Next(10))
        {
            case 0 when input.Count > 0:
                input[_random.Next(input.Count)] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when input.Count > 0:
                input[_random.Next(input.Count)] = Pick(Edges);
                break;
            case 2:
                input.Insert(at, Pick(Edges));
                break;
            case 3:
                input.RemoveRange(at, length);
                break;
            case 4:
                input.InsertRange(at, input.GetRange(at, length));
                break;
            case 5:
                input.RemoveRange(at, input.Count - at);
                break;
            case 6:
                Repeat(input, at, Pick(_words));
                break;
            case 7:
                byte[] other = Pick(_seeds);
                int start = _random.Next(other.Length + 1);
                input.InsertRange(at, other.AsSpan(start, _random.Next(other.Length - start + 1)).ToArray());
                break;
            case 8:
                byte[] word = Pick(_words);
                input.RemoveRange(at, Math.Min(input.Count - at, word.Length));
                input.InsertRange(at, word);
                break;
            default:
                input.InsertRange(at, Pick(_words));
                break;
        }
    }

    private void Repeat(List<byte> input, int at, byte[] word)
    {
        for (int times = 1 << _random.Next(11); times > 0 && input.Count < MaximumLength; times--)
        {
            input.InsertRange(at, word);
        }
    }

    private T Pick<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];

    /// <summary>The words of a seed: runs of letters and digits, and what stands between them.</summary>
    private static IEnumerable<byte[]> Words(byte[] seed)
    {
        HashSet<string> seen = [];
        int start = 0;
        for (int index = 1; index <= Math.Min(seed.Length, 16 * 1024); index++)
        {
            if (index == seed.Length || index - start == MaximumWordLength || IsWord(seed[index]) != IsWord(seed[start]))
            {
                byte[] word = seed[start..index];
                if (seen.Add(Encoding.Latin1.GetString(word)))
                {
                    yield return word;
                }

                start = index;
            }
        }
    }

    private static bool IsWord(byte octet) => octet >= 0x80 || char.IsAsciiLetterOrDigit((char)octet);
}
