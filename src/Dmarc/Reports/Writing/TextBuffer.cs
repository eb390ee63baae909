namespace Dmarc.Reports.Writing;

/// <summary>A buffer for text to be written to a file. One buffer serves all rows of an export.</summary>
internal sealed class TextBuffer
{
    private static readonly UTF8Encoding Utf8 = new(false);

    private char[] _text = new char[16 * 1024];
    private byte[] _bytes = [];
    private int _length;

    public int Length => _length;

    public TextBuffer Append(char character)
    {
        if (_length == _text.Length)
        {
            Array.Resize(ref _text, _text.Length * 2);
        }

        _text[_length++] = character;
        return this;
    }

    public TextBuffer Append(string text)
    {
        if (_text.Length - _length < text.Length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + text.Length));
        }

        text.CopyTo(0, _text, _length, text.Length);
        _length += text.Length;
        return this;
    }

    public TextBuffer Append(long number) => Append(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Appends an ISO 8601 time in UTC, to the second.</summary>
    public TextBuffer Append(DateTime time) => Append(time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    /// <summary>The text as UTF-8, without a byte order mark, valid until the next use. Clears the buffer.</summary>
    public ArraySegment<byte> TakeBytes()
    {
        int most = Utf8.GetMaxByteCount(_length);
        if (_bytes.Length < most)
        {
            _bytes = new byte[most];
        }

        int count = Utf8.GetBytes(_text, 0, _length, _bytes, 0);
        _length = 0;
        return new ArraySegment<byte>(_bytes, 0, count);
    }
}
