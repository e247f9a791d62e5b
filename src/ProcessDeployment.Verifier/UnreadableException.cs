namespace ProcessDeployment.Verifier;

/// <summary>What was given cannot be judged: it is not there, or has not the form it should have.</summary>
internal sealed class UnreadableException : Exception
{
    public UnreadableException(string message)
        : base(message)
    {
    }

    public UnreadableException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
