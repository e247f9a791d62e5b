using System.Text.Json.Nodes;
using Marten;
using ProcessDeployment.Engine.Storage;
using ProcessDeployment.Engine.Tests.Import;

namespace ProcessDeployment.Engine.Tests.Storage;

/// <summary>Marten drops the naming policy and the enum converter of the options it is given (the events are written by ours).</summary>
public sealed class The_serializer_of_the_event_store
{
    public static TheoryData<string> Types => [.. EventTypes.All.Select(known => known.WireName)];

    [Theory]
    [MemberData(nameof(Types))]
    public void reads_and_writes_what_the_wire_does(string wireName)
    {
        var options = new StoreOptions();
        EventStore.Configure(options);
        var type = EventTypes.All.Single(known => known.WireName == wireName).Type;
        var samples = Directory.GetFiles(Path.Combine(TestSamples.Root(), "eventschema", "events"), $"{wireName["processdeployment.".Length..]}.*sample.json");
        samples.ShouldNotBeEmpty();
        foreach (var sample in samples)
        {
            using var text = File.OpenRead(sample);
            var written = options.Serializer().ToJson(options.Serializer().FromJson(type, text));
            JsonNode.DeepEquals(JsonNode.Parse(written), JsonNode.Parse(File.ReadAllText(sample))).ShouldBeTrue($"{sample} became {written}");
        }
    }
}
