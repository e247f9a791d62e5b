namespace ProcessDeployment.Verifier;

/// <summary>What is to be verified, and against what the auditor kept.</summary>
internal sealed record Arguments
{
    private const string Usage =
        """
        Usage: ProcessDeployment.Verifier <bundle folder or .zip> [options]
          --checkpoint <kept.json>            an account checkpoint kept from earlier; may be given several times
          --consistency <proof.json>          links a kept checkpoint to the bundle where the bundle itself does not; may be given several times
          --published <checkpoints.jsonl>     published checkpoints, from anybody who has them; several files go on where the one before ends
          --keys <keys.json>                  the keys of the ledger as they are now, for what was signed after the bundle; may be given several times
          --key <public.pem>                  the key you trust, instead of the first one of the bundle
        Exit code: 0 proven, 1 altered, 2 cannot be judged.
        """;

    public required string Bundle { get; init; }

    public IReadOnlyList<string> Kept { get; init; } = [];

    public IReadOnlyList<string> Consistency { get; init; } = [];

    public IReadOnlyList<string> Published { get; init; } = [];

    public IReadOnlyList<string> Keys { get; init; } = [];

    public string? Key { get; init; }

    /// <exception cref="UnreadableException">They are not the ones there are.</exception>
    public static Arguments Of(IReadOnlyList<string> args)
    {
        if (args.Count == 0 || args[0].StartsWith('-')) throw new UnreadableException(Usage);
        var arguments = new Arguments { Bundle = args[0] };
        for (var i = 1; i < args.Count; i += 2)
        {
            if (i + 1 == args.Count) throw new UnreadableException($"{args[i]} needs a value.\n{Usage}");
            arguments = args[i] switch
            {
                "--checkpoint" => arguments with { Kept = [.. arguments.Kept, args[i + 1]] },
                "--consistency" => arguments with { Consistency = [.. arguments.Consistency, args[i + 1]] },
                "--published" => arguments with { Published = [.. arguments.Published, args[i + 1]] },
                "--keys" => arguments with { Keys = [.. arguments.Keys, args[i + 1]] },
                "--key" => arguments with { Key = args[i + 1] },
                _ => throw new UnreadableException($"{args[i]} is not an option.\n{Usage}"),
            };
        }

        return arguments;
    }
}
