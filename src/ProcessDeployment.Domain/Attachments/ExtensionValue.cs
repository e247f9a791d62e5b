namespace ProcessDeployment.Domain.Attachments;

/// <summary>What an extension is set to on one Atom.</summary>
/// <param name="Key">Unique within the Process.</param>
/// <param name="Secret">Its value is kept elsewhere, encrypted, and <paramref name="Value"/> is null.</param>
/// <param name="Value">The value of one that is not secret; null where the default is used.</param>
/// <param name="UseDefault">The Process's own value is used instead of one.</param>
public sealed record ExtensionValue(string Key, bool Secret, string? Value, bool UseDefault);
