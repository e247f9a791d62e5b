using System.Text.RegularExpressions;

namespace ProcessDeployment.Architecture.Tests;

public sealed partial class A_source_file
{
    private static readonly List<string> Code = [.. Repository.Files("src"), .. Repository.Files("tests")];

    [Fact]
    public void fits_a_readers_head() => Code.Where(file => Repository.Lines(file).Length > 250).ShouldBeEmpty();

    /// <summary>Tests wait for what must come true; time alone proves nothing and costs everybody.</summary>
    [Fact]
    public void of_tests_does_not_sleep() => Repository.Files("tests")
        .Where(file => !file.Contains("Benchmarks", StringComparison.Ordinal) && !file.Contains("Architecture", StringComparison.Ordinal))
        .Where(file => Sleeping().IsMatch(Repository.Read(file))).ShouldBeEmpty();

    /// <summary>The clock of an Atom may be a day wrong: times of its own are for nothing but to tell whether a file was written to.</summary>
    [Fact]
    public void of_the_agent_looks_at_no_clock_that_somebody_sets() =>
        Repository.Files("src/ProcessDeployment.Atom").Where(file => Clock().IsMatch(Repository.Read(file))).ShouldBeEmpty();

    [Fact]
    public void names_no_place_of_one_machine() => Code.Concat(Repository.Files("src", ".csproj")).Concat(Repository.Files("tests", ".csproj"))
        .Where(file => MachinePath().IsMatch(Repository.Read(file))).ShouldBeEmpty();

    /// <summary>What <c>dotnet format</c> takes a minute to find: the compiler does not look at this, nor does <c>dotnet format whitespace</c>.</summary>
    [Fact]
    public void sorts_its_usings() => Code.Where(file => !AreSorted([.. Repository.Lines(file).Where(line => Using().IsMatch(line))])).ShouldBeEmpty();

    /// <summary>Namespaces, types, other names; System first, and shorter names before those that go on.</summary>
    private static bool AreSorted(List<string> usings) => usings.SequenceEqual(
        usings.OrderBy(line => line.Contains('=', StringComparison.Ordinal)).ThenBy(line => line.StartsWith("using static ", StringComparison.Ordinal))
            .ThenBy(line => !line.StartsWith("using System;", StringComparison.Ordinal) && !line.StartsWith("using System.", StringComparison.Ordinal))
            .ThenBy(line => line.TrimEnd(';').Replace('.', '\0'), StringComparer.OrdinalIgnoreCase));

    [GeneratedRegex(@"^using (static )?[\w.]+( = .+)?;$")]
    private static partial Regex Using();

    [GeneratedRegex(@"Task\.Delay\(|Thread\.Sleep\(")]
    private static partial Regex Sleeping();

    [GeneratedRegex(@"\.(Utc)?Now\b|\.Today\b|TimeProvider|GetUtcNow")]
    private static partial Regex Clock();

    [GeneratedRegex("\"/(home/(?!linuxbrew)|root/|work/|Users/)|[A-Z]:\\\\Users")]
    private static partial Regex MachinePath();
}
