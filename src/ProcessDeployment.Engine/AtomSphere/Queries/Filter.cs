namespace ProcessDeployment.Engine.AtomSphere.Queries;

/// <summary>What a query asks for: a tree of conditions.</summary>
internal abstract record Filter
{
    /// <summary>Of them all together, and of groups in groups.</summary>
    public const int MostConditions = 100;

    public const int DeepestGroup = 16;

    private Filter()
    {
    }

    /// <summary>All of them, or any.</summary>
    public sealed record Group(bool All, IReadOnlyList<Filter> Parts) : Filter;

    /// <summary>One condition.</summary>
    public sealed record Condition(string Property, FilterOperator Operator, IReadOnlyList<string> Arguments) : Filter;
}

/// <summary>The operators of the platform, by its names.</summary>
internal enum FilterOperator
{
    EQUALS,
    LIKE,
    NOT_EQUALS,
    IS_NULL,
    IS_NOT_NULL,
    BETWEEN,
    GREATER_THAN,
    GREATER_THAN_OR_EQUAL,
    LESS_THAN,
    LESS_THAN_OR_EQUAL,
    CONTAINS,
    NOT_CONTAINS,
}
