namespace ProcessDeployment.Benchmarks.Harness;

/// <summary>What the engine's tables must say after a run, judged by SQL alone.</summary>
internal sealed class EndState
{
    private readonly BenchmarkDatabase _database;
    private readonly string[] _accounts;
    private long _outcomes;
    private long _events;
    private long _commands;

    private EndState(BenchmarkDatabase database, IReadOnlyList<string> accounts) => (_database, _accounts) = (database, [.. accounts]);

    public static async Task<EndState> BeginAsync(BenchmarkDatabase database, IReadOnlyList<string> accounts)
    {
        var state = new EndState(database, accounts);
        (state._outcomes, state._events) = (await state.OutcomesAsync(), await state.EventsAsync());
        return state;
    }

    /// <summary>Adds the commands of a run to those that must have left something.</summary>
    public Run Count(Run run)
    {
        _commands += run.Commands;
        return run;
    }

    /// <summary>Each command left one event and one outcome; positions have no gap; streams, events and current state agree.</summary>
    public async Task CheckAsync()
    {
        var (outcomes, events) = (await OutcomesAsync() - _outcomes, await EventsAsync() - _events);
        if (outcomes != _commands || events != _commands) throw new InvalidOperationException($"{_commands} commands left {outcomes} outcomes and {events} events.");
        var gaps = await CountAsync(
            """
            select count(*) from process_deployment.account a
            cross join lateral (select count(*) as n, max((headers ->> 'position')::bigint) as last from events.mt_events e where e.tenant_id = a.account_id) e
            where a.account_id = any($1) and (a.position <> e.n or a.position <> e.last)
            """);
        var behind = await CountAsync(
            """
            select count(*) from process_deployment.component_state s join events.mt_streams t on t.tenant_id = s.account_id and t.id = 'component/' || s.component_id
            join (select tenant_id, stream_id, count(*) as n, max(version) as last from events.mt_events where tenant_id = any($1) group by 1, 2) e
              on e.tenant_id = t.tenant_id and e.stream_id = t.id
            where s.account_id = any($1) and (s.stream_version <> t.version or e.n <> t.version or e.last <> t.version)
            """);
        if (gaps != 0 || behind != 0) throw new InvalidOperationException($"The end state is wrong: {gaps} accounts with gaps, {behind} streams that disagree with their state.");
    }

    /// <summary>Every Process is listed with the revision its events say.</summary>
    public async Task CheckReadModelsAsync()
    {
        var wrong = await CountAsync(
            """
            select count(*) from process_deployment.component_state s left join process_deployment.process_list l on l.account_id = s.account_id and l.process_id = s.component_id
            where s.account_id = any($1) and s.state ->> 'componentType' = 'process' and l.latest_revision is distinct from (s.state ->> 'revision')::int
            """);
        if (wrong != 0) throw new InvalidOperationException($"{wrong} Processes are not listed as their events say.");
    }

    private Task<long> OutcomesAsync() => CountAsync("select count(*) from process_deployment.command_outcome where account_id = any($1) and status = 'accepted'");

    private Task<long> EventsAsync() => CountAsync("select count(*) from events.mt_events where tenant_id = any($1)");

    private Task<long> CountAsync(string sql) => _database.ScalarAsync<long>(sql, (object)_accounts);
}
