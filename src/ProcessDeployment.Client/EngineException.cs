using ProcessDeployment.Contracts;

namespace ProcessDeployment.Client;

/// <summary>The engine gave no answer to what was asked; the message says why, in words for people.</summary>
public abstract class EngineException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The engine cannot be reached or does not answer in time. Whether a command took effect is not known: sending it again with the same id is safe.</summary>
public sealed class EngineUnreachableException(string message, Exception? inner = null) : EngineException(message, inner);

/// <summary>The engine answered with a problem.</summary>
public sealed class EngineProblemException(EngineProblem problem) : EngineException(problem.ToString())
{
    public EngineProblem Problem { get; } = problem;
}

/// <summary>Problem details, as the engine words them.</summary>
public sealed record EngineProblem(string Title, int Status, string? Detail = null, string? Code = null, IReadOnlyList<MemberError>? Errors = null)
{
    public bool IsNotFound => Status == 404;

    public override string ToString() =>
        string.Join(' ', new[] { Detail is null ? $"{Title}." : $"{Title}: {Detail}" }.Concat((Errors ?? []).Select(error => $"{error}.")));
}
