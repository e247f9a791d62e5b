using System.CommandLine;
using System.Text.Json;
using ProcessDeployment.Engine.CommandLine.Api;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>An operator answers for it that an event which cannot be read is passed over.</summary>
internal static class SkipVerb
{
    public static Command Create(VerbServices services)
    {
        var position = new Argument<long>("position") { Description = "Position of the event at which the account is halted" };
        var reason = new Option<string>("--reason") { Description = "Why nothing is lost by it; kept in the history with your name", HelpName = "text", Required = true };
        return new Verb("skip", "Mark an event that cannot be read as skipped, so that its account goes on", "skip 17 --account acme --reason \"written by a release that was taken back\"")
        {
            position, reason,
        }.Does(services, async (run, ct) =>
        {
            var account = run.Account ?? throw new CommandLineException(ExitCodes.Malformed, "--account must say which account is halted; the verb halted lists them.");
            var body = JsonSerializer.SerializeToUtf8Bytes(new { position = run.Get(position), reason = run.Get(reason) });
            var answer = Problems.Checked(await run.Api.PostAsync($"halted-accounts/{account}/skip", "application/json", body, ct));
            if (run.Screen.IsJson) run.Screen.Raw(answer.Body);
            else run.Screen.Line($"Position {answer.Json["position"].Text} of account {account} is marked as skipped; position {answer.Json["notedAt"].Text} says so. The account catches up now.");
            return ExitCodes.Ok;
        });
    }
}
