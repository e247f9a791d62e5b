using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Engine.Questions.Asking;

/// <summary>Reading columns that may be null, and lists kept or made as JSON.</summary>
internal static class RowReading
{
    public static string? Text(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static int? Number(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

    public static Guid? Id(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);

    public static DateTimeOffset Time(this NpgsqlDataReader row, int column) => row.GetFieldValue<DateTimeOffset>(column);

    public static DateTimeOffset? TimeIfAny(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.Time(column);

    /// <summary>A list as JSON; null means an empty one, which is what SQL makes of no rows.</summary>
    public static T[] List<T>(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? [] : row.GetString(column) is "[]" ? [] : JsonSerializer.Deserialize<T[]>(row.GetString(column), WireJson.Options)!;

    public static RawJson? Json(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : new(row.GetString(column));
}

/// <summary>Parameters that may be null, with their type said.</summary>
internal static class Given
{
    public static NpgsqlParameter Id(Guid value) => new NpgsqlParameter<Guid> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Uuid };

    public static NpgsqlParameter Id(Guid? value) => Of(value, NpgsqlDbType.Uuid);

    public static NpgsqlParameter Flag(bool? value) => Of(value, NpgsqlDbType.Boolean);

    public static NpgsqlParameter Text(string? value) => Of(value, NpgsqlDbType.Text);

    public static NpgsqlParameter Time(DateTimeOffset? value) => Of(value, NpgsqlDbType.TimestampTz);

    public static NpgsqlParameter Position(long? value) => Of(value, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Number(int? value) => Of(value, NpgsqlDbType.Integer);

    public static NpgsqlParameter Texts(string[]? values) => Of(values, NpgsqlDbType.Array | NpgsqlDbType.Text);

    private static NpgsqlParameter Of(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
