namespace ProcessDeployment.Engine.CommandLine;

/// <summary>Why a verb cannot do what was asked, in words for the person who asked, with the exit code.</summary>
public sealed class CommandLineException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>What the engine answered, for those who asked for JSON.</summary>
    public string? Answer { get; init; }
}
