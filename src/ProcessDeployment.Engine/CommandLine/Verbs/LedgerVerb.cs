using System.CommandLine;
using System.Text;
using System.Text.Json;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>The sealed ledger: what auditors keep, and what operators look after.</summary>
internal static class LedgerVerb
{
    public static Command Create(VerbServices services) => new Verb("ledger", "Look at the sealed ledger, and take proofs from it", "ledger status", "ledger checkpoint --keep kept.json", "ledger proof 42")
    {
        Status(services), Checkpoint(services), Proof(services), RotateKey(services),
    };

    private static Verb Status(VerbServices services) => new Verb("status", "Show how much is sealed", "ledger status")
        .Shows(services, (run, ct) => run.ShowAsync("ledger", Query.None, answer => run.Screen.Show(Tables.Facts(
            ("Sealed", $"{answer["sealed"].Text} of {answer["position"].Text} events of account {answer["accountId"].Text}"),
            ("Checkpoint", $"{answer["checkpoint"].Text} of {answer["time"].Time}"),
            ("Key", answer["keyId"].Text),
            ("Trouble", answer["trouble"].Text))), ct));

    private static Verb Checkpoint(VerbServices services)
    {
        var covering = new Option<long?>("--covering") { Description = "The first checkpoint that covers this position [default: the last checkpoint]", HelpName = "position" };
        var keep = new Option<FileInfo?>("--keep") { Description = "Write it to a file, to hold later exports against it", HelpName = "file" };
        return new Verb("checkpoint", "Show a signed checkpoint, or keep it", "ledger checkpoint --keep kept.json", "ledger checkpoint --covering 42") { covering, keep }
            .Shows(services, async (run, ct) =>
            {
                var answer = await run.Api.AskAsync("ledger/checkpoint", Query.None.With("covering", run.Get(covering)?.ToString(System.Globalization.CultureInfo.InvariantCulture)), ct);
                if (run.Get(keep) is { } file) await File.WriteAllTextAsync(file.FullName, answer.Body, ct);
                if (run.Screen.IsJson) run.Screen.Raw(answer.Body);
                else run.Screen.Show(Facts(answer.Json));
            });
    }

    private static Verb Proof(VerbServices services)
    {
        var position = new Argument<long>("position") { Description = "The position of the event" };
        return new Verb("proof", "Show the proof that an event is sealed", "ledger proof 42", "ledger proof 42 --json") { position }
            .Shows(services, (run, ct) => run.ShowAsync(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"ledger/proof/{run.Get(position)}"), Query.None, answer =>
            {
                run.Screen.Line($"Position {answer["position"].Text} is in the tree of {answer["size"].Text} events.");
                run.Screen.Line($"leaf  {Hex(answer["leafHash"])}");
                foreach (var hash in Hex(answer["path"]).Chunk(64)) run.Screen.Line($"      {new string(hash)}");
            }, ct));
    }

    private static Verb RotateKey(VerbServices services) => new Verb("rotate-key", "Go on with a new signing key; the present one signs that it is the next", "ledger rotate-key")
        .Shows(services, async (run, ct) =>
        {
            var answer = Problems.Checked(await run.Api.PostAsync("ledger/rotate-key", "application/json", Array.Empty<byte>(), ct));
            if (run.Screen.IsJson) run.Screen.Raw(answer.Body);
            else run.Screen.Line($"From the next checkpoint on key {answer.Json["keyId"].Text} signs.");
        });

    private static Spectre.Console.Grid Facts(Json answer)
    {
        using var payload = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(answer["checkpoint"]["payload"].Text)));
        var (checkpoint, head) = (new Json(payload.RootElement), answer["head"]);
        return Tables.Facts(
            ("Checkpoint", $"{checkpoint["number"].Text} of {checkpoint["time"].Time}"),
            ("Covers", $"{head["size"].Text} events of account {head["accountId"].Text}"),
            ("Head", head["root"].Text),
            ("Root", $"{checkpoint["root"].Text} over {checkpoint["accounts"].Text} accounts"),
            ("Key", checkpoint["key"].Text),
            ("Ledger", checkpoint["ledger"].Text));
    }

    private static string Hex(Json base64) => Convert.ToHexStringLower(Convert.FromBase64String(base64.Text));
}
