using ProcessDeployment.Fuzzing.Harness;
using ProcessDeployment.Fuzzing.Targets;

namespace ProcessDeployment.Engine.Tests.Fuzzing;

/// <summary>The short form of <c>tests/ProcessDeployment.Fuzzing</c>, the same every time; the long one has a seed of its day.</summary>
public sealed class Parsers_that_face_input
{
    private const int Executions = 1_000;
    private const ulong Seed = 6;

    public static TheoryData<string> Targets => [.. AllTargets.Targets.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void refuse_or_read_whatever_comes(string name) =>
        new FuzzRun(AllTargets.Targets.Single(target => target.Name == name), Seed).Run(Executions).Findings.ShouldBeEmpty();
}
