namespace ProcessDeployment.Engine.DeadLetters;

/// <summary>What became of the wish to send a dead letter again.</summary>
/// <param name="End">Whether it was sent.</param>
/// <param name="CommandId">The id it goes by, where it has one that can be read.</param>
public sealed record LetterReplay(ReplayEnd End, Guid? CommandId = null);

public enum ReplayEnd
{
    /// <summary>There is no such letter, or it is somebody else's.</summary>
    None,

    /// <summary>Not all of it was kept.</summary>
    NotWhole,

    /// <summary>It waits in the intake.</summary>
    Sent,
}
