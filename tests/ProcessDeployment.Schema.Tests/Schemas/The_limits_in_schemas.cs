using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Schema.Tests.Schemas;

public sealed class The_limits_in_schemas
{
    public static TheoryData<string> Commands => [.. Message.All.Where(message => message.IsCommand).Select(message => message.Path)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void are_those_of_the_parser(string path)
    {
        foreach (var (member, keyword, limit) in Limited(Data(path), ""))
        {
            Errors(path, member, Within(path, member, keyword, limit)).ShouldBeEmpty($"{member} at its {keyword}");
            Errors(path, member, Beyond(path, member, keyword, limit)).ShouldHaveSingleItem($"{member} beyond its {keyword}").Member.ShouldStartWith($"data.{member}");
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void can_be_tried_since_samples_have_every_member(string path) => Sample(path)["data"]!.AsObject().Select(member => member.Key)
        .ShouldBe(Data(path)["properties"]!.AsObject().Select(member => member.Key), ignoreOrder: true);

    [Theory]
    [InlineData("commands/delete-atom.v1", "accountId")]
    [InlineData("commands/save-component.v1", "componentType")]
    public void accept_the_same_words_as_the_parser(string path, string member)
    {
        var pattern = new Regex(Data(path)["properties"]![member]!["pattern"]!.ToString(), RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        foreach (var word in new[] { "", "a", "A", "0", "-", "a-b", "a.b", "a_b", ".a", "a b", " a", "ä", "a'b", new('a', 63), new('a', 64), new('a', 100), new('a', 101) })
            (Errors(path, member, word).Count == 0).ShouldBe(pattern.IsMatch(word), $"{member} = '{word}'");
    }

    private static JsonObject Data(string path) => (JsonObject)SchemaExport.Of(Message.Of(path))["properties"]!["data"]!;

    private static JsonNode Sample(string path) => JsonNode.Parse(File.ReadAllText(Message.Of(path).SampleFiles.First()))!;

    private static IEnumerable<(string Member, string Keyword, int Limit)> Limited(JsonObject schema, string path)
    {
        foreach (var (keyword, value) in schema)
        {
            if (keyword.StartsWith("max", StringComparison.Ordinal) || keyword.StartsWith("min", StringComparison.Ordinal))
                yield return (path, keyword, int.Parse(value!.ToString(), CultureInfo.InvariantCulture));
        }

        foreach (var (name, member) in schema["properties"] as JsonObject ?? [])
        {
            foreach (var inner in Limited((JsonObject)member!, path.Length == 0 ? name : $"{path}.{name}")) yield return inner;
        }

        if (schema["items"] is not JsonObject items) yield break;
        foreach (var inner in Limited(items, $"{path}[0]")) yield return inner;
    }

    private static JsonNode Within(string path, string member, string keyword, int limit) => Value(path, member, keyword, limit);

    private static JsonNode Beyond(string path, string member, string keyword, int limit) =>
        Value(path, member, keyword, keyword.StartsWith("max", StringComparison.Ordinal) ? limit + 1 : limit - 1);

    private static JsonNode Value(string path, string member, string keyword, int size) => keyword switch
    {
        "maxLength" or "minLength" => new string('x', size),
        "minimum" => size,
        _ => new JsonArray([.. Enumerable.Repeat(At(Sample(path)["data"]!, member)[0]!, size).Select(item => item.DeepClone())]),
    };

    private static IReadOnlyList<MemberError> Errors(string path, string member, JsonNode value)
    {
        var sample = Sample(path);
        At(sample["data"]!, member).ReplaceWith(value);
        return CommandParser.Parse(System.Text.Encoding.UTF8.GetBytes(sample.ToJsonString()), CommandDefaults.None).Errors;
    }

    private static JsonNode At(JsonNode node, string member) => member.Split('.', '[')
        .Aggregate(node, (at, step) => step is "0]" ? at[0]! : at[step]!);
}
