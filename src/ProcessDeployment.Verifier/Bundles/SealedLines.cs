using System.Text;
using ProcessDeployment.Verifier.Checkpoints;
using ProcessDeployment.Verifier.Events;
using ProcessDeployment.Verifier.Trees;

namespace ProcessDeployment.Verifier.Bundles;

/// <summary>
/// Files of events that count wherever they lie, <c>{"event", "leafHash", "path"}</c> a line: each brings its own way to the root
/// that the checkpoint signs.
/// </summary>
internal sealed class SealedLines(Bundle bundle, Manifest manifest, AccountHead head, Report report)
{
    private static readonly string[] Members = ["event", "leafHash", "path"];

    /// <summary>Hands on the lines of a file, where the manifest names it. One that cannot be read, or that <paramref name="take"/> finds to be of another form, is told.</summary>
    public void Read(string file, string what, Action<SealedLine> take)
    {
        if (!manifest.Files.ContainsKey(file) || !bundle.Has(file)) return;
        using var stream = bundle.Read(file);
        for (var lines = new Lines(stream); lines.Next(out var line);)
        {
            try
            {
                take(Of(line.ToArray()));
            }
            catch (Exception e) when (Documents.IsAboutForm(e))
            {
                report.Bad(what, $"a line of {file} is no sealed event: {e.Message}");
            }
        }
    }

    private SealedLine Of(byte[] line)
    {
        using var document = Documents.Parse(line);
        var said = document.RootElement;
        foreach (var member in said.EnumerateObject())
        {
            if (!Members.Contains(member.Name, StringComparer.Ordinal)) throw new FormatException($"it has an unknown member {member.Name}");
        }

        var text = Encoding.UTF8.GetBytes(said.GetProperty("event").GetRawText());
        var happened = new EventLine(manifest.AccountId);
        var (hash, leaf) = (happened.LeafHash(text), said.GetProperty("leafHash").Hash());
        var root = Merkle.RootOf(leaf, happened.Position - 1, head.Size, said.Hashes("path"));
        return new(happened.Position, text, hash, root is not null && root.AsSpan().SequenceEqual(head.Root) ? leaf : null);
    }
}

/// <summary>An event that counts wherever it lies.</summary>
/// <param name="Position">The position it says it has.</param>
/// <param name="Text">What it says.</param>
/// <param name="Hash">Its hash as a leaf.</param>
/// <param name="Leaf">The leaf that was sealed for its position, as its path proves; null where that leads elsewhere.</param>
internal sealed record SealedLine(long Position, byte[] Text, byte[] Hash, byte[]? Leaf)
{
    /// <summary>Whether it is what was sealed, and not what a redaction made of it.</summary>
    public bool IsAsSealed => Hash.AsSpan().SequenceEqual(Leaf);
}
