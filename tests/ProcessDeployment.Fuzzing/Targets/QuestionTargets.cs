using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using ProcessDeployment.Engine.Questions.Asking;
using ProcessDeployment.Fuzzing.Harness;

namespace ProcessDeployment.Fuzzing.Targets;

/// <summary>Questions, as they come in an address.</summary>
internal static class Questions
{
    public const string Path = "/api/v1/processes";

    public static readonly string[] Allowed =
        [ParameterNames.AsOf, ParameterNames.AtLeast, ParameterNames.Cursor, ParameterNames.Take, ParameterNames.Skip, ParameterNames.Id, "revised", "text", "from", "process"];

    public static QuestionParameters Asked(string query)
    {
        var context = new DefaultHttpContext();
        context.Request.Path = Path;
        context.Request.QueryString = new(query);
        context.Request.RouteValues[ParameterNames.Id] = query.Length > 36 ? query[^36..] : query;
        return new(context.Request, Allowed);
    }

    /// <summary>Each reason names a parameter and a rule, in bounded words.</summary>
    public static string Verdict(QuestionParameters asked)
    {
        foreach (var (member, rule) in asked.Errors) Broken.Unless(member.Length <= 61 && rule.Length is > 0 and < 400, $"A reason is not for people: {member} {rule}");
        return asked.Errors.Count == 0 ? "taken" : "refused";
    }
}

internal sealed class Parameters : Target
{
    private readonly Mutator _damage = new(
        [.. new[]
        {
            "?asOf=117&atLeast=12", "?asOf=2026-11-23T06:00:00%2B01:00&take=500", "?from=2026-11-23&revised=true&text=ord%25er", "?id=01936f1e-7c2a-7b1e-9d54-3f2a6c1b0e9d&id=01936f1e-7c2a-7b1e-9d54-3f2a6c1b0e9e",
            "?process=01936f1e-7c2a-7b1e-9d54-3f2a6c1b0e9d&skip=100&cursor=abc", "?asOf=0001-01-01T00:00:00+14:00&text=%00",
        }.Select(Encoding.UTF8.GetBytes)],
        [.. Questions.Allowed.Select(name => $"&{name}="), "%2B", "+", "%", "&&", "=", "?", "-00:00", "+14:00", "%F0%9D%84%9E", "%FF"]);

    public override string Name => "parameters";

    public override int Weight => 25;

    public override byte[] Input(Dice dice) => dice.OneIn(4) ? [(byte)'?', .. _damage.Garbage(dice)] : _damage.Damaged(dice);

    public override string Judge(byte[] input)
    {
        // As the server does, which takes nothing for a question without its mark.
        if (input is not [(byte)'?', ..]) return "no question";
        var asked = Questions.Asked(Encoding.UTF8.GetString(input));
        Broken.Unless(asked.AsOf() is null or { Position: not null } or { Time: not null }, "A moment is neither a position nor a time.");
        Broken.Unless(asked.AtLeast() >= 0 && asked.Number(ParameterNames.Take, 1, 500) is null or >= 1 and <= 500, "A number is out of its bounds.");
        Broken.Unless(asked.Text("text")?.Contains('\0', StringComparison.Ordinal) is not true, "A text holds what no database keeps.");
        (_, _, _, _) = (asked.Ids(ParameterNames.Id), asked.Flag("revised"), asked.Time("from"), asked.Id("process"));
        if (asked.Text("text") is { } text) Broken.Unless(TextPattern.Like(text).Length >= text.Length && TextPattern.EitherCase(text).Length >= text.EnumerateRunes().Count(), "A pattern is shorter than what it looks for.");
        var path = Questions.Asked(Encoding.UTF8.GetString(input));
        Broken.Unless(path.PathNumber(ParameterNames.Id) >= 0 && path.PathPosition(ParameterNames.Id) >= 0 && path.PathId() == Guid.Empty != path.Errors.All(error => error.Rule != "must be a UUID"), "A path is read and refused, or neither.");
        return Questions.Verdict(asked);
    }
}

/// <summary>Cursors that are tagged as ours, since anyone can compute the tag.</summary>
internal sealed class ACursor : Target
{
    private readonly Mutator _damage = new(
        [.. new[] { """["orders","01936f1e-7c2a-7b1e-9d54-3f2a6c1b0e9d"]""", """["117","x"]""", """["ä","00000000-0000-0000-0000-000000000000"]""" }.Select(Encoding.UTF8.GetBytes)],
        ["[\"", "\",\"", "\"]", "null,", "\\u0000", "\\ud800"]);

    public override string Name => "cursor";

    public override int Weight => 25;

    public override byte[] Input(Dice dice)
    {
        if (dice.OneIn(6)) return _damage.Garbage(dice);
        var tag = SHA256.HashData(Encoding.UTF8.GetBytes(Questions.Path))[..(dice.OneIn(20) ? 7 : 8)];
        var cursor = Encoding.UTF8.GetBytes(Base64Url.EncodeToString([.. tag, .. _damage.Damaged(dice)]));
        return dice.OneIn(5) ? _damage.Damaged(cursor, dice) : cursor;
    }

    public override string Judge(byte[] input)
    {
        var asked = Questions.Asked($"?cursor={Uri.EscapeDataString(Encoding.UTF8.GetString(input))}");
        var page = Page.Of(asked, 2);
        Broken.Unless(!page.TextAfter(0).Contains('\0', StringComparison.Ordinal) && page.TextAfter(0).EnumerateRunes().All(rune => rune != Rune.ReplacementChar || page.TextAfter(0).Contains('\uFFFD', StringComparison.Ordinal)), "A key holds what no database keeps.");
        var verdict = Questions.Verdict(asked);
        (_, _) = (page.IdAfter(1), page.NumberAfter(0, 0));
        Questions.Verdict(asked);
        return verdict;
    }
}
