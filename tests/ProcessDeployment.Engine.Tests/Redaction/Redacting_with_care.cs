using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Redaction;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Redaction;

/// <summary>What must not be done by half, nor be undone by what follows.</summary>
public sealed class Redacting_with_care(EngineFixture engine)
{
    private const string Jane = "jane.doe@example.com";

    [Fact]
    public async Task of_a_person_with_many_events_alters_none_when_the_last_was_altered_by_somebody()
    {
        var shop = await engine.JaneAsync();
        await shop.DoAsync([.. Enumerable.Range(0, 101).Select(_ => Shop.Deploy(shop.Orders) with { Actor = Jane })]);
        await engine.SettledAsync(shop.Account, shop.Position);
        await engine.ExecuteAsync(shop, $"update events.mt_events set data = jsonb_set(data, '{{digest}}', '\"0\"') where tenant_id = $1 and (headers ->> 'position')::bigint = {shop.Position}");

        (await engine.RefusalAsync(OfJane(shop))).Rule.ShouldContain("is not as it was sealed");

        (await shop.Account.ScalarAsync<long>($"select count(*) from events.mt_events where tenant_id = $1 and user_name = '{Jane}'")).ShouldBe(102);
    }

    [Fact]
    public async Task of_a_person_with_many_events_alters_all()
    {
        var shop = await engine.JaneAsync();
        await shop.DoAsync([.. Enumerable.Range(0, 101).Select(_ => Shop.Deploy(shop.Orders) with { Actor = Jane })]);
        await engine.SettledAsync(shop.Account, shop.Position);

        (await engine.RedactAsync(OfJane(shop))).Redactions.Count.ShouldBe(102);

        (await engine.FoundAsync(Jane, shop.Account)).ShouldBeEmpty();
    }

    [Fact]
    public async Task for_a_reason_that_would_bring_it_back_is_refused()
    {
        var shop = await engine.JaneAsync();

        var refused = await engine.RefusalAsync(new(shop.Account.Name, Redacting.Owner, "she wrote: As Jane Doe asked") { Position = 8, Members = ["note"] });
        var ofPerson = await engine.RefusalAsync(new(shop.Account.Name, Redacting.Owner, $"{Jane} asked for it") { Person = Jane });

        (refused.Member, ofPerson.Member).ShouldBe(("reason", "reason"));
        refused.Rule.ShouldContain("must not contain note");
        ofPerson.Rule.ShouldContain("must not contain the actor");
    }

    /// <summary>As soon as the transaction is committed, whenever the rebuild ends.</summary>
    [Fact]
    public async Task puts_right_what_decisions_look_at_before_the_next_command()
    {
        var shop = await engine.JaneAsync();
        var (component, atom) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await shop.DoAsync(
            new SaveComponent { ComponentId = component, ComponentType = "process", Name = "Jane's process", Folder = "People" },
            new RegisterAtom { AtomId = atom, Name = "Jane's Atom", HostName = "host" });
        await engine.SettledAsync(shop.Account, shop.Position);

        await engine.BeginRedactingAsync(new(shop.Account.Name, Redacting.Owner, Redacting.Why) { Position = 9, Members = ["name"] });
        (await shop.Account.ScalarAsync<string>($"select concat(state ->> 'name', '|', state ->> 'folder') from process_deployment.component_state where account_id = $1 and component_id = '{component}'")).ShouldBe("[redacted]|People");
        await engine.BeginRedactingAsync(new(shop.Account.Name, Redacting.Owner, Redacting.Why) { Position = 10, Members = ["hostName"] });
        (await shop.Account.ScalarAsync<string>($"select concat(state ->> 'name', '|', state ->> 'hostName') from process_deployment.atom_state where account_id = $1 and atom_id = '{atom}'")).ShouldBe("Jane's Atom|[redacted]");
    }

    [Fact]
    public async Task counts_as_done_by_what_its_rebuild_says_of_itself_whatever_models_there_will_be()
    {
        var shop = await engine.JaneAsync();
        var report = await engine.RedactAsync(shop.Account, 8, "note");
        var history = engine.Services.GetRequiredService<RedactionHistory>();

        await SetAsync(report, "models = array['of-another-release']");
        (await history.LastAsync(shop.Account.Name, TestContext.Current.CancellationToken)).ShouldBe((9, false));
        await SetAsync(report, "everything = false");
        (await history.LastAsync(shop.Account.Name, TestContext.Current.CancellationToken)).ShouldBe((9, true));
    }

    [Fact]
    public async Task of_a_person_who_was_only_refused_takes_the_name_out_of_the_attempts()
    {
        var shop = await engine.JaneAsync();
        await shop.Account.SendAsync(shop.SaveMap() with { ComponentType = "script", Actor = "john@example.com" });

        var report = await engine.RedactAsync(new(shop.Account.Name, Redacting.Owner, Redacting.Why) { Person = "john@example.com" });

        (report.Redactions.Count, report.JobId).ShouldBe((0, (Guid?)null));
        (await engine.FoundAsync("john@example.com", shop.Account)).ShouldBeEmpty();
        (await engine.RefusalAsync(new(shop.Account.Name, Redacting.Owner, Redacting.Why) { Person = "john@example.com" })).Member.ShouldBe("actor");
    }

    [Fact]
    public async Task of_nobody_is_refused()
    {
        var shop = await engine.JaneAsync();

        (await engine.RefusalAsync(new(shop.Account.Name, Redacting.Owner, Redacting.Why) { Person = "" })).Message.ShouldBe("actor must not be empty");
    }

    [Fact]
    public async Task clears_what_proofs_have_shown_of_its_own_account_alone()
    {
        var shop = await engine.JaneAsync();
        var jobId = Guid.CreateVersion7();
        var shown = """[{"table":"t","rows":1,"differences":1,"shown":[{"key":{},"kind":"differs","members":[{"column":"note","held":"as Jane Doe asked","ought":"x"}]}]}]""";
        await engine.ExecuteAsync(shop,
            $$"""
            insert into process_deployment.rebuild_job (job_id, models, verify_only, asked_in, actor, runner, status, phase, started_at, findings)
            values ('{{jobId}}', '{}', true, 'x', 'x', '{{jobId}}', 'completed', 'done', '2020-01-01',
                jsonb_build_array(jsonb_build_object('accountId', $1::text, 'position', 8, 'tables', '{{shown}}'::jsonb), jsonb_build_object('accountId', 'another', 'position', 8, 'tables', '{{shown}}'::jsonb)))
            """);

        await engine.RedactAsync(shop.Account, 8, "note");

        var proof = (await engine.Services.GetRequiredService<RebuildJobs>().FindAsync(jobId, TestContext.Current.CancellationToken))!.Proof!;
        (proof[0].Tables[0].Shown.Count, proof[1].Tables[0].Shown.Count, proof[0].Differences).ShouldBe((0, 1, 1));
        await engine.ExecuteAsync(shop, $"delete from process_deployment.rebuild_job where job_id = '{jobId}' and $1 <> ''");
    }

    private static RedactionRequest OfJane(Shop shop) => new(shop.Account.Name, Redacting.Owner, Redacting.Why) { Person = Jane };

    private async Task SetAsync(RedactionReport report, string set)
    {
        await using var command = engine.Owner.CreateCommand($"update process_deployment.rebuild_job set {set} where job_id = '{report.JobId}'");
        (await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }
}
