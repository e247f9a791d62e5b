namespace ProcessDeployment.Engine.Operations.Health;

/// <summary>A part of the engine that can be asked how it is.</summary>
public interface IHealthPart
{
    string Name { get; }

    /// <summary>May throw: a part that cannot answer is not well.</summary>
    Task<PartHealth> CheckAsync(CancellationToken cancellation);
}

/// <summary>How a part is.</summary>
/// <param name="Healthy">Whether it does its work.</param>
/// <param name="Detail">What a person should know, above all when it does not.</param>
/// <param name="Figures">Numbers to it, such as a lag in seconds.</param>
/// <param name="Degraded">It does its work, but not for all: the engine is ready, and somebody has to look.</param>
public sealed record PartHealth(bool Healthy, string? Detail = null, IReadOnlyDictionary<string, double>? Figures = null, bool Degraded = false);
