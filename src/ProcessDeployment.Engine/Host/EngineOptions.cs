using System.Globalization;
using ProcessDeployment.Engine.AtomSphere;
using ProcessDeployment.Engine.Homes;
using ProcessDeployment.Engine.Identity.Settings;

namespace ProcessDeployment.Engine.Host;

/// <summary>What a running engine is told from outside.</summary>
public sealed record EngineOptions
{
    private static readonly TimeSpan MostLeaving = TimeSpan.FromMinutes(1);

    /// <summary>A given database; null for a private one.</summary>
    public string? Postgres { get; init; }

    /// <summary>The login that owns the tables of a given database; null where <see cref="Postgres"/> does, or where somebody else makes them.</summary>
    public string? PostgresOwner { get; init; }

    /// <summary>The login that writes the ledger of a given database; null where <see cref="Postgres"/> does.</summary>
    public string? PostgresSealer { get; init; }

    /// <summary>A broker; null when commands come by PostgreSQL and HTTP only.</summary>
    public string? RabbitMq { get; init; }

    /// <summary>A file with the certificates of those who may have signed the broker's; null for those this machine trusts.</summary>
    public string? RabbitMqAuthorities { get; init; }

    /// <summary>Folder of the private database.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Where the ledger keeps its key and its published checkpoints; null for a folder beside that of the private database.</summary>
    public string? LedgerFolder { get; init; }

    /// <summary>The account that HTTP serves while no identity is configured.</summary>
    public string Account { get; init; } = "local";

    /// <summary>The actor of commands over HTTP while no identity is configured.</summary>
    public string Actor { get; init; } = ActorOf(Environment.UserName);

    /// <summary>Whether a fresh private database gets the sample account.</summary>
    public bool Sample { get; init; } = true;

    /// <summary>Whether webhooks may reach addresses that are not public, such as those of this network.</summary>
    public bool PrivateWebhooks { get; init; }

    /// <summary>How long it still serves after it was told to stop and says so, for balancers that ask only now and then whether it is ready.</summary>
    public TimeSpan Leaving { get; init; }

    /// <summary>Accounts to make at start beside <see cref="Account"/>.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>The databases that accounts are spread over.</summary>
    public HomeOptions Homes { get; init; } = HomeOptions.None;

    /// <summary>Who is let in.</summary>
    public IdentityOptions Identity { get; init; } = IdentityOptions.Off;

    /// <summary>How much of the engine one caller may have.</summary>
    public RequestLimits Limits { get; init; } = new();

    /// <summary>How much clients of the platform API get.</summary>
    public PlatformOptions AtomSphere { get; init; } = new();

    /// <summary>Containers often run as a user that has a number and no name; somebody must act nevertheless.</summary>
    public static string ActorOf(string userName) => string.IsNullOrWhiteSpace(userName) ? "operator" : userName;

    /// <summary>Without what it holds: records are written to logs as they are, and these hold passwords.</summary>
    public override string ToString() => $"the settings of an engine that serves {Account}";

    private static TimeSpan LeavingOf(string? written) => written is null ? TimeSpan.Zero
        : TimeSpan.TryParseExact(written, "c", CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.Zero && time <= MostLeaving ? time
        : throw new EngineStartException($"PROCESSDEPLOYMENT_LEAVING must be a time between 00:00:00 and {MostLeaving:c}, such as 00:00:05; it is \"{written}\".");

    public static EngineOptions From(IConfiguration configuration) => From(configuration, IdentityOptions.From(configuration));

    private static EngineOptions From(IConfiguration configuration, IdentityOptions identity) => new()
    {
        Identity = identity,
        Homes = HomeOptions.From(configuration),
        Limits = RequestLimits.From(configuration, identity),
        AtomSphere = PlatformOptions.From(configuration, identity),
        Postgres = configuration.GetConnectionString("Postgres"),
        PostgresOwner = configuration.GetConnectionString("Owner"),
        PostgresSealer = configuration.GetConnectionString("Sealer"),
        RabbitMq = configuration.GetConnectionString("RabbitMq"),
        RabbitMqAuthorities = configuration["PROCESSDEPLOYMENT_RABBITMQ_CA"],
        DataFolder = configuration["PROCESSDEPLOYMENT_DATA"],
        LedgerFolder = configuration["PROCESSDEPLOYMENT_LEDGER"],
        Account = configuration["PROCESSDEPLOYMENT_ACCOUNT"] ?? HomeOptions.OwnAccount(configuration["PROCESSDEPLOYMENT_HOME"]),
        Sample = !string.Equals(configuration["PROCESSDEPLOYMENT_SAMPLE"], "off", StringComparison.OrdinalIgnoreCase),
        PrivateWebhooks = string.Equals(configuration["PROCESSDEPLOYMENT_WEBHOOKS_PRIVATE"], "allow", StringComparison.OrdinalIgnoreCase),
        Leaving = LeavingOf(configuration["PROCESSDEPLOYMENT_LEAVING"]),
        Accounts = configuration.GetSection("Accounts").Get<string[]>() ?? [],
    };
}
