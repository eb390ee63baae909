using Dmarc.Mail;

namespace Dmarc.Reports.Reading.Containers;

/// <summary>Decodes a base64 text. Characters outside the alphabet are skipped anywhere.</summary>
internal sealed class Base64TextStream(Stream text) : ReadOnlyStream(text)
{
    private readonly byte[] _buffer = new byte[1 << 13];
    private readonly Base64Decoder _decoder = new();
    private int _next;
    private int _end;

    public override int Read(byte[] buffer, int offset, int count)
    {
        int written = 0;
        while (written == 0 && count > 0)
        {
            if (_next == _end)
            {
                _next = 0;
                _end = Inner.Read(_buffer, 0, _buffer.Length);
                if (_end <= 0)
                {
                    _end = 0;
                    return 0;
                }
            }

            written = _decoder.Decode(_buffer.AsSpan(_next, _end - _next), buffer.AsSpan(offset, count), out int used);
            _next += used;
        }

        return written;
    }
}
