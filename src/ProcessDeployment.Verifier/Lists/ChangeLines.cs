using System.Buffers;
using System.Text;
using System.Text.Json;
using ProcessDeployment.Verifier.Bundles;
using ProcessDeployment.Verifier.Events;

namespace ProcessDeployment.Verifier.Lists;

/// <summary><c>changes.jsonl</c>: the same as <c>changes.csv</c> for programs.</summary>
internal sealed class ChangeLines(Stream stream, ListFile file)
{
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(' ', 95).Select(code => (char)code).Except(['"', '\\'])]);

    private readonly Lines _lines = new(stream);

    /// <summary>The next events of the period, in their order.</summary>
    public void Take(IReadOnlyList<EventFacts> events)
    {
        if (file.IsBad) return;
        var lines = new byte[]?[events.Count];
        for (var i = 0; i < lines.Length; i++) lines[i] = Next();
        var wrong = new string?[events.Count];
        Parallel.For(0, lines.Length, static () => new CanonicalText(), (i, _, text) =>
        {
            wrong[i] = lines[i] is not { } line ? "its row is missing" : IsLine(line, events[i], text) ? null : Compare(line, events[i]);
            return text;
        }, static _ => { });
        var first = Array.FindIndex(wrong, why => why is not null);
        if (first >= 0) file.Bad(events[first].Position, lines[first] is { } found ? PositionOf(found) : null, wrong[first]!);
    }

    public void End(long rows)
    {
        if (!file.IsBad && Next() is { } more) file.Bad(null, PositionOf(more), "");
        file.End($"{rows} lines are what the events say");
    }

    private byte[]? Next() => _lines.Next(out var line) ? line.ToArray() : null;

    /// <summary>Whether it is the line of the event as the exporter writes it, where nothing is open and nothing escaped. Otherwise <see cref="Compare"/> tells.</summary>
    private static bool IsLine(ReadOnlySpan<byte> line, EventFacts facts, CanonicalText text)
    {
        if (facts.Name is null || facts.Summary is null) return false;
        text.Clear();
        text.Raw("{\"position\":"u8).Number(facts.Position).Raw(",\"time\":\""u8);
        if (!line.StartsWith(text.Written)) return false;
        line = line[text.Written.Length..];
        var end = line.IndexOf((byte)'"');
        if (end is < 0 or > 33 || Period.Normal(Encoding.Latin1.GetString(line[..end])) != facts.Time) return false;
        text.Clear();
        text.Raw("\",\"actor\":\""u8);
        return Add(text, facts.Actor) && Add(text, "\",\"type\":\""u8, facts.Type) && Add(text, "\",\"outcome\":\""u8, facts.Outcome)
            && Add(text, "\",\"name\":\""u8, facts.Name) && Add(text, "\",\"summary\":\""u8, facts.Summary) && Add(text, "\",\"reason\":\""u8, facts.Reason)
            && Add(text, "\",\"commandId\":\""u8, facts.CommandId) && Add(text, "\",\"correlationId\":\""u8, facts.CorrelationId) && Add(text, "\",\"causationId\":\""u8, facts.CausationId)
            && Add(text, "\",\"channel\":\""u8, facts.Channel) && Add(text, "\",\"source\":\""u8, facts.Source) && Add(text, "\",\"stream\":\""u8, facts.Stream)
            && Add(text, "\",\"componentId\":\""u8, facts.ComponentId)
            && text.Raw("\"}"u8).Written.SequenceEqual(line[end..]);
    }

    private static bool Add(CanonicalText text, ReadOnlySpan<byte> before, string? value) => value is null || Add(text.Raw(before), value);

    /// <summary>False for what might be written in more than one way.</summary>
    private static bool Add(CanonicalText text, string value)
    {
        if (value.AsSpan().ContainsAnyExcept(Plain)) return false;
        text.Plain(value);
        return true;
    }

    private static string? Compare(byte[] line, EventFacts facts)
    {
        if (!System.Text.Unicode.Utf8.IsValid(line)) return "its line is none";
        try
        {
            using var document = JsonDocument.Parse(line, Documents.Strict);
            var row = document.RootElement;
            if (row.ValueKind != JsonValueKind.Object) return "its line is none";
            if (!row.TryGetProperty("position", out var position) || position.GetRawText() != $"{facts.Position}") return "its position is not the one of the event";
            if (!row.TryGetProperty("time", out var time) || Period.Normal(time.GetString()!) != facts.Time) return "its time is not the one of the event";
            if (!row.TryGetProperty("name", out var name) || !row.TryGetProperty("summary", out var summary) || !facts.Fits(name.GetString()!, summary.GetString()!)) return "its name or summary is not the one of the event";
            (string Name, string? Value)[] others =
            [
                ("actor", facts.Actor), ("type", facts.Type), ("outcome", facts.Outcome), ("reason", facts.Reason), ("commandId", facts.CommandId), ("correlationId", facts.CorrelationId),
                ("causationId", facts.CausationId), ("channel", facts.Channel), ("source", facts.Source), ("stream", facts.Stream), ("componentId", facts.ComponentId),
            ];
            foreach (var (member, value) in others)
            {
                if (row.TryGetProperty(member, out var said) ? value is null || !said.ValueEquals(value) : value is not null) return $"its {member} is not the one of the event";
            }

            return row.EnumerateObject().Count() == 4 + others.Count(other => other.Value is not null) ? null : "it has members that it should not have";
        }
        catch (Exception e) when (Documents.IsAboutForm(e))
        {
            return "its line is none";
        }
    }

    private static long? PositionOf(byte[] line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Documents.Strict);
            return System.Text.Unicode.Utf8.IsValid(line) && document.RootElement.TryGetProperty("position", out var position) && position.ValueKind == JsonValueKind.Number ? ListFile.PositionOf(position.GetRawText()) : null;
        }
        catch (Exception e) when (Documents.IsAboutForm(e))
        {
            return null;
        }
    }
}
