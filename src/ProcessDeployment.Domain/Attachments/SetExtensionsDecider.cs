using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Domain.Attachments;

/// <summary>
/// Only what the deployed version declares can be set (R48). Whether a secret is set to what it was nobody can tell here, so
/// that setting one is always a change.
/// </summary>
public static class SetExtensionsDecider
{
    public static void Needs(SetExtensions command, Account account, Needs needs)
    {
        needs.Atom(command.AtomId);
        needs.Attachment(command.Key());
        if (needs.Component(command.ProcessId) && account.Component(command.ProcessId) is { } process && process.Deployment.VersionOn(command.AtomId) is var version and > 0) needs.Manifest(new(command.ProcessId, version));
    }

    public static Decision Decide(SetExtensions command, Account account)
    {
        if (ProcessRules.NotLive(command.ProcessId, account) is { } notLive) return notLive;
        if (AtomRules.Unknown([command.AtomId], account) is { } unknown) return unknown;
        var process = account.Component(command.ProcessId)!;
        if (AttachmentRules.NotDeployed(process, account.LiveAtom(command.AtomId)!) is { } notDeployed) return notDeployed;

        var version = process.Deployment.VersionOn(command.AtomId);
        var declared = ExtensionRules.Declared(command.ProcessId, account.Manifests[new(command.ProcessId, version)]!.Manifest)
            .ToDictionary(declaration => declaration.Key, StringComparer.Ordinal);
        if (Undeclared(command, declared, version, process.Name) is { } undeclared) return undeclared;

        var before = (account.Attachments[command.Key()]?.ExtensionValues() ?? []).ToDictionary(value => value.Key, StringComparer.Ordinal);
        List<ExtensionValue> values =
            [.. command.Values.Select(setting => ValueOf(setting, declared[setting.Key].Secret)).Where(value => IsChange(value, before.GetValueOrDefault(value.Key)))];
        // What this version does not declare is left for the one that does (#66).
        List<string> cleared = command.Partial
            ? []
            : [.. before.Keys.Where(declared.ContainsKey).Except(command.Values.Select(setting => setting.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return values.Count + cleared.Count == 0
            ? Decision.Unchanged
            : new ExtensionValuesSet { ProcessId = command.ProcessId, AtomId = command.AtomId, VersionNumber = version, Values = values, Cleared = cleared };
    }

    private static Refusal? Undeclared(SetExtensions command, Dictionary<string, ExtensionDeclaration> declared, int version, string name)
    {
        var unknown = command.Values.Select(setting => setting.Key).Where(key => !declared.ContainsKey(key)).Take(ExtensionsDetails.MostKeys).ToList();
        return unknown.Count == 0 ? null : new(
            RefusalCodes.UnknownExtension, $"Version {version} of {name}, which is deployed, declares no extension {string.Join(", ", unknown)}.", new ExtensionsDetails(unknown, version));
    }

    private static ExtensionValue ValueOf(ExtensionSetting setting, bool secret) =>
        setting.UseDefault is true ? new(setting.Key, Secret: secret, Value: null, UseDefault: true) : new(setting.Key, secret, secret ? null : setting.Value, UseDefault: false);

    private static bool IsChange(ExtensionValue value, ExtensionValue? before) => value is { Secret: true, UseDefault: false } || value != before;

    private static AttachmentKey Key(this SetExtensions command) => new(command.ProcessId, command.AtomId);
}
