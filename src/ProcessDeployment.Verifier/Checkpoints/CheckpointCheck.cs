using System.Globalization;
using ProcessDeployment.Verifier.Events;
using ProcessDeployment.Verifier.Trees;

namespace ProcessDeployment.Verifier.Checkpoints;

/// <summary>That a checkpoint is signed, and covers the head of the account.</summary>
internal sealed class CheckpointCheck(KeyChain keys, Report report)
{
    public void Run(AccountCheckpoint given, string accountId)
    {
        if (given.Head.AccountId == accountId && keys.IsBeyond(given.Checkpoint, given.Checkpoint)) report.Unjudged("checkpoint", KeyChain.Unknown($"checkpoint {given.Checkpoint.Number}", given.Checkpoint.KeyId));
        else if (Refuse(given, accountId) is { } why) report.Bad("checkpoint", why);
        else report.Good("checkpoint", $"number {given.Checkpoint.Number} of {given.Checkpoint.Time}, signed with key {given.Checkpoint.KeyId}, covers {given.Head.Size} events of {accountId}");
    }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public string? Refuse(AccountCheckpoint given, string accountId)
    {
        if (given.Head.AccountId != accountId) return $"its head is of account {given.Head.AccountId}, not of {accountId}";
        if (keys.Refuse(given.Checkpoint) is { } why) return why;
        var root = Merkle.RootOf(Leaf(given.Head), given.Index, given.Checkpoint.Accounts, given.Path);
        return root is not null && root.AsSpan().SequenceEqual(given.Checkpoint.Root) ? null : $"the head of {accountId} is not in checkpoint {given.Checkpoint.Number}";
    }

    private static byte[] Leaf(AccountHead head)
    {
        var text = new CanonicalText().Raw("[\"processdeployment-head/1\", "u8).String(head.AccountId).Raw(", "u8).Number(head.Size)
            .Raw(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $", \"{Convert.ToHexStringLower(head.Root)}\"]")));
        return Merkle.Leaf(text.Written);
    }
}
