using System.Buffers.Text;
using System.Globalization;
using System.Security;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.AtomSphere;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Fuzzing.Harness;

namespace ProcessDeployment.Fuzzing.Targets;

/// <summary>What is asked of the platform API, at random.</summary>
internal static class Queries
{
    public const string Account = "acme";

    private static readonly string[] Arguments = ["", "%", "or%er_\\", "'; drop table x; --", "01936f1e-7c2a-7b1e-9d54-3f2a6c1b0e9d", "117", "true", "PROCESS", "2026-11-23T06:00:00Z", "9999-12-31T23:59:59-14:00", "ä𝄞", "a\rb", new('z', 2_001)];

    public static readonly string[] Operators = [.. Enum.GetNames<FilterOperator>(), "and", "or", "AND", "equals", "XOR", "5"];

    public static Expression Made(PlatformObject about, Dice dice, int depth) => depth > 0 && dice.Below(3) > 0
        ? new(dice.OneIn(2) ? "and" : "or", null, [], [.. Enumerable.Range(0, depth > 3 ? 1 : dice.Between(1, 3)).Select(_ => Made(about, dice, depth - 1))])
        : Condition(about, dice);

    /// <summary>One after which a query goes on.</summary>
    public static List<object> After(Source source, Dice dice) => [.. source.Order.Select(object (column) => column.Kind switch
    {
        ColumnKind.Id => new Guid(dice.Below(100), 1, 2, new byte[8]),
        ColumnKind.Number => dice.Number(),
        ColumnKind.Time => DateTimeOffset.UnixEpoch.AddTicks(dice.Number() % (1L << 50)),
        _ => dice.Of(Arguments),
    })];

    private static Expression Condition(PlatformObject about, Dice dice)
    {
        var verb = dice.OneIn(30) ? dice.Of(Operators) : dice.Of(Enum.GetNames<FilterOperator>());
        var arguments = dice.OneIn(20) ? dice.Below(4) : verb switch { "IS_NULL" or "IS_NOT_NULL" => 0, "BETWEEN" => 2, _ => 1 };
        return new(verb, dice.OneIn(30) ? "nothing" : dice.Of([.. about.Source!.Filters.Keys]), [.. Enumerable.Range(0, arguments).Select(_ => dice.Of(Arguments))], null);
    }

    internal sealed record Expression(string Operator, string? Property, IReadOnlyList<string> Arguments, IReadOnlyList<Expression>? Nested)
    {
        public object Json() => new Dictionary<string, object?>(StringComparer.Ordinal) { ["operator"] = Operator, ["property"] = Property, ["argument"] = Arguments, ["nestedExpression"] = Nested?.Select(nested => nested.Json()) }
            .Where(member => member.Value is not null && (Nested is null || member.Key != "argument")).ToDictionary(member => member.Key, member => member.Value, StringComparer.Ordinal);

        public string Xml(string name) => $"<bns:{name} operator=\"{Operator}\"{(Property is null ? "" : $" property=\"{SecurityElement.Escape(Property)}\"")}>{string.Concat(Arguments.Select(argument => $"<bns:argument>{SecurityElement.Escape(argument)}</bns:argument>"))}{string.Concat(Nested?.Select(nested => nested.Xml("nestedExpression")) ?? [])}</bns:{name}>";
    }
}

/// <summary>Filters: refused with words a person can read, or made SQL in which nothing of the client stands; and a token of one says the same.</summary>
internal sealed partial class PlatformFilters : Target
{
    /// <summary>Before those there are the account and the moment, which columns may name.</summary>
    private const int First = 3;

    private readonly Mutator _damage = new([Json(Platform.Objects[0], new(1)), Xml(Platform.Objects[0], new(2)), Json(Platform.Objects[^1], new(3)), Xml(Platform.Objects[^1], new(4))],
        [.. Queries.Operators.Select(name => $"\"{name}\""), "\"nestedExpression\":[", "\"argument\":", "\"property\":\"", "<bns:argument>", "</bns:argument>", "<bns:nestedExpression operator=\"and\">", "\"@type\":\"SimpleExpression\",", "{\"QuerySort\":{\"sortField\":", " property=\""]);

    public override string Name => "platform-filter";

    public override int Weight => 15;

    /// <summary>The object stands before the body, and in which form that is.</summary>
    public override byte[] Input(Dice dice)
    {
        var (about, isJson) = (dice.Below(Platform.Objects.Count), dice.OneIn(2));
        var body = isJson ? Json(Platform.Objects[about], dice) : Xml(Platform.Objects[about], dice);
        return [(byte)about, (byte)(isJson ? 0 : 1), .. dice.Below(8) switch { 0 => _damage.Garbage(dice), < 4 => body, _ => _damage.Damaged(body, dice) }];
    }

    public override string Judge(byte[] input)
    {
        if (input.Length < 2) return "nothing";
        var (about, type) = (Platform.Objects[input[0] % Platform.Objects.Count], input[1] == 0 ? PlatformForm.Json : PlatformForm.Xml);
        if (Platform.Read(BoxedAsync(PlatformBody.ReadFilterAsync(Platform.Request(input[2..], type), about.Source))) is not { } read) return "refused";
        var (errors, filter) = (new List<MemberError>(), read.Filter);
        var sql = new FilterSql(about.Name, about.Source!, errors);
        var text = sql.Of(filter);
        Broken.Unless(!text.Contains("drop table", StringComparison.OrdinalIgnoreCase), $"What the client wrote is part of the statement: {text}");
        var places = Place().Matches(text).Select(place => int.Parse(place.Groups["number"].Value, CultureInfo.InvariantCulture)).Where(place => place >= First).ToHashSet();
        Broken.Unless(places.SetEquals(Enumerable.Range(First, sql.Parameters.Count)), $"Its places are not its parameters: {text}");
        if (errors.Count > 0) return "of no property";
        var token = new QueryToken(filter, Queries.After(about.Source!, new(7)), 12).Write(about.Name, Queries.Account);
        Broken.Unless(token.Length <= QueryToken.Most, "Its token is too long to be sent back.");
        Broken.Unless(QueryToken.Read(token, about.Name, Queries.Account, about.Source!, errors) is { } again && errors.Count == 0 && again.Write(about.Name, Queries.Account) == token, $"Its token does not say the same: {Platform.Text(Base64Url.DecodeFromChars(token))}");
        return filter is null ? "of all" : "read";
    }

    private static byte[] Json(PlatformObject about, Dice dice) =>
        JsonSerializer.SerializeToUtf8Bytes(new { QueryFilter = new { expression = Queries.Made(about, dice, dice.OneIn(4) ? 17 : 3).Json() } });

    private static byte[] Xml(PlatformObject about, Dice dice) => Encoding.UTF8.GetBytes(
        $"<bns:QueryConfig xmlns:bns=\"http://api.platform.boomi.com/\"><bns:QueryFilter>{Queries.Made(about, dice, dice.OneIn(4) ? 17 : 3).Xml("expression")}</bns:QueryFilter></bns:QueryConfig>");

    private static async Task<Box> BoxedAsync(Task<Filter?> reading) => new(await reading);

    [GeneratedRegex(@"\$(?<number>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();

    private sealed record Box(Filter? Filter);
}

/// <summary>Tokens with which a query goes on: they come back from clients.</summary>
internal sealed class PlatformTokens : Target
{
    private readonly Mutator _damage = new([.. Platform.Objects.Select((about, n) => Encoding.UTF8.GetBytes(new QueryToken(null, Queries.After(about.Source!, new((ulong)n)), n).Write(about.Name, Queries.Account)))], ["=", "-", "_", " "]);

    private readonly Mutator _inside = new([.. Platform.Objects.Select((about, n) => Base64Url.DecodeFromChars(new QueryToken(null, Queries.After(about.Source!, new((ulong)n)), n).Write(about.Name, Queries.Account)))],
        ["\"object\":", "\"account\":\"other\"", "\"after\":[", "\"total\":-1", "\"total\":1e3", "\"filter\":null", "\"filter\":{\"QueryFilter\":", "\"QuerySort\":{}", "null", "9999-12-31T23:59:59-14:00"]);

    public override string Name => "platform-token";

    public override int Weight => 20;

    public override byte[] Input(Dice dice) => dice.Below(5) switch
    {
        0 => _damage.Garbage(dice),
        1 => _damage.Damaged(dice),
        _ => Encoding.UTF8.GetBytes(Base64Url.EncodeToString(_inside.Damaged(dice))),
    };

    public override string Judge(byte[] input)
    {
        var (text, taken) = (Encoding.UTF8.GetString(input), "refused");
        foreach (var about in Platform.Objects)
        {
            var errors = new List<MemberError>();
            if (QueryToken.Read(text, about.Name, Queries.Account, about.Source!, errors) is not { } read || errors.Count > 0) continue;
            var again = read.Write(about.Name, Queries.Account);
            Broken.Unless(QueryToken.Read(again, about.Name, Queries.Account, about.Source!, errors) is { } same && errors.Count == 0 && same.Write(about.Name, Queries.Account) == again, "Written again it is another one.");
            foreach (var (column, value) in about.Source!.Order.Zip(read.After)) _ = column.Parameter(value);
            taken = "taken";
        }

        return taken;
    }
}
