using Microsoft.AspNetCore.Http;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Web.Atoms;

/// <summary>What is looked at on the Atom Management page. It stands in the address, so that it can be sent to somebody.</summary>
/// <param name="AtomId">The Atom.</param>
/// <param name="Tab">Which side of it.</param>
/// <param name="ItemId">A Process on it, or one of its executions.</param>
/// <param name="Text">A part of the names that the list of Atoms is narrowed to.</param>
public sealed record AtomView(Guid? AtomId = null, string Tab = AtomView.Processes, Guid? ItemId = null, string? Text = null)
{
    public const string Processes = "processes";
    public const string Executions = "executions";
    public const string History = "history";
    public const string Tokens = "tokens";

    /// <summary>A part of the names that the deployed Processes are narrowed to.</summary>
    public string? Name { get; init; }

    /// <summary>Only Processes that were revised since they were deployed.</summary>
    public bool Revised { get; init; }

    /// <summary>Only executions of this Process.</summary>
    public Guid? ProcessId { get; init; }

    /// <summary>Only executions that are so far.</summary>
    public ExecutionStatus? Status { get; init; }

    public string Address
    {
        get
        {
            var query = new QueryString();
            if (!string.IsNullOrEmpty(Text)) query = query.Add("text", Text);
            if (!string.IsNullOrEmpty(Name)) query = query.Add("name", Name);
            if (Revised) query = query.Add("revised", "true");
            if (ProcessId is { } processId) query = query.Add("process", $"{processId}");
            if (Status is { } status) query = query.Add("status", $"{status}");
            return $"{Path}{query.ToUriComponent()}";
        }
    }

    private string Path => (AtomId, ItemId) switch
    {
        (null, _) => "/atoms",
        (_, null) => $"/atoms/{AtomId}/{Tab}",
        _ => $"/atoms/{AtomId}/{Tab}/{ItemId}",
    };

    /// <summary>Another side of the same Atom, without what the former was narrowed to.</summary>
    public AtomView On(string tab, Guid? itemId = null) => new(AtomId, tab, itemId, Text);

    /// <summary>Another Atom, or none; what the list is narrowed to stays.</summary>
    public AtomView Of(Guid? atomId) => new(atomId, Text: Text);
}
