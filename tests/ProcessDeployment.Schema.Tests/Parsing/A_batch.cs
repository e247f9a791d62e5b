using System.Text;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Schema.Tests.Parsing;

public sealed class A_batch
{
    private static BatchParseResult Parsed(string text) => CommandParser.ParseBatch(Encoding.UTF8.GetBytes(text), CommandDefaults.None);

    [Fact]
    public void judges_each_item_for_itself()
    {
        var batch = Parsed($"[{Texts.DeployEvent()}, 7, [], {Texts.DeployEvent("{}")} ,{Texts.DeployEvent()}]");
        batch.Errors.ShouldBeEmpty();
        batch.Items.Select(item => item.WellFormed).ShouldBe([true, false, false, false, true]);
        batch.Items[3].Errors[0].ToString().ShouldBe("data.processId is required");
    }

    [Fact]
    public void may_be_empty() => Parsed("[]").ShouldSatisfyAllConditions(b => b.Items.ShouldBeEmpty(), b => b.Errors.ShouldBeEmpty());

    [Fact]
    public void must_be_a_list() => Parsed(Texts.DeployEvent()).Errors.ShouldBe([new("body", "must be a list of CloudEvents, it is an object")]);

    [Fact]
    public void that_is_not_JSON_is_refused_with_the_item() => Parsed($"[{Texts.DeployEvent()},oops]").Errors.ShouldHaveSingleItem().Member.ShouldBe("[1]");

    [Fact]
    public void followed_by_garbage_is_refused() => Parsed("[]]").Errors.ShouldHaveSingleItem().Member.ShouldBe("body");

    [Fact]
    public void has_at_most_1000_commands()
    {
        Parsed($"[{string.Join(',', Enumerable.Repeat(Texts.DeployEvent(), 1_000))}]").Items.Count(item => item.WellFormed).ShouldBe(1_000);
        var tooMany = Parsed($"[{string.Join(',', Enumerable.Repeat("{}", 1_001))}]");
        (tooMany.TooLarge, tooMany.Items.Count).ShouldBe((true, 0));
        tooMany.Errors.ShouldBe([new("body", "must have at most 1000 commands")]);
    }

    [Fact]
    public void nested_ten_thousand_levels_is_refused() => Parsed(new string('[', 10_000)).Errors.ShouldHaveSingleItem().Rule.ShouldContain("must not be nested deeper");
}
