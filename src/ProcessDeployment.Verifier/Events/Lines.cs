namespace ProcessDeployment.Verifier.Events;

/// <summary>The lines of a stream, each without its end; memory grows with the longest of them only.</summary>
internal sealed class Lines(Stream stream)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _begin;
    private int _end;
    private bool _ended;

    public bool Next(out ReadOnlySpan<byte> line)
    {
        for (var searched = 0; ;)
        {
            var found = _buffer.AsSpan(_begin + searched, _end - _begin - searched).IndexOf((byte)'\n');
            if (found >= 0 || (_ended && _end > _begin))
            {
                var length = found >= 0 ? searched + found : _end - _begin;
                line = _buffer.AsSpan(_begin, length);
                _begin = Math.Min(_end, _begin + length + 1);
                return true;
            }

            line = default;
            if (_ended) return false;
            searched = _end - _begin;
            Fill();
        }
    }

    private void Fill()
    {
        if (_begin > 0) _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
        (_begin, _end) = (0, _end - _begin);
        if (_end == _buffer.Length) Array.Resize(ref _buffer, 2 * _buffer.Length);
        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _ended = read == 0;
    }
}
