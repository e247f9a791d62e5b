namespace ProcessDeployment.AtomAgent;

/// <summary>What the Atom ought to run.</summary>
internal sealed record DesiredState(Guid AtomId, string Name, string Status, IReadOnlyList<DesiredProcess> Items, long Position);

/// <summary>A Process that ought to run here.</summary>
internal sealed record DesiredProcess(Guid ProcessId, string Name, int VersionNumber, string Digest, KnownDownload Download)
{
    /// <summary>The engine knows that it is here.</summary>
    public bool IsAcknowledged => Download.Status == "InSync" && Download.AcknowledgedVersion == VersionNumber;
}

/// <summary>What the engine knows of its download.</summary>
internal sealed record KnownDownload(int? AcknowledgedVersion, string? Status, string? Message);

/// <summary>What the Atom was asked to run and has not ended.</summary>
internal sealed record AskedRuns(IReadOnlyList<AskedRun> Items, string? Next, long Position);

internal sealed record AskedRun(Guid ExecutionId, Guid ProcessId, string ProcessName, string Kind, string Status, IReadOnlyList<RunValue> Properties, string? CancelRequestedBy);

/// <summary>What a property of a run or an extension is set to; null for one that is left to the Process.</summary>
internal sealed record RunValue(string Key, string? Value)
{
    /// <summary>Without the value, which may be secret.</summary>
    public override string ToString() => Key;
}

internal sealed record RunExtensions(IReadOnlyList<RunValue> Items);

/// <summary>What became of a report.</summary>
internal sealed record ReportOutcome(string Status, long Position, ReportRefusal? Refusal);

internal sealed record ReportRefusal(string Code, string Message);

/// <summary>A signed statement (DSSE).</summary>
internal sealed record Envelope(string PayloadType, byte[] Payload, IReadOnlyList<EnvelopeSignature> Signatures);

internal sealed record EnvelopeSignature(string Keyid, byte[] Sig);

/// <summary>The engine cannot be reached or does not answer now: nothing is wrong here, so it is tried again later.</summary>
internal class EngineTroubleException(string message, TimeSpan? retryAfter = null, Exception? inner = null) : Exception(message, inner)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Something was answered: what else there is to say may well be heard.</summary>
    public bool IsAnswer { get; init; }
}

/// <summary>The engine does not take the token.</summary>
internal sealed class TokenRefusedException(string message) : EngineTroubleException(message);

/// <summary>The engine says that this will not do: it is tried again later, and what has nothing to do with it goes on.</summary>
/// <param name="message">What it said.</param>
/// <param name="isFinal">Whether it will say so again.</param>
/// <param name="isEngines">Whether the engine says so, and not somebody in between.</param>
internal sealed class EngineSaysNoException(string message, bool isFinal, bool isEngines) : Exception(message)
{
    public bool IsFinal { get; } = isFinal;

    public bool IsEngines { get; } = isEngines;
}
