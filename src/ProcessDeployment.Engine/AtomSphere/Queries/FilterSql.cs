using System.Globalization;
using Npgsql;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.AtomSphere.Queries;

/// <summary>Makes SQL of a filter. Values go into parameters; names are looked up, so that nothing a client writes becomes part of a statement.</summary>
internal sealed class FilterSql(string objectName, Source source, List<MemberError> errors)
{
    /// <summary><c>$1</c> is the account and <c>$2</c> the moment of a question.</summary>
    private const int First = 3;

    private const string Never = "false";
    private const string Always = "true";
    private readonly List<NpgsqlParameter> _parameters = [];

    public IReadOnlyList<NpgsqlParameter> Parameters => _parameters;

    public string Of(Filter? filter) => filter switch
    {
        null => Always,
        Filter.Group group => $"({string.Join(group.All ? " and " : " or ", group.Parts.Select(Of))})",
        Filter.Condition condition => Of(condition),
        _ => throw new InvalidOperationException("There is no other kind of filter."),
    };

    /// <summary>The place of a value in the statement.</summary>
    public string Place(NpgsqlParameter parameter)
    {
        _parameters.Add(parameter);
        return string.Create(CultureInfo.InvariantCulture, $"${_parameters.Count + First - 1}");
    }

    private string Of(Filter.Condition condition)
    {
        if (!source.Filters.TryGetValue(condition.Property, out var column)) return Refuse(condition, $"is no property that {objectName} can be filtered by; there are {string.Join(", ", source.Filters.Keys)}");
        if (!source.Operators.Contains(condition.Operator)) return Refuse(condition, $"takes {string.Join(", ", source.Operators)}, not {condition.Operator}");
        if (column.Packed is var (process, number)) return OfPacked(condition, process, number);
        if (column.Among is { } among && condition.Arguments is [var one] && Guid.TryParse(one, out var member) && condition.Operator is FilterOperator.EQUALS or FilterOperator.NOT_EQUALS or FilterOperator.LIKE)
            return $"{(condition.Operator == FilterOperator.NOT_EQUALS ? "not " : "")}({string.Format(CultureInfo.InvariantCulture, among, Place(Given.Id(member)))})";
        var text = column.Kind == ColumnKind.Id ? $"({column.Sql})::text" : column.Sql;
        return condition.Operator switch
        {
            FilterOperator.IS_NULL => $"({column.Sql} is null)",
            FilterOperator.IS_NOT_NULL => $"({column.Sql} is not null)",
            FilterOperator.EQUALS => Compared(condition, column, "=", 0),
            FilterOperator.NOT_EQUALS => Compared(condition, column, "is distinct from", 0),
            FilterOperator.GREATER_THAN => Compared(condition, column, ">", 0),
            FilterOperator.GREATER_THAN_OR_EQUAL => Compared(condition, column, ">=", 0),
            FilterOperator.LESS_THAN => Compared(condition, column, "<", 0),
            FilterOperator.LESS_THAN_OR_EQUAL => Compared(condition, column, "<=", 0),
            FilterOperator.BETWEEN => $"({Compared(condition, column, ">=", 0)} and {Compared(condition, column, "<=", 1)})",
            FilterOperator.LIKE when !condition.Arguments[0].Contains('%', StringComparison.Ordinal) => Compared(condition, column, "=", 0),
            FilterOperator.LIKE => AsText(condition, column) ?? $"({text} like {Place(Given.Text(Pattern(condition.Arguments[0])))})",
            FilterOperator.CONTAINS => AsText(condition, column) ?? $"(strpos({text}, {Place(Given.Text(condition.Arguments[0]))}) > 0)",
            FilterOperator.NOT_CONTAINS => AsText(condition, column) ?? $"(coalesce(strpos({text}, {Place(Given.Text(condition.Arguments[0]))}), 0) = 0)",
            _ => throw new InvalidOperationException($"There is no SQL for {condition.Operator}."),
        };
    }

    /// <summary>An id of two values: nobody compares those by parts of their text.</summary>
    private string OfPacked(Filter.Condition condition, Column process, Column number)
    {
        var negated = condition.Operator == FilterOperator.NOT_EQUALS;
        switch (condition.Operator)
        {
            case FilterOperator.IS_NULL: return Never;
            case FilterOperator.IS_NOT_NULL: return Always;
            case FilterOperator.EQUALS or FilterOperator.NOT_EQUALS or FilterOperator.LIKE when PackedId.Read(condition.Arguments[0]) is var (processId, value):
                return $"{(negated ? "not " : "")}({process.Sql} = {Place(process.Parameter(processId))} and {number.Sql} = {Place(number.Parameter(value))})";
            case FilterOperator.EQUALS or FilterOperator.NOT_EQUALS or FilterOperator.LIKE: return negated ? Always : Never;
            default: return Refuse(condition, $"takes EQUALS, NOT_EQUALS, LIKE, IS_NULL, IS_NOT_NULL, not {condition.Operator}");
        }
    }

    /// <summary>The platform knows one wildcard.</summary>
    private static string Pattern(string argument) => argument.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);

    private string? AsText(Filter.Condition condition, Column column) => column.Kind is ColumnKind.Text or ColumnKind.Id ? null : Refuse(condition, $"is no text, so {condition.Operator} says nothing of it");

    private string Compared(Filter.Condition condition, Column column, string comparison, int place)
    {
        var argument = condition.Arguments[place];
        switch (column.Kind)
        {
            // An id that is none of ours is that of nothing here.
            case ColumnKind.Id when !Guid.TryParse(argument, out _): return comparison == "is distinct from" ? Always : Never;
            case ColumnKind.Id: return Compare(Guid.Parse(argument));
            case ColumnKind.Number when long.TryParse(argument, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number): return Compare(number);
            case ColumnKind.Flag when bool.TryParse(argument, out var flag): return Compare(flag);
            case ColumnKind.Time when WireValue.TryTime(argument, out var time): return Compare(time);
            case ColumnKind.Text when column.Words is null: return Compare(argument);
            // Scripts write them in small letters too.
            case ColumnKind.Text when column.Words.FirstOrDefault(word => word.Equals(argument, StringComparison.OrdinalIgnoreCase)) is { } known: return Compare(known);
        }

        var wanted = column.Words is { } words ? $"one of {string.Join(", ", words)}" : column.Kind switch
        {
            ColumnKind.Number => "a whole number",
            ColumnKind.Flag => "true or false",
            _ => "a time such as 2026-11-23T06:00:00Z",
        };
        return Refuse(condition, $"must be compared with {wanted}, not with {WireValue.Shown(argument)}");

        string Compare(object value) => $"({column.Sql}{(column.Kind == ColumnKind.Text && comparison[0] is '<' or '>' ? " collate \"C\"" : "")} {comparison} {Place(column.Parameter(value))})";
    }

    private string Refuse(Filter.Condition condition, string rule)
    {
        errors.Add(new($"property {WireValue.Shown(condition.Property)}", rule));
        return Never;
    }
}
