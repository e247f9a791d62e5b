using System.Data.Common;
using JasperFx.Events;
using Marten;
using NpgsqlTypes;
using ProcessDeployment.Engine.Storage;
using Weasel.Core;
using Weasel.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>Puts the statements of a page into the daemon's own transaction.</summary>
internal sealed class MartenPage(IDocumentOperations operations) : IPageBatch
{
    public void Add(PageCommand command) => operations.QueueOperation(command.Complaint is { } complaint
        ? new PageQuery(command.Statement, command.Columns, complaint)
        : new PageStatement(command.Statement, command.Columns));
}

/// <summary>One statement of a page, as Marten batches it.</summary>
internal sealed class PageStatement(string text, IReadOnlyList<RowColumn> columns) : PageOperation(text, columns), NoDataReturnedCall
{
    public override Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;
}

/// <summary>A statement that returns a row; <paramref name="complaint"/> says what is wrong with its number.</summary>
internal sealed class PageQuery(string text, IReadOnlyList<RowColumn> columns, Func<long, string?> complaint) : PageOperation(text, columns)
{
    public override async Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token)
    {
        await reader.ReadAsync(token);
        var number = reader.GetFieldType(0) == typeof(long) ? reader.GetInt64(0) : 0;
        if (complaint(number) is { } message) exceptions.Add(new ReadModelException(message));
    }
}

/// <summary>What both have in common.</summary>
internal abstract class PageOperation(string text, IReadOnlyList<RowColumn> columns) : Weasel.Storage.IStorageOperation
{
    /// <summary>Marten asks for a document type to order operations by; these keep the order in which they were added.</summary>
    public Type DocumentType => typeof(IEvent);

    public OperationRole Role() => OperationRole.Other;

    public void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
    {
        var parameters = ((Weasel.Postgresql.ICommandBuilder)builder).AppendWithParameters(text, '^');
        if (parameters.Length != columns.Count) throw new InvalidOperationException($"{columns.Count} columns for {parameters.Length} places: {text}");
        foreach (var (parameter, column) in parameters.Zip(columns))
            (parameter.NpgsqlDbType, parameter.Value) = (NpgsqlDbType.Array | column.Type, column.Values);
    }

    public abstract Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token);
}

/// <summary>The read models and the events do not fit together.</summary>
public sealed class ReadModelException(string message) : Exception(message);
