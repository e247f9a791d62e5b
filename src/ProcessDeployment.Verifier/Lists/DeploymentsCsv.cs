using ProcessDeployment.Verifier.Bundles;

namespace ProcessDeployment.Verifier.Lists;

/// <summary><c>deployments.csv</c> and <c>exceptions.csv</c>: a row for each deployment of the period, and one more for each rule that it breaks.</summary>
internal sealed class DeploymentsCsv(Stream deployments, ListFile file, Stream exceptions, ListFile exceptionsFile)
{
    private const int Atoms = 12;
    private const int OtherReviser = 15;
    private const int Revisers = 16;

    private static readonly string[] Header =
    [
        "position", "time", "deployedBy", "processId", "process", "version", "previousVersion", "difference", "note", "reason", "rollbackTo", "digest", "atoms",
        "result", "reasonGiven", "deployerIsNotReviser", "revisers",
    ];

    private static readonly string[] ExceptionHeader = ["position", "time", "deployedBy", "processId", "process", "version", "rule", "detail"];

    private readonly CsvRecords _rows = new(deployments);
    private readonly CsvRecords _exceptions = new(exceptions);
    private bool _begun;
    private long _count;
    private long _broken;

    /// <summary>Deployments of which a part could not be told.</summary>
    public long Open { get; private set; }

    public void Take(DeploymentFacts facts)
    {
        Begin();
        if (file.IsBad) return;
        _count++;
        var cells = Next(_rows);
        if (Wrong(cells, facts) is { } why)
        {
            file.Bad(facts.Event.Position, PositionOf(cells), why);
            return;
        }

        var row = facts.Row();
        if (row.Contains(null)) Open++;
        if (cells![OtherReviser] == "no") Exception(facts, "deployer-is-not-reviser", $"{facts.Event.Actor} also made a revision that came in with it");
        if (cells[OtherReviser] == "unknown") Exception(facts, "deployer-is-not-reviser", "an actor was redacted: it cannot be told");
        if (!facts.ReasonGiven) Exception(facts, "reason-given", "neither a note nor a reason");
    }

    public void End()
    {
        Begin();
        if (!file.IsBad && Next(_rows) is { } more) file.Bad(null, PositionOf(more), "");
        if (!file.IsBad && !exceptionsFile.IsBad && Next(_exceptions) is { } exception) exceptionsFile.Bad(null, PositionOf(exception), "");
        file.End($"{_count} rows are what the events say");
        if (file.IsBad && !exceptionsFile.IsBad) return;
        exceptionsFile.End($"{_broken} rows are the rules that were broken");
    }

    private void Begin()
    {
        if (_begun) return;
        _begun = true;
        if (Next(_rows) is not { } header || !header.SequenceEqual(Header)) file.Bad("its header is not the one it should have");
        if (Next(_exceptions) is not { } other || !other.SequenceEqual(ExceptionHeader)) exceptionsFile.Bad("its header is not the one it should have");
    }

    private void Exception(DeploymentFacts facts, string rule, string detail)
    {
        if (exceptionsFile.IsBad) return;
        _broken++;
        var cells = Next(_exceptions);
        if (cells is null || !cells.SequenceEqual([.. facts.Begin.Select(CsvRecords.Harmless), rule, CsvRecords.Harmless(detail)]))
            exceptionsFile.Bad(facts.Event.Position, PositionOf(cells), $"its row does not say that {rule} was broken");
    }

    private static string? Wrong(List<string>? cells, DeploymentFacts facts)
    {
        if (cells?.Count != Header.Length) return "its row is missing, or none";
        var expected = facts.Row();
        for (var i = 0; i < Header.Length; i++)
        {
            // The order of ids is that of a database.
            var cell = i == Atoms ? string.Join(' ', cells[i].Split(' ').Order(StringComparer.Ordinal)) : cells[i];
            if (expected[i] is { } known && CsvRecords.Harmless(known) != cell) return $"its {Header[i]} is not what follows from the events";
        }

        return facts.OtherReviser is null && !AgreesWithItself(cells, facts.Event.Actor) ? "its deployerIsNotReviser is not what its revisers say" : null;
    }

    /// <summary>Where the revisions came before the bundle, the rule must at least follow from who is said to have made them.</summary>
    private static bool AgreesWithItself(List<string> cells, string actor)
    {
        var revisers = cells[Revisers];
        var named = $" {revisers} ".Contains($" {actor} ", StringComparison.Ordinal) || $" {revisers} ".Contains($" {CsvRecords.Harmless(actor)} ", StringComparison.Ordinal);
        var redacted = $" {revisers} ".Contains($" {Redactions.Marker} ", StringComparison.Ordinal) || (actor == Redactions.Marker && revisers.Length > 0);
        return cells[OtherReviser] switch
        {
            "no" => named && actor != Redactions.Marker,
            "unknown" => redacted,
            "yes" => !redacted && (!named || actor.Contains(' ', StringComparison.Ordinal)),
            _ => false,
        };
    }

    /// <summary>Null after the last record; empty where there is one that is none.</summary>
    private static List<string>? Next(CsvRecords records) => records.Next() is { } record ? CsvRecords.Cells(record) ?? [] : null;

    private static long? PositionOf(List<string>? cells) => cells is { Count: > 0 } ? ListFile.PositionOf(cells[0]) : null;
}
