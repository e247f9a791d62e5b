namespace ProcessDeployment.Engine.Ledger.Sealing;

/// <summary>Sealing must not go on; the message says to an operator why, and what to do.</summary>
internal sealed class SealingException : Exception
{
    public SealingException(string message)
        : base(message)
    {
    }

    public SealingException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
