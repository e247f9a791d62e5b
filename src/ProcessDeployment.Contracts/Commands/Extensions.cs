namespace ProcessDeployment.Contracts.Commands;

/// <summary>
/// Fills the holes of a Process on one Atom: the extensions that its deployed version declares. Values outlive versions and
/// detachments. What a secret one is set to is written and never read back: events, answers and exports say only that it changed.
/// </summary>
[WireName("processdeployment.set-extensions.v1")]
public sealed record SetExtensions : Command
{
    /// <summary>Id of the Process.</summary>
    public required Guid ProcessId { get; init; }

    /// <summary>Id of the Atom.</summary>
    public required Guid AtomId { get; init; }

    /// <summary>What to set, by the keys that the deployed version declares; at most 100.</summary>
    public required IReadOnlyList<ExtensionSetting> Values { get; init; }

    /// <summary>True leaves alone what is not named; false takes the values of all other declared keys away, secret ones too.</summary>
    public required bool Partial { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers()
    {
        if (Values.Count > Limits.Ids) yield return new("values", $"must have at most {Limits.Ids} values, it has {Values.Count}");
        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Values.Count; i++)
        {
            foreach (var error in Check(Values[i], $"values[{i}]")) yield return error;
            if (!keys.Add(Values[i].Key)) yield return new($"values[{i}].key", "is set twice");
        }
    }

    private static IEnumerable<MemberError> Check(ExtensionSetting setting, string member)
    {
        foreach (var error in Shape.Text($"{member}.key", setting.Key, Limits.Name, required: true)) yield return error;
        foreach (var error in Shape.Text($"{member}.value", setting.Value, Limits.ExtensionValue)) yield return error;
        if (setting.UseDefault is true && setting.Value is not null) yield return new($"{member}.useDefault", "must not be true beside a value");
        if (setting.UseDefault is not true && setting.Value is null) yield return new($"{member}.value", "is required unless useDefault is true");
    }
}
