namespace ProcessDeployment.Engine.Import;

/// <summary>What became of an import.</summary>
public sealed record ImportReport
{
    public required int Files { get; init; }
    public int Saved { get; init; }
    public int Deleted { get; init; }

    /// <summary>Content, name and folder equal the latest revision.</summary>
    public int Unchanged { get; init; }

    public int Refused { get; init; }

    /// <summary>Files that could not be read or sent; the others are not affected.</summary>
    public int Broken { get; init; }

    /// <summary>The account's position after the last command; null when nothing was sent.</summary>
    public long? Position { get; init; }

    public required IReadOnlyList<ImportMessage> Messages { get; init; }
}

/// <summary>Something to know about a file.</summary>
public sealed record ImportMessage(ImportMessageLevel Level, string File, string Text)
{
    public static ImportMessage Note(string file, string text) => new(ImportMessageLevel.Note, file, text);

    public static ImportMessage Warning(string file, string text) => new(ImportMessageLevel.Warning, file, text);

    public static ImportMessage Error(string file, string text) => new(ImportMessageLevel.Error, file, text);
}

public enum ImportMessageLevel
{
    Note,
    Warning,
    Error,
}

/// <summary>How far an import is.</summary>
/// <param name="Stage">What it does now, for people.</param>
/// <param name="Done">Steps done.</param>
/// <param name="Total">Steps of this stage.</param>
public sealed record ImportProgress(string Stage, int Done, int Total);
