using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace ProcessDeployment.Web.Impact.Picture;

/// <summary>Draws the bundle of a Process.</summary>
public sealed partial class PictureView
{
    private const double Largest = 2.5;
    private const double Smallest = 0.15;

    /// <summary>Below, nobody can read it.</summary>
    private const double Readable = 0.75;

    private Drawing _drawing = null!;
    private ILookup<Box, Line> _ends = null!;
    private Bundle? _shown;
    private bool _wasWhole;

    /// <summary>Null: as wide as there is room, within what can be read.</summary>
    private double? _zoom;

    [Parameter, EditorRequired]
    public Bundle Bundle { get; set; } = null!;

    /// <summary>Every part by itself, however many there are.</summary>
    [Parameter]
    public bool Whole { get; set; }

    private string Size => _zoom is { } zoom
        ? FormattableString.Invariant($"width: {_drawing.Width * zoom:0}px; height: {_drawing.Height * zoom:0}px")
        : FormattableString.Invariant($"width: 100%; height: auto; min-width: {_drawing.Width * Readable:0}px; max-width: {_drawing.Width}px");

    protected override void OnParametersSet()
    {
        if (_shown == Bundle && _wasWhole == Whole) return;
        (_shown, _wasWhole, _drawing) = (Bundle, Whole, new(Bundle, Whole));
        _ends = _drawing.Lines.SelectMany(line => new[] { (End: line.Through[0], line), (End: line.Through[^1], line) }).ToLookup(pair => pair.End, pair => pair.line);
    }

    private static string Kind(Box box) => string.Join(' ', new[]
    {
        "box",
        box.Part?.IsProcess == true ? "process" : box.Part?.IsConnection == true ? "connection" : null,
        box.Part?.Mark is not null ? "marked" : null,
        box.Part?.IsMissing == true ? "missing" : null,
        box.Part?.IsBundled == false ? "route" : null,
        box.Several.Count > 0 ? "several" : null,
    }.OfType<string>());

    private static string Label(Box box) => box.Part?.Label ?? string.Create(CultureInfo.InvariantCulture, $"{box.Several.Count} × {box.Several[0].Type}");

    private static string Facts(Box box) => box.Part is not { } part ? string.Join(", ", box.Several.Select(part => part.Label)) : string.Join(" · ", new[]
    {
        part.IsDeleted ? "deleted" : null, part.Revision is { } revision ? string.Create(CultureInfo.InvariantCulture, $"rev. {revision}{(part.Mark is { } mark ? $", {mark}" : "")}") : null, part.Type,
    }.OfType<string>());

    private static string Words(Box box) => box.Part?.Words ?? $"{Label(box)}, only used here: {string.Join(", ", box.Several.Select(part => part.Label))}";

    /// <summary>A curve to the next column, straight on where it only passes.</summary>
    private static string Course(Line line)
    {
        var course = new StringBuilder();
        for (var at = 0; at < line.Through.Count; at++)
        {
            var box = line.Through[at];
            var (left, y) = (Drawing.Left(box), Drawing.Middle(box));
            if (at == 0)
            {
                course.Append(CultureInfo.InvariantCulture, $"M{left + Box.Width} {y:0.#}");
                continue;
            }

            var before = line.Through[at - 1];
            var (start, middle) = (Drawing.Left(before) + Box.Width, (Drawing.Left(before) + Box.Width + left) / 2);
            course.Append(CultureInfo.InvariantCulture, $"C{middle} {Drawing.Middle(before):0.#} {middle} {y:0.#} {left} {y:0.#}");
            if (box.IsPassage) course.Append(CultureInfo.InvariantCulture, $"H{left + Box.Width}");
        }

        return course.ToString();
    }

    private static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private string Address(Box box) => box.Part is { } part ? ImpactAddress.Of(part.ComponentId) : ImpactAddress.Picture(Bundle.Root.ComponentId, whole: true);

    private void Zoom(double by) => _zoom = Math.Clamp((_zoom ?? 1) * by, Smallest, Largest);
}
