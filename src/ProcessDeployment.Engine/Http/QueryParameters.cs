using Microsoft.OpenApi;

namespace ProcessDeployment.Engine.Http;

/// <summary>What the query parameters of questions mean; some of them not the same everywhere.</summary>
internal static class QueryParameters
{
    public static string Describe(string? question, string name) => (question, name) switch
    {
        (_, "atLeast") => "Wait up to 2 s until the answer contains this position, else 503 `read-model-behind`.",
        (_, "asOf") => "A position, or a time, which means the last position at or before it: the answer as it was then. It also has `asOfPosition`, and `sealed`: whether a checkpoint of the ledger covers it.",
        (_, "cursor") => "`next` of the page before.",
        (_, "take") => "How many items at most.",
        (_, "skip") => "How many items to pass over; the answer then has `total`.",
        (_, "revised") => "Only Processes that are (`true`) or are not (`false`) revised since their deployment.",
        (_, "manifest") => "`true`: also which revisions, who attached it, and why it was deployed.",
        (_, "folder") => "The folder, exactly.",
        (_, "below") => "A folder: only what is in it or in a folder below it.",
        ("list-audit-entries", "text") => "A part of the name, of what happened or of the reason, without case.",
        (_, "text") => "A part of the name, without case.",
        ("list-audit-entries", "type") => "The type of an event or a command, such as `deploy-process`, with or without the rest of its wire name.",
        (_, "type") => "The type of the components, such as `process` or `connector-settings`, exactly.",
        ("get-diff", "component") => "The id of the one component to compare.",
        ("list-environments", "process") => "The id of a Process: of the Processes in each environment tell of this one only.",
        (_, "process" or "component" or "atom") => $"The id of a {name}.",
        (_, "class") => "The class of the connectors: `standard`, `smallBusiness`, `enterprise` or `tradingPartner`.",
        ("get-licence-report", "environment") => "The id of an environment: only the connections in it.",
        (_, "environment") => "The id of an environment: only the Processes attached to it.",
        ("list-atom-executions", "status") => "How far they are: `REQUESTED` or `STARTED`; both if left out.",
        (_, "status") => "How far the executions are: `REQUESTED`, `STARTED`, or how they ended.",
        (_, "actor") => "Who acted.",
        ("get-diff", "from") => "The number of the version to compare from, or `latest` for what was saved last; the current version if left out.",
        ("get-diff", "to") => "The number of the version to compare to, or `latest` for what was saved last, which it is if left out.",
        ("diff-moments", "from") => "A position or a time: the moment to compare from.",
        ("diff-moments", "to") => "A position or a time: the moment to compare to; now if left out.",
        ("get-ledger-consistency", "from") => "How many events the earlier tree has.",
        ("get-ledger-consistency", "to") => "How many events the later tree has; all that are sealed if left out.",
        ("list-ledger-checkpoints", "after") => "The number of the checkpoint after which to begin; all of them if left out.",
        ("get-ledger-proof", "size") => "Of how many events the tree is; of all that are sealed if left out.",
        (_, "covering") => "A position: the first checkpoint that covers it, which stays the same for ever.",
        (_, "from") => "A date or a time: only what happened then or later.",
        (_, "to") => "A date or a time: only what happened before.",
        (_, "id") => $"The id of a component, up to {Contracts.Limits.Ids} times: these only, deleted ones too.",
        (_, "after") => "The position after which to begin; what happens from now on if left out.",
        _ => throw new InvalidOperationException($"Say here what {name} means."),
    };

    public static OpenApiSchema SchemaOf(string name) => name switch
    {
        "atLeast" or "take" or "skip" or "after" or "covering" or "size" => new() { Type = JsonSchemaType.Integer },
        "revised" or "manifest" => new() { Type = JsonSchemaType.Boolean },
        "id" => new() { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
        _ => new() { Type = JsonSchemaType.String },
    };
}
