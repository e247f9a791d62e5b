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
            .Shows(services, (run, ct) => run.ShowAsync("licences", Query.None, answer => Show(run.Screen, answer, run.Get(holders)), ct));
        verb.Add(new Verb("report", "Print the licence report as CSV", "licences report > licences.csv")
            .Shows(services, async (run, ct) => run.Screen.Raw((await run.Api.AskAsync("licences/report", Query.None, ct)).Body.TrimEnd('\n', '\r'))));
        return verb;
    }

    private static void Show(Screen screen, Json answer, bool holders)
    {
        var pools = (answer["pools"].IsThere ? answer["pools"] : answer["items"]).Items.ToList();
        var table = Tables.Of("Class", "For", ">Purchased", ">Used", ">Available");
        foreach (var pool in pools)
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
        if (holders) ShowHolders(screen, pools);
    }

    private static void ShowHolders(Screen screen, List<Json> pools)
    {
        var table = Tables.Of("Class", "Connection", "Atom", ">Processes");
        foreach (var pool in pools)
        {
            foreach (var connection in pool["connections"].Items)
            {
                table.Row(
                    pool["class"].Text, connection["name"].Text,
                    connection["atomName"].IsThere ? connection["atomName"].Text : connection["atomId"].Text,
                    $"{connection["processIds"].Items.Count()}");
            }
        }

        screen.Show(table);
    }
}
