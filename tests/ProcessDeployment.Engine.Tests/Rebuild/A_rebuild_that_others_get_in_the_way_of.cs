using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Tests.Rebuild;

public sealed class A_rebuild_that_others_get_in_the_way_of(RebuiltEngine engine) : IClassFixture<RebuiltEngine>
{
    private const string PagesWait = "select count(*) from pg_locks where locktype = 'advisory' and mode = 'ExclusiveLock' and granted and classid = x'70726f63'::int::oid and objid = x'70616765'::int::oid and database = (select oid from pg_database where datname = current_database())";

    /// <summary>Engines of other tests hold locks of the same number, each in a database of its own.</summary>
    private static readonly string EndsTheLock = $"select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and classid = {RebuildLock.Key >> 32}::oid and objid = {RebuildLock.Key & 0xFFFFFFFF}::oid and database = (select oid from pg_database where datname = current_database())";

    private OwnEngine Engine { get; } = engine.Own;

    /// <summary>It ends after the account acme, one of a group then, and goes on when both accounts would make a group.</summary>
    [Fact]
    public async Task between_groups_goes_on_with_the_accounts_that_are_left()
    {
        var (work, before) = (Engine.Services.GetRequiredService<RebuildWork>(), await Engine.DumpAsync("acme"));
        await Engine.ForgeAsync("update events.mt_events set headers = headers - 'position' where tenant_id = 'local' and (headers ->> 'position')::bigint = 20");
        work.EventsAtOnce = 1;
        var job = await Engine.RunAsync(new { models = (string[])["attachments", "audit-entries"] });
        var jobId = job.GetProperty("jobId").GetString()!;
        job.GetProperty("status").GetString().ShouldBe("failed");
        (await Engine.ScalarAsync<string[]>($"select accounts_done from process_deployment.rebuild_job where job_id = '{jobId}'")).ShouldBe(["acme"]);
        await Engine.ForgeAsync("update events.mt_events set headers = headers || '{\"position\": 20}' where tenant_id = 'local' and headers ->> 'position' is null");

        work.EventsAtOnce = Generation.UsualEventsAtOnce;
        (await Engine.PostAsync($"/api/v1/rebuilds/{jobId}/resume", "{}")).Status.ShouldBe(HttpStatusCode.Accepted);

        ShouldBeProved(await Engine.EndOfAsync(jobId));
        (await Engine.DumpAsync("acme")).ShouldBe(before);
    }

    [Fact]
    public async Task waits_for_somebody_who_began_before_without_making_pages_wait()
    {
        string jobId;
        await using (var reader = await Engine.Databases.Shared.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await using var look = new Npgsql.NpgsqlCommand("begin isolation level repeatable read; select 1", reader);
            await look.ExecuteScalarAsync(TestContext.Current.CancellationToken);
            jobId = (await Engine.BeginAsync(new { models = (string[])["attachments"] })).GetProperty("jobId").GetString()!;
            await Eventually.BecomesAsync(() => Engine.JobAsync(jobId), job => job.GetProperty("phase").GetString() == "catching up");

            for (var sample = 0; sample < 200; sample++) (await Engine.ScalarAsync<long>(PagesWait)).ShouldBe(0);
        }

        ShouldBeProved(await Engine.EndOfAsync(jobId));
    }

    [Fact]
    public async Task without_its_lock_is_gone_on_with_by_another_runner()
    {
        string jobId;
        Guid runner;
        await using (await Engine.ReadingAsync("attachment"))
        {
            jobId = (await Engine.BeginAsync(new { models = (string[])["attachments"] })).GetProperty("jobId").GetString()!;
            runner = await RunnerAsync(jobId);
            (await Engine.ScalarAsync<bool>(EndsTheLock)).ShouldBeTrue();
            await Eventually.BecomesAsync(() => RunnerAsync(jobId), another => another != runner);
        }

        ShouldBeProved(await Engine.EndOfAsync(jobId));
    }

    [Fact]
    public async Task and_that_another_runner_has_gone_on_with_writes_no_current_state()
    {
        var (jobs, jobId) = (Engine.Services.GetRequiredService<RebuildJobs>(), Guid.CreateVersion7());
        var holder = await Engine.Databases.OpenSessionAsync(TestContext.Current.CancellationToken);
        await NextTables.ExecuteAsync(holder, $"select pg_advisory_lock({RebuildLock.Key})", TestContext.Current.CancellationToken);
        await jobs.AddAsync(jobId, new([RebuildModel.CurrentState], null, VerifyOnly: false, "local", "kim"), Guid.CreateVersion7(), TestContext.Current.CancellationToken);
        var stale = (await jobs.FindAsync(jobId, TestContext.Current.CancellationToken))!;
        await Engine.ForgeAsync("update process_deployment.component_state set stream_version = stream_version + 1 where (account_id, component_id) in (select account_id, component_id from process_deployment.component_state where account_id = 'acme' limit 1)");
        (await jobs.ReviveAsync(stale, Guid.CreateVersion7(), TestContext.Current.CancellationToken)).ShouldBeTrue();

        await Should.ThrowAsync<RebuildException>(() => new CurrentStateRebuild(Engine.Databases, new(RetiredEvents.OfTheDomain), new(), new(), stale, new()).RunAsync(["acme"], TestContext.Current.CancellationToken));

        (await Engine.ScalarAsync<long>("select count(*) from process_deployment.component_state s where account_id = 'acme' and stream_version <> (select version from events.mt_streams e where e.tenant_id = 'acme' and e.id = 'component/' || s.component_id)")).ShouldBe(1, "it is still as somebody wrote it");
        await holder.DisposeAsync();
        ShouldBeProved(await Engine.EndOfAsync(jobId.ToString()));
    }

    [Fact]
    public async Task with_tables_of_another_release_is_refused_and_begins_anew()
    {
        const string Script = "where name = 'Attachments.sql'";
        var hash = await Engine.ScalarAsync<string>($"select hash from process_deployment.applied_script {Script}");
        await Engine.ForgeAsync($"update process_deployment.applied_script set hash = 'of another' {Script}");
        var job = await Engine.RunAsync(new { models = (string[])["attachments"] });
        await Engine.ForgeAsync($"update process_deployment.applied_script set hash = '{hash}' {Script}");
        job.GetProperty("status").GetString().ShouldBe("failed");
        job.GetProperty("failure").GetString()!.ShouldContain("Attachments.sql");

        var jobId = job.GetProperty("jobId").GetString()!;
        await Engine.ForgeAsync($"update process_deployment.rebuild_job set script_hashes = array['of another'] where job_id = '{jobId}'");
        (await Engine.ExecuteAsync("delete from process_deployment_next.attachment")).ShouldBeGreaterThan(0);
        (await Engine.PostAsync($"/api/v1/rebuilds/{jobId}/resume", "{}")).Status.ShouldBe(HttpStatusCode.Accepted);

        ShouldBeProved(await Engine.EndOfAsync(jobId));
    }

    private Task<Guid> RunnerAsync(string jobId) => Engine.ScalarAsync<Guid>($"select runner from process_deployment.rebuild_job where job_id = '{jobId}'");

    private static void ShouldBeProved(System.Text.Json.JsonElement job)
    {
        job.GetProperty("status").GetString().ShouldBe("completed", job.ToString());
        job.GetProperty("differences").GetInt64().ShouldBe(0, job.ToString());
    }
}
