using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Schema.Tests.Histories;

public sealed class The_golden_histories
{
    [Fact]
    public void hold_every_type_of_event_and_every_former_form()
    {
        var told = GoldenHistory.All.SelectMany(history => history.Lines()).Select(line => line.Type).ToHashSet(StringComparer.Ordinal);

        EventTypes.All.Select(known => known.WireName).Concat(RetiredEvents.OfTheDomain.ByName.Keys).Where(name => !told.Contains(name)).Order(StringComparer.Ordinal).ShouldBeEmpty(
            "Tell a new history of them in tests/ProcessDeployment.Schema.Tests/Histories/Telling and write it with EVENTSCHEMA_WRITE=1; those that were released stay as they are.");
    }

    [Fact]
    public void are_as_they_were_released() => GoldenHistory.Released().Select(released => (released.File, Digest: Now(released.File))).ShouldBe(
        GoldenHistory.Released().Select(released => (released.File, released.Digest)),
        $"A golden history stays as it is. What is told of the state may change with the form of the state: then take the file and its line in {GoldenHistory.ListFile} away, write it anew, and look at what changed.");

    [Fact]
    public void are_released_with_their_states_and_nothing_else_is_there() => Directory.GetFiles(GoldenHistory.Folder).Select(file => Path.GetFileName(file)!)
        .ShouldBe([.. GoldenHistory.All.SelectMany(history => new[] { history.EventsFile, history.StateFile }).Select(file => Path.GetFileName(file)!), GoldenHistory.ListFile], ignoreOrder: true);

    [Fact]
    public void are_all_in_the_list_of_what_was_released_once() => GoldenHistory.Released().Select(released => released.File)
        .ShouldBe(Directory.GetFiles(GoldenHistory.Folder).Select(file => Path.GetFileName(file)!).Where(file => file != GoldenHistory.ListFile), ignoreOrder: true);

    private static string Now(string file) => Path.Combine(GoldenHistory.Folder, file) is var path && File.Exists(path) ? GoldenHistory.DigestOf(path) : "gone";
}
