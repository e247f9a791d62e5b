using NpgsqlTypes;

namespace ProcessDeployment.Engine.Storage;

/// <summary>Rows on their way to SQL, as one array for each column.</summary>
public interface IRows
{
    int Count { get; }

    IReadOnlyList<RowColumn> Columns { get; }
}

/// <summary>The values of one column.</summary>
public sealed record RowColumn(NpgsqlDbType Type, Array Values);

public static class Rows
{
    public static Rows<T> Of<T>(IReadOnlyList<T> items) => new(items);
}

/// <summary>Turns a list of items into columns, one call each, in the order of the statement's places.</summary>
public sealed class Rows<T>(IReadOnlyList<T> items) : IRows
{
    private readonly List<RowColumn> _columns = [];

    public int Count => items.Count;

    public IReadOnlyList<RowColumn> Columns => _columns;

    public Rows<T> Text(Func<T, string?> value) => Add(NpgsqlDbType.Text, value);

    public Rows<T> Json(Func<T, string?> value) => Add(NpgsqlDbType.Jsonb, value);

    public Rows<T> Uuid(Func<T, Guid> value) => Add(NpgsqlDbType.Uuid, value);

    public Rows<T> OptionalUuid(Func<T, Guid?> value) => Add(NpgsqlDbType.Uuid, value);

    public Rows<T> Number(Func<T, int> value) => Add(NpgsqlDbType.Integer, value);

    public Rows<T> OptionalNumber(Func<T, int?> value) => Add(NpgsqlDbType.Integer, value);

    public Rows<T> Bytes(Func<T, byte[]> value) => Add(NpgsqlDbType.Bytea, value);

    public Rows<T> Position(Func<T, long> value) => Add(NpgsqlDbType.Bigint, value);

    public Rows<T> OptionalPosition(Func<T, long?> value) => Add(NpgsqlDbType.Bigint, value);

    public Rows<T> Flag(Func<T, bool> value) => Add(NpgsqlDbType.Boolean, value);

    public Rows<T> Time(Func<T, DateTimeOffset> value) => Add(NpgsqlDbType.TimestampTz, value);

    public Rows<T> OptionalTime(Func<T, DateTimeOffset?> value) => Add(NpgsqlDbType.TimestampTz, value);

    private Rows<T> Add<TValue>(NpgsqlDbType type, Func<T, TValue> value)
    {
        var values = new TValue[items.Count];
        for (var i = 0; i < values.Length; i++) values[i] = value(items[i]);
        _columns.Add(new(type, values));
        return this;
    }
}
