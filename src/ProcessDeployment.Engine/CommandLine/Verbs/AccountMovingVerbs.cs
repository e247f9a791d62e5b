using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Moves an account to another home: in one go, or step by step where people carry the file by hand.</summary>
internal static class AccountMovingVerbs
{
    public static IEnumerable<Command> Of(VerbServices services)
    {
        yield return Move(services);
        var (leaving, to) = (Name(), Home());
        yield return new Verb("leave", "The first step of a move: close an account that is to go to another home", "accounts leave acme --to eu") { leaving, to }
            .Shows(services, (run, ct) => PrintAsync(run, MoveSteps.LeaveAsync(run.Api, run.Get(leaving), run.Get(to)!, ct)));
        var (fetched, output) = (Name(), File("--output", "The file to write"));
        yield return new Verb("fetch", "The second step: write an account that is leaving to a move file", "accounts fetch acme --output acme.zip") { fetched, output }.Shows(services, async (run, ct) =>
        {
            using var patient = services.Patient(run.Api.Url);
            await MoveSteps.FetchAsync(patient, run.Get(fetched), run.Get(output)!, ct);
            run.Screen.Say($"Written to {run.Get(output)}.");
        });
        var (coming, file) = (Name(), File("--file", "The move file"));
        yield return new Verb("arrive", "The third step, in the other home: take an account out of a move file", "accounts arrive acme --file acme.zip --url https://deploy-eu.example.com > arrived.json") { coming, file }.Shows(services, async (run, ct) =>
        {
            using var patient = services.Patient(run.Api.Url);
            await PrintAsync(run, MoveSteps.ArriveAsync(patient, run.Get(coming), run.Get(file)!, ct));
        });
        yield return Said(services, "let-go", "The fourth step, in the former home: let an account go for good that has arrived", "--arrived", "What `accounts arrive` printed", "accounts let-go acme --arrived arrived.json > receipt.json", MoveSteps.LetGoAsync);
        yield return Said(services, "open", "The last step, in the other home: open an account that was let go", "--receipt", "What `accounts let-go` printed", "accounts open acme --receipt receipt.json --url https://deploy-eu.example.com", MoveSteps.OpenAsync);
        var staying = Name();
        yield return new Verb("stay", "Give up a move before the account was let go", "accounts stay acme") { staying }.Shows(services, (run, ct) => MoveSteps.StayAsync(run.Api, run.Get(staying), ct));
    }

    private static Verb Move(VerbServices services)
    {
        var (name, to, keep) = (Name(), Home(), VerbArguments.Text("--keep", "The file that its history is kept in [default: <name>-<time>.zip here]"));
        return new Verb("move", $"Move an account to another home; {GlobalOptions.TargetTokenVariable} is the credential there, where it is another one", "accounts move acme --to eu --url https://deploy.example.com") { name, to, keep }.Shows(services, async (run, ct) =>
        {
            var file = run.Get(keep) ?? $"{run.Get(name)}-{DateTime.UtcNow:yyyyMMdd-HHmmss}.zip";
            var opened = await new AccountMove(services, run.Api, run.Screen, run.Get(name), run.Get(to)!).RunAsync(file, ct);
            if (run.Screen.IsJson) run.Screen.Raw(opened.Body);
            else run.Screen.Line($"Account {run.Get(name)} is at home in {run.Get(to)}, from position {opened.Json["position"].Text} on. {file} holds all of it, with what is secret sealed: keep it safe, or delete it.");
        });
    }

    /// <summary>A step that takes what the one before printed.</summary>
    private static Verb Said(VerbServices services, string verb, string what, string option, string whence, string example, Func<ApiClient, string, string, CancellationToken, Task<ApiAnswer>> step)
    {
        var (name, said) = (Name(), File(option, whence));
        return new Verb(verb, what, example) { name, said }
            .Shows(services, async (run, ct) => await PrintAsync(run, step(run.Api, run.Get(name), await System.IO.File.ReadAllTextAsync(run.Get(said)!, ct), ct)));
    }

    private static async Task PrintAsync(VerbRun run, Task<ApiAnswer> step) => run.Screen.Raw((await step).Body);

    private static Argument<string> Name() => new("name") { Description = "The account" };

    private static Option<string> Home() => new("--to") { Description = "The home it goes to, as it is configured", HelpName = "home", Required = true };

    private static Option<string> File(string name, string what) => new(name) { Description = what, HelpName = "file", Required = true };
}
