using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests;

namespace ProcessDeployment.ChannelTests;

public sealed class Sending_by_SQL(EngineFixture engine) : IAsyncLifetime
{
    private readonly PlainSql _sql = PlainSql.To(engine);
    private TestAccount _account = null!;

    private static SaveComponent AProcess(Guid id, string name = "Orders") =>
        new() { ComponentId = id, ComponentType = ComponentTypes.Process, Name = name };

    public async ValueTask InitializeAsync() => _account = await engine.NewAccountAsync();

    public ValueTask DisposeAsync() => _sql.DisposeAsync();

    [Fact]
    public async Task gives_the_command_id_and_then_the_outcome()
    {
        var (process, save, deploy) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        (await _sql.SendAsync(PlainSql.Text(_account.Name, AProcess(process), save))).ShouldBe(save);
        (await _sql.SendAsync(PlainSql.Text(_account.Name, new DeployProcess { ProcessId = process }, deploy))).ShouldBe(deploy);

        var outcome = await _sql.OutcomeAsync(_account.Name, deploy);

        outcome!.Value.GetProperty("status").GetString().ShouldBe("accepted");
        outcome.Value.GetProperty("replayed").GetBoolean().ShouldBeFalse();
        outcome.Value.GetProperty("events")[0].GetProperty("type").GetString().ShouldBe("processdeployment.version-deployed.v1");
        (await Rows()).ShouldBe(0);
    }

    [Fact]
    public async Task tells_a_refusal_with_its_code()
    {
        var id = Guid.CreateVersion7();
        await _sql.SendAsync(PlainSql.Text(_account.Name, new DeployProcess { ProcessId = Guid.CreateVersion7() }, id));

        var outcome = await _sql.OutcomeAsync(_account.Name, id);

        outcome!.Value.GetProperty("refusal").GetProperty("code").GetString().ShouldBe("unknown-process");
    }

    [Fact]
    public async Task a_command_known_from_another_channel_is_answered_as_replayed()
    {
        var (id, save) = (Guid.CreateVersion7(), AProcess(Guid.CreateVersion7()));
        var first = await _account.SendAsync(save, id);

        await _sql.SendAsync(PlainSql.Text(_account.Name, save, id));

        var outcome = await _sql.OutcomeAsync(_account.Name, id);
        outcome!.Value.GetProperty("replayed").GetBoolean().ShouldBeTrue();
        outcome.Value.GetProperty("position").GetInt64().ShouldBe(first.Position);
        (await Positions()).ShouldBe([1L]);
    }

    [Fact]
    public async Task other_data_under_a_known_id_is_refused_and_the_first_outcome_stays()
    {
        var (id, process) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await _account.SendAsync(AProcess(process), id);

        await _sql.SendAsync(PlainSql.Text(_account.Name, AProcess(process, "Invoices"), id));

        (await _sql.OutcomeAsync(_account.Name, id))!.Value.GetProperty("refusal").GetProperty("code").GetString().ShouldBe("command-id-reused");
        (await _sql.OneAsync<string[]>("select array_agg(status order by decided_at) from process_deployment.outcome where account_id = $1 and command_id = $2", _account.Name, id))
            .ShouldBe(["accepted", "refused"]);
    }

    [Fact]
    public async Task is_not_answered_by_the_outcome_of_an_earlier_command_while_it_waits()
    {
        var (id, save) = (Guid.CreateVersion7(), AProcess(Guid.CreateVersion7()));
        await _account.SendAsync(save, id);
        await using (await _sql.HoldAsync(_account.Name))
        {
            await _sql.SendAsync(PlainSql.Text(_account.Name, save with { Name = "Invoices" }, id));
            (await _sql.ScalarAsync("select process_deployment.await_outcome($1, $2, '0.2 seconds')", _account.Name, id)).ShouldBe(DBNull.Value);
        }

        (await _sql.OutcomeAsync(_account.Name, id))!.Value.GetProperty("refusal").GetProperty("code").GetString().ShouldBe("command-id-reused");
    }

    [Fact]
    public async Task to_an_unknown_account_is_refused_and_kept()
    {
        var (id, nobody) = (Guid.CreateVersion7(), $"nobody-{Guid.NewGuid():n}");
        await _sql.SendAsync(PlainSql.Text(nobody, AProcess(Guid.CreateVersion7()), id));

        var outcome = await _sql.OutcomeAsync(nobody, id);

        outcome!.Value.GetProperty("refusal").GetProperty("code").GetString().ShouldBe("unknown-account");
        (await _sql.OneAsync<long>("select count(*) from process_deployment.command_intake where body like $1", $"%{nobody}%")).ShouldBe(0);
        (await _sql.OneAsync<string>("select body from process_deployment.dead_letter where account_id = $1", nobody)).ShouldContain(id.ToString());
    }

    [Fact]
    public async Task a_thousand_at_once_takes_each_once_and_in_order()
    {
        var component = Guid.CreateVersion7();
        var ids = Enumerable.Range(0, 1_000).Select(_ => Guid.CreateVersion7()).ToArray();
        var texts = ids.Select((id, i) => PlainSql.Text(_account.Name, AProcess(component, $"Name {i}"), id)).ToArray();

        // Some are sent twice: repeats must not make another revision.
        await _sql.SendAllAsync([.. texts, .. texts.Take(100)]);

        await Eventually.TrueAsync(async () => await Rows() == 0, "all commands to be answered");
        (await Positions()).ShouldBe(Enumerable.Range(1, 1_000).Select(i => (long)i));
        (await _sql.OneAsync<string[]>(
                "select array_agg(headers ->> 'commandId' order by version) from events.mt_events where tenant_id = $1", _account.Name))
            .ShouldBe(ids.Select(id => id.ToString()));
    }

    private Task<long> Rows() => _sql.OneAsync<long>("select count(*) from process_deployment.command_intake where body like $1", $"%{_account.Name}%");

    private Task<long[]> Positions() =>
        _sql.OneAsync<long[]>("select array_agg((headers ->> 'position')::bigint order by seq_id) from events.mt_events where tenant_id = $1", _account.Name);
}
