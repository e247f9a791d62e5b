using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ProcessDeployment.Engine.Secrets;

namespace ProcessDeployment.Engine.Homes.Moving;

/// <summary>Seals secret values anew that have come sealed: with the key of this home. That of the other home must be in the folder here; it is in no file.</summary>
internal sealed class ComingSecrets(SecretKeys keys, KeyFiles files)
{
    /// <summary>Rows of a table with what is sealed in them under the newest key; rows of other tables as they are.</summary>
    /// <exception cref="MoveException">The key is not here, or a value cannot be opened with it.</exception>
    public IReadOnlyList<string> Anew(TakenTable table, IReadOnlyList<string> lines) => table.Name switch
    {
        "extension_secret" => [.. lines.Select(line => Anew(line, row => SecretOwner.Extension(Text(row, "account_id"), Id(row, "process_id"), Id(row, "atom_id"), Text(row, "key"))))],
        "webhook_secret" => [.. lines.Select(line => Anew(line, row => SecretOwner.Webhook(Text(row, "account_id"), Id(row, "webhook_id"))))],
        _ => lines,
    };

    private string Anew(string line, Func<JsonNode, string> ownerOf)
    {
        try
        {
            var row = JsonNode.Parse(line)!;
            var owner = ownerOf(row);
            var former = Find(Text(row, "key_id"));
            var anew = keys.Newest.Seal(former.Open(Convert.FromHexString(Text(row, "sealed")[2..]), owner), owner);
            (row["key_id"], row["sealed"]) = (anew.KeyId, $"\\x{Convert.ToHexStringLower(anew.Value)}");
            return row.ToJsonString();
        }
        catch (Exception e) when (e is CryptographicException or FormatException or NullReferenceException or InvalidOperationException or ArgumentException or System.Text.Json.JsonException)
        {
            throw MoveException.BadFile("A secret value in the file cannot be opened with the key it names.");
        }
    }

    private SecretKey Find(string id) => files.Find(id) ?? throw MoveException.Conflict(
        "secret-key-missing", $"Secret values of the account are sealed with the key {id} of the other home. Copy its file to {files.PathOf(id)}; once the account is open here, it is not needed for them any more.");

    private static string Text(JsonNode row, string member) => row[member]!.GetValue<string>();

    private static Guid Id(JsonNode row, string member) => row[member]!.GetValue<Guid>();
}
