using System.Net;
using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.ReadModels;
using ProcessDeployment.Engine.Tests.Rebuild;

namespace ProcessDeployment.Engine.Tests.Halting;

public sealed class Events_that_cannot_be_read(PoisonedEngine engine) : IClassFixture<PoisonedEngine>
{
    public static TheoryData<string> Kinds => [.. Poison.Kinds];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(701, 6)];

    private OwnEngine Engine { get; } = engine.Own;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task halt_their_account_there_and_no_other(string kind)
    {
        var (poisoned, other) = (await Engine.NewAccountAsync(), await Engine.NewAccountAsync());
        await Engine.LiveAsync(poisoned, 601, 40);
        var position = await Engine.PoisonAsync(poisoned, kind);
        await Engine.SendAsync(poisoned, Poison.Save("After the poison"));

        await Engine.LiveAsync(other, 602, 40);

        var halted = await Engine.HaltsAtAsync(poisoned, position);
        (halted.Stream, halted.Type).ShouldNotBe((null, null));
        var shown = JsonElement.Parse(await Engine.Http.GetStringAsync("/api/v1/halted-accounts", TestContext.Current.CancellationToken)).GetProperty("items").EnumerateArray().Single(item => item.GetProperty("accountId").GetString() == poisoned);
        shown.GetProperty("raw").GetString().ShouldNotBeNullOrEmpty();
        shown.GetProperty("since").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
        (await Engine.ReadAsync(poisoned)).ShouldBe(position - 1);
        await Engine.ShouldBeAFoldAsync(poisoned);
        await Engine.ShouldBeAFoldAsync(other);
    }

    /// <summary>Decisions look at current state, which is written with the events and reads none.</summary>
    [Fact]
    public async Task let_commands_of_their_account_be_decided_as_before()
    {
        var account = await Engine.NewAccountAsync();
        await Engine.LiveAsync(account, 603, 20);
        await Engine.HaltsAtAsync(account, await Engine.PoisonAsync(account, "of unknown type"));
        var process = Guid.CreateVersion7();

        (await Engine.SendAsync(account, Poison.Save("Orders", process))).Status.ShouldBe(OutcomeStatus.Accepted);
        (await Engine.SendAsync(account, new DeployProcess { ProcessId = process })).Status.ShouldBe(OutcomeStatus.Accepted);
        (await Engine.SendAsync(account, new DeleteComponent { ComponentId = Guid.CreateVersion7() })).Status.ShouldBe(OutcomeStatus.Refused);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task that_are_marked_as_skipped_are_passed_over_and_shown_as_such(string kind)
    {
        var account = await Engine.NewAccountAsync();
        await Engine.LiveAsync(account, 604, 40);
        var position = await Engine.PoisonAsync(account, kind);
        await Engine.SendAsync(account, Poison.Save("After the poison"));
        await Engine.HaltsAtAsync(account, position);

        var (status, body) = await Engine.SkipAsync(account, position, "nobody needs it");

        status.ShouldBe(HttpStatusCode.OK, body);
        await Engine.FollowsAsync(account);
        await Engine.ShouldBeAFoldAsync(account);
        (await Engine.ScalarAsync<string>($"select summary from process_deployment.audit_entry where account_id = '{account}' and position = {position}"))
            .ShouldMatch("^could not be read and was passed over, marked by .+: nobody needs it$");
        var noted = JsonElement.Parse(body).GetProperty("notedAt").GetInt64();
        (await Engine.ScalarAsync<string>($"select summary from process_deployment.audit_entry where account_id = '{account}' and position = {noted}"))
            .ShouldContain($"the event at position {position}, ");
        // It is live again, and a rebuild comes to the same.
        var before = await Engine.DumpAsync(account);
        ShouldBeProved(await Engine.RunAsync(new { all = true, accountId = account }));
        (await Engine.DumpAsync(account)).ShouldBe(before);
        ShouldBeProved(await Engine.RunAsync(new { all = true, accountId = account, verifyOnly = true }));
    }

    [Fact]
    public async Task are_skipped_only_where_their_account_is_halted_and_with_a_reason()
    {
        var account = await Engine.NewAccountAsync();
        await Engine.LiveAsync(account, 605, 10);
        (await Engine.SkipAsync(account, 3)).Status.ShouldBe(HttpStatusCode.Conflict);
        var position = await Engine.PoisonAsync(account, "of unknown type");
        await Engine.HaltsAtAsync(account, position);

        (await Engine.SkipAsync(account, position - 1)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await Engine.SkipAsync(account, position + 1)).Body.ShouldContain($"halted at position {position}, processdeployment.invented.v1 in stream component/");
        (await Engine.SkipAsync(account, position, "")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Engine.HaltedAsync(account))!.Position.ShouldBe(position);

        (await Task.WhenAll(Engine.SkipAsync(account, position), Engine.SkipAsync(account, position))).Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        await Engine.FollowsAsync(account);
    }

    /// <summary>Whatever comes where: the read models hold the history until the first event that cannot be read, and after the last was marked all of it.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task leave_the_read_models_a_fold_of_what_comes_before_wherever_they_are(int seed)
    {
        var (account, other, random, poison) = (await Engine.NewAccountAsync(), await Engine.NewAccountAsync(), new Random(seed), new Queue<long>());
        foreach (var (mine, others) in RandomHistory.CommandsOf(seed, 120).Zip(RandomHistory.CommandsOf(seed + 100, 120)))
        {
            if (random.Next(20) == 0) poison.Enqueue(await Engine.PoisonAsync(account, Poison.Kinds[random.Next(Poison.Kinds.Length)], random.Next(1, 3)));
            await Engine.SendAsync(account, mine);
            await Engine.SendAsync(other, others);
        }

        poison.Enqueue(await Engine.PoisonAsync(account, Poison.Kinds[seed % Poison.Kinds.Length]));
        await Engine.FollowsAsync(other);
        await Engine.ShouldBeAFoldAsync(other);
        while (poison.TryDequeue(out var first))
        {
            var stream = (await Engine.HaltsAtAsync(account, first)).Stream;
            for (var position = first; (await Engine.ScalarAsync<long>($"select count(*) from events.mt_events where tenant_id = '{account}' and stream_id = '{stream}' and (headers ->> 'position')::bigint = {position}")) == 1; position++)
            {
                await Engine.HaltsAtAsync(account, position);
                (await Engine.ShouldBeAFoldAsync(account)).Position.ShouldBe(position - 1);
                (await Engine.SkipAsync(account, position)).Status.ShouldBe(HttpStatusCode.OK);
            }
        }

        await Engine.FollowsAsync(account);
        ShouldBeProved(await Engine.RunAsync(new { all = true, accountId = account, verifyOnly = true }));
    }

    /// <summary>More than a page has: the daemon finds nothing it can read and goes by what follows.</summary>
    [Fact]
    public async Task take_nothing_else_with_them_when_pages_are_full_of_them()
    {
        var (poisoned, other) = (await Engine.NewAccountAsync(), await Engine.NewAccountAsync());
        await Engine.LiveAsync(poisoned, 606, 5);

        var position = await Engine.PoisonAsync(poisoned, "with a broken body", count: 4_100);
        await Engine.LiveAsync(other, 607, 60);

        await Engine.HaltsAtAsync(poisoned, position);
        await Engine.FollowsAsync(other);
        await Engine.ShouldBeAFoldAsync(other);
    }

    [Fact]
    public async Task that_were_taken_away_halt_their_account_and_cannot_be_skipped()
    {
        var account = await Engine.NewAccountAsync();
        await Engine.LiveAsync(account, 609, 20);
        var position = await Engine.PoisonAsync(account, "of unknown type");
        await Engine.SendAsync(account, Poison.Save("Taken away"));
        await Engine.ForgeAsync($"delete from events.mt_events where tenant_id = '{account}' and (headers ->> 'position')::bigint = {position}");
        await Engine.ForgeAsync($"delete from events.mt_events where tenant_id = '{account}' and (headers ->> 'position')::bigint = {position + 1}");
        await Engine.SendAsync(account, Poison.Save("After the hole"));

        await Eventually.BecomesAsync(() => Engine.HaltedAsync(account), halted => halted is { Problem: { } problem } && problem.Contains("taken away", StringComparison.Ordinal));
        (await Engine.HaltedAsync(account))!.Position.ShouldBe(position);
        (await Engine.SkipAsync(account, position)).Status.ShouldBe(HttpStatusCode.Conflict);

        // All that is left after the hole can be read, and yet it tells less than decisions have seen.
        var before = await ComponentStateAsync(account);
        before.ShouldContain("Taken away");
        var job = await Engine.RunAsync(new { all = true });
        job.GetProperty("status").GetString().ShouldBe("completed", job.ToString());
        job.GetProperty("left").EnumerateArray().Select(left => (left.GetProperty("accountId").GetString(), left.GetProperty("position").GetInt64())).ShouldContain((account, position));
        (await ComponentStateAsync(account)).ShouldBe(before);
    }

    private Task<string> ComponentStateAsync(string account) =>
        Engine.ScalarAsync<string>($"select string_agg(to_jsonb(c)::text, E'\\n' order by c.component_id) from process_deployment.component_state c where c.account_id = '{account}'");

    private static void ShouldBeProved(JsonElement job)
    {
        job.GetProperty("status").GetString().ShouldBe("completed", job.ToString());
        job.GetProperty("differences").GetInt64().ShouldBe(0, job.ToString());
        job.TryGetProperty("left", out _).ShouldBeFalse(job.ToString());
    }
}
