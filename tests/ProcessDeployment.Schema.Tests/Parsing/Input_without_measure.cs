using System.Text;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Schema.Tests.Parsing;

/// <summary>Hostile sizes are refused with next to no memory beyond the input itself.</summary>
public sealed class Input_without_measure
{
    private const int Little = 64 * 1024;

    private static ParseResult ParsedWithLittleMemory(byte[] text)
    {
        CommandParser.Parse(text, CommandDefaults.None);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = CommandParser.Parse(text, CommandDefaults.None);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(Little);
        result.Envelope.ShouldBeNull();
        return result;
    }

    private static byte[] Deploy(string members) =>
        Encoding.UTF8.GetBytes(Texts.DeployEvent($$"""{"processId":"{{Texts.Id}}",{{Texts.Owner}},{{members}}}"""));

    private static byte[] Save(string members) =>
        Encoding.UTF8.GetBytes(Texts.Event("save-component", $$"""{"componentId":"{{Texts.Id}}","componentType":"process","name":"A",{{members}},{{Texts.Owner}}}"""));

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void Ten_thousand_levels_are_refused(string open, string close)
    {
        var deep = string.Concat(Enumerable.Repeat(open, 10_000)) + "1" + string.Concat(Enumerable.Repeat(close, 10_000));
        var error = ParsedWithLittleMemory(Deploy($"\"foo\":{deep}")).Errors[^1];
        (error.Member, error.Rule).ShouldBe(("data.foo", "must not be nested deeper than 32 levels"));
        ParsedWithLittleMemory(Encoding.UTF8.GetBytes(deep)).Errors[^1].Rule.ShouldBe("must not be nested deeper than 32 levels");
    }

    [Fact]
    public void A_hundred_MB_are_refused_by_their_length()
    {
        var result = ParsedWithLittleMemory(new byte[100 * 1024 * 1024]);
        result.TooLarge.ShouldBeTrue();
        result.Errors.ShouldHaveSingleItem().Rule.ShouldStartWith($"must have at most {Limits.MessageBytes} bytes, it has 104857600");
        CommandParser.ParseBatch(new byte[50 * 1024 * 1024], CommandDefaults.None).TooLarge.ShouldBeTrue();
    }

    [Fact]
    public void A_million_ids_are_refused()
    {
        var result = ParsedWithLittleMemory(Deploy($"\"atomIds\":[{string.Join(',', Enumerable.Repeat("\"\"", 1_000_000))}]"));
        result.TooLarge.ShouldBeTrue();
    }

    [Fact]
    public void A_note_of_20_MB_is_refused() => ParsedWithLittleMemory(Deploy($"\"note\":\"{new string('x', 20_000_000)}\"")).TooLarge.ShouldBeTrue();

    [Fact]
    public void More_than_64_KB_beside_the_content_are_refused()
    {
        var result = ParsedWithLittleMemory(Save($"\"content\":\"{new string('x', 1_000_000)}\",\"folder\":\"{new string('y', 66_000)}\""));
        result.Errors.ShouldHaveSingleItem().Rule.ShouldStartWith("must have at most 65536 bytes beside content");
        result.TooLarge.ShouldBeTrue();
    }

    [Fact]
    public void Content_beyond_4_MB_is_refused()
    {
        var result = ParsedWithLittleMemory(Save($"\"content\":\"{new string('x', Limits.ContentBytes + 1)}\""));
        result.Errors.ShouldHaveSingleItem().ToString().ShouldBe("data.content must have at most 4194304 bytes, it has 4194305");
        result.TooLarge.ShouldBeTrue();
    }

    [Fact]
    public void Blanks_count() => ParsedWithLittleMemory(Encoding.UTF8.GetBytes(Texts.DeployEvent() + new string(' ', Limits.CommandBytes))).TooLarge.ShouldBeTrue();
}
