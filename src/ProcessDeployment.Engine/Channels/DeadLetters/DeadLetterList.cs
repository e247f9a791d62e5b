using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Storage;
using static ProcessDeployment.Engine.Storage.Parameters;

namespace ProcessDeployment.Engine.DeadLetters;

/// <summary>Lists our dead letters and Wolverine's as one, newest first.</summary>
internal sealed class DeadLetterList(Databases databases)
{
    private const string Ours =
        $"""
        select id::text as id, channel, account_id, command_id, received_at, status, reason, errors, left(body, 4096), size, truncated, buried_at as at
        from process_deployment.dead_letter l
        where (account_id = $1 or ($5 and {LettersOf.NobodysRow})) and ($2::timestamptz is null or (buried_at, id::text) < ($2, $3))
        """;

    /// <summary>Messages inside the engine belong to no account.</summary>
    private const string Wolverines =
        """
        union all
        select id::text, 'wolverine', null, null, coalesce(sent_at, 'epoch'), 'failed', concat_ws(': ', message_type, exception_type, exception_message), '[]', '',
               octet_length(body), true, coalesce(sent_at, 'epoch')
        from wolverine.wolverine_dead_letters
        where $5 and ($2::timestamptz is null or (coalesce(sent_at, 'epoch'), id::text) < ($2, $3))
        """;

    public async Task<DeadLetterPage> ReadAsync(LettersOf whose, string? cursor, int take, CancellationToken cancellation)
    {
        var (at, id) = Parse(cursor);
        await using var command = databases.Shared.CreateCommand(
            $"{Ours} {(await HasWolverineAsync(cancellation) ? Wolverines : "")} order by at desc, id desc limit $4");
        command.Parameters.Add(Value(whose.AccountId));
        command.Parameters.Add(new NpgsqlParameter { Value = at ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(Value(id));
        command.Parameters.Add(Value((long)take + 1));
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = whose.Nobodys });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var (letters, last, more) = (new List<DeadLetter>(), default(DateTimeOffset), false);
        while (await rows.ReadAsync(cancellation))
        {
            more = letters.Count == take;
            if (more) break;
            last = At(rows);
            letters.Add(Read(rows));
        }

        return new(letters, more ? string.Create(CultureInfo.InvariantCulture, $"{last.UtcTicks}_{letters[^1].Id}") : null);
    }

    private static DeadLetter Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetGuid(3),
        row.GetFieldValue<DateTimeOffset>(4), row.GetString(5), row.GetString(6),
        JsonSerializer.Deserialize<MemberError[]>(row.GetString(7), WireJson.Options)!, row.GetString(8), row.GetInt64(9), row.GetBoolean(10));

    private static DateTimeOffset At(NpgsqlDataReader row) => row.GetFieldValue<DateTimeOffset>(11);

    /// <summary>Wolverine makes its table when it starts, after ours.</summary>
    private async Task<bool> HasWolverineAsync(CancellationToken cancellation)
    {
        await using var command = databases.Shared.CreateCommand("select to_regclass('wolverine.wolverine_dead_letters') is not null");
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static (DateTimeOffset? At, string Id) Parse(string? cursor)
    {
        if (cursor is null) return (null, "");
        var parts = cursor.Split('_', 2);
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks
            ? (new DateTimeOffset(ticks, TimeSpan.Zero), parts[1])
            : throw new FormatException("cursor is not one that a list gave");
    }
}
