using System.Security.Cryptography;
using ProcessDeployment.Verifier.Checkpoints;
using ProcessDeployment.Verifier.Lists;

namespace ProcessDeployment.Verifier.Bundles;

/// <summary>Everything that is checked of a bundle, in the order in which a person would ask.</summary>
internal sealed class BundleCheck(Bundle bundle, Arguments arguments, Report report)
{
    private static readonly string[] Judged = ["events.jsonl", "leaves.bin", "proof.json", "checkpoint.json", "keys.json", Redactions.File, Skips.File, .. ListsCheck.Lists];

    public void Run()
    {
        var manifest = Documents.Read(Manifest.Name, bundle.Read(Manifest.Name), Manifest.Of);
        var proof = Documents.Read("proof.json", bundle.Read("proof.json"), RangeProof.Of);
        var checkpoint = Documents.Read("checkpoint.json", bundle.Read("checkpoint.json"), AccountCheckpoint.Of);
        var documents = arguments.Keys.Select(file => (File: file, Keys: Documents.Read(file, KeyDocument.ListOf))).ToList();
        var kept = arguments.Kept.Select(file => Documents.Read(file, AccountCheckpoint.Of)).OrderBy(earlier => earlier.Head.Size).ToList();
        var keys = KeyChain.Of(Documents.Read("keys.json", bundle.Read("keys.json"), KeyDocument.ListOf), arguments.Key, report);

        if (bundle.Has("signature-keys.json")) documents.Insert(0, ("signature-keys.json", Documents.Read("signature-keys.json", bundle.Read("signature-keys.json"), KeyDocument.ListOf)));
        foreach (var (file, more) in documents) keys.Follow(more, file, report);
        var published = new PublishedCheck(arguments.Published, keys, report);
        published.Read();

        Files(manifest);
        new SignatureCheck(bundle, keys, report).Run();
        var elsewhere = new SealedLines(bundle, manifest, checkpoint.Head, report);
        var skips = Skips.Read(elsewhere, report);
        using var lists = ListsCheck.Of(bundle, manifest, checkpoint.Checkpoint, skips, report);
        var events = new EventsCheck(bundle, manifest, elsewhere, lists, skips, report).Run();
        var roots = new RangeRoots(manifest, proof, kept.Select(earlier => earlier.Head.Size));
        Tree(manifest, checkpoint, events.Leaves, roots);
        new CheckpointCheck(keys, report).Run(checkpoint, manifest.AccountId);
        new KeptCheck(checkpoint, kept, [.. arguments.Consistency.Select(file => Documents.Read(file, ConsistencyProof.Of))], roots, keys, report).Run();
        published.Run(checkpoint.Checkpoint, [checkpoint, .. kept]);
    }

    private void Files(Manifest manifest)
    {
        var good = 0;
        var files = manifest.Files.ToList();
        var found = new string?[files.Count];
        Parallel.For(0, files.Count, i =>
        {
            using var stream = bundle.Find(files[i].Key);
            found[i] = stream is null ? null : Convert.ToHexStringLower(SHA256.HashData(stream));
        });
        foreach (var ((name, hash), real) in files.Zip(found))
        {
            if (real is null) report.Bad("files", $"{name} is missing");
            else if (real != hash) report.Bad("files", $"{name} is not the one that was exported");
            else good++;
        }

        if (good == manifest.Files.Count) report.Good("files", $"{good} are as the manifest says");
        foreach (var name in manifest.Files.Keys.Except(Judged).Order(StringComparer.Ordinal))
            report.Note("files", name == ListsCheck.Attempts ? $"not sealed: {name} is kept beside the ledger, and nothing here can prove it" : $"not judged: {name} is nothing this program knows");
    }

    private void Tree(Manifest manifest, AccountCheckpoint checkpoint, IReadOnlyList<byte[]> leaves, RangeRoots roots)
    {
        if (checkpoint.Head.Size != manifest.Size) report.Bad("tree", $"the checkpoint is of {checkpoint.Head.Size} events and the manifest of {manifest.Size}");
        else if (roots.Run(leaves) is not { } root) report.Bad("tree", "the proof does not fit the leaves");
        else if (!root.AsSpan().SequenceEqual(checkpoint.Head.Root)) report.Bad("tree", $"positions {manifest.First} to {manifest.Last} do not make the root that was sealed");
        else report.Good("tree", $"positions {manifest.First} to {manifest.Last} are in the root over {manifest.Size} events, none is missing");
    }
}
