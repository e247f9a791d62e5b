using ProcessDeployment.Tests.Coverage;

namespace ProcessDeployment.Domain.Tests.Rules;

/// <summary>The same check as <c>dotnet run --project tests/ProcessDeployment.Rules</c>, which also prints the list.</summary>
public sealed class The_list_of_rules
{
    [Fact]
    public void has_every_rule_and_case_once()
    {
        string[] ids =
        [
            .. Enumerable.Range(1, 60).Select(number => $"R{number}"),
            .. Enumerable.Range(1, 67).Select(number => $"#{number}"),
        ];
        RuleList.All.Select(rule => rule.Id).ShouldBe(ids);
    }

    [Fact]
    public void names_a_test_of_each_and_no_rule_that_is_none() =>
        Report.Of([typeof(The_list_of_rules).Assembly.Location], withTheEngine: false).Problems.ShouldBeEmpty();

    [Fact]
    public void names_what_is_missing() =>
        Report.Of([]).Problems.ShouldContain(problem => problem.StartsWith("R1 has no test", StringComparison.Ordinal));
}
