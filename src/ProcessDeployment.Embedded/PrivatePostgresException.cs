namespace ProcessDeployment.Embedded;

/// <summary>Why there is no private PostgreSQL, and the ways out, in words meant for the person at the terminal.</summary>
public sealed class PrivatePostgresException : Exception
{
    public PrivatePostgresException()
    {
    }

    public PrivatePostgresException(string message) : base(message)
    {
    }

    public PrivatePostgresException(string message, Exception? innerException) : base(message, innerException)
    {
    }

    /// <summary>The program that holds the data folder, if that is the reason.</summary>
    public int? OwnerProcessId { get; init; }

    public string? OwnerUrl { get; init; }
}
