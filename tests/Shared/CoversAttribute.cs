using Xunit.v3;

namespace ProcessDeployment.Tests;

/// <summary>Names the rules (R1 …) and edge cases (#1 …) that a test stands for; also a trait to filter by.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
internal sealed class CoversAttribute(params string[] rules) : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [.. rules.Select(rule => KeyValuePair.Create("covers", rule))];
}
