namespace ProcessDeployment.Engine.PostgreSql;

/// <summary>A command that waits in the intake.</summary>
/// <param name="Id">Its place.</param>
/// <param name="Size">Bytes of its text.</param>
/// <param name="Body">Its text as UTF-8; null when it is over the limit and was not fetched.</param>
/// <param name="Age">How long it has waited.</param>
/// <param name="Login">Whose login of the database sent it; null where it is the engine's own.</param>
internal sealed record IntakeRow(long Id, long Size, byte[]? Body, TimeSpan Age = default, string? Login = null);
