using System.Globalization;

namespace ProcessDeployment.Verifier.Lists;

/// <summary>A list of a bundle while it is held against the events. Only the first thing that is wrong in it is told.</summary>
internal sealed class ListFile(string name, Period period, Report report)
{
    private const int MostDigits = 15;

    private bool _told;

    public string Name { get; } = name;

    public bool IsBad { get; private set; }

    private (string Detail, long? Position) _bad;

    /// <summary>A row is not what it should be, or there is none where one should be.</summary>
    /// <param name="expected">The position whose row should be here; null behind the last.</param>
    /// <param name="found">The position that the row says it is of; null when there is no row, or it does not say.</param>
    /// <param name="detail">What is wrong with a row of the right position.</param>
    public void Bad(long? expected, long? found, string detail)
    {
        if (IsBad) return;
        IsBad = true;
        _bad = expected is { } position
            ? found is { } other && other < position && period.Has(other) ? ("its row is not to be here", other)
                : (found is { } later && later > position ? "its row is missing" : detail, position)
            : ("there is a row too many", found is { } extra && period.Has(extra) ? extra : null);
    }

    /// <summary>Something that is about no row.</summary>
    public void Bad(string detail)
    {
        if (!IsBad) (IsBad, _bad) = (true, (detail, null));
    }

    public void End(string good)
    {
        if (_told) return;
        _told = true;
        if (IsBad) report.Bad("lists", $"{Name}: {_bad.Detail}", _bad.Position);
        else report.Good("lists", $"{Name}: {good}");
    }

    /// <summary>The position that a cell names; null when it names none.</summary>
    public static long? PositionOf(string text) =>
        text.Length is > 0 and <= MostDigits && text[0] != '0' && text.All(char.IsAsciiDigit) ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
