using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>The licence pools, who holds what, and the report.</summary>
internal static class LicencesVerb
{
    public static Command Create(VerbServices services)
    {
        var holders = new Option<bool>("--holders") { Description = "Also list who holds each connection" };
        var verb = new Verb("licences", "Show the connection licences: purchased, used, available", "licences", "licences --holders", "licences report > licences.csv") { holders }
            .ShowsAnyMoment(services, async (run, ct) =>
            {
                var atoms = run.Get(holders) && !run.Screen.IsJson ? await AtomNamesAsync(run.Api, ct) : null;
                await run.ShowAsync("licences", Query.None, answer => Show(run.Screen, answer, atoms), ct);
            });
        verb.Add(new Verb("report", "Print the licence report as CSV", "licences report > licences.csv")
            .ShowsAnyMoment(services, async (run, ct) => run.Screen.Raw((await run.Api.AskAsync("licences/report", Query.None, ct)).Body.TrimEnd('\n', '\r'))));
        return verb;
    }

    private static void Show(Screen screen, Json answer, Dictionary<string, string>? atoms)
    {
        var table = Tables.Of("Class", "For", ">Purchased", ">Used", ">Available");
        foreach (var pool in answer["pools"].Items)
        {
            string[] cells =
            [
                pool["class"].Text, pool["classification"].Text, pool["purchased"].IsThere ? pool["purchased"].Text : "not audited", pool["used"].Text,
                pool["available"].Text + (pool["overDeployed"].IsTrue ? " (over-deployed)" : ""),
            ];
            if (pool["overDeployed"].IsTrue) table.BoldRow(cells);
            else table.Row(cells);
        }

        screen.Show(table);
        screen.Line($"Enforcement: {answer["mode"].Text}");
        if (atoms is not null) ShowHolders(screen, answer["pools"], atoms);
    }

    private static void ShowHolders(Screen screen, Json pools, Dictionary<string, string> atoms)
    {
        var table = Tables.Of("Class", "Connection", "Atom", ">Processes");
        foreach (var pool in pools.Items)
        {
            foreach (var connection in pool["connections"].Items)
                table.Row(pool["class"].Text, connection["name"].Text, atoms.GetValueOrDefault(connection["atomId"].Text, connection["atomId"].Text), $"{connection["processIds"].Items.Count()}");
        }

        screen.Show(table);
    }

    private static async Task<Dictionary<string, string>> AtomNamesAsync(ApiClient api, CancellationToken ct)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var atom in api.AllAsync("atoms", Query.None, ct)) names[atom["atomId"].Text] = atom["name"].Text;
        return names;
    }
}
