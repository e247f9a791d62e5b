using ProcessDeployment.Verifier.Bundles;
using ProcessDeployment.Verifier.Trees;

namespace ProcessDeployment.Verifier.Checkpoints;

/// <summary>Holds the bundle against checkpoints that an auditor kept: history may have grown since, and nothing else.</summary>
internal sealed class KeptCheck(
    AccountCheckpoint bundle, IReadOnlyList<AccountCheckpoint> kept, IReadOnlyList<ConsistencyProof> proofs, RangeRoots roots, KeyChain keys, Report report)
{
    private readonly CheckpointCheck _checkpoints = new(keys, report);

    /// <summary>Up to here the kept checkpoints say the same as the bundle.</summary>
    private long _same;

    public void Run()
    {
        foreach (var earlier in kept) Compare(earlier);
    }

    private void Compare(AccountCheckpoint earlier)
    {
        var (number, size) = (earlier.Checkpoint.Number, earlier.Head.Size);
        if (earlier.Head.AccountId == bundle.Head.AccountId && keys.IsBeyond(earlier.Checkpoint, bundle.Checkpoint)) report.Unjudged("kept", KeyChain.Unknown($"checkpoint {number}", earlier.Checkpoint.KeyId));
        else if (_checkpoints.Refuse(earlier, bundle.Head.AccountId) is { } why) report.Bad("kept", $"{why}: the keys of the bundle are not those of the checkpoint you kept");
        else if (earlier.Checkpoint.Ledger != bundle.Checkpoint.Ledger) report.Bad("kept", $"checkpoint {number} is of another ledger: this one was begun anew");
        else if (number == bundle.Checkpoint.Number && !earlier.Checkpoint.Signed.Payload.AsSpan().SequenceEqual(bundle.Checkpoint.Signed.Payload))
            report.Bad("kept", $"there are two checkpoints {number} that say different things", Agrees(earlier.Head) is false ? _same + 1 : null);
        else if (number < bundle.Checkpoint.Number && size > bundle.Head.Size)
            report.Bad("kept", $"checkpoint {number} covers {size} events, the later one only {bundle.Head.Size}: the end was cut off", bundle.Head.Size + 1);
        else if (number > bundle.Checkpoint.Number && size < bundle.Head.Size)
            report.Bad("kept", $"checkpoint {number} covers {size} events, the earlier one {bundle.Head.Size}: the end was cut off", size + 1);
        else if (Agrees(earlier.Head) is not { } agrees)
            report.Unjudged(
                "kept", $"the bundle alone does not link checkpoint {number} of {size} events to its own of {bundle.Head.Size}; give --consistency with the answer of /ledger/consistency?from={Math.Min(size, bundle.Head.Size)}&to={Math.Max(size, bundle.Head.Size)}.");
        else if (!agrees)
            report.Bad("kept", $"the first {size} events are not those of checkpoint {number}: one from {_same + 1} to {size} was changed since", _same + 1);
        else
        {
            _same = Math.Max(_same, size);
            report.Good("kept", $"checkpoint {number}: history {(size <= bundle.Head.Size ? "begins with" : "goes on to")} its {size} events");
        }
    }

    /// <summary>Null when nothing that was given tells.</summary>
    private bool? Agrees(AccountHead earlier)
    {
        if (roots.At(earlier.Size) is { } root) return root.AsSpan().SequenceEqual(earlier.Root);
        var (small, large) = earlier.Size <= bundle.Head.Size ? (earlier, bundle.Head) : (bundle.Head, earlier);
        if (small.Size == large.Size) return small.Root.AsSpan().SequenceEqual(large.Root);
        return proofs.FirstOrDefault(proof => proof.From == small.Size && proof.To == large.Size) is { } given
            ? Consistency.Holds(small.Size, small.Root, large.Size, large.Root, given.Path)
            : null;
    }
}
