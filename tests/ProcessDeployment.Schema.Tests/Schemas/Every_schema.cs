using System.Text.Json.Nodes;

namespace ProcessDeployment.Schema.Tests.Schemas;

public sealed class Every_schema
{
    public static TheoryData<string> Messages => [.. Message.Names];

    /// <summary>With <c>EVENTSCHEMA_WRITE=1</c> this writes new schemas and those of compatible changes.</summary>
    [Theory]
    [MemberData(nameof(Messages))]
    public void is_the_one_of_its_record(string path)
    {
        var message = Message.Of(path);
        var schema = SchemaExport.Of(message);
        if (File.Exists(message.SchemaFile))
        {
            var committed = (JsonObject)JsonNode.Parse(File.ReadAllText(message.SchemaFile))!;
            Compatibility.Breaks(committed, schema, message.IsCommand).ShouldBeEmpty(
                $"{message.Type.Name} no longer fits what was sent or stored as {message.Name}. Leave it as it was and add the change as version 2: eventschema/README.md says how.");
        }

        if (Repository.Writes) File.WriteAllText(message.SchemaFile, SchemaExport.Text(schema));
        File.Exists(message.SchemaFile).ShouldBeTrue($"eventschema/{path}.schema.json is missing: write it with EVENTSCHEMA_WRITE=1.");
        File.ReadAllText(message.SchemaFile).ShouldBe(
            SchemaExport.Text(schema), $"{message.Type.Name} has changed in a way that others can live with: write its schema with EVENTSCHEMA_WRITE=1.");
    }

    [Fact]
    public void has_a_record()
    {
        var known = Message.All.Select(message => message.SchemaFile).ToHashSet(StringComparer.Ordinal);
        Directory.GetFiles(Repository.EventSchema, "*.schema.json", SearchOption.AllDirectories)
            .Where(file => !known.Contains(file) && !file.EndsWith("event-headers.v1.schema.json", StringComparison.Ordinal))
            .ShouldBeEmpty("A released schema stays, and so does its record: a wire name that was used is never forgotten.");
    }
}
