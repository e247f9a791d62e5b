using Microsoft.AspNetCore.Connections;
using Npgsql;
using ProcessDeployment.Embedded;

namespace ProcessDeployment.Engine.Host;

/// <summary>Why the engine cannot start, and the way out, in words meant for the person at the terminal.</summary>
public sealed class EngineStartException : Exception
{
    public EngineStartException()
    {
    }

    public EngineStartException(string message) : base(message)
    {
    }

    public EngineStartException(string message, Exception? innerException) : base(message, innerException)
    {
    }

    /// <summary>What to tell a person about a failed start; null when it is a defect of ours.</summary>
    public static string? Explain(Exception failure) => failure switch
    {
        EngineStartException or PrivatePostgresException => failure.Message,
        IOException { InnerException: AddressInUseException } =>
            $"{failure.Message.TrimEnd('.')}. Another program listens there; set ASPNETCORE_URLS (or --urls) to a free one, such as http://localhost:5081.",
        PostgresException postgres => $"The database refuses the engine: {postgres.MessageText}. Check ConnectionStrings__Postgres and the rights of its user.",
        NpgsqlException => $"The database does not answer: {failure.Message}",
        { InnerException: { } inner } => Explain(inner),
        _ => null,
    };
}
