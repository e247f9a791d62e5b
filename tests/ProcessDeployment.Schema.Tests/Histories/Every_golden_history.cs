using System.Text.Json.Nodes;
using NJsonSchema;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Storage;
using ProcessDeployment.Schema.Tests.Schemas;

namespace ProcessDeployment.Schema.Tests.Histories;

/// <summary>What was once stored means the same for ever: each history that was ever released folds to the state that was recorded then.</summary>
public sealed class Every_golden_history
{
    public static TheoryData<string> Names => [.. GoldenHistory.All.Select(history => history.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void folds_to_its_recorded_state(string name)
    {
        var history = GoldenHistory.Of(name);

        StateText.Of(Replay.Of(history.Lines()).Account).ShouldBe(
            history.State(), $"What was stored as {name} means something else now. If it was an event, leave it as it was and add the change as version 2: eventschema/README.md says how.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task fits_the_schemas_of_its_events(string name)
    {
        var lines = GoldenHistory.Of(name).Lines();
        var (skipped, decoder) = (Replay.Of(lines).Skipped, new EventDecoder(RetiredEvents.OfTheDomain));
        foreach (var line in lines)
        {
            (await Mistakes("event-headers.v1", line.Headers)).ShouldBeEmpty($"headers of {line}");
            var mistakes = await Mistakes($"events/{Message.Short(line.Type)}", line.Data);
            mistakes.Any().ShouldBe(skipped.Contains(line.Position), $"{line}: {string.Join("; ", mistakes)}");
            (decoder.ProblemWith(line.Type, line.Data.ToJsonString()) is null).ShouldBe(!skipped.Contains(line.Position), line.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void has_positions_without_gap_and_so_has_each_stream(string name)
    {
        var lines = GoldenHistory.Of(name).Lines();

        lines.Select(line => line.Position).ShouldBe(Enumerable.Range(1, lines.Count).Select(position => (long)position));
        lines.ShouldAllBe(line => line.Headers["position"]!.GetValue<long>() == line.Position);
        foreach (var stream in lines.GroupBy(line => line.Stream, StringComparer.Ordinal))
            stream.Select(line => line.Number).ShouldBe(Enumerable.Range(1, stream.Count()).Select(number => (long)number), stream.Key);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void survives_reading_and_writing(string name)
    {
        foreach (var text in File.ReadLines(GoldenHistory.Of(name).EventsFile)) StoredLine.Of(text).Text().ShouldBe(text);
    }

    private static async Task<IReadOnlyList<string>> Mistakes(string schema, JsonObject message)
    {
        var known = await JsonSchema.FromFileAsync(Path.Combine(Repository.EventSchema, $"{schema}.schema.json"), TestContext.Current.CancellationToken);
        return [.. known.Validate(message.ToJsonString()).Select(error => error.ToString())];
    }
}
