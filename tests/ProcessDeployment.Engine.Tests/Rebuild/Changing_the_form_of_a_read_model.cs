using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Tests.Rebuild;

public sealed class Changing_the_form_of_a_read_model(EngineFixture fixture)
{
    /// <summary>As a later release might have it: the day of an attachment in a column of its own, and found by it.</summary>
    private const string NewForm = """
        create table if not exists process_deployment.attachment (
            account_id  text        not null,
            process_id  uuid        not null,
            atom_id     uuid        not null,
            valid_from  bigint      not null,
            valid_to    bigint,
            attached_by text        not null,
            attached_at timestamptz not null,
            detached_by text,
            detached_at timestamptz,
            attached_on date        generated always as ((attached_at at time zone 'UTC')::date) stored,
            environment_id uuid,
            primary key (process_id, account_id, atom_id, valid_from)
        );
        create unique index if not exists attachment_now on process_deployment.attachment (process_id, account_id, atom_id) where valid_to is null;
        create index if not exists attachment_of_day on process_deployment.attachment (account_id, attached_on);
        """;

    private const string HasNewForm = "select count(*) from information_schema.columns where table_schema = 'process_deployment' and table_name = 'attachment' and column_name = 'attached_on'";

    [Fact]
    public async Task builds_it_beside_the_old_one_and_exchanges_them_while_the_engine_is_at_work()
    {
        await using var engine = await OwnEngine.StartAsync(fixture);
        await engine.LiveAsync("acme", 601, 120);
        var changed = RebuildModel.All.Single(model => model.Name == "attachments") with { Form = NewForm };
        var (jobs, jobId, runner) = (engine.Services.GetRequiredService<RebuildJobs>(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var holder = await engine.Databases.OpenSessionAsync(TestContext.Current.CancellationToken);
        await NextTables.ExecuteAsync(holder, $"select pg_advisory_lock({RebuildLock.Key})", TestContext.Current.CancellationToken);
        await jobs.AddAsync(jobId, new([changed.Name], null, VerifyOnly: false, "local", "kim"), runner, TestContext.Current.CancellationToken);
        var job = (await jobs.FindAsync(jobId, TestContext.Current.CancellationToken))!;

        var next = new Generation(engine.Databases, new(RetiredEvents.OfTheDomain), new(), new(), job, [changed], new());
        await next.FillAsync(TestContext.Current.CancellationToken);
        await engine.LiveAsync("local", 602, 80);
        (await engine.ScalarAsync<long>(HasNewForm)).ShouldBe(0, "the old one still answers");
        await new Switch(engine.Databases, jobs, NullLogger.Instance).RunAsync(next, TestContext.Current.CancellationToken);
        (await jobs.EndAsync(jobId, runner, "completed", new(), failure: null, proof: null, TestContext.Current.CancellationToken)).ShouldBeTrue();
        await holder.DisposeAsync();

        (await engine.ScalarAsync<long>(HasNewForm)).ShouldBe(1);
        (await engine.ScalarAsync<long>("select count(*) from pg_indexes where schemaname = 'process_deployment' and indexname in ('attachment_of_day', 'attachment_now', 'attachment_pkey')")).ShouldBe(3);
        await engine.LiveAsync("local", 603, 60);
        (await engine.ScalarAsync<long>("select count(*) from process_deployment.attachment where attached_on is null")).ShouldBe(0);
        (await engine.RunAsync(new { models = (string[])["attachments"], verifyOnly = true })).GetProperty("differences").GetInt64().ShouldBe(0);
        (await engine.StatusOfAsync("/api/v1/licences")).ShouldBe(HttpStatusCode.OK);
    }
}
