using System.Text.Json;
using System.Xml.Linq;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.AtomSphere.Wire;

namespace ProcessDeployment.Engine.AtomSphere.Queries;

/// <summary>Reads the <c>QueryFilter</c> of a query, from JSON and from XML; none means all. What is no filter is named.</summary>
/// <param name="errors">What is wrong with it.</param>
/// <param name="sortedBy">What a <c>QuerySort</c> may ask for; null where there must be none.</param>
internal sealed class FilterReader(List<MemberError> errors, string? sortedBy = null)
{
    private const string Root = "QueryFilter";
    private const string Sort = "QuerySort";
    private const string SortField = "sortField";
    private const int MostArgument = 2_000;
    private static readonly string[] Names = Enum.GetNames<FilterOperator>();

    private int _conditions;

    /// <summary>The filter in the body of a query.</summary>
    public Filter? Read(JsonElement body)
    {
        var expression = default(JsonElement);
        foreach (var (name, value) in Members(body, "body"))
        {
            if (name == Sort && sortedBy is not null) CheckSort(Members(value, Sort).Where(member => member.Name == SortField).SelectMany(member => List(member.Value)).Select(Sorted));
            else if (name != Root) errors.Add(new(name, $"is no member of a query; it has {Root}"));
            else foreach (var (inside, found) in Members(value, Root))
            {
                if (inside == "expression") expression = found;
                else errors.Add(new($"{Root}.{inside}", "is no member of a filter; it has expression"));
            }
        }

        return expression.ValueKind is JsonValueKind.Undefined ? null : Expression(expression, $"{Root}.expression", 1);
    }

    /// <summary>The filter under the root of a query.</summary>
    public Filter? Read(XElement root)
    {
        XElement? expression = null;
        foreach (var filter in root.Elements())
        {
            if (!XmlForm.IsOurs(filter, filter.Name.LocalName, errors)) continue;
            if (filter.Name.LocalName == Sort && sortedBy is not null) CheckSort(filter.Elements().Where(field => field.Name.LocalName == SortField).Select(field => $"{(string?)field.Attribute("fieldName")} {(string?)field.Attribute("sortOrder")}"));
            else if (filter.Name.LocalName != Root) errors.Add(new(filter.Name.LocalName, $"is no element of a query; it has {Root}"));
            else foreach (var inside in filter.Elements().Where(inside => XmlForm.IsOurs(inside, $"{Root}/{inside.Name.LocalName}", errors)))
            {
                if (inside.Name.LocalName == "expression" && expression is null) expression = inside;
                else errors.Add(new($"{Root}/{inside.Name.LocalName}", "is not what a filter has: one expression"));
            }
        }

        return expression is null ? null : Expression(expression, $"{Root}/expression", 1);
    }

    private Filter? Expression(JsonElement json, string at, int depth)
    {
        string? verb = null, property = null;
        List<string> arguments = [];
        List<JsonElement>? nested = null;
        foreach (var (name, value) in Members(json, at))
        {
            switch (name)
            {
                case "operator": verb = Text(value, $"{at}.operator"); break;
                case "property": property = Text(value, $"{at}.property"); break;
                case "argument": arguments = [.. List(value).Select((argument, place) => Text(argument, $"{at}.argument[{place}]") ?? "")]; break;
                case "nestedExpression": nested = List(value); break;
                default: errors.Add(new($"{at}.{name}", "is no member of an expression; it has operator, property, argument, nestedExpression")); break;
            }
        }

        return Make(at, depth, verb, property, arguments, nested, (inside, place, deeper) => Expression(inside, $"{at}.nestedExpression[{place}]", deeper));
    }

    private Filter? Expression(XElement xml, string at, int depth)
    {
        foreach (var attribute in XmlForm.Attributes(xml).Where(attribute => attribute.Name.LocalName is not ("operator" or "property")))
            errors.Add(new($"{at}/@{attribute.Name.LocalName}", "is no attribute of an expression; it has operator, property"));
        List<string> arguments = [];
        List<XElement>? nested = null;
        foreach (var element in xml.Elements())
        {
            var name = element.Name.LocalName;
            if (!XmlForm.IsOurs(element, $"{at}/{name}", errors)) continue;
            if (name == "argument") arguments.Add(Checked(element.Value, $"{at}/argument"));
            else if (name == "nestedExpression") (nested ??= []).Add(element);
            else errors.Add(new($"{at}/{name}", "is no element of an expression; it has argument, nestedExpression"));
        }

        return Make(at, depth, (string?)xml.Attribute("operator"), (string?)xml.Attribute("property"), arguments, nested, (inside, place, deeper) => Expression(inside, $"{at}/nestedExpression[{place}]", deeper));
    }

    private Filter? Make<T>(string at, int depth, string? verb, string? property, List<string> arguments, List<T>? nested, Func<T, int, int, Filter?> inside)
    {
        if (depth > Filter.DeepestGroup) return Refuse(at, $"is nested deeper than {Filter.DeepestGroup} groups");
        if (verb is null) return Refuse(at, "must have an operator");
        if (verb.ToLowerInvariant() is "and" or "or") return Group(at, depth, verb, property, nested, inside);
        if (Array.IndexOf(Names, verb) is var found && found < 0)
            return Refuse(at, $"has the operator {WireValue.Shown(verb)}; there are and, or, {string.Join(", ", Names)}");
        var parsed = (FilterOperator)found;
        if (property is null) return Refuse(at, "must name its property");
        if (nested is not null) return Refuse(at, "has a property, so it must not have nestedExpression");
        if (++_conditions > Filter.MostConditions) return Refuse(at, $"is one of more than {Filter.MostConditions} conditions");
        var wanted = parsed switch { FilterOperator.IS_NULL or FilterOperator.IS_NOT_NULL => 0, FilterOperator.BETWEEN => 2, _ => 1 };
        return arguments.Count == wanted ? new Filter.Condition(property, parsed, arguments) : Refuse(at, $"must have {wanted} arguments for {verb}, it has {arguments.Count}");
    }

    private Filter? Group<T>(string at, int depth, string verb, string? property, List<T>? nested, Func<T, int, int, Filter?> inside)
    {
        if (property is not null) return Refuse(at, $"is a group ({verb}), so it must not have a property");
        if (nested is not { Count: > 0 }) return Refuse(at, $"is a group ({verb}), so it must have nestedExpression");
        if (nested.Count > Filter.MostConditions) return Refuse(at, $"has more than {Filter.MostConditions} parts");
        var parts = nested.Select((part, place) => inside(part, place, depth + 1)).ToList();
        return parts.Contains(null) ? null : new Filter.Group(verb.Equals("and", StringComparison.OrdinalIgnoreCase), [.. parts!]);
    }

    private string Sorted(JsonElement field) => string.Join(' ', Members(field, $"{Sort}.{SortField}").OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => member.Value.ToString()));

    private void CheckSort(IEnumerable<string> sorted)
    {
        var asked = string.Join(", ", sorted);
        if (!asked.Equals(sortedBy, StringComparison.OrdinalIgnoreCase)) errors.Add(new(Sort, $"can be {sortedBy} and nothing else, it is {WireValue.Shown(asked)}"));
    }

    private Filter? Refuse(string at, string rule)
    {
        errors.Add(new(at, rule));
        return null;
    }

    private IEnumerable<(string Name, JsonElement Value)> Members(JsonElement json, string at)
    {
        if (json.ValueKind == JsonValueKind.Object) return json.EnumerateObject().Where(member => !member.NameEquals(JsonForm.TypeMember)).Select(member => (member.Name, member.Value));
        errors.Add(new(at, "must be an object"));
        return [];
    }

    private static List<JsonElement> List(JsonElement json) => json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray()] : [json];

    private string? Text(JsonElement json, string at)
    {
        if (json.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) return Checked(json.ToString(), at);
        errors.Add(new(at, "must be a text"));
        return null;
    }

    private string Checked(string text, string at)
    {
        if (text.Length > MostArgument) errors.Add(new(at, $"must have at most {MostArgument} characters"));
        if (text.Contains('\0', StringComparison.Ordinal)) errors.Add(new(at, "must not contain the character U+0000"));
        return text;
    }
}
