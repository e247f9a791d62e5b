using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Accounts whose read models stand still before an event that cannot be read.</summary>
internal static class HaltedVerb
{
    public static Command Create(VerbServices services) =>
        new Verb("halted", "List accounts that stand still before an event that cannot be read", "halted", "halted --json").Shows(services, (run, ct) => run.ShowAsync("halted-accounts", Query.None, answer =>
        {
            var table = Tables.Of("Account", ">Position", "Since", "Stream", "Type", "Why");
            foreach (var account in answer["items"].Items)
                table.Row(account["accountId"].Text, account["position"].Text, account["since"].Time, account["stream"].Text, account["type"].Text, account["problem"].IsThere ? account["problem"].Text : "is being caught up");
            if (answer["items"].Items.Any()) run.Screen.Show(table);
            else run.Screen.Line("There is none.");
        }, ct));
}
