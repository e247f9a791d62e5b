using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using ProcessDeployment.Engine.Ledger.Storage;
using ProcessDeployment.Verifier.Bundles;
using ProcessDeployment.Verifier.Checkpoints;
using ProcessDeployment.Verifier.Events;
using ProcessDeployment.Verifier.Trees;

namespace ProcessDeployment.Engine.Tests.Ledger;

/// <summary>The form of the ledger is fixed for ever: PostgreSQL, the verifier and the one in Node make the same of the same.</summary>
public sealed class Golden_vectors(EngineFixture engine)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "vectors");

    public static TheoryData<string> Leaves => [.. Read("leaves.json").EnumerateArray().Select(leaf => leaf.GetRawText())];

    [Theory]
    [MemberData(nameof(Leaves))]
    public async Task of_leaves_are_what_PostgreSQL_makes(string json)
    {
        var leaf = JsonElement.Parse(json);
        await using var command = engine.Owner.CreateCommand(
            $"""
            select {LeafSql.Text}, {LeafSql.Hash}, e.headers::text, e.data::text
            from (values ($1, $2, $3::bigint, $4::uuid, $5, $6::timestamptz, $7, $8, $9, $10::jsonb, $11::jsonb))
                as e(tenant_id, stream_id, version, id, type, timestamp, user_name, correlation_id, causation_id, headers, data)
            """);
        foreach (var name in new[] { "accountId", "stream", "number", "eventId", "type", "time", "actor", "correlationId", "causationId", "headers", "data" })
        {
            object value = !leaf.TryGetProperty(name, out var given) ? DBNull.Value : given.ValueKind == JsonValueKind.String ? given.GetString()! : given.GetRawText();
            command.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = name is "number" or "eventId" or "time" or "headers" or "data" ? NpgsqlDbType.Unknown : NpgsqlDbType.Text });
        }

        await using var row = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        await row.ReadAsync(TestContext.Current.CancellationToken);

        (row.GetString(2), row.GetString(3)).ShouldBe((leaf.Text("headersText"), leaf.Text("dataText")));
        row.GetString(0).ShouldBe(leaf.Text("leafText"));
        Convert.ToHexStringLower(await row.GetFieldValueAsync<byte[]>(1, TestContext.Current.CancellationToken)).ShouldBe(leaf.Text("leafHash"));
    }

    [Theory]
    [MemberData(nameof(Leaves))]
    public void of_leaves_are_what_the_verifier_makes(string json)
    {
        var leaf = JsonElement.Parse(json);
        string[] members = [.. leaf.EnumerateObject().Where(member => member.Name is not ("accountId" or "headers" or "data" or "headersText" or "dataText" or "leafText" or "leafHash")).Select(member => $"\"{member.Name}\":{member.Value.GetRawText()}")];
        var line = $"{{{string.Join(',', members)},\"headers\":{leaf.Text("headersText")},\"data\":{leaf.Text("dataText")}}}";

        Convert.ToHexStringLower(new EventLine(leaf.Text("accountId")).LeafHash(System.Text.Encoding.UTF8.GetBytes(line))).ShouldBe(leaf.Text("leafHash"));
    }

    [Fact]
    public void of_trees_are_what_the_verifier_makes()
    {
        var trees = Read("trees.json");
        var (leaves, roots) = (trees.Hashes("leafHashes"), trees.Hashes("roots"));
        trees.GetProperty("leafData").EnumerateArray().Select(data => Merkle.Leaf(Convert.FromHexString(data.GetString()!))).ShouldBe(leaves);
        foreach (var proof in trees.GetProperty("inclusion").EnumerateArray())
        {
            var (position, size) = ((int)proof.Number("position"), (int)proof.Number("size"));
            Merkle.RootOf(leaves[position - 1], position - 1, size, proof.Hashes("path")).ShouldBe(roots[size], proof.ToString());
            Merkle.RootOf(leaves[position % leaves.Count], position - 1, size, proof.Hashes("path")).ShouldNotBe(roots[size], proof.ToString());
        }

        foreach (var proof in trees.GetProperty("consistency").EnumerateArray())
        {
            var (from, to) = ((int)proof.Number("from"), (int)proof.Number("to"));
            Consistency.Holds(from, roots[from], to, roots[to], proof.Hashes("path")).ShouldBeTrue(proof.ToString());
            Consistency.Holds(from, roots[from - 1], to, roots[to], proof.Hashes("path")).ShouldBeFalse(proof.ToString());
        }

        foreach (var proof in trees.GetProperty("ranges").EnumerateArray())
        {
            var (first, last, size) = ((int)proof.Number("first"), (int)proof.Number("last"), (int)proof.Number("size"));
            var manifest = new Manifest("acme", first, last, size, 0, new Dictionary<string, string>(), null);
            var range = new RangeRoots(manifest, new(size, first, last, proof.Hashes("nodes")), Enumerable.Range(1, size).Select(at => (long)at));
            range.Run(leaves[(first - 1)..last]).ShouldBe(roots[size], proof.ToString());
            for (var at = first; at < last; at++) range.At(at).ShouldBe(roots[at], $"{proof} at {at}");
        }
    }

    [Fact]
    public void of_a_checkpoint_hold()
    {
        var vector = Read("checkpoint.json");
        var report = new Verifier.Report(TextWriter.Null);
        var keys = KeyChain.Of(KeyDocument.ListOf(vector.GetProperty("keys")), null, report);

        new CheckpointCheck(keys, report).Run(AccountCheckpoint.Of(vector.GetProperty("checkpoint")), "globex");
        foreach (var published in vector.GetProperty("published").EnumerateArray()) keys.Refuse(Checkpoint.Of(published)).ShouldBeNull();

        report.IsGood.ShouldBeTrue();
    }

    [Fact]
    public async Task are_what_the_verifier_in_Node_makes() => (await Verifying.NodeAsync("--vectors", Folder))?.ShouldBeProven();

    private static JsonElement Read(string name) => JsonElement.Parse(File.ReadAllBytes(Path.Combine(Folder, name)));
}
