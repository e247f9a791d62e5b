using System.Text.Json.Nodes;

namespace ProcessDeployment.Schema.Tests.Schemas;

public sealed class Comparing_schemas
{
    private const string Before = """
        {"type":"object","required":["id"],"properties":{
          "id":{"type":"string","format":"uuid"},
          "note":{"description":"A note.","type":["string","null"],"maxLength":10},
          "mode":{"enum":["strict","tolerant"]},
          "list":{"type":"array","items":{"type":"object","properties":{"n":{"type":"integer","minimum":1}},"required":["n"]}},
          "details":{"anyOf":[{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]},{"type":"null"}]}}}
        """;

    private static IEnumerable<string> Breaks(string from, string to, bool isCommand = false)
    {
        Before.ShouldContain(from);
        return Compatibility.Breaks(
            (JsonObject)JsonNode.Parse(Before)!, (JsonObject)JsonNode.Parse(Before.Replace(from, to, StringComparison.Ordinal))!, isCommand);
    }

    [Theory]
    [InlineData("\"note\":", "\"remark\":", "note was removed or renamed")]
    [InlineData("\"required\":[\"id\"]", "\"required\":[\"id\",\"mode\"]", "mode became required")]
    [InlineData("\"type\":\"integer\"", "\"type\":\"string\"", "list[].n is no longer integer")]
    [InlineData("[\"string\",\"null\"]", "\"string\"", "note is no longer null")]
    [InlineData("\"strict\",\"tolerant\"", "\"strict\"", "mode lost the word tolerant")]
    [InlineData("\"n\":", "\"m\":", "list[].n was removed or renamed")]
    [InlineData("\"maxLength\":10", "\"maxLength\":9", "note has a tighter maxLength")]
    [InlineData("\"minimum\":1", "\"minimum\":2", "list[].n has a tighter minimum")]
    [InlineData("\"format\":\"uuid\"", "\"format\":\"date-time\"", "id has another format")]
    [InlineData("\"a\":{\"type\":\"string\"}", "\"b\":{\"type\":\"string\"}", "details.a was removed or renamed")]
    public void finds_what_breaks(string from, string to, string expected) => Breaks(from, to).ShouldContain(expected);

    [Theory]
    [InlineData("A note.", "Another comment.")]
    [InlineData("\"maxLength\":10", "\"maxLength\":11")]
    [InlineData("\"strict\",\"tolerant\"", "\"strict\",\"tolerant\",\"lenient\"")]
    [InlineData("\"note\":", "\"more\":{\"type\":[\"string\",\"null\"]},\"note\":")]
    [InlineData("{\"type\":\"null\"}]", "{\"type\":\"null\"},{\"type\":\"object\",\"properties\":{\"c\":{\"type\":\"string\"}},\"required\":[\"c\"]}]")]
    public void lets_pass_what_others_can_live_with(string from, string to) => Breaks(from, to).ShouldBeEmpty();

    [Fact]
    public void finds_a_new_member_of_a_command() =>
        Breaks("\"note\":", "\"more\":{\"type\":[\"string\",\"null\"]},\"note\":", isCommand: true).ShouldBe(["more was added"]);
}
