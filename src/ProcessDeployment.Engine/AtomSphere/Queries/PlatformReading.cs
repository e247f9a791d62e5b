using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.AtomSphere.Queries;

/// <summary>
/// Asks the read models as clients of the platform expect it: they know no positions, and look for what they have just
/// written. So an answer contains all that had taken effect in the account when it was asked for, on whichever node.
/// </summary>
internal sealed class PlatformReading(Databases databases, ReadPosition reading, QuestionsFirst first)
{
    /// <summary>
    /// Scripts of the platform are used to answers that take seconds, and give up at an error: projections that stand still
    /// while a node takes over are waited for.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const string PlanEach = "set local plan_cache_mode = force_custom_plan";

    /// <summary>Compiling a statement takes longer than any page of a hundred objects.</summary>
    private const string CompileNone = "set local jit = off";

    private const string Positions = """
        select a.position, coalesce(r.position, 0) from process_deployment.account a
        left join process_deployment.read_position r on r.account_id = a.account_id where a.account_id = $1
        """;

    /// <summary>Runs all statements in one snapshot and one round trip; again where the read models had to be waited for.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="question">Adds the statements; called again for another try, so it begins anew each time.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The position that it shows.</returns>
    /// <exception cref="PlatformException">The read models did not come so far in time.</exception>
    public async Task<long> AskAsync(string accountId, Action<QuestionBatch> question, CancellationToken cancellation)
    {
        using var answering = first.Asked();
        var (there, read) = await TryAsync(accountId, question, cancellation);
        if (read >= there) return read;
        if (!await reading.WaitAsync(accountId, there, Patience, cancellation)) throw new PlatformException(Problem.Unavailable($"The read models do not contain position {there} yet.", "read-model-behind"));
        return (await TryAsync(accountId, question, cancellation)).Read;
    }

    private async Task<(long There, long Read)> TryAsync(string accountId, Action<QuestionBatch> question, CancellationToken cancellation)
    {
        var (there, read) = (0L, 0L);
        await using var batch = new AccountBatch(accountId);
        batch.Control("begin isolation level repeatable read read only");
        batch.Control(PlanEach);
        batch.Control(CompileNone);
        batch.Query(Positions, row => (there, read) = (row.GetInt64(0), row.GetInt64(1)));
        question(new(batch, Moment.Now));
        batch.Control("commit");
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await batch.RunAsync(connection, cancellation);
        return (there, read);
    }
}
