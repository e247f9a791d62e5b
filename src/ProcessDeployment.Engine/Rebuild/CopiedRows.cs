using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>
/// Rows as they come out of PostgreSQL's binary COPY, one at a time, without an object for each value: what is read a
/// million times is looked at where it lies, and texts that return row after row are made once.
/// </summary>
internal sealed class CopiedRows : IDisposable
{
    /// <summary>Most rows fit; it grows with the longest.</summary>
    private const int UsualRow = 64 * 1024;

    /// <summary>Signature and flags; the length of what may follow them stands behind.</summary>
    private const int HeaderLength = 15;

    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly NpgsqlRawCopyStream _stream;
    private readonly (int Start, int Length)[] _values;
    private readonly RecurringTexts _texts = new();
    private byte[] _buffer = new byte[UsualRow];

    /// <summary>Where the row begins that is looked at; the values' places count from there.</summary>
    private int _row;
    private int _at;
    private int _end;

    /// <param name="connection">Busy until this is disposed of.</param>
    /// <param name="query">What to read.</param>
    /// <param name="columns">How many columns it has.</param>
    public CopiedRows(NpgsqlConnection connection, string query, int columns)
    {
        _values = new (int, int)[columns];
        _stream = connection.BeginRawBinaryCopy($"copy ({query}) to stdout (format binary)");
        _stream.ReadTimeout = (int)TimeSpan.FromHours(1).TotalMilliseconds;
        try
        {
            Take(HeaderLength);
            Take(Int());
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>Goes to the next row; false when there is none.</summary>
    public bool Next()
    {
        _row = _at;
        var count = BinaryPrimitives.ReadInt16BigEndian(Take(sizeof(short)));
        if (count < 0) return false;
        for (var value = 0; value < count; value++)
        {
            var length = Int();
            Take(Math.Max(length, 0));
            _values[value] = (_at - _row - Math.Max(length, 0), length);
        }

        return true;
    }

    public bool IsNull(int column) => _values[column].Length < 0;

    /// <summary>Until the next row.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => _buffer.AsSpan(_row + _values[column].Start, _values[column].Length);

    /// <summary>A jsonb, after the number of its form. Until the next row.</summary>
    public ReadOnlySpan<byte> Json(int column) => Bytes(column)[1..];

    public long Long(int column) => BinaryPrimitives.ReadInt64BigEndian(Bytes(column));

    public DateTimeOffset Time(int column) => Epoch.AddTicks(Long(column) * TimeSpan.TicksPerMicrosecond);

    public Guid? OptionalId(int column) => IsNull(column) ? null : new Guid(Bytes(column), bigEndian: true);

    public string? OptionalText(int column) => IsNull(column) ? null : Encoding.UTF8.GetString(Bytes(column));

    /// <summary>One of few, each of which many rows have.</summary>
    public string RecurringText(int column) => _texts.Of(Bytes(column));

    /// <summary>Ends it before its end: what is still to come is not waited for. An error of PostgreSQL has ended it already, and is not to be hidden by another one.</summary>
    public void Cancel()
    {
        try
        {
            _stream.Cancel();
        }
        catch (ObjectDisposedException)
        {
        }
    }

    public void Dispose() => _stream.Dispose();

    private int Int() => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    /// <summary>The next bytes, fetched if need be.</summary>
    private ReadOnlySpan<byte> Take(int length)
    {
        if (_end - _at < length) Fetch(length);
        _at += length;
        return _buffer.AsSpan(_at - length, length);
    }

    /// <summary>What is left of the row moves to the front first, in a larger buffer if it would not fit.</summary>
    private void Fetch(int length)
    {
        var kept = _buffer.AsSpan(_row, _end - _row);
        var needed = _at - _row + length;
        if (needed > _buffer.Length) _buffer = new byte[Math.Max(needed, 2 * _buffer.Length)];
        kept.CopyTo(_buffer);
        (_at, _end, _row) = (_at - _row, kept.Length, 0);
        while (_end - _at < length)
        {
            var read = _stream.Read(_buffer.AsSpan(_end));
            if (read == 0) throw new EndOfStreamException("PostgreSQL ended a COPY in the middle of a row.");
            _end += read;
        }
    }

    /// <summary>Texts that are made once.</summary>
    private sealed class RecurringTexts
    {
        private const int Longest = 256;

        /// <summary>A column of which every text is another one after all does not fill the memory.</summary>
        private const int Most = 4_096;

        private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

        public string Of(ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length > Longest) return Encoding.UTF8.GetString(bytes);
            Span<char> text = stackalloc char[Longest];
            text = text[..Encoding.UTF8.GetChars(bytes, text)];
            if (_texts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var known)) return known;
            known = text.ToString();
            if (_texts.Count < Most) _texts.Add(known);
            return known;
        }
    }
}
