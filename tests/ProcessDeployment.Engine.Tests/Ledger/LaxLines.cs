using System.Text;
using System.Text.RegularExpressions;

namespace ProcessDeployment.Engine.Tests.Ledger;

/// <summary>
/// Edits of a line <c>{"event", "leafHash", "path"}</c> after which it says the same as before to whoever passes over what does not
/// belong there. Of two verifiers of which one does, an auditor would have two verdicts.
/// </summary>
internal static partial class LaxLines
{
    private const string Event = "{\"event\":{";
    private const string Leaf = "\"leafHash\":\"";
    private const string Path = "\"path\":[\"";
    private const string End = "\"]}";

    private static readonly Dictionary<string, Func<string, string>> Edits = new(StringComparer.Ordinal)
    {
        // Latin 1 writes it as one byte, which begins nothing in UTF-8.
        ["a byte that is no text beside the event"] = line => Replace(line, Event, $"{{\"note\":\"\u00ff\",{Event[1..]}"),
        ["half a character beside the event"] = line => Replace(line, Event, $"{{\"note\":\"\\ud800\",{Event[1..]}"),
        ["a member beside the event"] = line => Replace(line, Event, $"{{\"note\":1,{Event[1..]}"),
        ["half a character in the data"] = line => Replace(line, "\"data\":{", "\"data\":{\"\": \"\\ud800\", "),
        ["a position that is none"] = line => Position().Replace(line, "{\"position\":0"),
        ["a position that not every program can read"] = line => Position().Replace(line, "{\"position\":9007199254740993"),
        ["digits after the leaf"] = line => Replace(line, "\",\"path\"", "00\",\"path\""),
        ["upper case in the leaf"] = line => Upper(line, Leaf),
        ["a list in place of the leaf"] = line => Replace(Replace(line, Leaf, "\"leafHash\":[\""), "\",\"path\"", "\"],\"path\""),
        ["the leaf twice"] = line => Replace(line, Leaf, $"{Leaf}{new string('0', 64)}\",{Leaf}"),
        ["characters after a hash of the path"] = line => Replace(line, End, $"zz{End}"),
        ["digits after a hash of the path"] = line => Replace(line, End, $"00{End}"),
        ["upper case in the path"] = line => Upper(line, Path),
        ["a list in the path"] = line => Replace(Replace(line, Path, "\"path\":[[\""), End, "\"]]}"),
    };

    /// <summary>Edits the first line in each of these ways: what it says does not count then.</summary>
    public static async Task EachIsFoundAtAsync(this ExportedFolder export, string file, long position)
    {
        // Without a signature nothing else gives it away.
        export.Manifest(_ => { });
        (await export.VerifyAsync()).ShouldBeProven();
        var lines = Encoding.Latin1.GetString(export.Bytes(file)).Split('\n');
        foreach (var (kind, edit) in Edits)
        {
            export.Write(file, Encoding.Latin1.GetBytes(string.Join('\n', lines.Select((line, i) => i == 0 ? edit(line) : line))));
            var verdict = await export.VerifyAsync();
            (verdict.Code, verdict.Position).ShouldBe((Verifier.Verification.Altered, position), $"{kind}: {verdict.Said}");
            verdict.Said.ShouldContain($"a line of {file} is no sealed event", Case.Sensitive, kind);
        }
    }

    private static string Replace(string line, string from, string to)
    {
        line.ShouldContain(from);
        return line.Replace(from, to, StringComparison.Ordinal);
    }

    private static string Upper(string line, string before)
    {
        var begin = line.IndexOf(before, StringComparison.Ordinal) + before.Length;
        var hash = line.Substring(begin, 64);
        return Replace(line, hash, hash.ToUpperInvariant());
    }

    [GeneratedRegex("\\{\"position\":[0-9]+")]
    private static partial Regex Position();
}
