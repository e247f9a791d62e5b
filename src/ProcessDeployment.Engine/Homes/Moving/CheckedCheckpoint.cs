using System.Text.Json;
using System.Text.Json.Nodes;
using ProcessDeployment.Engine.Ledger.Proofs;
using ProcessDeployment.Engine.Ledger.Sealing;
using ProcessDeployment.Engine.Ledger.Trees;

namespace ProcessDeployment.Engine.Homes.Moving;

/// <summary>Holds the checkpoint of a file against the keys beside it: that they follow from one another, that one of them signed it, and that it has the head of the account.</summary>
internal static class CheckedCheckpoint
{
    /// <summary>The number of the checkpoint.</summary>
    /// <exception cref="MoveException">It does not prove what the file says.</exception>
    public static long Of(MoveManifest manifest)
    {
        var (checkpoint, keys) = (manifest.Checkpoint, manifest.Keys);
        try
        {
            var payload = JsonNode.Parse(checkpoint.Checkpoint.Payload)!;
            Demand(checkpoint.Head.AccountId == manifest.AccountId && checkpoint.Head.Size == manifest.Position, "its checkpoint is of another account, or of another position");
            Demand(payload["ledger"]!.GetValue<Guid>() == keys.Ledger, "its checkpoint is of another ledger than its keys");
            var signer = Chained(keys).FirstOrDefault(key => key.Signed(checkpoint.Checkpoint));
            Demand(signer is not null && checkpoint.Checkpoint.PayloadType == Checkpoint.PayloadType, "no key of the file has signed its checkpoint");
            var (accounts, root) = PublishedNumber.HeadsOf(checkpoint.Checkpoint);
            var head = HeadTree.Leaf(checkpoint.Head.AccountId, checkpoint.Head.Size, Convert.FromHexString(checkpoint.Head.Root));
            Demand(Root(checkpoint.Index, accounts, head, [.. checkpoint.Path.Select(Convert.FromHexString)]).AsSpan().SequenceEqual(root), "the head of the account is not in its checkpoint");
            return PublishedNumber.Of(checkpoint.Checkpoint);
        }
        catch (Exception e) when (e is SealingException or FormatException or JsonException or InvalidOperationException or NullReferenceException or System.Security.Cryptography.CryptographicException)
        {
            throw MoveException.BadFile("Its checkpoint cannot be read.");
        }
    }

    /// <summary>The keys, as long as each was named by the one before it.</summary>
    private static IEnumerable<PublicKey> Chained(LedgerKeys keys)
    {
        PublicKey? former = null;
        foreach (var listed in keys.Keys)
        {
            var key = new PublicKey(listed.PublicKey);
            if (former is not null && (listed.Rotation is not { } rotation || !former.Signed(rotation) || JsonNode.Parse(rotation.Payload)!["nextKey"]?["id"]?.GetValue<string>() != key.Id)) yield break;
            yield return former = key;
        }
    }

    /// <summary>RFC 9162, 2.1.3.2: the root that a leaf and its path make.</summary>
    private static byte[] Root(long index, long size, byte[] leaf, IReadOnlyList<byte[]> path)
    {
        var (here, last, root) = (index, size - 1, leaf);
        foreach (var beside in path)
        {
            Demand(last > 0, "the path to its checkpoint is too long");
            var isRight = (here & 1) == 1 || here == last;
            root = isRight ? Merkle.Node(beside, root) : Merkle.Node(root, beside);
            for (; isRight && (here & 1) == 0; here >>= 1, last >>= 1)
            {
                // Without a sibling a node goes up as it is.
            }

            (here, last) = (here >> 1, last >> 1);
        }

        Demand(last == 0, "the path to its checkpoint is too short");
        return root;
    }

    private static void Demand(bool isSo, string otherwise)
    {
        if (!isSo) throw MoveException.BadFile($"The file proves nothing: {otherwise}.");
    }
}
