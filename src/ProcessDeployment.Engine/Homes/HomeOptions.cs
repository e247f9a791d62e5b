using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Host;

namespace ProcessDeployment.Engine.Homes;

/// <summary>Which homes there are, the same on every engine, and which of them this engine belongs to.</summary>
public sealed record HomeOptions
{
    /// <summary>One database for all accounts: what most people have.</summary>
    public static readonly HomeOptions None = new();

    /// <summary>The home of this engine; null where there are none.</summary>
    public string? Name { get; init; }

    /// <summary>All of them, this one too.</summary>
    public IReadOnlyList<Home> All { get; init; } = [];

    /// <summary>Accounts that this home has from the start.</summary>
    public IReadOnlyList<string> Own => Find(Name)?.Accounts ?? [];

    /// <summary>Null for a name that none has.</summary>
    public Home? Find(string? name) => All.FirstOrDefault(home => home.Name == name);

    /// <summary>The other home that an account has by configuration; null for one of this home, and for one that stands nowhere.</summary>
    public Home? OtherOf(string accountId) => All.FirstOrDefault(home => home.Name != Name && home.Accounts.Contains(accountId, StringComparer.Ordinal));

    /// <summary>The account that an engine makes for itself: another one in each home, since an account is in one of them only.</summary>
    public static string OwnAccount(string? home) => home is null or Home.First ? "local" : $"local-{home}";

    /// <exception cref="EngineStartException">A setting breaks its rule.</exception>
    public static HomeOptions From(IConfiguration configuration)
    {
        var homes = configuration.GetSection("Homes").GetChildren().Select(Read).ToList();
        return new() { Name = configuration["PROCESSDEPLOYMENT_HOME"], All = homes };
    }

    /// <exception cref="EngineStartException">They do not fit together.</exception>
    public void Check(EngineOptions engine)
    {
        if (All.Count == 0)
        {
            if (Name is not null) throw new EngineStartException($"PROCESSDEPLOYMENT_HOME is \"{Name}\", but no homes are configured: Homes__{Name}__Url says where its engines are.");
            return;
        }

        if (Find(Name) is null) throw new EngineStartException($"PROCESSDEPLOYMENT_HOME must be one of the homes that are configured: {string.Join(", ", All.Select(home => home.Name))}. It is {(Name is null ? "not set" : $"\"{Name}\"")}.");
        if (engine.Postgres is null) throw new EngineStartException("Homes are configured, but ConnectionStrings__Postgres is not: a private database is the only one there is.");
        if (!engine.Identity.IsOn) throw new EngineStartException("Homes are configured, but no identity is: whose a request is, and so where it belongs, is seen from its credentials only.");
        foreach (var twice in All.SelectMany(home => home.Accounts).GroupBy(account => account, StringComparer.Ordinal).Where(same => same.Count() > 1))
            throw new EngineStartException($"The account {twice.Key} stands in more than one home: {string.Join(", ", All.Where(home => home.Accounts.Contains(twice.Key, StringComparer.Ordinal)).Select(home => home.Name))}.");
        foreach (var mine in engine.Accounts.Append(engine.Account).Where(account => OtherOf(account) is not null))
            throw new EngineStartException($"The account {mine} is to be made here (PROCESSDEPLOYMENT_ACCOUNT or Accounts), but Homes__{OtherOf(mine)!.Name}__Accounts has it in another home.");
    }

    private static Home Read(IConfigurationSection section)
    {
        var name = section.Key.ToLowerInvariant();
        if (!AccountIds.IsWellFormed(name)) throw new EngineStartException($"Homes__{section.Key} is no name of a home: it {AccountIds.Rule}.");
        if (section.GetChildren().FirstOrDefault(child => child.Key.ToUpperInvariant() is not ("URL" or "ACCOUNTS")) is { } other)
            throw new EngineStartException($"Homes__{section.Key}__{other.Key} is no setting of the engine. There are: Homes__{section.Key}__Url, Homes__{section.Key}__Accounts__0 and so on.");
        if (!Uri.TryCreate(section["Url"], UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url is not { AbsolutePath: "/", Query.Length: 0, UserInfo.Length: 0 })
            throw new EngineStartException($"Homes__{section.Key}__Url must be the address of the engines of that home, such as https://deploy-{name}.example.com; it is \"{section["Url"]}\".");
        if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
            throw new EngineStartException($"Homes__{section.Key}__Url must begin with https://, unless it is on this machine: credentials go there. It is \"{url}\".");
        string[] accounts = section.GetSection("Accounts").Get<string[]>() ?? [];
        foreach (var account in accounts.Where(account => !AccountIds.IsWellFormed(account)))
            throw new EngineStartException($"Homes__{section.Key}__Accounts has \"{account}\", but the name of an account {AccountIds.Rule}.");
        return new(name, url, accounts);
    }
}
