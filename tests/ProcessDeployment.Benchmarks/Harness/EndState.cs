namespace ProcessDeployment.Benchmarks.Harness;

/// <summary>What the engine's tables must say after a run, judged by SQL alone.</summary>
internal sealed class EndState(BenchmarkDatabase database, IReadOnlyList<string> accounts)
{
    private long _outcomes;
    private long _events;

    public async Task BeginAsync() => (_outcomes, _events) = (await OutcomesAsync(), await EventsAsync());

    /// <summary>Each command left one event and one outcome; positions have no gap; streams, events and current state agree.</summary>
    public async Task CheckAsync(long commands)
    {
        var (outcomes, events) = (await OutcomesAsync() - _outcomes, await EventsAsync() - _events);
        if (outcomes != commands || events != commands) throw new InvalidOperationException($"{commands} commands left {outcomes} outcomes and {events} events.");
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

    private Task<long> OutcomesAsync() => CountAsync("select count(*) from process_deployment.command_outcome where account_id = any($1) and status = 'accepted'");

    private Task<long> EventsAsync() => CountAsync("select count(*) from events.mt_events where tenant_id = any($1)");

    private Task<long> CountAsync(string sql) => database.ScalarAsync<long>(sql, (object)accounts.ToArray());
}
