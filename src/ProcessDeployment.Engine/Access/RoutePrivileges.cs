using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.Access;

/// <summary>
/// Which privilege each route asks for. Here and nowhere else, so that one can see at a glance who sees what; a route that is not
/// named is closed to everybody with roles, and a test names it.
/// </summary>
internal static class RoutePrivileges
{
    private static readonly Dictionary<string, Privilege?> Of = new(StringComparer.Ordinal)
    {
        // What is sent is judged where every command is judged, whatever its channel.
        ["POST /commands"] = null,
        ["POST /preview"] = null,
        ["GET /commands/{id}"] = null,
        ["GET /changes"] = null,
        ["GET /access/own"] = null,
        ["POST /atoms/{id}/tokens"] = null,
        ["DELETE /atoms/{id}/tokens/{tokenId}"] = null,
        ["POST /keys"] = null,
        ["DELETE /keys/{id}"] = null,
        ["GET /keys"] = Privilege.AuditRead,
        ["GET /processes"] = Privilege.BuildRead,
        ["GET /folders"] = Privilege.BuildRead,
        ["GET /processes/{id}"] = Privilege.BuildRead,
        ["GET /processes/{id}/attachments"] = Privilege.BuildRead,
        ["GET /processes/{id}/versions"] = Privilege.BuildRead,
        ["GET /processes/{id}/versions/{number}"] = Privilege.BuildRead,
        ["GET /processes/{id}/rehearsals"] = Privilege.BuildRead,
        ["GET /processes/{id}/diff"] = Privilege.BuildRead,
        ["GET /processes/{id}/history"] = Privilege.BuildRead,
        ["GET /processes/{id}/replay"] = Privilege.BuildRead,
        ["GET /components"] = Privilege.BuildRead,
        ["GET /components/{id}"] = Privilege.BuildRead,
        ["GET /components/{id}/impact"] = Privilege.BuildRead,
        ["GET /components/{id}/diff"] = Privilege.BuildRead,
        ["GET /components/{id}/revisions"] = Privilege.BuildRead,
        ["GET /components/{id}/revisions/{number}/content"] = Privilege.BuildRead,
        ["GET /bundles/{digest}"] = Privilege.BuildRead,
        ["HEAD /bundles/{digest}"] = Privilege.BuildRead,
        ["GET /bundles/{digest}/signature"] = Privilege.BuildRead,
        ["GET /skew"] = Privilege.AtomRead,
        ["GET /atoms"] = Privilege.AtomRead,
        ["GET /atoms/{id}"] = Privilege.AtomRead,
        ["GET /atoms/{id}/deployments"] = Privilege.AtomRead,
        ["GET /atoms/{id}/desired"] = Privilege.AtomRead,
        ["GET /atoms/{id}/changes"] = Privilege.AtomRead,
        ["GET /atoms/{id}/executions"] = Privilege.AtomRead,
        ["GET /atoms/{id}/tokens"] = Privilege.AtomRead,
        ["GET /processes/{id}/atoms/{atomId}"] = Privilege.AtomRead,
        ["GET /executions"] = Privilege.AtomRead,
        ["GET /executions/{id}"] = Privilege.AtomRead,
        ["GET /environments"] = Privilege.AtomRead,
        ["GET /licences"] = Privilege.LicenceRead,
        ["GET /licences/report"] = Privilege.LicenceRead,
        ["GET /audit"] = Privilege.AuditRead,
        ["GET /audit/diff"] = Privilege.AuditRead,
        ["GET /audit/{position}"] = Privilege.AuditRead,
        ["POST /audit/export"] = Privilege.AuditRead,
        ["GET /audit/export/{id}"] = Privilege.AuditRead,
        ["GET /audit/export/{id}/bundle"] = Privilege.AuditRead,
        ["GET /ledger"] = Privilege.AuditRead,
        ["GET /ledger/checkpoint"] = Privilege.AuditRead,
        ["GET /ledger/proof/{position}"] = Privilege.AuditRead,
        ["GET /ledger/consistency"] = Privilege.AuditRead,
        ["GET /ledger/keys"] = Privilege.AuditRead,
        ["GET /ledger/checkpoints"] = Privilege.AuditRead,
        ["GET /access"] = Privilege.AuditRead,
        ["GET /webhooks"] = Privilege.Operate,
        ["POST /webhooks/{id:guid}/replay"] = Privilege.Operate,
        ["GET /dead-letters"] = Privilege.Operate,
    };

    /// <summary>What a route asks for: a privilege, or, where that is null, any role at all.</summary>
    /// <param name="method">The method.</param>
    /// <param name="pattern">The pattern of the route below <see cref="HttpServices.Root"/>.</param>
    /// <param name="privilege">The privilege.</param>
    /// <returns>False for a route that roles do not open.</returns>
    public static bool TryGet(string method, string pattern, out Privilege? privilege) => Of.TryGetValue($"{method} {pattern}", out privilege);

    public static IEnumerable<string> All => Of.Keys;
}
