using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain;
using ProcessDeployment.Engine.Tests.Ledger;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Redaction;

public sealed class Redacting_an_event(EngineFixture engine)
{
    private const string At8 = "from events.mt_events where tenant_id = $1 and (headers ->> 'position')::bigint = 8";

    [Fact]
    public async Task puts_the_marker_in_place_and_says_so_in_the_history_with_what_was_sealed_and_what_it_became()
    {
        var shop = await engine.JaneAsync();
        var leaf = Convert.ToHexStringLower((await engine.LeavesAsync(shop.Account, 8, 8)).Single());

        var report = await engine.RedactAsync(shop.Account, 8, "actor", "reason", "note");

        report.Redactions.ShouldHaveSingleItem().NotedAt.ShouldBe(9);
        (await shop.Account.ScalarAsync<string>($"select concat_ws('|', user_name, headers ->> 'reason', data ->> 'note') {At8}")).ShouldBe("[redacted]|[redacted]|[redacted]");
        var noted = await shop.Account.ScalarAsync<string>("select data::text from events.mt_events where tenant_id = $1 and (headers ->> 'position')::bigint = 9");
        noted.ShouldContain($"\"leafHash\": \"{leaf}\"");
        noted.ShouldContain("""["actor", "reason", "note"]""");
        noted.ShouldContain(Redacting.Why);
        (await engine.LeavesAsync(shop.Account, 8, 8)).Single().ShouldBe(Convert.FromHexString(leaf), "what is sealed stays");
    }

    [Fact]
    public async Task shows_it_in_the_audit_trail_and_the_redaction_with_who_and_why()
    {
        var shop = await engine.JaneAsync();

        await engine.RedactAsync(shop.Account, 8, "actor", "note");

        var items = (await shop.Account.AskAsync("/audit?take=10", 9)).Items();
        var (told, redacted) = (items.Single(item => item.GetProperty("position").GetInt64() == 9), items.Single(item => item.GetProperty("position").GetInt64() == 8));
        (told.Text("summary"), told.Text("actor"), told.Text("reason")).ShouldBe(("personal data taken out of position 8: actor, note", Redacting.Owner, Redacting.Why));
        (redacted.Text("actor"), redacted.Text("summary")).ShouldBe((PersonalData.Marker, "version 1 deployed nowhere yet: [redacted]"));
    }

    [Fact]
    public async Task shows_the_marker_about_the_past_too()
    {
        var shop = await engine.JaneAsync();

        await engine.RedactAsync(shop.Account, 8, "actor", "reason", "note");

        var version = await shop.Account.AsOf(8).AskAsync($"/processes/{shop.Orders}/versions/1");
        (version.Text("deployedBy"), version.Text("note")).ShouldBe((PersonalData.Marker, PersonalData.Marker));
    }

    /// <summary>Every text of every table that anybody could ask, whatever tables there will be.</summary>
    [Fact]
    public async Task leaves_the_text_in_no_table()
    {
        var shop = await engine.JaneAsync();
        var (component, atom) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await shop.DoAsync(
            new SaveComponent { ComponentId = component, ComponentType = "process", Name = "Jane Doe's process", Folder = "People/Jane Doe" },
            new RegisterAtom { AtomId = atom, Name = "Jane Doe's Atom", HostName = "host-of-jane-doe" },
            Shop.Attach(component, atom),
            Shop.Deploy(component));
        var refused = await shop.Account.SendAsync(new RegisterAtom { AtomId = atom, Name = "again" });
        refused.Refusal!.Message.ShouldContain("Jane Doe");
        (await shop.Account.SendAsync(new DeleteComponent { ComponentId = component })).Refusal!.Message.ShouldContain("Jane Doe's process is deployed on");
        var idle = Guid.CreateVersion7();
        await shop.DoAsync(new SaveComponent { ComponentId = idle, ComponentType = "process", Name = "Jane Doe's idle one" });
        (await shop.Account.SendAsync(Shop.Deploy(idle))).Warnings.ShouldHaveSingleItem().Message.ShouldContain("Jane Doe");
        await BuryAsync(shop.Account);
        await engine.SettledAsync(shop.Account, 14);
        (await engine.FoundAsync("Jane Doe", shop.Account)).ShouldContain("process_deployment.dead_letter.body");
        (await engine.FoundAsync("Jane Doe", shop.Account)).ShouldContain("process_deployment.process_list.name");

        await engine.RedactAsync(shop.Account, 8, "actor", "reason", "note");
        await engine.RedactAsync(shop.Account, 9, "name", "folder");
        await engine.RedactAsync(shop.Account, 10, "name", "hostName");
        await engine.RedactAsync(shop.Account, 12, "manifest.0.name");
        await engine.RedactAsync(shop.Account, 13, "name");
        var report = await engine.RedactAsync(shop.Account, 14, "manifest.0.name");

        report.StillIn.ShouldBeEmpty();
        (await engine.FoundAsync("Jane Doe", shop.Account)).ShouldBeEmpty();
        (await engine.FoundAsync("jane.doe@example.com", shop.Account)).ShouldBeEmpty();
        (await engine.FoundAsync("host-of-jane-doe", shop.Account)).ShouldBeEmpty();
    }

    [Fact]
    public async Task tells_where_the_same_text_still_stands()
    {
        var shop = await engine.JaneAsync();
        await shop.DoAsync(Shop.Deploy(shop.Invoice, "as Jane Doe asked"));
        await engine.SettledAsync(shop.Account, 9);

        (await engine.RedactAsync(shop.Account, 8, "note")).StillIn.ShouldBe([9]);
    }

    [Fact]
    public async Task of_one_actor_takes_the_name_out_of_all_that_person_did_and_attempted()
    {
        var shop = await engine.JaneAsync();
        await shop.DoAsync(Shop.Deploy(shop.Orders) with { Actor = "jane.doe@example.com" }, Shop.Deploy(shop.Invoice));
        await shop.Account.SendAsync(shop.SaveMap() with { ComponentType = "script", Actor = "jane.doe@example.com" });
        await engine.SettledAsync(shop.Account, shop.Position);

        var report = await engine.RedactAsync(new(shop.Account.Name, Redacting.Owner, Redacting.Why) { Person = "jane.doe@example.com" });

        report.Redactions.Select(one => one.Position).ShouldBe([8, 9]);
        (await engine.FoundAsync("jane.doe@example.com", shop.Account)).ShouldBeEmpty();
        (await shop.Account.AskAsync("/audit", 12)).Items().Count(item => item.Text("actor") == PersonalData.Marker).ShouldBe(3);
    }

    [Theory]
    [InlineData(8, "digest", "digest", "may not be redacted: of processdeployment.version-deployed.v1 these may: actor, reason, note")]
    [InlineData(8, "versionNumber", "versionNumber", "may not be redacted")]
    [InlineData(8, "manifest.0.componentId", "manifest.0.componentId", "may not be redacted")]
    [InlineData(8, "manifest.77.name", "manifest.77.name", "is not in the event at position 8")]
    [InlineData(7, "reason", "reason", "is not in the event at position 7")]
    [InlineData(99, "actor", "position", "must be that of an event")]
    public async Task that_may_not_be_or_is_not_there_names_the_member_and_the_rule(long position, string asked, string member, string rule)
    {
        var shop = await engine.JaneAsync();

        var refused = await engine.RefusalAsync(new(shop.Account.Name, Redacting.Owner, Redacting.Why) { Position = position, Members = [asked] });

        (refused.Member, refused.Rule).ShouldSatisfyAllConditions(() => refused.Member.ShouldBe(member), () => refused.Rule.ShouldContain(rule));
        (await shop.Account.ScalarAsync<long>("select position from process_deployment.account where account_id = $1")).ShouldBe(8, "nothing was noted");
    }

    [Fact]
    public async Task a_second_time_is_refused_for_what_was_taken_out_and_goes_for_the_rest()
    {
        var shop = await engine.JaneAsync();
        await engine.RedactAsync(shop.Account, 8, "note");

        (await engine.RefusalAsync(new(shop.Account.Name, Redacting.Owner, Redacting.Why) { Position = 8, Members = ["actor", "note"] })).Rule.ShouldContain("was redacted before");
        (await engine.RedactAsync(shop.Account, 8, "actor")).Redactions.ShouldHaveSingleItem();
        (await engine.RefusalAsync(new(shop.Account.Name, Redacting.Owner, Redacting.Why) { Position = 9, Members = ["actor"] })).Rule.ShouldContain("stays as it was sealed");
    }

    [Fact]
    public async Task that_was_altered_is_refused_and_left_as_it_is()
    {
        var shop = await engine.JaneAsync();
        await engine.ExecuteAsync(shop, "update events.mt_events set data = jsonb_set(data, '{digest}', '\"0\"') where tenant_id = $1 and (headers ->> 'position')::bigint = 8");

        (await engine.RefusalAsync(new(shop.Account.Name, Redacting.Owner, Redacting.Why) { Position = 8, Members = ["note"] })).Rule.ShouldContain("is not as it was sealed");

        (await shop.Account.ScalarAsync<string>($"select data ->> 'note' {At8}")).ShouldBe("as Jane Doe asked");
    }

    [Fact]
    public async Task of_an_account_there_is_not_is_refused() =>
        (await engine.RefusalAsync(new("nobody-there", Redacting.Owner, Redacting.Why) { Position = 1, Members = ["actor"] })).Member.ShouldBe("account");

    /// <summary>A repeat of the command at position 8 that could not be read, whole among the dead letters.</summary>
    private async Task BuryAsync(TestAccount account)
    {
        await using var command = engine.Owner.CreateCommand(
            $"""
            insert into process_deployment.dead_letter (channel, account_id, command_id, received_at, status, reason, errors, body, size, truncated)
            select 'postgresql', $1, (headers ->> 'commandId')::uuid, now(), 'malformed', 'x', '[]', 'as Jane Doe asked', 1, false {At8}
            """);
        command.Parameters.AddWithValue(account.Name);
        (await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }
}
