using ProcessDeployment.Verifier.Bundles;

namespace ProcessDeployment.Verifier.Lists;

/// <summary>What a sealed event says of itself, as far as lists show it.</summary>
internal sealed record EventFacts
{
    public required long Position { get; init; }
    public required string Time { get; init; }
    public required string Actor { get; init; }
    public required string Type { get; init; }
    public required string Stream { get; init; }
    public string? CorrelationId { get; init; }
    public string? CausationId { get; init; }
    public string? CommandId { get; init; }
    public string? Channel { get; init; }
    public string? Source { get; init; }
    public string? Reason { get; init; }

    /// <summary>Null where this program does not know the type.</summary>
    public EventWords? Words { get; set; }

    /// <summary>Whether its type is known, but its data is not of it.</summary>
    public bool IsBroken { get; init; }

    /// <summary>The position that it marks as skipped; null for any other event.</summary>
    public long? Skips { get; init; }

    /// <summary>Set for a revision that was made.</summary>
    public int? Revision { get; set; }

    /// <summary>Set for a deployment.</summary>
    public Deployment? Deployment => Words?.Deployed;

    /// <summary>What it happened to, as its stream says; null for Atoms, licences and records.</summary>
    public string? ComponentId { get; init; }

    public string Outcome => Type.Contains("-refused.v", StringComparison.Ordinal) ? "refused" : "accepted";

    /// <summary>The name in the lists; null where it was given before the bundle begins.</summary>
    public string? Name { get; set; }

    /// <summary>The whole summary in the lists; null where a name in it was given before the bundle begins.</summary>
    public string? Summary { get; set; }

    /// <summary>The same of an event that was marked as skipped: whatever its data is taken for, nothing follows from it, not even what it happened to.</summary>
    public EventFacts PassedOver(Skip skip) => this with
    {
        Words = EventWords.Skipped(Stream, skip),
        IsBroken = false,
        Skips = null,
        Revision = null,
        ComponentId = null,
    };

    /// <summary>Whether these can be the name and the summary of it.</summary>
    public bool Fits(string name, string summary) =>
        (Name is null || Name == name)
        && (Summary is not null ? Summary == summary
            : Words is null ? !summary.StartsWith(EventWords.PassedOver, StringComparison.Ordinal)
            : summary.Length >= Words.Before.Length + Words.Rest.Length
                && summary.StartsWith(Words.Before, StringComparison.Ordinal) && summary.EndsWith(Words.Rest, StringComparison.Ordinal));
}

/// <summary>A version that was deployed.</summary>
internal sealed record Deployment(int Version, string ProcessId, string? Note, string? RedeployOf, string Digest, IReadOnlyList<ManifestEntry> Manifest, IReadOnlyList<string> AtomIds)
{
    /// <summary>It was made, and deployed nowhere.</summary>
    public bool HasNoTarget { get; init; }
}

/// <summary>A component of a version.</summary>
internal sealed record ManifestEntry(string ComponentId, string Name, int Revision);
