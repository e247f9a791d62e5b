using System.Text.Json;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Client;

/// <content>Questions about executions.</content>
public sealed partial class EngineApi
{
    /// <summary>Executions, newest first.</summary>
    public Task<Listed<ExecutionItem>> ExecutionsAsync(ExecutionFilter filter, string? cursor = null, int take = 50, CancellationToken cancellation = default) => AskAsync<Listed<ExecutionItem>>(
        "executions",
        Query.Of("atom", filter.AtomId).With("process", filter.ProcessId).With("status", WordOf(filter.Status)).With("cursor", cursor).With("take", take),
        cancellation);

    /// <summary>One execution with the end of its log, and those it called.</summary>
    public Task<ExecutionAnswer> ExecutionAsync(Guid executionId, CancellationToken cancellation = default) =>
        AskAsync<ExecutionAnswer>($"executions/{executionId}", Query.None, cancellation);

    /// <summary>As the wire has it.</summary>
    private static string? WordOf(ExecutionStatus? status) => JsonSerializer.SerializeToElement(status, WireJson.Options).GetString();
}
