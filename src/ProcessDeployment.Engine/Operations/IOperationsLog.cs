namespace ProcessDeployment.Engine.Operations;

/// <summary>What operators do to the engine itself, for those who ask later: rebuilds and the like leave no domain event.</summary>
public interface IOperationsLog
{
    /// <param name="accountId">The account it was asked in.</param>
    /// <param name="what">A fixed word, such as <c>rebuild-started</c>.</param>
    /// <param name="details">Anything that can be written as JSON.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="cancellation">Cancels the writing.</param>
    Task RecordAsync(string accountId, string what, object details, string actor, CancellationToken cancellation = default);
}

/// <summary>Keeps nothing.</summary>
internal sealed class NoOperationsLog : IOperationsLog
{
    public Task RecordAsync(string accountId, string what, object details, string actor, CancellationToken cancellation = default) => Task.CompletedTask;
}
