using System.Runtime.InteropServices;

namespace Dmarc.Standards.Dkim;

/// <summary>The body hashes of all signatures of a message, computed in one pass over the body.</summary>
internal sealed class BodyHashSet : IDisposable
{
    private const int PieceSize = 64 * 1024;

    private readonly Dictionary<(DkimCanonicalization Form, long? Limit), BodyHasher> _hashers = [];
    private readonly Dictionary<BodyHasher, byte[]> _hashes = [];
    private readonly List<BodyCanonicalizer> _canonicalizers = [];

    /// <summary>Requests the hash of a signature; equal requests share one hash.</summary>
    public void Add(DkimSignature signature)
    {
        (DkimCanonicalization, long?) key = (signature.BodyCanonicalization, signature.BodyLength);
        if (_hashers.ContainsKey(key))
        {
            return;
        }

        BodyHasher hasher = new(signature.BodyLength);
        _hashers.Add(key, hasher);
        BodyCanonicalizer? canonicalizer = _canonicalizers.Find(item => item.Form == signature.BodyCanonicalization);
        if (canonicalizer is null)
        {
            canonicalizer = new BodyCanonicalizer(signature.BodyCanonicalization);
            _canonicalizers.Add(canonicalizer);
        }

        canonicalizer.Add(hasher);
    }

    /// <summary>Reads a body that is in memory.</summary>
    public void Read(ReadOnlyMemory<byte> body)
    {
        ArraySegment<byte> segment = MemoryMarshal.TryGetArray(body, out ArraySegment<byte> found)
            ? found
            : new ArraySegment<byte>(body.ToArray());
        if (segment.Count > 0)
        {
            Append(segment.Array!, segment.Offset, segment.Count);
        }

        Finish();
    }

    /// <summary>Reads a body whose beginning is in memory and whose rest is still in a stream.</summary>
    public async Task ReadAsync(ReadOnlyMemory<byte> beginning, Stream rest, CancellationToken cancellationToken)
    {
        byte[] piece = beginning.ToArray();
        Append(piece, 0, piece.Length);
        piece = new byte[PieceSize];
        int read;
        while ((read = await rest.ReadAsync(piece, 0, piece.Length, cancellationToken).ConfigureAwait(false)) > 0)
        {
            Append(piece, 0, read);
        }

        Finish();
    }

    /// <summary>The hash of the signed part of the body.</summary>
    public byte[] HashOf(DkimSignature signature, out BodyHasher hasher)
    {
        hasher = _hashers[(signature.BodyCanonicalization, signature.BodyLength)];
        return _hashes[hasher];
    }

    public void Dispose()
    {
        foreach (BodyHasher hasher in _hashers.Values)
        {
            hasher.Dispose();
        }
    }

    private void Append(byte[] data, int offset, int count)
    {
        foreach (BodyCanonicalizer canonicalizer in _canonicalizers)
        {
            canonicalizer.Append(data, offset, count);
        }
    }

    private void Finish()
    {
        foreach (BodyCanonicalizer canonicalizer in _canonicalizers)
        {
            canonicalizer.Finish();
        }

        foreach (BodyHasher hasher in _hashers.Values)
        {
            _hashes[hasher] = hasher.Finish();
        }
    }
}
