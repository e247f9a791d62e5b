namespace ProcessDeployment.Web.Impact.Picture;

/// <summary>A box of the picture: a part, several of one type, or the place where a long line passes.</summary>
internal sealed class Box
{
    public const int Width = 196;
    public const int Height = 36;
    private const int Gap = 8;
    private const int Passing = 6;

    /// <summary>Null where a line passes, and where several are drawn as one.</summary>
    public Part? Part { get; init; }

    /// <summary>Those that are drawn as one.</summary>
    public IReadOnlyList<Part> Several { get; init; } = [];

    public bool IsPassage => Part is null && Several.Count == 0;

    public int Column { get; set; }

    /// <summary>Its middle.</summary>
    public double Y { get; set; }

    /// <summary>How much of its column it takes.</summary>
    public double Room => IsPassage ? Passing : Height + Gap;

    public List<Box> From { get; } = [];

    public List<Box> To { get; } = [];
}

/// <summary>A line from one box to another, straight through where it passes.</summary>
internal sealed record Line(IReadOnlyList<Box> Through, bool IsRoute);
