namespace Dmarc.Dns.Https;

/// <summary>Reads one bounded HTTP/1.1 response (RFC 9112) from a connection that is closed after it.</summary>
/// <param name="stream">The connection.</param>
/// <param name="maximumBytes">The maximum size of the body.</param>
internal sealed class HttpAnswerReader(Stream stream, int maximumBytes)
{
    private const int MaximumLine = 8192;
    private const int MaximumHeaderLines = 128;

    private readonly byte[] _buffer = new byte[8192];
    private int _start;
    private int _end;

    /// <summary>Reads the response.</summary>
    /// <exception cref="IOException">It is incomplete, or is not HTTP.</exception>
    public async Task<HttpsAnswer> ReadAsync(CancellationToken cancellationToken)
    {
        string status = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
        if (!status.StartsWith("HTTP/1.", StringComparison.Ordinal)
            || status.Length < 12
            || !int.TryParse(status.Substring(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int code))
        {
            throw new IOException(Strings.Https_NotHttp);
        }

        string mediaType = "";
        long? length = null;
        bool chunked = false;
        for (int lines = 0; ; lines++)
        {
            string line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (line.Length == 0)
            {
                break;
            }

            if (lines == MaximumHeaderLines)
            {
                throw new IOException(Strings.Https_NotHttp);
            }

            int colon = line.IndexOf(':');
            string name = colon < 0 ? "" : line.Substring(0, colon).Trim();
            string value = line.Substring(colon + 1).Trim();
            if (Is(name, "Content-Type"))
            {
                mediaType = value.Split(';')[0].Trim().ToLowerInvariant();
            }
            else if (Is(name, "Content-Length"))
            {
                length = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
                    ? bytes
                    : throw new IOException(Strings.Https_NotHttp);
            }
            else if (Is(name, "Transfer-Encoding"))
            {
                chunked = value.EndsWith("chunked", StringComparison.OrdinalIgnoreCase);
            }
        }

        if (code != 200)
        {
            string format = code is >= 300 and < 400 ? Strings.Https_Redirected : Strings.Https_HttpError;
            return new HttpsAnswer(HttpsStatus.HttpError)
            {
                MediaType = mediaType,
                Detail = Sentences.Insert(format, code),
            };
        }

        MemoryStream body = new();
        bool whole = chunked
            ? await ReadChunksAsync(body, cancellationToken).ConfigureAwait(false)
            : await ReadBytesAsync(body, length, cancellationToken).ConfigureAwait(false);
        return whole
            ? new HttpsAnswer(HttpsStatus.Ok) { MediaType = mediaType, Body = body.ToArray() }
            : new HttpsAnswer(HttpsStatus.TooLarge)
            {
                MediaType = mediaType,
                Detail = Sentences.Insert(Strings.Https_TooLarge, maximumBytes),
            };
    }

    private static bool Is(string name, string expected) => string.Equals(name, expected, StringComparison.OrdinalIgnoreCase);

    private async Task<bool> ReadChunksAsync(MemoryStream body, CancellationToken cancellationToken)
    {
        while (true)
        {
            string line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (!int.TryParse(line.Split(';')[0].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int size)
                || size < 0)
            {
                throw new IOException(Strings.Https_NotHttp);
            }

            if (size == 0)
            {
                return true;
            }

            if (!await ReadBytesAsync(body, size, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            if ((await ReadLineAsync(cancellationToken).ConfigureAwait(false)).Length > 0)
            {
                throw new IOException(Strings.Https_NotHttp);
            }
        }
    }

    /// <summary>Reads this many bytes, or without a length up to the end; false if the body is too large.</summary>
    private async Task<bool> ReadBytesAsync(MemoryStream body, long? length, CancellationToken cancellationToken)
    {
        long left = length ?? long.MaxValue;
        if (length > maximumBytes - body.Length)
        {
            return false;
        }

        while (left > 0)
        {
            if (_start == _end && !await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return length is null ? true : throw new IOException(Strings.Https_BrokenOff);
            }

            int count = (int)Math.Min(left, _end - _start);
            if (body.Length + count > maximumBytes)
            {
                return false;
            }

            body.Write(_buffer, _start, count);
            _start += count;
            left -= count;
        }

        return true;
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        StringBuilder line = new();
        while (true)
        {
            if (_start == _end && !await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                throw new IOException(Strings.Https_BrokenOff);
            }

            char character = (char)_buffer[_start++];
            if (character == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            if (line.Length == MaximumLine)
            {
                throw new IOException(Strings.Https_NotHttp);
            }

            line.Append(character);
        }
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        _start = 0;
        _end = await stream.ReadAsync(_buffer, 0, _buffer.Length, cancellationToken).ConfigureAwait(false);
        return _end > 0;
    }
}
