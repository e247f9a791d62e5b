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
        ["PROCESSDEPLOYMENT_ACCOUNT"] = options.Account,
        ["PROCESSDEPLOYMENT_WEBHOOKS_PRIVATE"] = options.PrivateWebhooks ? "allow" : null,
        ["Accounts"] = options.Accounts.Count == 0 ? null : string.Join(", ", options.Accounts.Order(StringComparer.Ordinal)),
    };

    private static string? Database(string? connectionString)
    {
        if (connectionString is null) return null;
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return $"{settings.Username} at {settings.Host}:{settings.Port}/{settings.Database}";
    }
}
