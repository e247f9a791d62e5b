using System.Net;
using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.Tests.Http;

public sealed class Posting_a_batch(EngineFixture engine)
{
    [Theory]
    [InlineData("application/cloudevents-batch+json")]
    [InlineData("application/json")]
    public async Task answers_each_item_in_its_place(string contentType)
    {
        var account = await engine.NewAccountAsync();
        var atom = Guid.CreateVersion7();
        var bad = Guid.CreateVersion7();

        var (status, body) = await account.PostAsync(
            $" [{Texts.RegisterAtom(atom)},{Texts.Command("register-atom", "{}", bad)},{Texts.RegisterAtom(atom, "Another")},{Texts.RegisterAtom()}]", contentType);

        status.ShouldBe(HttpStatusCode.OK);
        body.EnumerateArray().Select(item => item.GetProperty("status").GetString()).ShouldBe(["accepted", "malformed", "refused", "accepted"]);
        body[1].GetProperty("commandId").GetGuid().ShouldBe(bad);
        body[1].GetProperty("errors")[0].GetProperty("member").GetString().ShouldBe("data.atomId");
        body[3].GetProperty("position").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task of_a_thousand_is_answered_and_of_more_is_too_large()
    {
        var account = await engine.NewAccountAsync();
        var thousand = string.Join(',', Enumerable.Range(0, 1_000).Select(_ => Texts.RegisterAtom()));

        var (status, body) = await account.PostAsync($"[{thousand}]", "application/cloudevents-batch+json");
        var (tooMany, _) = await account.PostAsync($"[{thousand},{Texts.RegisterAtom()}]", "application/cloudevents-batch+json");

        status.ShouldBe(HttpStatusCode.OK);
        body.GetArrayLength().ShouldBe(1_000);
        body[999].GetProperty("position").GetInt64().ShouldBe(1_000);
        tooMany.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task with_a_command_of_a_newer_type_is_for_another_node_as_a_whole()
    {
        var account = await engine.NewAccountAsync();

        var (status, body) = await account.PostAsync(
            $"[{Texts.RegisterAtom()},{Texts.RegisterAtom().Replace("atom.v1", "atom.v2", StringComparison.Ordinal)}]", "application/cloudevents-batch+json");

        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        body.GetProperty("code").GetString().ShouldBe("newer-than-this-node");
        (await account.ScalarAsync<long>("select count(*) from events.mt_events where tenant_id = $1")).ShouldBe(0);
    }

    [Fact]
    public async Task that_is_no_list_is_malformed_as_a_whole()
    {
        var account = await engine.NewAccountAsync();

        var (status, body) = await account.PostAsync(Texts.RegisterAtom(), "application/cloudevents-batch+json");

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("errors")[0].GetProperty("member").GetString().ShouldBe("body");
    }

    /// <summary>A save that found no room was overtaken by the deploy behind it, which was judged without it, for ever.</summary>
    [Fact]
    public void hands_nothing_over_behind_a_command_that_found_no_room()
    {
        var items = CommandParser.ParseBatch(
            System.Text.Encoding.UTF8.GetBytes($"[{Texts.RegisterAtom()},{Texts.RegisterAtom()},{Texts.RegisterAtom()}]"), new CommandDefaults("local", "kim@example.com")).Items;
        var pipeline = new FullAfterOne();

        var answers = CommandsEndpoint.HandOver(items, pipeline, Authority.Operator, letInByMemory: false, TestContext.Current.CancellationToken);

        pipeline.Offered.ShouldBe(2);
        answers.Count.ShouldBe(2);
        answers[1].IsTurnedAway().ShouldBeTrue();
    }

    private sealed class FullAfterOne : ICommandPipeline
    {
        public int Offered { get; private set; }

        public Task<Outcome> SubmitAsync(IncomingCommand command, CancellationToken cancellation = default) =>
            ++Offered == 1 ? new TaskCompletionSource<Outcome>().Task : Task.FromException<Outcome>(new PipelineBusyException());
    }

    [Fact]
    public async Task of_nothing_is_answered_with_nothing()
    {
        var account = await engine.NewAccountAsync();

        var (status, body) = await account.PostAsync("[]", "application/json");

        status.ShouldBe(HttpStatusCode.OK);
        body.ValueKind.ShouldBe(JsonValueKind.Array);
    }
}
