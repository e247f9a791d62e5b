using System.Security.Cryptography;
using System.Text;
using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.AtomSphere.Queries;

/// <summary>Answers queries page by page, and single objects by their ids.</summary>
internal sealed class Querying(PlatformReading reading, PlatformOptions options)
{
    public const int MostBulk = 100;
    private const int MostMerged = 1_000;

    private readonly Totals _totals = new();

    /// <summary>The first page of a query.</summary>
    public Task<QueryPage> QueryAsync(PlatformObject about, string accountId, Filter? filter, CancellationToken cancellation) => PageAsync(about, accountId, filter, null, cancellation);

    /// <summary>The page after a token.</summary>
    public Task<QueryPage> QueryMoreAsync(PlatformObject about, string accountId, string token, CancellationToken cancellation)
    {
        var errors = new List<MemberError>();
        var read = QueryToken.Read(token, about.Name, accountId, about.Source!, errors);
        PlatformException.ThrowIf(errors);
        return PageAsync(about, accountId, read!.Filter, read, cancellation);
    }

    /// <summary>Objects by their ids, each with whether it is there no more; ids that are of nothing are left out.</summary>
    public async Task<Dictionary<string, FoundObject>> FindAsync(PlatformObject about, string accountId, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var source = about.Source!;
        var wanted = ids.Distinct(StringComparer.Ordinal).Select(id => (Id: id, By: source.ConditionsOf(id))).Where(id => id.By is not null).ToList();
        var found = new Dictionary<string, FoundObject>(StringComparer.Ordinal);
        if (wanted.Count == 0) return found;
        await reading.AskAsync(
            accountId,
            batch =>
            {
                found.Clear();
                foreach (var (id, by) in wanted)
                {
                    var sql = new FilterSql(about.Name, source, []);
                    var condition = string.Join(" and ", by!.Select(part => $"{part.Column.Sql} = {sql.Place(part.Column.Parameter(part.Value))}"));
                    batch.Query(new(_ => $"select * from ({source.Sql}) o where {condition} limit {(source.Merge is null ? 1 : MostMerged)}"), row => found[id] = Found(source, row, found.GetValueOrDefault(id)), [.. sql.Parameters]);
                }
            },
            cancellation);
        return found;
    }

    private static FoundObject Found(Source source, NpgsqlDataReader row, FoundObject? before) => before is null
        ? new(source.Read(row), source.KnowsGone && row.GetBoolean(row.GetOrdinal("gone")))
        : before with { Object = source.Merge!([before.Object, source.Read(row)]) };

    private async Task<QueryPage> PageAsync(PlatformObject about, string accountId, Filter? filter, QueryToken? token, CancellationToken cancellation)
    {
        var source = about.Source!;
        var errors = new List<MemberError>();
        _ = new FilterSql(about.Name, source, errors).Of(filter);
        PlatformException.ThrowIf(errors);
        var items = new List<WireObject>();
        object[] last = [];
        Func<long, long>? total = null;
        var position = await reading.AskAsync(
            accountId,
            batch =>
            {
                items.Clear();
                var sql = new FilterSql(about.Name, source, errors);
                var where = source.KnowsGone ? $"not gone and {sql.Of(filter)}" : sql.Of(filter);
                if (token is null) total = Count(batch, about, filter, accountId, where, [.. sql.Parameters]);
                if (token is not null) where += $" and ({Columns(source)}) {(source.Descending ? '<' : '>')} ({string.Join(", ", source.Order.Zip(token.After).Select(part => sql.Place(part.First.Parameter(part.Second))))})";
                batch.Query(
                    new(_ => $"select * from ({source.Sql}) o where {where} order by {Columns(source, source.Descending ? " desc" : "")} limit {options.PageSize + 1}"),
                    row =>
                    {
                        if (items.Count < options.PageSize) last = PlaceOf(source, row);
                        items.Add(source.Read(row));
                    },
                    [.. sql.Parameters]);
            },
            cancellation);
        var count = token?.Total ?? total!(position);
        if (items.Count <= options.PageSize) return new(items, count, null);
        items.RemoveRange(options.PageSize, items.Count - options.PageSize);
        return new(items, count, new QueryToken(filter, last, count).Write(about.Name, accountId));
    }

    private Func<long, long> Count(QuestionBatch batch, PlatformObject about, Filter? filter, string accountId, string where, NpgsqlParameter[] parameters) => _totals.Count(
        batch, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(new QueryToken(filter, [], 0).Write(about.Name, accountId)))), Totals.Counting(_ => $"from ({about.Source!.Sql}) o where {where}", parameters.Length), [.. parameters.Select(parameter => parameter.Clone())]);

    private static string Columns(Source source, string direction = "") => string.Join(", ", source.Order.Select(column => $"{column.Sql}{direction}"));

    private static object[] PlaceOf(Source source, NpgsqlDataReader row) => [.. source.Order.Select(column => column.Kind switch
    {
        ColumnKind.Number => Convert.ToInt64(row.GetValue(row.GetOrdinal(column.Sql)), System.Globalization.CultureInfo.InvariantCulture),
        ColumnKind.Time => row.GetFieldValue<DateTimeOffset>(row.GetOrdinal(column.Sql)),
        _ => row.GetValue(row.GetOrdinal(column.Sql)),
    })];
}

/// <summary>A page of a query.</summary>
/// <param name="Items">At most a page of objects.</param>
/// <param name="Total">How many there were when it was asked first.</param>
/// <param name="Token">What to go on with; null at the end.</param>
internal sealed record QueryPage(IReadOnlyList<WireObject> Items, long Total, string? Token);

/// <summary>An object that was looked for by its id.</summary>
/// <param name="Object">The object as it is or was.</param>
/// <param name="Gone">It was deleted.</param>
internal sealed record FoundObject(WireObject Object, bool Gone);
