using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Operations;
using ProcessDeployment.Engine.Operations.Settings;

namespace ProcessDeployment.Engine.Tests.Operations;

public sealed class Noting_what_was_done_with_the_records(EngineFixture engine)
{
    [Fact]
    public async Task puts_it_into_the_history_of_the_account_in_order()
    {
        var account = await engine.NewAccountAsync();
        await account.SendAsync(new RegisterAtom { AtomId = Guid.CreateVersion7(), Name = "Berlin" });

        var made = await RecordAsync(account.Name, new ExportMade { ExportId = "e1", FirstPosition = 1, LastPosition = 1, Checkpoint = 3 });
        var read = await RecordAsync(account.Name, new ExportRead { ExportId = "e1" });

        (made, read).ShouldBe((2, 3));
        (await account.ScalarAsync<long>("select version from events.mt_streams where tenant_id = $1 and id = 'operations'")).ShouldBe(2);
    }

    [Fact]
    public async Task shows_it_in_the_audit_trail_with_who_did_it()
    {
        var account = await engine.NewAccountAsync();

        var position = await RecordAsync(account.Name, new RebuildEnded { JobId = Guid.CreateVersion7(), Result = "differs", Differences = 2 });

        var entries = await account.Http.GetStringAsync(new Uri($"/api/v1/audit?atLeast={position}", UriKind.Relative), TestContext.Current.CancellationToken);
        entries.ShouldContain("differs, 2 rows differed");
        entries.ShouldContain("\"actor\":\"kim@example.com\"");
        entries.ShouldContain("\"channel\":\"engine\"");
    }

    [Fact]
    public async Task tells_which_settings_are_other_ones_than_at_the_start_before()
    {
        var account = await engine.NewAccountAsync();
        var watch = new SettingsWatch(engine.Databases, engine.Services.GetRequiredService<IOperationsLog>(), new EngineOptions { Account = account.Name, Actor = "kim@example.com" });
        await watch.CompareAsync(Settings("one", "amqp://a/"), TestContext.Current.CancellationToken);
        (await HappenedAsync(account)).ShouldBe(0, "there was nothing to compare with");

        await watch.CompareAsync(Settings("one", "amqp://a/"), TestContext.Current.CancellationToken);
        (await HappenedAsync(account)).ShouldBe(0, "nothing changed");

        await watch.CompareAsync(Settings("one", null), TestContext.Current.CancellationToken);
        (await HappenedAsync(account)).ShouldBe(1);
        (await account.ScalarAsync<string>("select data ->> 'changes' from events.mt_events where tenant_id = $1"))
            .ShouldBe("""[{"name": "ConnectionStrings__RabbitMq", "former": "amqp://a/"}]""");
    }

    [Fact]
    public void never_tells_a_password() => SettingsInWords
        .Of(new() { Postgres = "Host=db;Username=app;Password=s3cret", RabbitMq = "amqp://kim:s3cret@broker:5672/" })
        .Values.ShouldNotContain(value => value != null && value.Contains("s3cret"));

    private static Dictionary<string, string?> Settings(string account, string? broker) => new() { ["PROCESSDEPLOYMENT_ACCOUNT"] = account, ["ConnectionStrings__RabbitMq"] = broker };

    private static Task<long> HappenedAsync(TestAccount account) => account.ScalarAsync<long>("select count(*) from events.mt_events where tenant_id = $1");

    private Task<long> RecordAsync(string account, OperationEvent happened) =>
        engine.Services.GetRequiredService<IOperationsLog>().RecordAsync(account, "kim@example.com", happened, TestContext.Current.CancellationToken);
}
