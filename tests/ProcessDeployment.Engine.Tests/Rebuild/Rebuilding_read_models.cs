using System.Net;
using System.Text.Json;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Rebuild;

/// <summary>An engine that its tests leave as they found it: starting one for each would take longer than they do.</summary>
public sealed class RebuiltEngine(EngineFixture fixture) : IAsyncLifetime
{
    internal OwnEngine Own { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Own = await OwnEngine.StartAsync(fixture);
        await Own.LiveAsync("acme", 501, 160);
        await Own.LiveAsync("local", 502, 160);
    }

    public ValueTask DisposeAsync() => Own.DisposeAsync();
}

public sealed class Rebuilding_read_models(RebuiltEngine engine) : IClassFixture<RebuiltEngine>
{
    private static readonly string[] Both = ["acme", "local"];

    private OwnEngine Engine { get; } = engine.Own;

    [Fact]
    public async Task all_at_once_ends_in_the_rows_that_live_events_made()
    {
        var before = await DumpsAsync();

        var job = await Engine.RunAsync(new { all = true });

        ShouldBeProved(job);
        (await DumpsAsync()).ShouldBe(before);
        await GoesOnLiveAsync();
    }

    [Theory]
    [InlineData("process-list", "update process_deployment.process_list set name = 'Forged'")]
    [InlineData("process-names", "delete from process_deployment.process_name where revised")]
    [InlineData("attachments", "update process_deployment.attachment set attached_by = 'nobody'")]
    [InlineData("pinned-components", "delete from process_deployment.pinned_component where valid_to is null")]
    [InlineData("component-history", "update process_deployment.component_history set folder = 'Elsewhere'")]
    [InlineData("audit-entries", "update process_deployment.audit_entry set actor = 'nobody' where position % 2 = 0")]
    public async Task alone_repairs_what_was_changed_by_hand(string model, string forgery)
    {
        var before = await DumpsAsync();
        (await Engine.ExecuteAsync(forgery)).ShouldBeGreaterThan(0);

        ShouldBeProved(await Engine.RunAsync(Of(model)));

        (await DumpsAsync()).ShouldBe(before);
        await GoesOnLiveAsync();
    }

    [Fact]
    public async Task includes_what_decisions_look_at()
    {
        await Engine.ExecuteAsync("update process_deployment.licence_pool set used = used + 7");
        await Engine.ExecuteAsync("delete from process_deployment.attachment_state");
        await Engine.ExecuteAsync("update process_deployment.component_state set state = state || '{\"name\": \"Forged\"}'");
        (await Engine.RunAsync(new { models = (string[])["current-state"], verifyOnly = true })).GetProperty("differences").GetInt64().ShouldBeGreaterThan(3);

        ShouldBeProved(await Engine.RunAsync(Of("current-state")));

        await GoesOnLiveAsync();
    }

    /// <summary>What was sent once is not sent again: the history is read anew, and nothing is noted of it.</summary>
    [Fact]
    public async Task has_webhooks_send_nothing_again()
    {
        var hook = new SetWebhook { WebhookId = Guid.CreateVersion7(), Url = "http://127.0.0.1:1/", EventTypes = ["processdeployment.revision-made.v1"], Secret = "0123456789abcdef" };
        await Engine.SendAsync("acme", hook);
        await GoesOnLiveAsync();
        var sent = $"where webhook_id = '{hook.WebhookId}'";
        await Eventually.BecomesAsync(() => Engine.ExecuteAsync($"delete from process_deployment.webhook_delivery {sent}"), gone => gone > 0);

        ShouldBeProved(await Engine.RunAsync(new { all = true }));

        (await Engine.ScalarAsync<long>($"select count(*) from process_deployment.webhook_delivery {sent}")).ShouldBe(0);
        await Engine.SendAsync("acme", new DeleteWebhook { WebhookId = hook.WebhookId });
    }

    [Fact]
    public async Task of_one_account_leaves_the_others_alone()
    {
        await Engine.ExecuteAsync("update process_deployment.process_list set name = 'Forged'");

        ShouldBeProved(await Engine.RunAsync(new { models = (string[])["process-list"], accountId = "acme" }));

        (await Engine.ScalarAsync<long>("select count(*) from process_deployment.process_list where name = 'Forged' and account_id = 'acme'")).ShouldBe(0);
        (await Engine.ScalarAsync<long>("select count(*) from process_deployment.process_list where name = 'Forged' and account_id = 'local'")).ShouldBeGreaterThan(0);
        ShouldBeProved(await Engine.RunAsync(Of("process-list")));
    }

    [Fact]
    public async Task only_to_verify_lists_by_key_what_was_edited_by_hand_and_leaves_it()
    {
        var process = await Engine.ScalarAsync<Guid>("update process_deployment.process_list set name = 'Forged' where (account_id, process_id) in (select account_id, process_id from process_deployment.process_list limit 1) returning process_id");

        var job = await Engine.RunAsync(new { all = true, verifyOnly = true });

        job.GetProperty("differences").GetInt64().ShouldBe(1);
        var row = job.GetProperty("proof").EnumerateArray().SelectMany(a => a.GetProperty("tables").EnumerateArray()).SelectMany(t => t.GetProperty("shown").EnumerateArray()).Single();
        row.GetProperty("key").GetProperty("process_id").GetGuid().ShouldBe(process);
        (await Engine.ScalarAsync<long>("select count(*) from process_deployment.process_list where name = 'Forged'")).ShouldBe(1);
        ShouldBeProved(await Engine.RunAsync(Of("process-list")));
    }

    [Fact]
    public async Task a_second_time_meanwhile_is_refused_with_the_name_of_the_first()
    {
        string first;
        await using (await Engine.ReadingAsync("process_list"))
        {
            first = (await Engine.BeginAsync(Of("process-list"))).GetProperty("jobId").GetString()!;

            var (status, body) = await Engine.PostAsync("/api/v1/rebuilds", """{"all":true}""");

            status.ShouldBe(HttpStatusCode.Conflict);
            body.ShouldContain(first);
        }

        ShouldBeProved(await Engine.EndOfAsync(first));
    }

    [Fact]
    public async Task can_be_cancelled_and_resumed()
    {
        var before = await DumpsAsync();
        string jobId;
        await using (await Engine.ReadingAsync("attachment"))
        {
            jobId = (await Engine.BeginAsync(Of("attachments"))).GetProperty("jobId").GetString()!;
            (await Engine.CancelAsync(jobId)).ShouldBe(HttpStatusCode.Accepted);
            (await Engine.EndOfAsync(jobId)).GetProperty("status").GetString().ShouldBe("cancelled");
        }

        (await DumpsAsync()).ShouldBe(before);
        (await Engine.PostAsync($"/api/v1/rebuilds/{jobId}/resume", "{}")).Status.ShouldBe(HttpStatusCode.Accepted);
        ShouldBeProved(await Engine.EndOfAsync(jobId));
        (await DumpsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task leaves_an_account_as_it_was_of_which_an_event_cannot_be_read_and_names_it()
    {
        var before = await DumpsAsync();
        var (type, stream) = (await Engine.ScalarAsync<string>("select type from events.mt_events where tenant_id = 'acme' and (headers ->> 'position')::bigint = 20"), await Engine.ScalarAsync<string>("select stream_id from events.mt_events where tenant_id = 'acme' and (headers ->> 'position')::bigint = 20"));
        await Engine.ForgeAsync("update events.mt_events set type = 'processdeployment.invented.v1' where tenant_id = 'acme' and (headers ->> 'position')::bigint = 20");

        var job = await Engine.RunAsync(Of("audit-entries"));

        job.GetProperty("status").GetString().ShouldBe("completed");
        var left = job.GetProperty("left").EnumerateArray().Single();
        (left.GetProperty("accountId").GetString(), left.GetProperty("position").GetInt64(), left.GetProperty("stream").GetString()).ShouldBe(("acme", 20, stream));
        left.GetProperty("problem").GetString().ShouldBe("no event of type processdeployment.invented.v1 is known");
        (await DumpsAsync()).ShouldBe(before);
        await Engine.ForgeAsync($"update events.mt_events set type = '{type}' where tenant_id = 'acme' and (headers ->> 'position')::bigint = 20");
    }

    [Theory]
    [InlineData("""{"models":["process-lists"]}""", "models")]
    [InlineData("""{}""", "models")]
    [InlineData("""{"all":true,"models":["process-list"]}""", "models")]
    [InlineData("""{"all":true,"accountId":"nobody"}""", "accountId")]
    [InlineData("""{"all":true,"dryRun":true}""", "dryRun")]
    public async Task asked_for_badly_is_refused_with_the_member(string body, string member)
    {
        var (status, problem) = await Engine.PostAsync("/api/v1/rebuilds", body);

        status.ShouldBe(HttpStatusCode.BadRequest);
        JsonElement.Parse(problem).GetProperty("errors")[0].GetProperty("member").GetString().ShouldBe(member);
    }

    private static object Of(params string[] models) => new { models };

    private async Task<string> DumpsAsync() => string.Join('\n', await Task.WhenAll(Both.Select(Engine.DumpAsync)));

    /// <summary>The projection finds the exchanged tables, and they are as far as it thinks.</summary>
    private async Task GoesOnLiveAsync()
    {
        foreach (var account in Both)
        {
            var id = Guid.CreateVersion7();
            await Engine.SendAsync(account, new SaveComponent { ComponentId = id, ComponentType = "process", Name = "After the rebuild" });
            await Eventually.BecomesAsync(() => Engine.ScalarAsync<long>($"select count(*) from process_deployment.process_list where process_id = '{id}'"), count => count == 1);
        }

        ShouldBeProved(await Engine.RunAsync(new { all = true, verifyOnly = true }));
    }

    private static void ShouldBeProved(JsonElement job)
    {
        job.GetProperty("status").GetString().ShouldBe("completed", job.ToString());
        job.GetProperty("differences").GetInt64().ShouldBe(0, job.ToString());
    }
}
