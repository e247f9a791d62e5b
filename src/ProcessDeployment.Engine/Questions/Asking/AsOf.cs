namespace ProcessDeployment.Engine.Questions.Asking;

/// <summary>The moment of the past that somebody asks about: a position, or a time.</summary>
internal readonly record struct AsOf(long? Position, DateTimeOffset? Time);
