using Npgsql;
using NpgsqlTypes;

namespace ProcessDeployment.Engine.Storage;

/// <summary>Typed parameters for set-based SQL, without boxing and without guessing of types.</summary>
internal static class Parameters
{
    public static NpgsqlParameter Value(string value) => new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Optional(string? value) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value };

    public static NpgsqlParameter Optional(Guid? value) => new() { NpgsqlDbType = NpgsqlDbType.Uuid, Value = (object?)value ?? DBNull.Value };

    public static NpgsqlParameter Value(long value) => new NpgsqlParameter<long> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    public static NpgsqlParameter Value(DateTimeOffset value) => new NpgsqlParameter<DateTimeOffset> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    public static NpgsqlParameter Array(Guid[] values) => Array(values, NpgsqlDbType.Uuid);

    public static NpgsqlParameter Array(string?[] values) => Array(values, NpgsqlDbType.Text);

    public static NpgsqlParameter Json(string?[] values) => Array(values, NpgsqlDbType.Jsonb);

    public static NpgsqlParameter Array(long[] values) => Array(values, NpgsqlDbType.Bigint);

    private static NpgsqlParameter<T[]> Array<T>(T[] values, NpgsqlDbType type) => new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
}
