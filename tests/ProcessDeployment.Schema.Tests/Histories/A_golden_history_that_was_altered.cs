using System.Text.Json.Nodes;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Storage;
using ProcessDeployment.Engine.Tests.FormerForms;
using ProcessDeployment.Schema.Tests.Schemas;

namespace ProcessDeployment.Schema.Tests.Histories;

/// <summary>That the replay can tell one history from another, and in what form a fact was stored from what it says.</summary>
public sealed class A_golden_history_that_was_altered
{
    private const string Renamed = "processdeployment.atom-renamed.v1";

    private static readonly GoldenHistory History = GoldenHistory.Of("0001-components-and-deployments");

    [Fact]
    public void in_one_word_of_one_event_folds_to_another_state()
    {
        var altered = Altered(line => line.Type == Renamed ? line with { Data = With(line.Data, "name", "Elsewhere") } : line);

        var state = StateText.Of(Replay.Of(altered).Account);

        state.ShouldNotBe(History.State());
        state.ShouldContain("\"name\": \"Elsewhere\"");
    }

    /// <summary>What leaves no mark whatever is left out are attempts and work on the records: all else that can happen is held by at least one recorded state.</summary>
    [Fact]
    public void by_an_event_that_is_missing_folds_to_another_state_whatever_its_type()
    {
        var unnoticed = GoldenHistory.All.SelectMany(history => history.Lines().GroupBy(line => line.Type, line => IsNoticed(history, line)))
            .GroupBy(told => told.Key, told => told.Any(noticed => noticed), StringComparer.Ordinal)
            .Where(type => !type.Any(noticed => noticed)).Select(type => Message.Short(type.Key));

        unnoticed.Order(StringComparer.Ordinal).ShouldBe([
            "access-denied.v1", "account-moved.v1", "attachment-refused.v1", "deployment-refused.v1", "environment-attachment-refused.v1", "export-made.v1", "export-read.v1", "move-refused.v1",
            "personal-data-redacted.v1", "promotion-refused.v1", "rebuild-ended.v1", "rebuild-started.v1", "runs-missed.v1", "settings-changed.v1",
        ]);
    }

    [Fact]
    public void into_a_type_that_nobody_knows_is_not_passed_over() => Should.Throw<RebuildException>(
        () => Replay.Of(Altered(line => line.Type == Renamed ? line with { Type = "processdeployment.atom-renamed.v9" } : line))).Message.ShouldContain("atom-renamed.v9");

    /// <summary>In no release there is a former form yet; that they are read as what they are called today is shown by two of these tests' own.</summary>
    [Fact]
    public void into_former_forms_of_the_same_facts_folds_to_the_same_state()
    {
        var made = WireNameAttribute.Of(typeof(RevisionMade));
        var altered = Altered(line => line.Type == Renamed ? line with { Type = FormerEvents.Entitled, Data = Formerly(line.Data) } : line.Type == made ? line with { Type = FormerEvents.Made, Data = Formerly(line.Data) } : line);

        altered.Count(line => FormerEvents.All.ByName.ContainsKey(line.Type)).ShouldBeGreaterThan(3);
        StateText.Of(Replay.Of(altered, FormerEvents.All).Account).ShouldBe(History.State());
        Should.Throw<RebuildException>(() => Replay.Of(altered, RetiredEvents.OfTheDomain), "without them nobody can read it");
    }

    /// <summary>An event that cannot be told without it, or a mark without which the history cannot be read, is noticed as well.</summary>
    private static bool IsNoticed(GoldenHistory history, StoredLine missing)
    {
        try
        {
            return StateText.Of(Replay.Of(history.Lines().Where(line => line.Position != missing.Position)).Account) != history.State();
        }
        catch (RebuildException)
        {
            return true;
        }
    }

    private static List<StoredLine> Altered(Func<StoredLine, StoredLine> change) => [.. History.Lines().Select(change)];

    private static JsonObject Formerly(JsonObject data)
    {
        var former = With(data, "title", data["name"]!.GetValue<string>());
        former.Remove("name");
        return former;
    }

    private static JsonObject With(JsonObject data, string member, string value)
    {
        var changed = (JsonObject)data.DeepClone();
        changed[member] = value;
        return changed;
    }
}
