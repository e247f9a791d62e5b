using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>
/// Rows of a table of the next generation, in the form of PostgreSQL's binary COPY, kept until enough of them are together.
/// Several tables can grow at once that way, in one transaction of one connection.
/// </summary>
internal sealed class TableCopy(string table, params string[] columns)
{
    private const int Enough = 4 * 1024 * 1024;
    private static readonly byte[] Signature = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly byte[] End = [0xFF, 0xFF];
    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ArrayBufferWriter<byte> _rows = new();

    /// <summary>Where the table is.</summary>
    public string Schema { get; set; } = NextTables.Schema;

    public bool IsFull => _rows.WrittenCount >= Enough;

    /// <summary>Begins a row; its values follow, one call each, in the order of the columns.</summary>
    public TableCopy Row()
    {
        BinaryPrimitives.WriteInt16BigEndian(_rows.GetSpan(2), (short)columns.Length);
        _rows.Advance(2);
        return this;
    }

    public TableCopy Text(string? value)
    {
        if (value is null) return Length(-1);
        var size = Encoding.UTF8.GetByteCount(value);
        Length(size);
        _rows.Advance(Encoding.UTF8.GetBytes(value, _rows.GetSpan(size)));
        return this;
    }

    public TableCopy Uuid(Guid value)
    {
        Length(16);
        return Append(value);
    }

    public TableCopy Uuid(Guid? value) => value is { } id ? Uuid(id) : Length(-1);

    public TableCopy Uuids(IReadOnlyCollection<Guid> values)
    {
        // One dimension, no nulls, of type uuid, from 1; none at all when it is empty.
        const int UuidType = 2950;
        if (values.Count == 0) return Length(12).Int(0).Int(0).Int(UuidType);
        Length(20 + (20 * values.Count)).Int(1).Int(0).Int(UuidType).Int(values.Count).Int(1);
        foreach (var value in values) Uuid(value);
        return this;
    }

    public TableCopy Number(int? value) => value is { } number ? Length(4).Int(number) : Length(-1);

    public TableCopy Position(long? value) => value is { } position ? Length(8).Long(position) : Length(-1);

    public TableCopy Time(DateTimeOffset? value) => value is { } time ? Length(8).Long((time.UtcTicks - Epoch.UtcTicks) / TimeSpan.TicksPerMicrosecond) : Length(-1);

    public TableCopy Flag(bool value)
    {
        Length(1).Byte(value ? (byte)1 : (byte)0);
        return this;
    }

    /// <summary>The text of a jsonb, after the number of its form.</summary>
    public TableCopy Json(ReadOnlySpan<byte> text)
    {
        Length(text.Length + 1).Byte(1);
        _rows.Write(text);
        return this;
    }

    /// <summary>Writes what is kept, within the transaction of the connection.</summary>
    public void Flush(NpgsqlConnection connection)
    {
        if (_rows.WrittenCount == 0) return;
        using (var copy = connection.BeginRawBinaryCopy($"copy {Schema}.{table} ({string.Join(", ", columns)}) from stdin (format binary)"))
        {
            copy.Write(Signature);
            copy.Write(_rows.WrittenSpan);
            copy.Write(End);
        }

        _rows.ResetWrittenCount();
    }

    private TableCopy Append(Guid value)
    {
        value.TryWriteBytes(_rows.GetSpan(16), bigEndian: true, out var written);
        _rows.Advance(written);
        return this;
    }

    private TableCopy Length(int length) => Int(length);

    private TableCopy Int(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_rows.GetSpan(4), value);
        _rows.Advance(4);
        return this;
    }

    private TableCopy Long(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_rows.GetSpan(8), value);
        _rows.Advance(8);
        return this;
    }

    private void Byte(byte value)
    {
        _rows.GetSpan(1)[0] = value;
        _rows.Advance(1);
    }
}
