using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Questions.Asking;

/// <summary>
/// Which part of a list is wanted. A cursor is the key of the last item, so that what is added or removed meanwhile neither
/// repeats nor hides another; it belongs to its question and filters.
/// </summary>
internal sealed class Page
{
    private const int DefaultTake = 100;
    private const int MostTake = 500;
    private const int TagLength = 8;

    private readonly QuestionParameters _asked;
    private readonly string[]? _after;
    private readonly byte[] _tag;

    private Page(QuestionParameters asked, int keys)
    {
        _asked = asked;
        _tag = SHA256.HashData(Encoding.UTF8.GetBytes(asked.Identity))[..TagLength];
        Take = (int)(asked.Number(ParameterNames.Take, 1, MostTake) ?? DefaultTake);
        Skip = asked.Number(ParameterNames.Skip, 0, int.MaxValue);
        if (asked.Raw(ParameterNames.Cursor) is not { } cursor) return;
        if (asked.Has(ParameterNames.Skip)) asked.Refuse(ParameterNames.Skip, "must not be given together with cursor");
        _after = Read(cursor);
        if (_after?.Length != keys) NotOurs();
    }

    public int Take { get; }

    /// <summary>Set when the caller scrolls by number, and wants to know how many there are.</summary>
    public long? Skip { get; }

    /// <summary>One more than is answered, to know whether there are more.</summary>
    public NpgsqlParameter Limit => Parameters.Value(Take + 1L);

    public NpgsqlParameter Offset => Parameters.Value(Skip ?? 0);

    /// <param name="asked">The parameters of the question.</param>
    /// <param name="keys">Of how many values the key of an item consists.</param>
    public static Page Of(QuestionParameters asked, int keys) => new(asked, keys);

    public string TextAfter(int key)
    {
        if (_after is null) return "";
        if (_after.ElementAtOrDefault(key) is { } text && !text.Contains('\0', StringComparison.Ordinal)) return text;
        NotOurs();
        return "";
    }

    public Guid IdAfter(int key)
    {
        if (_after is null) return Guid.Empty;
        if (Guid.TryParse(_after.ElementAtOrDefault(key), out var id)) return id;
        NotOurs();
        return Guid.Empty;
    }

    public long NumberAfter(int key, long start)
    {
        if (_after is null) return start;
        if (long.TryParse(_after.ElementAtOrDefault(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        NotOurs();
        return start;
    }

    /// <summary>The answer, without the item that was read only to know whether there are more.</summary>
    public Listed<T> Answer<T>(List<T> read, Func<T, string[]> keyOf, long position, long? total = null)
    {
        if (read.Count <= Take) return new(read, null, position, total);
        read.RemoveRange(Take, read.Count - Take);
        return new(read, Write(keyOf(read[^1])), position, total);
    }

    private string Write(string[] key) => Base64Url.EncodeToString([.. _tag, .. JsonSerializer.SerializeToUtf8Bytes(key)]);

    private string[]? Read(string cursor)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(cursor);
            return bytes.Length > TagLength && bytes.AsSpan(0, TagLength).SequenceEqual(_tag) ? JsonSerializer.Deserialize<string[]>(bytes.AsSpan(TagLength)) : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    private void NotOurs()
    {
        if (!_asked.Errors.Any(error => error.Member == ParameterNames.Cursor))
            _asked.Refuse(ParameterNames.Cursor, "must be the next of an answer to this question with these filters");
    }
}

/// <summary>A part of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">What to give as <c>cursor</c> to go on; null at the end.</param>
/// <param name="Position">The position of the account that the list shows.</param>
/// <param name="Total">How many there are in all, when the caller scrolls by number.</param>
internal sealed record Listed<T>(
    IReadOnlyList<T> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next,
    long Position,
    long? Total = null);
