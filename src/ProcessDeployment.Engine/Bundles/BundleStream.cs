namespace ProcessDeployment.Engine.Bundles;

/// <summary>A bundle as a stream that can begin anywhere. Nothing of it is laid down: contents are read as they are sent.</summary>
internal sealed class BundleStream(BundleLayout layout, BundleContents contents, string accountId) : Stream
{
    /// <summary>Contents that are read ahead in one question; one that is larger comes alone.</summary>
    private const long Ahead = 128 << 10;

    private Dictionary<string, byte[]> _read = [];
    private long _position;

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => layout.Length;

    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var written = 0;
        while (written < buffer.Length && _position < layout.Length)
        {
            var index = layout.IndexOf(_position);
            var piece = layout.Pieces[index];
            if (piece.ContentHash is { } hash && !_read.ContainsKey(hash))
            {
                // What is there already goes out first.
                if (written > 0) break;
                await ReadAheadAsync(index, cancellationToken);
            }

            var bytes = piece.Bytes ?? _read[piece.ContentHash!];
            var (from, count) = ((int)(_position - piece.Offset), (int)Math.Min(buffer.Length - written, piece.Offset + piece.Length - _position));
            bytes.AsMemory(from, count).CopyTo(buffer[written..]);
            written += count;
            _position += count;
        }

        return written;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Contents are read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Current => _position,
        SeekOrigin.End => Length,
        _ => 0,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task ReadAheadAsync(int index, CancellationToken cancellation)
    {
        var (hashes, length) = (new List<string>(), 0L);
        foreach (var piece in layout.Pieces.Skip(index).Where(piece => piece.ContentHash is not null))
        {
            if (hashes.Count > 0 && length + piece.Length > Ahead) break;
            hashes.Add(piece.ContentHash!);
            length += piece.Length;
        }

        _read = await contents.ReadAsync(accountId, hashes, cancellation);
    }
}
