namespace ProcessDeployment.Engine.DeadLetters;

/// <summary>A message on its way to the dead letters.</summary>
/// <param name="Channel">Where it came in.</param>
/// <param name="CommandId">Its id where it could be read.</param>
/// <param name="Why">What is wrong with it.</param>
/// <param name="IntakeRow">Its row in the PostgreSQL intake, which goes in the same transaction and holds its text; null when <paramref name="Body"/> does.</param>
/// <param name="Body">Its text when it comes from elsewhere.</param>
public sealed record Burial(string Channel, Guid? CommandId, BurialReason Why, long? IntakeRow = null, MessageText? Body = null);
