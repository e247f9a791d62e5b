using Microsoft.AspNetCore.Http.Extensions;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.AtomSphere.Operations;

/// <summary>The report of connections: asking for it gives the address to fetch it from, which is that of our own report. It is made when it is fetched, as often as wanted.</summary>
internal static class LicensingReport
{
    private const string Name = "ConnectionLicensingReport";

    private static readonly Dictionary<string, string> Classes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["standard"] = "standard",
        ["small business"] = "smallBusiness",
        ["smallBusiness"] = "smallBusiness",
        ["enterprise"] = "enterprise",
        ["trading partner"] = "tradingPartner",
        ["tradingPartner"] = "tradingPartner",
    };

    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["componentId"] = "component",
        ["containerId"] = "atom",
        ["environmentId"] = "environment",
        ["connectorClass"] = "class",
    };

    public static readonly PlatformOperation Operation = new(Name, Privilege.LicenceRead, AnswerAsync);

    private static async Task AnswerAsync(PlatformCall call, string[] rest)
    {
        var request = call.Context.Request;
        if (rest.Length > 0 || !HttpMethods.IsPost(request.Method)) throw PlatformException.NotFound($"What can be done with {Name} is POST {Name}.");
        var query = new QueryBuilder();
        foreach (var condition in Conditions(await PlatformBody.ReadFilterAsync(request)))
        {
            if (!Parameters.TryGetValue(condition.Property, out var parameter)) throw PlatformException.Malformed($"property {condition.Property}", $"is none of {string.Join(", ", Parameters.Keys)}");
            if (condition.Operator != FilterOperator.EQUALS) throw PlatformException.Malformed("operator", $"must be EQUALS, it is {condition.Operator}");
            query.Add(parameter, Value(condition));
        }

        var url = UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, path: $"{HttpServices.Root}/licences/report", query: query.ToQueryString());
        await PlatformForm.WriteAsync(call.Context, new WireObject("ConnectionLicensingDownload") { ["url"] = url, ["message"] = "The report is made when it is fetched from there.", ["statusCode"] = 202 });
    }

    private static IEnumerable<Filter.Condition> Conditions(Filter? filter) => filter switch
    {
        null => [],
        Filter.Condition condition => [condition],
        Filter.Group { All: true } group => group.Parts.SelectMany(Conditions),
        _ => throw PlatformException.Malformed("operator", "must be and: a report has all of its conditions"),
    };

    private static string Value(Filter.Condition condition) => condition.Property switch
    {
        "connectorClass" => Classes.GetValueOrDefault(condition.Arguments[0]) ?? throw PlatformException.Malformed("connectorClass", $"must be one of Standard, Small Business, Enterprise, Trading Partner, it is {WireValue.Shown(condition.Arguments[0])}"),
        _ when Guid.TryParse(condition.Arguments[0], out var id) => id.ToString(),
        _ => throw PlatformException.Malformed(condition.Property, $"must be an id, it is {WireValue.Shown(condition.Arguments[0])}"),
    };
}
