using System.Text.Json;
using System.Text.Json.Nodes;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Engine.Tests.Import;

namespace ProcessDeployment.Engine.Tests.Storage;

public sealed class The_headers_of_events
{
    [Fact]
    public void are_those_that_eventschema_describes()
    {
        var sample = File.ReadAllText(Path.Combine(TestSamples.Root(), "eventschema", "event-headers.v1.sample.json"));
        var written = JsonSerializer.Deserialize<EventHeaders>(sample, WireJson.StrictOptions)!.ToJson();
        JsonNode.DeepEquals(JsonNode.Parse(written), JsonNode.Parse(sample)).ShouldBeTrue(written);
    }
}
