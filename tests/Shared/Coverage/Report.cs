namespace ProcessDeployment.Tests.Coverage;

/// <summary>Each rule and edge case with its tests; and what is missing or named by mistake.</summary>
internal sealed record Report(IReadOnlyList<string> Lines, IReadOnlyList<string> Problems)
{
    /// <param name="assemblies">The files of the tests.</param>
    /// <param name="withTheEngine">Whether the tests of the engine are among them.</param>
    public static Report Of(IEnumerable<string> assemblies, bool withTheEngine = true)
    {
        var tests = assemblies.SelectMany(CoveringTests.In).ToLookup(found => found.Rule, found => found.Test, StringComparer.Ordinal);
        var lines = new List<string>();
        var problems = new List<string>();
        foreach (var rule in RuleList.All)
        {
            lines.Add($"{rule.Id,-4} {rule.Says}{(rule.Missing is null ? "" : $" [not there yet: {rule.Missing}]")}");
            lines.AddRange(tests[rule.Id].Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(test => $"       {test}"));
            if ((withTheEngine || !rule.IsOfTheEngine) && !tests[rule.Id].Any()) problems.Add($"{rule.Id} has no test: {rule.Says}");
        }

        problems.AddRange(tests.Select(test => test.Key).Except(RuleList.All.Select(rule => rule.Id)).Select(id => $"{id} is no rule, but {tests[id].First()} covers it."));
        lines.Add($"{RuleList.All.Count(rule => tests[rule.Id].Any())} of {RuleList.All.Count} rules and cases have tests.");
        return new(lines, problems);
    }
}
