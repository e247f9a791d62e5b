using System.Globalization;
using System.Text.Json;

namespace ProcessDeployment.Benchmarks.Harness;

/// <summary>One line of the table.</summary>
/// <param name="What">What was done.</param>
/// <param name="Floor">The median of the floor, with its unit; null where the figure stands by itself.</param>
/// <param name="Ours">The median of the engine, with its unit.</param>
/// <param name="Figure">What is judged: a ratio of pairs, or the figure itself.</param>
/// <param name="Target">What it should be; null for a figure that is only told.</param>
/// <param name="FloorCpu">CPU milliseconds a command, generator and PostgreSQL.</param>
/// <param name="OursCpu">CPU milliseconds a command, engine and PostgreSQL.</param>
internal sealed record Line(string What, string? Floor, string Ours, Interval? Figure, Target? Target, double? FloorCpu = null, double? OursCpu = null)
{
    public string Verdict => Target is null || Figure is null ? "" : Target.Judge(Figure.Value);
}

/// <summary>The figures of a run, on the console as they come and as a table at the end.</summary>
internal sealed class Report(IReadOnlyList<string> machine)
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly List<Line> _lines = [];

    public void Add(Line line)
    {
        _lines.Add(line);
        Console.WriteLine(Row(line));
    }

    public void Print()
    {
        Console.WriteLine();
        foreach (var fact in machine) Console.WriteLine($"- {fact}");
        Console.WriteLine();
        Console.WriteLine("| what | floor | engine | median (95 % interval) | target | | CPU ms a command: floor, engine |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var line in _lines) Console.WriteLine(Row(line));
    }

    public void Save(string file) => File.WriteAllText(file, JsonSerializer.Serialize(new { machine, lines = _lines }, Indented));

    public static string Number(double value) => value.ToString(Math.Abs(value) switch { >= 100 => "#,##0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture);

    private static string Row(Line line)
    {
        var figure = line.Figure is { } f ? $"{Number(f.Median)} ({Number(f.Low)}–{Number(f.High)})" : "";
        var cpu = line.OursCpu is null ? "" : $"{(line.FloorCpu is { } c ? Number(c) : "–")}, {Number(line.OursCpu.Value)}";
        return $"| {line.What} | {line.Floor ?? "–"} | {line.Ours} | {figure} | {line.Target} | {line.Verdict} | {cpu} |";
    }
}
