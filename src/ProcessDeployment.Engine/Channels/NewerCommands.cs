namespace ProcessDeployment.Engine;

/// <summary>
/// During a rolling upgrade a node meets commands of a newer type than it knows. It leaves them where they are, for a newer
/// node or for itself after its upgrade, and lets others pass. It does so for a while only: the version may be a slip of the sender, who must hear of it.
/// </summary>
internal static class NewerCommands
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
}
