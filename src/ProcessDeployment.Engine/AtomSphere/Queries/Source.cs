using Npgsql;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.AtomSphere.Queries;

/// <summary>Where the objects of a type are read: one statement over the read models, whose columns filters and keys name.</summary>
internal sealed class Source
{
    /// <summary>The operators of most objects.</summary>
    private static readonly FilterOperator[] AllOperators = Enum.GetValues<FilterOperator>();

    /// <summary>Selects the objects of account <c>$1</c> with named columns; <c>gone</c>, where there is such a column, marks those that are there no more.</summary>
    public required string Sql { get; init; }

    /// <summary>The columns that make an object one of a kind; results come in their order, unless there is another.</summary>
    public required IReadOnlyList<Column> Key { get; init; }

    /// <summary>The columns that results come in the order of, no two in the same place.</summary>
    public IReadOnlyList<Column> Order { get => field ?? Key; init; }

    /// <summary>How a client may ask for results to be sorted, which is how they are; null where it may not ask.</summary>
    public string? SortedBy { get; init; }

    /// <summary>The last come first.</summary>
    public bool Descending { get; init; }

    /// <summary>What can be filtered by, by the names of the platform.</summary>
    public required IReadOnlyDictionary<string, Column> Filters { get; init; }

    /// <summary>Makes the object of a row of <see cref="Sql"/>.</summary>
    public required Func<NpgsqlDataReader, WireObject> Read { get; init; }

    /// <summary>The key of an id that clients have; null for what is none.</summary>
    public Func<string, object[]?> KeyOf { get; init; } = _ => null;

    /// <summary>What an object of an id is found by, where that is not its key.</summary>
    public Func<string, IReadOnlyList<(Column Column, object Value)>?>? Find { get; init; }

    /// <summary>Makes one object of all rows of an id; null where an id has one.</summary>
    public Func<IReadOnlyList<WireObject>, WireObject>? Merge { get; init; }

    public IReadOnlyList<FilterOperator> Operators { get; init; } = AllOperators;

    /// <summary>Whether rows may be of what is there no more, so that it can be told apart from what never was.</summary>
    public bool KnowsGone { get; init; }

    /// <summary>The conditions that find the object of an id; null where it is the id of nothing.</summary>
    public IReadOnlyList<(Column Column, object Value)>? ConditionsOf(string id) => Find is not null ? Find(id) : KeyOf(id) is { } key ? [.. Key.Zip(key)] : null;

    /// <summary>Rows are read by the names of their columns, whose places are looked up once a statement.</summary>
    public static IReadOnlyDictionary<string, Column> By(params (string Name, Column Column)[] filters) => filters.ToDictionary(filter => filter.Name, filter => filter.Column, StringComparer.Ordinal);

    /// <summary>The key of objects whose id is that of a component, an Atom or an environment.</summary>
    public static object[]? IdOf(string id) => Guid.TryParse(id, out var parsed) ? [parsed] : null;
}

/// <summary>A column of a source.</summary>
/// <param name="Sql">Its name in the statement, or an expression over names.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Words">The words it may be compared with; null for any text.</param>
internal sealed record Column(string Sql, ColumnKind Kind = ColumnKind.Text, IReadOnlyList<string>? Words = null)
{
    /// <summary>Of an id that holds two values: where these are; see <see cref="PackedId"/>.</summary>
    public (Column ProcessId, Column Number)? Packed { get; init; }

    /// <summary>Of an object that has several ids of a kind: the condition that one of them, in the place of {0}, is among them.</summary>
    public string? Among { get; init; }

    public NpgsqlParameter Parameter(object value) => Kind switch
    {
        ColumnKind.Id => Given.Id((Guid)value),
        ColumnKind.Number => Given.Position((long)value),
        ColumnKind.Flag => Given.Flag((bool)value),
        ColumnKind.Time => Given.Time((DateTimeOffset)value),
        _ => Given.Text((string)value),
    };
}

/// <summary>What a column holds.</summary>
internal enum ColumnKind
{
    Text,
    Id,
    Number,
    Flag,
    Time,
}
