using System.Reflection;
using System.Text.RegularExpressions;
using ProcessDeployment.Domain;

namespace ProcessDeployment.Architecture.Tests;

public sealed partial class The_domain
{
    [Fact]
    public void knows_nothing_but_the_framework_and_the_contracts() =>
        typeof(DomainEvent).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!)
            .Where(name => !name.StartsWith("System", StringComparison.Ordinal)).ShouldBe(["ProcessDeployment.Contracts"]);

    [Fact]
    public void has_no_clock_no_chance_and_no_surroundings() => (
        from file in Repository.Files("src/ProcessDeployment.Domain")
        from line in Repository.Lines(file)
        where Impure().IsMatch(line)
        select $"{file}: {line.Trim()}").ShouldBeEmpty();

    [Fact]
    public void keeps_no_state_of_its_own() => (
        from type in typeof(DomainEvent).Assembly.GetTypes()
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where !field.IsInitOnly && !field.IsLiteral && !type.Name.Contains('<', StringComparison.Ordinal) && !field.Name.Contains('<', StringComparison.Ordinal)
        select $"{type.Name}.{field.Name}").ShouldBeEmpty();

    [GeneratedRegex(@"DateTime(Offset)?\.(Utc)?Now|TimeProvider|Guid\.(NewGuid|CreateVersion7)|\bRandom\b|Stopwatch|\bEnvironment\.|Task\.Run|\bFile\.|ILogger")]
    private static partial Regex Impure();
}
