using Npgsql;
using NpgsqlTypes;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Questions.Asking;

/// <summary>
/// The statements of a question, all about one account and one moment: <c>$1</c> is the account and <c>$2</c> the position,
/// which nothing in the present looks at.
/// </summary>
internal sealed class QuestionBatch(AccountBatch batch, Moment moment)
{
    private readonly List<NpgsqlParameter<long>> _positions = [];

    public string AccountId => batch.AccountId;

    /// <summary>Adds a statement; <paramref name="read"/> is called for each of its rows.</summary>
    public void Query(MomentSql sql, Action<NpgsqlDataReader> read, params ReadOnlySpan<NpgsqlParameter> parameters) =>
        batch.Query(sql.At(moment), read, [Position(), .. parameters]);

    /// <summary>The same for rows that are given on, one by one, while the next are still to come.</summary>
    public void Stream(MomentSql sql, Func<NpgsqlDataReader, CancellationToken, ValueTask> read, params ReadOnlySpan<NpgsqlParameter> parameters) =>
        batch.Stream(sql.At(moment), read, [Position(), .. parameters]);

    /// <summary>Says the moment, once it is known: a time has first to be looked up.</summary>
    public void IsAbout(long position)
    {
        foreach (var parameter in _positions) parameter.TypedValue = position;
    }

    private NpgsqlParameter<long> Position()
    {
        _positions.Add(new() { NpgsqlDbType = NpgsqlDbType.Bigint });
        return _positions[^1];
    }
}
