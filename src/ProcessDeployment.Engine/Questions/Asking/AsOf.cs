namespace ProcessDeployment.Engine.Questions.Asking;

/// <summary>The moment of the past that somebody asks about: a position, or a time.</summary>
/// <param name="Parameter">The parameter that says it.</param>
/// <param name="Position">The position.</param>
/// <param name="Time">The time.</param>
internal sealed record AsOf(string Parameter, long? Position, DateTimeOffset? Time);
