using System.Security.Cryptography;
using System.Text;
using ProcessDeployment.Engine.Bundles;

namespace ProcessDeployment.Engine.Tests.Bundles;

/// <summary>Atoms keep bundles and their signatures: whatever is changed in the engine, one digest means the same bytes.</summary>
public sealed class The_bytes_of_a_bundle
{
    /// <summary>Never to be changed: it was the hash of the first release.</summary>
    private const string Released = "dfbafd84ddfb9a315bd0b82459018db2cb16449e29be9f35b6ffa854030657b1";

    [Fact]
    public void are_those_of_the_first_release()
    {
        var (one, other) = (Encoding.UTF8.GetBytes("<process/>"), Encoding.UTF8.GetBytes(new string('x', 1_000)));
        var contents = new[] { one, other, [] }.ToDictionary(content => Convert.ToHexStringLower(SHA256.HashData(content)), StringComparer.Ordinal);
        var hashes = contents.ToDictionary(content => content.Value.Length, content => content.Key);
        BundledComponent[] components =
        [
            new(new("0193e5a0-0000-7000-8000-000000000002"), "transform.map", 12, hashes[1_000]),
            new(new("0193e5a0-0000-7000-8000-000000000001"), "process", 3, hashes[10]),
            new(new("0193e5a0-0000-7000-8000-000000000003"), "connector-settings", 1, hashes[0]),
            new(new("0193e5a0-0000-7000-8000-000000000004"), "process", 1, hashes[10]),
        ];

        var layout = new BundleLayout(new('a', 64), components, contents.ToDictionary(content => content.Key, content => (long)content.Value.Length, StringComparer.Ordinal));

        byte[] bytes = [.. layout.Pieces.SelectMany(piece => piece.Bytes ?? contents[piece.ContentHash!])];
        bytes.Length.ShouldBe((int)layout.Length);
        Convert.ToHexStringLower(SHA256.HashData(bytes)).ShouldBe(Released);
    }
}
