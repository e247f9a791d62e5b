using System.CommandLine;
using System.Text.Json;
using ProcessDeployment.Engine.CommandLine.Api;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>The accounts (tenants).</summary>
internal static class AccountsVerb
{
    public static Command Create(VerbServices services)
    {
        var name = new Argument<string>("name") { Description = "1 to 63 lower-case letters, digits or dashes" };
        var accounts = new Command("accounts", "List accounts, make one, or move one to another home")
        {
            new Verb("list", "List the accounts", "accounts list").Shows(services, (run, ct) => run.ShowAsync("accounts", Query.None, answer =>
            {
                foreach (var account in answer["items"].Items) run.Screen.Line(account["accountId"].Text);
            }, ct)),
            new Verb("add", "Make an account", "accounts add acme") { name }.Shows(services, async (run, ct) =>
            {
                var answer = Problems.Checked(await run.Api.PostAsync("accounts", "application/json", JsonSerializer.SerializeToUtf8Bytes(new { accountId = run.Get(name) }), ct));
                if (run.Screen.IsJson) run.Screen.Raw(answer.Body);
                else run.Screen.Line(answer.Status == 201 ? $"Account {run.Get(name)} is made." : $"Account {run.Get(name)} was there already.");
            }),
        };
        foreach (var verb in AccountMovingVerbs.Of(services)) accounts.Add(verb);
        return accounts;
    }
}
