using System.Buffers;
using System.Text.Json;
using ProcessDeployment.Verifier.Lists;

namespace ProcessDeployment.Verifier.Bundles;

/// <summary>Reads the JSON documents there are. What is missing or of another form cannot be judged.</summary>
internal static class Documents
{
    /// <summary>Of two members of one name nobody could say which counts.</summary>
    public static JsonDocumentOptions Strict { get; } = new() { AllowDuplicateProperties = false };

    /// <summary>Up to here every program can tell a whole number from its neighbours.</summary>
    public const long Most = (1L << 53) - 1;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Whether an exception says that a document has not the form it should have.</summary>
    public static bool IsAboutForm(Exception e) =>
        e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or IndexOutOfRangeException or OverflowException;

    public static T Read<T>(string name, Stream stream, Func<JsonElement, T> read)
    {
        try
        {
            using var content = new MemoryStream();
            using (stream) stream.CopyTo(content);
            using var document = Parse(content.ToArray());
            return read(document.RootElement);
        }
        catch (Exception e) when (IsAboutForm(e))
        {
            throw new UnreadableException($"{name} has not the form it should have: {e.Message}", e);
        }
    }

    /// <exception cref="FormatException">It is not UTF-8: other programs might read something else in it.</exception>
    /// <exception cref="InvalidOperationException">Half a character is in it, of which the same is true.</exception>
    public static JsonDocument Parse(byte[] text)
    {
        if (!System.Text.Unicode.Utf8.IsValid(text)) throw new FormatException("it is not UTF-8");
        if (text.Contains((byte)'\\')) Unescape(text);
        return JsonDocument.Parse(text, Strict);
    }

    /// <summary>Only an escape can be half a character, and nobody but who reads it finds that.</summary>
    private static void Unescape(byte[] text)
    {
        for (var reader = new Utf8JsonReader(text); reader.Read();)
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped) reader.GetString();
        }
    }

    public static T Read<T>(string file, Func<JsonElement, T> read) => File.Exists(file) ? Read(file, File.OpenRead(file), read) : throw new UnreadableException($"There is no file {file}.");

    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");

    /// <summary>A whole number that every program can tell from its neighbours.</summary>
    public static long Number(this JsonElement json, string name) =>
        json.GetProperty(name).GetInt64() is var number and >= -Most and <= Most ? number : throw new FormatException($"{name} is too large");

    /// <summary>Strictly: other programs might pass over what does not belong there.</summary>
    public static byte[] Base64(this JsonElement json) =>
        Convert.FromBase64String(json.GetString()!) is var bytes && Convert.ToBase64String(bytes) == json.GetString() ? bytes : throw new FormatException("it is not the base64 of anything");

    public static byte[] Hash(this JsonElement hex) =>
        hex.GetString() is { Length: 2 * Trees.Merkle.HashSize } text && !text.AsSpan().ContainsAnyExcept(Digits) ? Convert.FromHexString(text) : throw new FormatException("a hash has 64 hexadecimal digits in lower case");

    public static List<byte[]> Hashes(this JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(Hash)];

    /// <summary>Hashes one after another, as base64.</summary>
    public static List<byte[]> Joined(this JsonElement json, string name)
    {
        var bytes = json.GetProperty(name).Base64();
        return bytes.Length % Trees.Merkle.HashSize == 0 ? [.. bytes.Chunk(Trees.Merkle.HashSize)] : throw new FormatException($"{name} is not made of whole hashes");
    }
}

/// <summary><c>manifest.json</c>: what the bundle is about, and the SHA-256 of its files.</summary>
internal sealed record Manifest(string AccountId, long First, long Last, long Size, long Events, IReadOnlyDictionary<string, string> Files, Period? Period = null)
{
    /// <summary>No account comes near it, and sums of positions below it are numbers.</summary>
    private const long Largest = 1L << 52;

    public const string Name = "manifest.json";

    public static Manifest Of(JsonElement json)
    {
        if (json.Text("format") != "processdeployment-export/1") throw new FormatException($"{json.Text("format")} is not a format this program knows");
        var manifest = new Manifest(
            json.Text("accountId"), json.Number("firstPosition"), json.Number("lastPosition"), json.Number("size"), json.Number("events"),
            json.GetProperty("files").EnumerateObject().ToDictionary(file => file.Name, file => file.Value.GetString()!, StringComparer.Ordinal), Period.Of(json));
        if (manifest.First < 1 || manifest.Last < manifest.First - 1 || manifest.Size < manifest.Last || manifest.Size > Largest) throw new FormatException("its positions do not fit each other");
        return manifest;
    }
}

/// <summary><c>proof.json</c>: the largest subtrees outside the range.</summary>
internal sealed record RangeProof(long Size, long First, long Last, IReadOnlyList<byte[]> Nodes)
{
    public static RangeProof Of(JsonElement json) => new(json.Number("size"), json.Number("first"), json.Number("last"), json.Hashes("nodes"));
}

/// <summary>That the tree of an account begins with an earlier one.</summary>
internal sealed record ConsistencyProof(long From, long To, IReadOnlyList<byte[]> Path)
{
    public static ConsistencyProof Of(JsonElement json) => new(json.Number("from"), json.Number("to"), json.Joined("path"));
}
