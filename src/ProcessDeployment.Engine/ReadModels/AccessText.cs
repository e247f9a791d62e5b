using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Access;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>Who may do what, in words of the audit trail.</summary>
internal static class AccessText
{
    public static string Of(AccessEvent happened) => happened switch
    {
        RoleSet e => $"role {e.Role} set to {string.Join(", ", e.Privileges.Select(privilege => privilege.WireName()))}",
        RoleDeleted e => $"role {e.Role} deleted",
        MemberSet e => $"{e.Member} has the roles {Roles(e.Roles)}",
        MemberRemoved e => $"{e.Member} has no roles any more",
        ApiKeyIssued e => $"key {e.KeyId} issued for {e.Name} with the roles {Roles(e.Roles)}{(e.ExpiresAt is { } end ? $", good until {end}" : "")}",
        ApiKeyRevoked e => $"key {e.KeyId} of {e.Name} revoked",
        ProducerRegistered e => $"producer {e.Name} registered{(e.Login is { } login ? $", as {login}" : "")}{(e.PublicKey is null ? "" : ", with a key")}{(e.CommandTypes is { } types ? $", for {string.Join(", ", types)}" : "")}",
        ProducerRemoved e => $"producer {e.Name} removed",
        ChangeRulesSet e => $"rules of changes set: reason {WireWord.Of(e.ReasonRequired)}{(e.ReviserMayNotDeploy ? ", no deploying by whoever revised" : "")}{(e.ProductionAfterTest ? ", production only after test" : "")}{(e.SignedOnly ? ", signed commands only" : "")}",
        FreezeSet e => $"freeze {e.Name} set from {e.From} until {e.Until}{(e.EnvironmentIds is { } ids ? $" in {string.Join(", ", ids)}" : "")}",
        FreezeLifted e => $"freeze {e.Name} lifted",
        FreezeOverridden e => $"freeze {e.Name} passed by {string.Join(", ", e.ProcessIds)} until {e.Until}",
        AccessDenied e => $"{e.Act} denied: {e.Message}{(e.Times > 1 ? $", {e.Times} times" : "")}",
        _ => "",
    };

    private static string Roles(IEnumerable<RoleGrant> grants) => string.Join(", ", grants.Select(grant => grant.EnvironmentId is { } id ? $"{grant.Role} in {id}" : grant.Role));
}
