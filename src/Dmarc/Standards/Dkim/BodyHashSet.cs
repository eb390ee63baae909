using System.Runtime.InteropServices;

namespace Dmarc.Standards.Dkim;

/// <summary>The body hashes of all signatures of a message, computed in one pass over the body.</summary>
internal sealed class BodyHashSet : IDisposable
{
    private readonly Dictionary<(DkimCanonicalization Form, long? Limit), BodyHasher> _hashers = [];
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

    /// <summary>Reads the body.</summary>
    public void Read(ReadOnlyMemory<byte> body)
    {
        ArraySegment<byte> segment = MemoryMarshal.TryGetArray(body, out ArraySegment<byte> found)
            ? found
            : new ArraySegment<byte>(body.ToArray());
        foreach (BodyCanonicalizer canonicalizer in _canonicalizers)
        {
            canonicalizer.Read(segment.Array ?? [], segment.Offset, segment.Count);
        }
    }

    /// <summary>The hash of the signed part of the body.</summary>
    public BodyHasher HasherOf(DkimSignature signature) =>
        _hashers[(signature.BodyCanonicalization, signature.BodyLength)];

    public void Dispose()
    {
        foreach (BodyHasher hasher in _hashers.Values)
        {
            hasher.Dispose();
        }
    }
}
