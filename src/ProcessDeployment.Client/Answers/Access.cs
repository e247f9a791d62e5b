using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Client;

/// <summary>Who may do what in an account.</summary>
public sealed record AccessAnswer(
    IReadOnlyList<RoleItem> Roles, IReadOnlyList<MemberItem> Members, IReadOnlyList<ProducerItem> Producers, RulesOfChanges Rules, IReadOnlyList<FreezeItem> Freezes);

/// <summary>A role; those that every account has cannot be changed.</summary>
public sealed record RoleItem(string Role, bool BuiltIn, IReadOnlyList<Privilege> Privileges);

/// <summary>Somebody with roles.</summary>
public sealed record MemberItem(string Member, IReadOnlyList<RoleGrant> Roles);

/// <summary>Who may put commands on a bus; all types of them where <paramref name="CommandTypes"/> is null.</summary>
public sealed record ProducerItem(Guid ProducerId, string Name, string? Login, string? PublicKey, IReadOnlyList<string>? CommandTypes);

/// <summary>The rules of changes of an account.</summary>
public sealed record RulesOfChanges(ReasonRule ReasonRequired, bool ReviserMayNotDeploy, bool ProductionAfterTest, bool SignedOnly);

/// <summary>A time in which nothing is deployed, everywhere where <paramref name="EnvironmentIds"/> is null, and the Processes that pass it.</summary>
public sealed record FreezeItem(Guid FreezeId, string Name, DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<Guid>? EnvironmentIds, IReadOnlyList<PassItem> Passing);

/// <summary>A Process that passes a freeze, and until when.</summary>
public sealed record PassItem(Guid ProcessId, DateTimeOffset Until);

/// <summary>A key that was not revoked, without what it is.</summary>
public sealed record KeyItem(Guid KeyId, string Name, IReadOnlyList<RoleGrant> Roles, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt);

/// <summary>A new key, or why there is none.</summary>
public sealed record IssuedKey
{
    public Guid? KeyId { get; init; }

    /// <summary>What the program sends. It is in this one answer and nowhere else.</summary>
    public string? Key { get; init; }

    public RefusalAnswer? Refusal { get; init; }
    public required long Position { get; init; }
}

/// <summary>What whoever asks may do: the privileges held everywhere, and those held in single environments.</summary>
public sealed record OwnAccess(string AccountId, string Actor, IReadOnlyList<Privilege> Privileges, IReadOnlyList<PrivilegesThere> Environments)
{
    /// <summary>Whether a privilege is held everywhere, or at least in an environment.</summary>
    public bool Holds(Privilege privilege, Guid? environmentId = null) =>
        Privileges.Contains(privilege) || Environments.Any(there => there.EnvironmentId == environmentId && there.Privileges.Contains(privilege));

    /// <summary>Whether it is held anywhere at all, which is what questions ask for.</summary>
    public bool HoldsSomewhere(Privilege privilege) => Privileges.Contains(privilege) || Environments.Any(there => there.Privileges.Contains(privilege));
}

/// <summary>What is held in one environment.</summary>
public sealed record PrivilegesThere(Guid EnvironmentId, IReadOnlyList<Privilege> Privileges);
