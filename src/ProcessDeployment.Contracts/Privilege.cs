using System.Reflection;
using System.Text.Json.Serialization;

namespace ProcessDeployment.Contracts;

/// <summary>What one may do in an account (R57). Each command and each question asks for one of these.</summary>
public enum Privilege
{
    /// <summary>See components, Processes, their content and versions.</summary>
    [JsonStringEnumMemberName("build-read")] BuildRead,

    /// <summary>Save, delete and restore components.</summary>
    [JsonStringEnumMemberName("build-write")] BuildWrite,

    /// <summary>Deploy, package, promote, attach, detach and move.</summary>
    [JsonStringEnumMemberName("deploy")] Deploy,

    /// <summary>Set, stop and resume schedules.</summary>
    [JsonStringEnumMemberName("schedule")] Schedule,

    /// <summary>Run and cancel by hand; pause, resume and restart listeners.</summary>
    [JsonStringEnumMemberName("execute")] Execute,

    /// <summary>See Atoms, what runs there, its executions, schedules and extensions.</summary>
    [JsonStringEnumMemberName("atom-read")] AtomRead,

    /// <summary>Register, rename and delete Atoms, their tokens, and the values of extensions.</summary>
    [JsonStringEnumMemberName("atom-write")] AtomWrite,

    /// <summary>Make environments and put Atoms into them.</summary>
    [JsonStringEnumMemberName("environment-write")] EnvironmentWrite,

    /// <summary>See licences and who holds them.</summary>
    [JsonStringEnumMemberName("licence-read")] LicenceRead,

    /// <summary>Enter purchases and how strictly pools are enforced.</summary>
    [JsonStringEnumMemberName("licence-write")] LicenceWrite,

    /// <summary>See the audit trail, exports, the ledger, and who may do what.</summary>
    [JsonStringEnumMemberName("audit-read")] AuditRead,

    /// <summary>See webhooks, dead letters and how far read models are; rebuild, send again, set webhooks.</summary>
    [JsonStringEnumMemberName("operate")] Operate,

    /// <summary>Set freezes, and let single Processes pass one.</summary>
    [JsonStringEnumMemberName("freeze")] Freeze,

    /// <summary>Say who may do what: roles, members, keys, producers, and the rules of changes.</summary>
    [JsonStringEnumMemberName("access")] Access,
}

/// <summary>Names of privileges outside this code base.</summary>
public static class PrivilegeNames
{
    private static readonly Dictionary<Privilege, string> Names = Enum.GetValues<Privilege>().ToDictionary(
        privilege => privilege,
        privilege => typeof(Privilege).GetField(privilege.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name);

    /// <summary>For example <c>build-read</c>.</summary>
    public static string WireName(this Privilege privilege) => Names[privilege];
}

/// <summary>Which changes need a reason.</summary>
public enum ReasonRule
{
    /// <summary>None.</summary>
    [JsonStringEnumMemberName("never")] Never,

    /// <summary>Those that change what runs in production.</summary>
    [JsonStringEnumMemberName("production")] Production,

    /// <summary>All that change what runs anywhere.</summary>
    [JsonStringEnumMemberName("always")] Always,
}
