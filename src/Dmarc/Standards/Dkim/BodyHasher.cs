using System.Security.Cryptography;

namespace Dmarc.Standards.Dkim;

/// <summary>Hashes a canonical body up to a length.</summary>
internal sealed class BodyHasher : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly long _limit;
    private byte[]? _value;

    /// <summary>A hash of the first bytes.</summary>
    /// <param name="limit">The number of bytes hashed; null for all.</param>
    public BodyHasher(long? limit) => _limit = limit ?? long.MaxValue;

    /// <summary>The size of the canonical body in bytes, including those beyond the limit.</summary>
    public long Length { get; private set; }

    /// <summary>The number of bytes beyond the limit.</summary>
    public long Excess => Math.Max(0, Length - _limit);

    /// <summary>True if the body is shorter than the part to be hashed.</summary>
    public bool IsShort => _limit != long.MaxValue && Length < _limit;

    public void Append(byte[] data, int offset, int count)
    {
        int taken = (int)Math.Min(count, Math.Max(0, _limit - Length));
        if (taken > 0)
        {
            _hash.AppendData(data, offset, taken);
        }

        Length += count;
    }

    /// <summary>The hash of all that was appended; nothing can be appended after it was read.</summary>
    public byte[] Value => _value ??= _hash.GetHashAndReset();

    public void Dispose() => _hash.Dispose();
}
