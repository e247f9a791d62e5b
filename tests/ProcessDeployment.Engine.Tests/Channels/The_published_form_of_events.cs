using System.Text.Json;
using System.Text.Json.Nodes;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain;
using ProcessDeployment.Engine.Publishing;
using ProcessDeployment.Engine.Storage;
using ProcessDeployment.Engine.Tests;

namespace ProcessDeployment.ChannelTests;

public sealed class The_published_form_of_events(EngineFixture engine)
{
    public static TheoryData<string> Types => [.. EventTypes.All.Select(known => known.WireName)];

    [Theory]
    [MemberData(nameof(Types))]
    public async Task is_decided_for_every_type_and_the_same_in_code_and_in_the_view(string wireName)
    {
        var sample = await File.ReadAllTextAsync(Sample(wireName), TestContext.Current.CancellationToken);
        var type = EventTypes.All.Single(known => known.WireName == wireName).Type;
        await using var sql = PlainSql.To(engine);

        var told = PublishedEvents.Body(JsonSerializer.Deserialize(sample, type, WireJson.Options)!);

        var shown = await sql.OneAsync<string>("select process_deployment.published_body($1, $2::jsonb)::text", wireName, sample);
        JsonNode.DeepEquals(JsonNode.Parse(shown), JsonNode.Parse(told.GetRawText())).ShouldBeTrue($"{shown}\n{told}");
    }

    /// <summary>The same fact, said twice: by the record and by the two functions.</summary>
    [Fact]
    public async Task of_a_former_form_is_todays_in_code_and_in_the_database()
    {
        await using var sql = PlainSql.To(engine);
        foreach (var (wireName, retired) in RetiredEvents.OfTheDomain.ByName)
        {
            var sample = await File.ReadAllTextAsync(Sample(wireName), TestContext.Current.CancellationToken);
            var today = ((RetiredEvent)JsonSerializer.Deserialize(sample, retired, WireJson.Options)!).Upcast();

            (await sql.OneAsync<string>("select process_deployment.event_type_today($1)", wireName)).ShouldBe(WireNameAttribute.Of(today.GetType()));
            var shown = await sql.OneAsync<string>("select process_deployment.event_today($1, $2::jsonb)::text", wireName, sample);
            JsonNode.DeepEquals(JsonNode.Parse(shown), JsonSerializer.SerializeToNode(today, today.GetType(), WireJson.Options)).ShouldBeTrue(shown);
        }
    }

    /// <summary>The golden sample of an event, in the repository.</summary>
    private static string Sample(string wireName)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ProcessDeployment.sln"))) folder = folder.Parent!;
        return Path.Combine(folder.FullName, "eventschema", "events", wireName["processdeployment.".Length..] + ".sample.json");
    }
}
