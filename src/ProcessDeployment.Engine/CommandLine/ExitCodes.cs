namespace ProcessDeployment.Engine.CommandLine;

/// <summary>What a script can act on.</summary>
public static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>Refused, not found, or some of several failed.</summary>
    public const int Refused = 1;

    /// <summary>Bad usage, or malformed input: repeating it will not help.</summary>
    public const int Malformed = 2;

    /// <summary>No engine answers.</summary>
    public const int Unreachable = 3;
}
