using System.Collections.Immutable;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Access;

/// <summary>Who may do what in an account, and under which rules things are changed.</summary>
public sealed record AccessState
{
    public static readonly AccessState None = new();

    /// <summary>The account's own roles.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedSet<Privilege>> Roles { get; init; } = ImmutableSortedDictionary.Create<string, ImmutableSortedSet<Privilege>>(StringComparer.Ordinal);

    /// <summary>Who has which roles. Without any member nobody is asked for roles.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<RoleGrant>> Members { get; init; } = ImmutableSortedDictionary.Create<string, ImmutableArray<RoleGrant>>(StringComparer.Ordinal);

    /// <summary>Those that were not revoked.</summary>
    public ImmutableSortedDictionary<Guid, ApiKey> Keys { get; init; } = ImmutableSortedDictionary<Guid, ApiKey>.Empty;

    public ImmutableSortedDictionary<Guid, Producer> Producers { get; init; } = ImmutableSortedDictionary<Guid, Producer>.Empty;

    public ChangeRules Rules { get; init; } = ChangeRules.None;

    /// <summary>Those that were not lifted.</summary>
    public ImmutableSortedDictionary<Guid, Freeze> Freezes { get; init; } = ImmutableSortedDictionary<Guid, Freeze>.Empty;

    /// <summary>Whether it can matter where a command has its effect. For the account of somebody who has set nothing of all this nobody looks that up.</summary>
    public bool AsksWhere() => !Members.IsEmpty || !Keys.IsEmpty || Rules != ChangeRules.None || !Freezes.IsEmpty;

    /// <summary>What a role lets do; nothing where there is no such role.</summary>
    public ImmutableSortedSet<Privilege> PrivilegesOf(string role) => BuiltInRoles.All.GetValueOrDefault(role) ?? Roles.GetValueOrDefault(role) ?? [];

    /// <summary>The roles on which an authority rests; null where it needs none.</summary>
    public ImmutableArray<RoleGrant>? GrantsOf(Authority authority, string? actor) => authority.Kind switch
    {
        AuthorityKind.Operator => null,
        AuthorityKind.ApiKey => Keys.GetValueOrDefault(authority.Id!.Value)?.Roles ?? [],
        AuthorityKind.Atom => [],
        _ => Members.IsEmpty ? null : actor is not null && Members.TryGetValue(actor, out var grants) ? grants : [],
    };

    /// <summary>Whether somebody comes in at all, whatever he wants: with a key that was not revoked, and with a role where roles are asked for.</summary>
    public bool LetsIn(Authority authority, string? actor) => GrantsOf(authority, actor) is not { IsEmpty: true };

    /// <summary>Whether these roles hold a privilege everywhere.</summary>
    public bool Hold(ImmutableArray<RoleGrant> grants, Privilege privilege) => grants.Any(grant => grant.EnvironmentId is null && PrivilegesOf(grant.Role).Contains(privilege));

    /// <summary>Whether these roles hold a privilege in an environment.</summary>
    public bool Hold(ImmutableArray<RoleGrant> grants, Privilege privilege, Guid environmentId) =>
        grants.Any(grant => (grant.EnvironmentId is null || grant.EnvironmentId == environmentId) && PrivilegesOf(grant.Role).Contains(privilege));

    /// <summary>Whether these roles hold a privilege anywhere at all: what a question is asked for, since its answers are not divided by environments.</summary>
    public bool HoldSomewhere(ImmutableArray<RoleGrant> grants, Privilege privilege) => grants.Any(grant => PrivilegesOf(grant.Role).Contains(privilege));

    /// <summary>Never refuses history.</summary>
    public AccessState Evolve(DomainEvent @event) => @event switch
    {
        RoleSet set => this with { Roles = Roles.SetItem(set.Role, [.. set.Privileges]) },
        RoleDeleted deleted => this with { Roles = Roles.Remove(deleted.Role) },
        MemberSet set => this with { Members = Members.SetItem(set.Member, [.. set.Roles]) },
        MemberRemoved removed => this with { Members = Members.Remove(removed.Member) },
        ApiKeyIssued issued => this with { Keys = Keys.SetItem(issued.KeyId, new(issued.Name, issued.SecretHash, [.. issued.Roles], issued.ExpiresAt)) },
        ApiKeyRevoked revoked => this with { Keys = Keys.Remove(revoked.KeyId) },
        ProducerRegistered registered => this with { Producers = Producers.SetItem(registered.ProducerId, Producer.Of(registered)) },
        ProducerRemoved removed => this with { Producers = Producers.Remove(removed.ProducerId) },
        ChangeRulesSet set => this with { Rules = new(set.ReasonRequired, set.ReviserMayNotDeploy, set.ProductionAfterTest, set.SignedOnly) },
        FreezeSet set => this with { Freezes = Freezes.SetItem(set.FreezeId, Freeze.Of(set)) },
        FreezeLifted lifted => this with { Freezes = Freezes.Remove(lifted.FreezeId) },
        FreezeOverridden overridden when Freezes.TryGetValue(overridden.FreezeId, out var freeze) => this with { Freezes = Freezes.SetItem(overridden.FreezeId, freeze.Passed(overridden)) },
        _ => this,
    };
}

/// <summary>A key that lets a program in.</summary>
/// <param name="Name">The actor is <c>key:</c> and this.</param>
/// <param name="SecretHash">SHA-256 of the whole key.</param>
/// <param name="Roles">What it lets do.</param>
/// <param name="ExpiresAt">Until when it is good; null for without end.</param>
public sealed record ApiKey(string Name, string? SecretHash, ImmutableArray<RoleGrant> Roles, string? ExpiresAt)
{
    public string Actor() => $"key:{Name}";
}

/// <summary>Who may put commands on a bus.</summary>
/// <param name="Name">For people.</param>
/// <param name="Login">By which the bus knows it; null where it signs.</param>
/// <param name="PublicKey">By which its signatures are checked; null where it does not sign.</param>
/// <param name="CommandTypes">What it may send; null for all.</param>
public sealed record Producer(string Name, string? Login, string? PublicKey, ImmutableSortedSet<string>? CommandTypes)
{
    public static Producer Of(ProducerRegistered registered) =>
        new(registered.Name, registered.Login, registered.PublicKey, registered.CommandTypes?.ToImmutableSortedSet(StringComparer.Ordinal));
}

/// <summary>The rules of changes; see <see cref="SetChangeRules"/>.</summary>
public sealed record ChangeRules(ReasonRule ReasonRequired, bool ReviserMayNotDeploy, bool ProductionAfterTest, bool SignedOnly)
{
    public static readonly ChangeRules None = new(ReasonRule.Never, ReviserMayNotDeploy: false, ProductionAfterTest: false, SignedOnly: false);
}
