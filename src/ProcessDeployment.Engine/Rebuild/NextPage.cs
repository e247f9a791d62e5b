using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;
using ProcessDeployment.Engine.ReadModels;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>
/// A page for the next generation: the statements of the read models themselves, with the tables that are rebuilt put in
/// the place of those that answer. Other tables they read where they are.
/// </summary>
internal sealed partial class NextPage(IReadOnlySet<string> rebuilt, string schema = NextTables.Schema) : IPageBatch
{
    private readonly List<PageCommand> _commands = [];

    public void Add(PageCommand command) => _commands.Add(command);

    /// <summary>Runs it within the transaction of the connection, on the thread of its caller: that is one that reads events and waits for nothing else.</summary>
    public void Run(NpgsqlConnection connection)
    {
        using var batch = new NpgsqlBatch(connection) { Timeout = 600, BatchCommands = { new(PageSql.PlanForLookups) } };
        foreach (var command in _commands) batch.BatchCommands.Add(CommandOf(command));
        batch.ExecuteNonQuery();
    }

    private NpgsqlBatchCommand CommandOf(PageCommand page)
    {
        var place = 0;
        var command = new NpgsqlBatchCommand(Table().Replace(
            Place().Replace(page.Statement, _ => $"${++place}"),
            found => rebuilt.Contains(found.Groups["table"].Value) ? $"{schema}.{found.Groups["table"].Value}" : found.Value));
        foreach (var column in page.Columns) command.Parameters.Add(new() { Value = column.Values, NpgsqlDbType = NpgsqlDbType.Array | column.Type });
        return command;
    }

    [GeneratedRegex(@"\^", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();

    [GeneratedRegex(@"\bprocess_deployment\.(?<table>[a-z_]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Table();
}
