using ProcessDeployment.Engine.Host;

namespace ProcessDeployment.Engine.Identity.Settings;

/// <summary>Who is let in, as the section <c>Identity</c> of the configuration says. Without it whoever sits at this machine may do everything, and nobody else anything.</summary>
public sealed record IdentityOptions
{
    public static readonly IdentityOptions Off = new();

    /// <summary>The OpenID Connect issuer whose tokens count; null for none.</summary>
    public string? Authority { get; init; }

    /// <summary>For whom its tokens must be made.</summary>
    public string? Audience { get; init; }

    /// <summary>Whether keys of the engine let in.</summary>
    public bool ApiKeys { get; init; }

    /// <summary>A file of users with their passwords; null where nobody comes in with one.</summary>
    public string? Passwords { get; init; }

    /// <summary>The claim that names the account, or the accounts, of a caller.</summary>
    public string AccountClaim { get; init; } = "account";

    /// <summary>The claim by which people are called; null for the usual ones in turn. It must be one that nobody chooses for himself.</summary>
    public string? ActorClaim { get; init; }

    /// <summary>Whether others may come over plain HTTP, as behind a proxy that ends TLS and says nothing of it.</summary>
    public bool PlainHttp { get; init; }

    /// <summary>The claim that marks the operator of the engine by <see cref="OperatorValue"/>; null where no token does.</summary>
    public string? OperatorClaim { get; init; }

    public string? OperatorValue { get; init; }

    /// <summary>Whether only tokens count that say they are access tokens.</summary>
    public bool StrictTypes { get; init; }

    /// <summary>As whom the pages sign people in at the issuer; null where they ask for a key instead.</summary>
    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    /// <summary>How long a sign-in to the pages lasts, whatever is done meanwhile.</summary>
    public TimeSpan SignInLifetime { get; init; } = TimeSpan.FromHours(8);

    /// <summary>The names by which the engine is reached, beside those of its own machine.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The proxies that are believed whom they speak for, as addresses or networks.</summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    public bool IsOn => Authority is not null || ApiKeys || Passwords is not null;

    /// <exception cref="EngineStartException">A setting that there is not, or one that cannot be read.</exception>
    public static IdentityOptions From(IConfiguration configuration)
    {
        var section = new StrictSection(configuration.GetSection("Identity"));
        var options = new IdentityOptions
        {
            Authority = section.Text(nameof(Authority)),
            Audience = section.Text(nameof(Audience)),
            ApiKeys = section.Flag(nameof(ApiKeys)),
            Passwords = section.Text(nameof(Passwords)),
            AccountClaim = section.Text(nameof(AccountClaim)) ?? Off.AccountClaim,
            ActorClaim = section.Text(nameof(ActorClaim)),
            PlainHttp = section.Flag(nameof(PlainHttp)),
            OperatorClaim = section.Text(nameof(OperatorClaim)),
            OperatorValue = section.Text(nameof(OperatorValue)),
            StrictTypes = section.Flag(nameof(StrictTypes)),
            ClientId = section.Text(nameof(ClientId)),
            ClientSecret = section.Text(nameof(ClientSecret)),
            SignInLifetime = section.Time(nameof(SignInLifetime)) ?? Off.SignInLifetime,
            Proxies = section.List(nameof(Proxies)),
            Hosts = configuration["AllowedHosts"]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
        };
        section.RefuseOthers();
        if (!options.IsOn && section.First is { } lonely) throw new EngineStartException($"Identity__{lonely} is set, but none of Identity__Authority, Identity__ApiKeys=on and Identity__Passwords: nobody would be asked who they are.");
        return options;
    }

    /// <summary>The secret goes nowhere, not into a log either.</summary>
    public override string ToString() => $"identity by {Authority ?? "no issuer"}, keys {(ApiKeys ? "on" : "off")}";
}
