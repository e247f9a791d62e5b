using ProcessDeployment.Engine.CommandLine.Api;
using Spectre.Console;

namespace ProcessDeployment.Engine.CommandLine.Output;

/// <summary>Tables of plain text: what people named is never taken for markup.</summary>
internal static class Tables
{
    public static Table Of(params string[] columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
        {
            // A leading > sets numbers to the right; they are never broken.
            var right = column.StartsWith('>');
            var shown = new TableColumn(new Text(right ? column[1..] : column, new Style(decoration: Decoration.Bold)));
            table.AddColumn(right ? shown.RightAligned().NoWrap() : shown);
        }

        return table;
    }

    public static Table Row(this Table table, params string[] cells) => table.AddRow(cells.Select(cell => new Text(cell)));

    /// <summary>A row that asks for attention, as bold Processes do.</summary>
    public static Table BoldRow(this Table table, params string[] cells) => table.AddRow(cells.Select(cell => new Text(cell, new Style(decoration: Decoration.Bold))));

    /// <summary>Name and value, one a line; nothing for what has no value.</summary>
    public static Grid Facts(params (string Name, string Value)[] facts)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        foreach (var (name, value) in facts.Where(fact => fact.Value.Length > 0)) grid.AddRow(new Text(name, new Style(decoration: Decoration.Dim)), new Text(value));
        return grid;
    }

    /// <summary>For a list: the first name, and how many more there are.</summary>
    public static string FewNames(Json items) => items.Items.ToList() switch
    {
        [] => "",
        [var only] => only["name"].Text,
        [var first, .. var others] => $"{first["name"].Text} +{others.Count}",
    };

    public static string Names(Json items) => string.Join(", ", items.Items.Select(item => item["name"].Text));
}
