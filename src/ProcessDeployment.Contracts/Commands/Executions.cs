namespace ProcessDeployment.Contracts.Commands;

/// <summary>Asks an Atom to run a Process once. The id of the execution is the id of this command.</summary>
[WireName("processdeployment.execute-process.v1")]
public sealed record ExecuteProcess : Command
{
    /// <summary>Id of the Process. It must be deployed on the Atom by itself, and be no listener.</summary>
    public required Guid ProcessId { get; init; }

    /// <summary>Id of the Atom. It must have said that it runs.</summary>
    public required Guid AtomId { get; init; }

    /// <summary>Values for this run only, at most 100. Extension values win over them.</summary>
    public IReadOnlyList<ExecutionProperty>? Properties { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers()
    {
        if (Properties is null) yield break;
        if (Properties.Count > Limits.Ids) yield return new("properties", $"must have at most {Limits.Ids} properties, it has {Properties.Count}");
        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Properties.Count; i++)
        {
            foreach (var error in Shape.Text($"properties[{i}].key", Properties[i].Key, Limits.Name, required: true)) yield return error;
            foreach (var error in Shape.Text($"properties[{i}].value", Properties[i].Value, Limits.Note)) yield return error;
            if (!keys.Add(Properties[i].Key)) yield return new($"properties[{i}].key", "is given twice");
        }
    }
}

/// <summary>Asks the Atom to end an execution. It may take a while, and the execution may complete meanwhile.</summary>
[WireName("processdeployment.cancel-execution.v1")]
public sealed record CancelExecution : Command
{
    /// <summary>Id of the execution.</summary>
    public required Guid ExecutionId { get; init; }
}

/// <summary>
/// An Atom says what became of an execution that it was asked for, or of one that such an execution called: the first report
/// of that names its Process and its parent.
/// </summary>
[WireName("processdeployment.report-execution.v1")]
public sealed record ReportExecution : Command, IReportOfAtom
{
    /// <summary>Id of the Atom that runs it.</summary>
    public required Guid AtomId { get; init; }

    /// <summary>Id of the execution; for a child one that the Atom chooses.</summary>
    public required Guid ExecutionId { get; init; }

    /// <summary>STARTED, or how it ended: COMPLETE, COMPLETE_WARN, ERROR or ABORTED.</summary>
    public required ExecutionStatus Status { get; init; }

    /// <summary>The version that runs, where it is not the one that was current when the execution was asked for.</summary>
    public int? VersionNumber { get; init; }

    /// <summary>How it ended in a sentence, at most 2,000 characters.</summary>
    public string? Message { get; init; }

    /// <summary>The end of its log, at most 16,384 characters.</summary>
    public string? LogTail { get; init; }

    /// <summary>For a child: the execution that called it.</summary>
    public Guid? ParentExecutionId { get; init; }

    /// <summary>For a child: the Process that runs in it, one that the version of its parent bundles.</summary>
    public Guid? ProcessId { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers()
    {
        if (Status is ExecutionStatus.Requested or ExecutionStatus.Discarded) yield return new("status", "must be STARTED, COMPLETE, COMPLETE_WARN, ERROR or ABORTED");
        foreach (var error in Shape.AtLeast("versionNumber", VersionNumber, 1)) yield return error;
        foreach (var error in Shape.Text("message", Message, Limits.Note)) yield return error;
        foreach (var error in Shape.Log("logTail", LogTail)) yield return error;
        if (ParentExecutionId is null != ProcessId is null) yield return new(ProcessId is null ? "processId" : "parentExecutionId", "must be given too: a child has both");
    }
}
