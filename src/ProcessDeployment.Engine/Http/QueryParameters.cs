using Microsoft.OpenApi;

namespace ProcessDeployment.Engine.Http;

/// <summary>What the query parameters of questions mean: the same everywhere.</summary>
internal static class QueryParameters
{
    public static string Describe(string name) => name switch
    {
        "atLeast" => "Wait up to 2 s until the answer contains this position, else 503 `read-model-behind`.",
        "asOf" => "A position, or a time: the answer as it was then.",
        "cursor" => "`next` of the page before.",
        "take" => "How many items at most.",
        "skip" => "How many items to pass over; the answer then has `total`.",
        "revised" => "Only Processes that are (`true`) or are not (`false`) revised since their deployment.",
        "folder" => "The folder, exactly.",
        "text" => "A part of the name, without case.",
        "process" or "component" or "atom" => $"The id of a {name}.",
        "actor" => "Who acted.",
        "type" => "The wire name of an event.",
        "from" => "From here on: a time, or the version to compare from.",
        "to" => "Up to here: a time, or the version to compare to; `latest` for what was saved last.",
        "environment" => "The id of an environment.",
        _ => name,
    };

    public static JsonSchemaType TypeOf(string name) => name switch
    {
        "atLeast" or "take" or "skip" => JsonSchemaType.Integer,
        "revised" => JsonSchemaType.Boolean,
        _ => JsonSchemaType.String,
    };
}
