using System.Net;
using ProcessDeployment.Engine.Tests.Rebuild;

namespace ProcessDeployment.Engine.Tests.Halting;

public sealed class Rebuilding_with_events_that_cannot_be_read(PoisonedEngine engine) : IClassFixture<PoisonedEngine>
{
    private OwnEngine Engine { get; } = engine.Own;

    [Fact]
    public async Task lifts_the_halt_of_an_account_once_they_are_mended()
    {
        var account = await Engine.NewAccountAsync();
        await Engine.LiveAsync(account, 608, 40);
        var poison = await Engine.PoisonAsync(account, "of unknown type");
        await Engine.SendAsync(account, Poison.Save("After the poison"));
        await Engine.HaltsAtAsync(account, poison);
        // As a release that knows it would read it: a save of the component whose stream it is in.
        await Engine.ForgeAsync($$"""
            update events.mt_events e set type = 'processdeployment.revision-made.v1',
                data = (select o.data from events.mt_events o where o.tenant_id = e.tenant_id order by o.seq_id desc limit 1) || jsonb_build_object('componentId', substring(e.stream_id from 11), 'name', 'Mended')
            where e.tenant_id = '{{account}}' and (e.headers ->> 'position')::bigint = {{poison}}
            """);

        var job = await Engine.RunAsync(new { all = true, accountId = account });

        job.GetProperty("status").GetString().ShouldBe("completed", job.ToString());
        job.TryGetProperty("left", out _).ShouldBeFalse(job.ToString());
        job.GetProperty("differences").GetInt64().ShouldBe(0, job.ToString());
        await Engine.FollowsAsync(account);
        (await Engine.ScalarAsync<string>($"select string_agg(name, ', ' order by name) from process_deployment.process_list where account_id = '{account}' and name in ('Mended', 'After the poison')")).ShouldBe("After the poison, Mended");
    }

    [Fact]
    public async Task leaves_their_account_as_it_was_and_rebuilds_all_others()
    {
        var (poisoned, other) = (await Engine.NewAccountAsync(), await Engine.NewAccountAsync());
        await Engine.LiveAsync(poisoned, 610, 60);
        await Engine.LiveAsync(other, 611, 60);
        var position = await Engine.PoisonAsync(poisoned, "of unknown type");
        await Engine.SendAsync(poisoned, Poison.Save("After the poison"));
        var stream = (await Engine.HaltsAtAsync(poisoned, position)).Stream;
        var (before, others) = (await Engine.DumpAsync(poisoned), await Engine.DumpAsync(other));
        await Engine.ExecuteAsync($"update process_deployment.process_list set name = 'Forged' where account_id = '{other}'");

        var job = await Engine.RunAsync(new { all = true });

        job.GetProperty("status").GetString().ShouldBe("completed", job.ToString());
        job.GetProperty("differences").GetInt64().ShouldBe(0, job.ToString());
        var left = job.GetProperty("left").EnumerateArray().Single(account => account.GetProperty("accountId").GetString() == poisoned);
        (left.GetProperty("position").GetInt64(), left.GetProperty("stream").GetString()).ShouldBe((position, stream));
        (await Engine.DumpAsync(poisoned)).ShouldBe(before);
        (await Engine.DumpAsync(other)).ShouldBe(others);
        (await Engine.HaltedAsync(poisoned))!.Position.ShouldBe(position);
        // And it goes on from there.
        (await Engine.SkipAsync(poisoned, position)).Status.ShouldBe(HttpStatusCode.OK);
        await Engine.FollowsAsync(poisoned);
        await Engine.ShouldBeAFoldAsync(poisoned);
    }
}
