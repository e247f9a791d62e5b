using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Engine.Secrets;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Agents;

/// <summary>
/// What the extensions of a Process are set to, secret ones too, for the Atom that was asked to run it, while it is attached
/// and has not ended that. People are told elsewhere, and no secrets (#67).
/// </summary>
internal sealed class AtomRunExtensions(Databases databases, ExtensionValues values, AccountQuestion asking)
{
    private const string ExecutionId = "executionId";

    /// <summary>Of a Process that was detached meanwhile the Atom has nothing to run and no secrets to see.</summary>
    private const string Asked = """
        select e.process_id from process_deployment.execution e
        join process_deployment.attachment_state a on a.account_id = $1 and a.process_id = e.process_id and a.atom_id = $3
        where e.account_id = $1 and e.execution_id = $2 and e.atom_id = $3 and e.ended_from is null
        """;

    public static void Map(IEndpointRouteBuilder api) => api
        .MapGet("/atoms/{id}/executions/{executionId}/extensions", (HttpContext context, AtomRunExtensions extensions) => extensions.AnswerAsync(context))
        .Describe("get-execution-extensions", "What extensions are set to, for the Atom that runs the execution and for nobody else", [])
        .Produces<RunExtensions>().Produces<Http.Problem>(403, Http.Problem.ContentType).MayBeUnknown()
        .WithMetadata(new OpenToAtoms(Own: true));

    private async Task<IResult> AnswerAsync(HttpContext context)
    {
        var asked = new QuestionParameters(context.Request, []);
        var (accountId, atomId, executionId) = (asking.AccountOf(context), asked.PathId(), asked.PathId(ExecutionId));
        if (asked.Errors.Count > 0) return AccountQuestion.Malformed(asked);
        if (AtomCaller.Of(context) is null) return AtomCaller.Forbidden("Secret values are for the Atom that runs the execution and comes in with its token.");
        if (await ProcessOfAsync(accountId, atomId, executionId, context.RequestAborted) is not { } processId) return Answer.Unknown("execution", executionId);
        context.Response.Headers.CacheControl = "no-store";
        return Answer.Of(new RunExtensions(await values.ForAtomAsync(accountId, processId, atomId, context.RequestAborted)));
    }

    private async Task<Guid?> ProcessOfAsync(string accountId, Guid atomId, Guid executionId, CancellationToken cancellation)
    {
        Guid? found = null;
        await using var connection = await databases.Shared.OpenConnectionAsync(cancellation);
        await using var batch = new AccountBatch(connection, accountId);
        batch.Query(Asked, row => found = row.GetGuid(0), Given.Id(executionId), Given.Id(atomId));
        await batch.RunAsync(cancellation);
        return found;
    }

    /// <summary>The values for a run.</summary>
    /// <param name="Items">What the version declares; one without a value is left to the Process.</param>
    internal sealed record RunExtensions(IReadOnlyList<AtomExtension> Items);
}
