namespace ProcessDeployment.Engine.Homes.Moving;

/// <summary>Whether this release has a place for all that a file brings, and the file brings all that this release needs.</summary>
internal static class FittingTables
{
    /// <exception cref="MoveException">Another release has written it, and it does not fit.</exception>
    public static void Demand(MoveManifest manifest, IReadOnlyDictionary<string, List<TableColumn>> here)
    {
        if (manifest.Tables.GroupBy(table => table.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice) throw MoveException.BadFile($"The file has the table {twice.Key} twice.");
        foreach (var table in manifest.Tables)
        {
            var columns = here.GetValueOrDefault(table.Name) ?? throw Other($"the table {table.Name}, which this release has no place for");
            if (table.Columns.FirstOrDefault(name => !columns.Exists(column => column.Name == name)) is { } unknown) throw Other($"the column {unknown} of {table.Name}, which this release does not have");
            if (columns.Find(column => column.IsNeeded && !table.Columns.Contains(column.Name)) is { } lacking) throw Other($"no column {lacking.Name} of {table.Name}, which this release needs");
        }

        if (here.Keys.FirstOrDefault(name => manifest.Tables.All(table => table.Name != name)) is { } missing) throw Other($"no table {missing}, which this release needs");
    }

    private static MoveException Other(string what) => MoveException.BadFile($"Another release has written this file: it has {what}. Bring both homes to the same release first.");
}
