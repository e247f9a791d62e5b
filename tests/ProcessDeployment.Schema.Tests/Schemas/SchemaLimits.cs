using System.Text.Json.Nodes;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Schema.Tests.Schemas;

/// <summary>The limits of commands, as their schemas tell them. That the parser keeps the same ones is tested.</summary>
internal static class SchemaLimits
{
    private static readonly Dictionary<string, JsonObject> ByMember = new(StringComparer.Ordinal)
    {
        ["Command.accountId"] = Pattern("^[a-z0-9-]{1,63}$"),
        ["Command.actor"] = Text(Limits.Actor, least: 1),
        ["Command.reason"] = Text(Limits.Note),
        ["*.note"] = Text(Limits.Note),
        ["*.name"] = Text(Limits.Name, least: 1),
        ["*.atomIds"] = List(Limits.Ids, least: 1),
        ["*.processIds"] = List(Limits.Ids, least: 1),
        // Both together have the limit, and each has at least one.
        ["*.fromAtomIds"] = List(Limits.Ids - 1, least: 1),
        ["*.toAtomIds"] = List(Limits.Ids - 1, least: 1),
        ["*.targetVersion"] = Least(1),
        ["*.label"] = Text(Limits.Label, least: 1),
        ["LabelVersion.versionNumber"] = Least(1),
        ["WithdrawVersion.versionNumber"] = Least(1),
        ["*.expectedVersion"] = Least(0),
        ["*.expectedRevision"] = Least(0),
        ["SetLicences.production"] = Least(0),
        ["SetLicences.test"] = Least(0),
        ["CreateEnvironment.name"] = Text(Limits.EnvironmentName, least: 1),
        ["CreateEnvironment.order"] = Least(0),
        ["UpdateEnvironment.name"] = Text(Limits.EnvironmentName, least: 1),
        ["UpdateEnvironment.order"] = Least(0),
        ["RegisterAtom.hostName"] = Text(Limits.Folder),
        ["IssueAtomToken.secretHash"] = Pattern("^[0-9a-f]{64}$"),
        ["IssueAtomToken.expiresAt"] = Pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"),
        ["ComponentSave.componentType"] = Pattern("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"),
        ["ComponentSave.folder"] = Text(Limits.Folder),
        ["ComponentSave.sourceRevision"] = Text(Limits.Folder),
        ["ComponentSave.content"] = Text(Limits.ContentBytes),
        ["ComponentSave.references"] = List(Limits.Ids),
        ["Connector.type"] = Text(Limits.Name, least: 1),
        ["ExecutionProperty.key"] = Text(Limits.Name, least: 1),
        ["ExecutionProperty.value"] = Text(Limits.Note),
        ["ReportExecution.message"] = Text(Limits.Note),
        ["ReportExecution.logTail"] = Text(Limits.LogTail),
        ["ReportExecution.versionNumber"] = Least(1),
        ["ExtensionDeclaration.key"] = Text(Limits.Name, least: 1),
        ["ExtensionDeclaration.label"] = Text(Limits.Name),
        ["SetWebhook.eventTypes"] = List(Limits.Ids, least: 1),
        ["SetWebhook.secret"] = Text(500, least: 16),
        ["SetRole.role"] = Pattern("^[a-z][a-z0-9-]{0,39}$"),
        ["SetRole.privileges"] = List(Limits.Ids, least: 1),
        ["DeleteRole.role"] = Pattern("^[a-z][a-z0-9-]{0,39}$"),
        ["RoleGrant.role"] = Pattern("^[a-z][a-z0-9-]{0,39}$"),
        ["*.member"] = Text(Limits.Actor, least: 1),
        ["*.roles"] = List(Limits.Ids, least: 1),
        ["IssueApiKey.name"] = Text(Limits.EnvironmentName, least: 1),
        ["IssueApiKey.secretHash"] = Pattern("^[0-9a-f]{64}$"),
        ["IssueApiKey.expiresAt"] = Pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"),
        ["RegisterProducer.name"] = Text(Limits.EnvironmentName, least: 1),
        ["RegisterProducer.login"] = Text(Limits.Name, least: 1),
        ["RegisterProducer.commandTypes"] = List(Limits.Ids, least: 1),
        ["SetFreeze.name"] = Text(Limits.EnvironmentName, least: 1),
        ["SetFreeze.from"] = Pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"),
        ["*.until"] = Pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"),
        ["SetFreeze.environmentIds"] = List(Limits.Ids, least: 1),
        ["ExtensionSetting.key"] = Text(Limits.Name, least: 1),
        ["ExtensionSetting.value"] = Text(Limits.ExtensionValue),
    };

    public static JsonObject? Of(Type owner, string member) =>
        ByMember.GetValueOrDefault($"{owner.Name}.{member}") ?? (owner.IsSubclassOf(typeof(Command)) ? ByMember.GetValueOrDefault($"*.{member}") : null);

    private static JsonObject Text(int most, int least = 0) => least == 0 ? new() { ["maxLength"] = most } : new() { ["minLength"] = least, ["maxLength"] = most };

    private static JsonObject List(int most, int least = 0) => least == 0 ? new() { ["maxItems"] = most } : new() { ["minItems"] = least, ["maxItems"] = most };

    private static JsonObject Least(int least) => new() { ["minimum"] = least };

    private static JsonObject Pattern(string pattern) => new() { ["pattern"] = pattern };
}
