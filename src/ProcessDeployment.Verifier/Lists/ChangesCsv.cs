using System.Globalization;
using ProcessDeployment.Verifier.Events;

namespace ProcessDeployment.Verifier.Lists;

/// <summary><c>changes.csv</c>: a row for each event of the period.</summary>
internal sealed class ChangesCsv(Stream stream, ListFile file)
{
    private static readonly string[] Header =
        ["position", "time", "actor", "type", "outcome", "name", "summary", "reason", "commandId", "correlationId", "channel", "source", "stream"];

    private readonly CsvRecords _records = new(stream);
    private bool _begun;

    /// <summary>The next events of the period, in their order.</summary>
    public void Take(IReadOnlyList<EventFacts> events)
    {
        Begin();
        if (file.IsBad) return;
        var records = new byte[]?[events.Count];
        for (var i = 0; i < records.Length; i++) records[i] = _records.Next();
        var wrong = new (long? Found, string Why)?[events.Count];
        Parallel.For(0, records.Length, static () => new CanonicalText(), (i, _, row) =>
        {
            if (records[i] is not { } record || !IsRow(record, events[i], row)) wrong[i] = Compare(records[i], events[i]);
            return row;
        }, static _ => { });
        var first = Array.FindIndex(wrong, one => one is not null);
        if (first >= 0) file.Bad(events[first].Position, wrong[first]!.Value.Found, wrong[first]!.Value.Why);
    }

    public void End(long rows)
    {
        Begin();
        if (!file.IsBad && _records.Next() is { } more) file.Bad(null, CsvRecords.Cells(more) is { } cells ? ListFile.PositionOf(cells[0]) : null, "");
        file.End($"{rows} rows are what the events say");
    }

    private void Begin()
    {
        if (!_begun && (_records.Next() is not { } header || CsvRecords.Cells(header) is not { } names || !names.SequenceEqual(Header))) file.Bad("its header is not the one it should have");
        _begun = true;
    }

    /// <summary>Whether it is the row of the event, byte for byte; where nothing is open that is quicker than to look at cells.</summary>
    private static bool IsRow(byte[] record, EventFacts facts, CanonicalText row)
    {
        if (facts.Name is null || facts.Summary is null) return false;
        row.Clear();
        row.Number(facts.Position);
        foreach (var cell in (ReadOnlySpan<string?>)
            [facts.Time, facts.Actor, facts.Type, facts.Outcome, facts.Name, facts.Summary, facts.Reason, facts.CommandId, facts.CorrelationId, facts.Channel, facts.Source, facts.Stream])
            row.Raw(","u8).Cell(CsvRecords.Harmless(cell));
        return row.Raw("\r"u8).Written.SequenceEqual(record);
    }

    private static (long? Found, string Why)? Compare(byte[]? record, EventFacts facts)
    {
        if (record is null) return (null, "its row is missing");
        if (CsvRecords.Cells(record) is not { } cells) return (null, "its row is none");
        if (cells.Count != Header.Length) return (ListFile.PositionOf(cells[0]), "its row has not the cells it should have");
        string?[] expected =
        [
            facts.Position.ToString(CultureInfo.InvariantCulture), facts.Time, facts.Actor, facts.Type, facts.Outcome, facts.Name, facts.Summary, facts.Reason,
            facts.CommandId, facts.CorrelationId, facts.Channel, facts.Source, facts.Stream,
        ];
        for (var i = 0; i < Header.Length; i++)
        {
            if (i is 5 or 6 ? !IsOpen(facts, cells, i) : CsvRecords.Harmless(expected[i]) != cells[i]) return (ListFile.PositionOf(cells[0]), $"its {Header[i]} is not the one of the event");
        }

        return null;
    }

    /// <summary>The name and the summary, as far as they are known. What a mark was put before begins with no word of ours.</summary>
    private static bool IsOpen(EventFacts facts, List<string> cells, int cell) => cell == 5
        ? facts.Name is null || CsvRecords.Harmless(facts.Name) == cells[5]
        : facts.Summary is null ? facts.Fits(facts.Name ?? "", cells[6]) : CsvRecords.Harmless(facts.Summary) == cells[6];
}
