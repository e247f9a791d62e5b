using System.Text.Json.Nodes;
using ProcessDeployment.Engine.Tests.Export;
using ProcessDeployment.Engine.Tests.Ledger;

namespace ProcessDeployment.Engine.Tests.Halting;

/// <summary>As one who edits lists and says that an event could not be read, or could. Positions 8 to 10 were passed over, 11 is a save.</summary>
public sealed class Altering_under_the_cover_of_a_skipped_event(PoisonedExports poisoned) : IClassFixture<PoisonedExports>, IAsyncLifetime
{
    private const string Skipped = "could not be read and was passed over, marked by kim@example.com: nobody needs it";

    private ExportedFolder _part = null!;
    private ExportedFolder _whole = null!;
    private List<long> _marks = null!;

    public async ValueTask InitializeAsync()
    {
        var (shop, from, to, marks) = await poisoned.PeriodAsync();
        _marks = marks;
        _part = await ExportedFolder.OfAsync(await shop.Account.DownloadAsync(await shop.Account.ExportAsync(from, to)));
        _whole = await ExportedFolder.OfAsync(await shop.Account.DownloadAsync(await shop.Account.ExportAsync()));
    }

    public ValueTask DisposeAsync()
    {
        _part.Dispose();
        _whole.Dispose();
        return default;
    }

    [Theory]
    [InlineData("changes.csv")]
    [InlineData("changes.jsonl")]
    public async Task that_one_which_can_be_read_could_not_is_found_at_it(string list)
    {
        foreach (var export in (ExportedFolder[])[_part, _whole])
        {
            export.Lines(list, lines => lines.Select(line => line.Contains("saved as revision 2", StringComparison.Ordinal) ? line.Replace("saved as revision 2", list == "changes.csv" ? $"\"{Skipped}\"" : Skipped, StringComparison.Ordinal) : line));
            (await export.VerifyAsync()).ShouldBeAltered(11);
        }
    }

    [Theory]
    [InlineData("changes.csv")]
    [InlineData("changes.jsonl")]
    public async Task that_one_which_could_not_be_read_says_something_is_found_at_it(string list)
    {
        foreach (var (position, said) in new[] { (8, "did nothing"), (9, "registered"), (10, "renamed to 5") })
        {
            foreach (var export in (ExportedFolder[])[_part, _whole])
            {
                var (before, manifest) = (export.Read(list), export.Read("manifest.json"));
                export.Lines(list, lines => lines.Select(line => line.StartsWith($"{position},", StringComparison.Ordinal) || line.StartsWith($"{{\"position\":{position},", StringComparison.Ordinal)
                    ? line.Replace(Skipped, said, StringComparison.Ordinal) : line));
                (await export.VerifyAsync()).ShouldBeAltered(position);
                export.Put(list, before);
                export.Put("manifest.json", manifest);
            }
        }
    }

    [Fact]
    public async Task by_leaving_its_mark_out_is_found_at_it()
    {
        foreach (var export in (ExportedFolder[])[_part, _whole])
        {
            export.Lines("skipped.jsonl", lines => lines.Skip(1));
            (await export.VerifyAsync()).ShouldBeAltered(8);
            export.Manifest(manifest => manifest["files"]!.AsObject().Remove("skipped.jsonl"));
            (await export.VerifyAsync()).ShouldBeAltered(8);
        }
    }

    [Fact]
    public async Task by_a_mark_of_another_event_is_found_at_the_mark()
    {
        _part.Lines("skipped.jsonl", lines => lines.Select((line, i) => i > 0 ? line : line.Replace("\"eventPosition\": 8", "\"eventPosition\": 11", StringComparison.Ordinal)));
        var verdict = await _part.VerifyAsync();
        verdict.Code.ShouldBe(Verifier.Verification.Altered, verdict.Said);

        // With a leaf of its own it does not lead to the root either.
        _whole.Lines("skipped.jsonl", lines => lines.Select((line, i) =>
        {
            var mark = JsonNode.Parse(line)!;
            if (i == 0) mark["leafHash"] = new string('0', 64);
            return i > 0 ? line : line.Replace(JsonNode.Parse(line)!["leafHash"]!.GetValue<string>(), mark["leafHash"]!.GetValue<string>(), StringComparison.Ordinal);
        }));
        verdict = await _whole.VerifyAsync();
        verdict.Code.ShouldBe(Verifier.Verification.Altered, verdict.Said);
        verdict.Said.ShouldContain($"position {_marks[0]}: the event that marks another as skipped is not the one that was sealed");
    }
}
