using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain;

namespace ProcessDeployment.Schema.Tests.Schemas;

/// <summary>Samples are golden: what was once sent or stored in their form must be read for ever.</summary>
public sealed class Every_sample
{
    public static TheoryData<string> Messages => [.. Message.Names];

    private static IEnumerable<(string File, byte[] Text)> SamplesOf(Message message)
    {
        message.SampleFiles.ShouldNotBeEmpty($"{message.Type.Name} has no sample: write eventschema/{message.Path}.sample.json by hand.");
        return message.SampleFiles.Select(file => (Path.GetFileName(file), File.ReadAllBytes(file)));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task fits_its_schema(string path)
    {
        var message = Message.Of(path);
        var schema = await JsonSchema.FromFileAsync(message.SchemaFile, TestContext.Current.CancellationToken);
        foreach (var (file, text) in SamplesOf(message))
            schema.Validate(System.Text.Encoding.UTF8.GetString(text)).Select(error => error.ToString()).ShouldBeEmpty(file);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void survives_reading_and_writing(string path)
    {
        var message = Message.Of(path);
        foreach (var (file, text) in SamplesOf(message))
        {
            var written = message.IsCommand ? Rewritten(text, file) : JsonSerializer.SerializeToUtf8Bytes(Read(message, text), message.Type, WireJson.Options);
            JsonNode.DeepEquals(JsonNode.Parse(written), JsonNode.Parse(text)).ShouldBeTrue(
                $"{file} was read as {message.Type.Name} and came back as {System.Text.Encoding.UTF8.GetString(written)}");
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void of_a_retired_event_becomes_one_of_today(string path)
    {
        var message = Message.Of(path);
        if (!message.Type.IsSubclassOf(typeof(RetiredEvent))) return;
        foreach (var (file, text) in SamplesOf(message))
        {
            var today = ((RetiredEvent)Read(message, text)).Upcast();
            var written = JsonSerializer.SerializeToUtf8Bytes(today, today.GetType(), WireJson.Options);
            JsonSerializer.Deserialize(written, today.GetType(), WireJson.Options).ShouldNotBeNull(file);
        }
    }

    [Fact]
    public void has_a_message()
    {
        var known = Message.All.SelectMany(message => message.SampleFiles).ToHashSet(StringComparer.Ordinal);
        Directory.GetFiles(Repository.EventSchema, "*sample.json", SearchOption.AllDirectories)
            .Where(file => !known.Contains(file) && !file.EndsWith("event-headers.v1.sample.json", StringComparison.Ordinal))
            .ShouldBeEmpty("A golden sample stays, and so does the record that reads it.");
    }

    private static object Read(Message message, byte[] text) => JsonSerializer.Deserialize(text, message.Type, WireJson.Options).ShouldNotBeNull();

    private static byte[] Rewritten(byte[] text, string file)
    {
        var result = CommandParser.Parse(text, CommandDefaults.None);
        result.Errors.ShouldBeEmpty(file);
        var envelope = result.Envelope.ShouldNotBeNull();
        return CommandWriter.ToCloudEvent(envelope.CommandId, envelope.Source, envelope.Command, envelope.Time, envelope.Extensions);
    }
}
