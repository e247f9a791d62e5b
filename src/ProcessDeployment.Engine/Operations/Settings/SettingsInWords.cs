using System.Reflection;
using Npgsql;
using ProcessDeployment.Engine.Host;

namespace ProcessDeployment.Engine.Operations.Settings;

/// <summary>What an engine was told, for auditors: where things are and who they belong to, nothing secret.</summary>
internal static class SettingsInWords
{
    public static IReadOnlyDictionary<string, string?> Of(EngineOptions options) => new SortedDictionary<string, string?>(StringComparer.Ordinal)
    {
        ["engine"] = typeof(SettingsInWords).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
        ["ConnectionStrings__Postgres"] = Database(options.Postgres),
        ["ConnectionStrings__Owner"] = Database(options.PostgresOwner),
        ["ConnectionStrings__Sealer"] = Database(options.PostgresSealer),
        ["ConnectionStrings__RabbitMq"] = options.RabbitMq is { } broker ? new Uri(broker).GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.Unescaped) : null,
        ["PROCESSDEPLOYMENT_RABBITMQ_CA"] = options.RabbitMqAuthorities,
        ["PROCESSDEPLOYMENT_ACCOUNT"] = options.Account,
        ["PROCESSDEPLOYMENT_WEBHOOKS_PRIVATE"] = options.PrivateWebhooks ? "allow" : null,
        ["AllowedHosts"] = Words(options.Identity.Hosts),
        ["Identity__Authority"] = options.Identity.Authority,
        ["Identity__Audience"] = options.Identity.Audience,
        ["Identity__AccountClaim"] = options.Identity.Authority is null ? null : options.Identity.AccountClaim,
        ["Identity__OperatorClaim"] = options.Identity.OperatorClaim,
        ["Identity__OperatorValue"] = options.Identity.OperatorValue,
        ["Identity__StrictTypes"] = options.Identity.StrictTypes ? "on" : null,
        ["Identity__ApiKeys"] = options.Identity.ApiKeys ? "on" : null,
        ["Identity__ClientId"] = options.Identity.ClientId,
        ["Identity__Proxies"] = Words(options.Identity.Proxies),
        ["Accounts"] = Words(options.Accounts),
        ["PROCESSDEPLOYMENT_HOME"] = options.Homes.Name,
        ["Homes"] = Words([.. options.Homes.All.Select(home => $"{home.Name} at {home.Url}{(home.Accounts.Count > 0 ? $" with {string.Join(" ", home.Accounts.Order(StringComparer.Ordinal))}" : "")}")]),
    };

    private static string? Words(IReadOnlyList<string> list) => list.Count == 0 ? null : string.Join(", ", list.Order(StringComparer.Ordinal));

    private static string? Database(string? connectionString)
    {
        if (connectionString is null) return null;
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return $"{settings.Username} at {settings.Host}:{settings.Port}/{settings.Database}";
    }
}
