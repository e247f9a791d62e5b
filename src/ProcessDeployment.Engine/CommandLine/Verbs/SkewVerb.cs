using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Components that an Atom runs at several revisions.</summary>
internal static class SkewVerb
{
    public static Command Create(VerbServices services)
    {
        var atom = new Option<string?>("--atom") { Description = "Only on this Atom (name or id)", HelpName = "atom" };
        var (take, cursor) = (VerbArguments.Take(), VerbArguments.Cursor());
        return new Verb("skew", "List the components that an Atom runs at several revisions, each bundled by another Process", "skew", "skew --atom \"Berlin Production\"") { atom, take, cursor }
            .ShowsAnyMoment(services, async (run, ct) =>
            {
                var query = run.Get(atom) is { } named ? Query.None.With("atom", $"{await run.Api.AtomAsync(named, ct)}") : Query.None;
                await run.ShowListAsync(
                    "skew", query, run.Get(take), run.Get(cursor),
                    Tables.Of("Component", "Atom", ">Latest", "Runs there"),
                    (table, item) => table.Row(
                        item["name"].Text, item["atomName"].Text, item["latestRevision"].Text,
                        string.Join("; ", item["revisions"].Items.Select(held => $"{held["revision"].Text} in {Tables.Names(held["processes"])}"))),
                    "Every Atom runs one revision of each component.",
                    ct);
            });
    }
}
