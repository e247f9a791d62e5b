using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Import;
using static ProcessDeployment.Engine.Tests.Import.ComponentXml;

namespace ProcessDeployment.Engine.Tests.Import;

public sealed class Importing_a_folder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("import-");
    private readonly InMemoryAccount _account = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task saves_every_component_with_all_it_says()
    {
        var report = await ImportAsync(TestSamples.Folder("orders"));

        report.ShouldSatisfyAllConditions(r => r.Files.ShouldBe(3), r => r.Saved.ShouldBe(3), r => r.Broken.ShouldBe(0), r => r.Messages.ShouldBeEmpty());
        var child = _account.Accepted.OfType<ComponentSave>().Single(save => save.Name == "Write Order");
        child.Folder.ShouldBe("Tailspin/Orders");
        child.SourceRevision.ShouldBe("7");
        child.StartStep.ShouldBe(StartStep.None);
        child.Reason.ShouldBe("Imported; last saved by robin@example.com at 2026-06-02T09:01:17Z");
        child.References.ShouldHaveSingleItem().Kind.ShouldBe(ReferenceKind.Dependent);
        _account.Accepted.OfType<ComponentSave>().Single(save => save.Name == "ERP Database").Connector.ShouldBe(new Connector("database", ConnectorClass.Standard));
        _account.Accepted.OfType<ComponentSave>().ShouldAllBe(save => !save.Content!.Contains("4b7c1f0a9d3e58627a11", StringComparison.Ordinal));
    }

    [Fact]
    public async Task changes_nothing_the_second_time()
    {
        await ImportAsync(TestSamples.Folder("orders"));
        var again = await ImportAsync(TestSamples.Folder("orders"));

        again.ShouldSatisfyAllConditions(r => r.Saved.ShouldBe(0), r => r.Unchanged.ShouldBe(3), r => r.Position.ShouldBeNull());
    }

    [Fact]
    public async Task saves_only_what_was_revised()
    {
        await ImportAsync(TestSamples.Folder("orders"));
        var report = await ImportAsync(TestSamples.Folder("orders-revised"));

        report.ShouldSatisfyAllConditions(r => r.Saved.ShouldBe(1), r => r.Messages.ShouldBeEmpty());
    }

    [Fact]
    public async Task makes_three_revisions_of_a_change_and_its_undoing()
    {
        foreach (var value in (string[])["A", "B", "A"])
        {
            Write("a.xml", Of($"<x>{value}</x>"));
            (await ImportAsync()).Saved.ShouldBe(1);
        }

        var saves = _account.SavesOf(new Guid(Id));
        saves.Count.ShouldBe(3);
        saves[2].Content.ShouldBe(saves[0].Content);
    }

    [Fact]
    public async Task saves_a_rename_although_the_content_is_the_same()
    {
        Write("a.xml", Of("<x/>", attributes: $"""componentId="{Id}" name="Old" """));
        await ImportAsync();
        Write("a.xml", Of("<x/>", attributes: $"""componentId="{Id}" name="New" """));

        (await ImportAsync()).Saved.ShouldBe(1);
        _account.SavesOf(new Guid(Id)).Select(save => save.Name).ShouldBe(["Old", "New"]);
    }

    [Fact]
    public async Task saves_nothing_twice_when_it_runs_again_before_the_answers_caught_up()
    {
        Write("a.xml", Of("<x/>"));
        await ImportAsync();
        _account.IsBehind = true;
        (await ImportAsync()).ShouldSatisfyAllConditions(r => r.Saved.ShouldBe(0), r => r.Unchanged.ShouldBe(1));

        _account.SavesOf(new Guid(Id)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task judges_anew_what_was_refused_the_last_time()
    {
        _account.Send(Guid.NewGuid(), new SaveComponent { ComponentId = Nr(1), ComponentType = "process", Name = "Other", References = [new(new Guid(Id), ReferenceKind.Dependent)] });
        Write("a.xml", Of(Process(Step($"""<processcall processId="{Nr(1)}"/>"""))));
        (await ImportAsync()).Refused.ShouldBe(1);
        _account.Send(Guid.NewGuid(), new SaveComponent { ComponentId = Nr(1), ComponentType = "process", Name = "Other" });

        (await ImportAsync()).ShouldSatisfyAllConditions(r => r.Refused.ShouldBe(0), r => r.Saved.ShouldBe(1));
    }

    [Fact]
    public async Task names_a_broken_file_and_keeps_the_others()
    {
        Write("deep/er/a.xml", Of("<x/>"));
        Write("deep/broken.xml", "<bns:Component");
        Write("pom.xml", "<project/>");
        Write(".git/hidden.xml", "<bns:Component");

        var report = await ImportAsync();

        report.ShouldSatisfyAllConditions(r => r.Files.ShouldBe(3), r => r.Saved.ShouldBe(1), r => r.Broken.ShouldBe(2));
        report.Messages.Where(message => message.Level == ImportMessageLevel.Error).Select(message => message.File).ShouldBe(["deep/broken.xml", "pom.xml"]);
    }

    [Fact]
    public async Task warns_by_name_of_references_to_what_is_not_there()
    {
        Write("a.xml", Of(Process(Step($"""<connectoraction connectionId="{Nr(1)}" operationId="{Nr(2)}"/>"""))));
        Write("b.xml", Of("<x/>", "connector-action", $"""componentId="{Nr(2)}" name="There" """));

        var warning = (await ImportAsync()).Messages.ShouldHaveSingleItem();
        warning.Level.ShouldBe(ImportMessageLevel.Warning);
        warning.Text.ShouldBe($"Some refers to {Nr(1)} (connectoraction/@connectionId), which is neither in the folder nor in the account");
    }

    [Fact]
    public async Task takes_the_newest_of_several_exports_of_a_component()
    {
        Write("new.xml", Of("<x>10</x>", attributes: $"""componentId="{Id}" version="10" name="Some" """));
        Write("old.xml", Of("<x>9</x>", attributes: $"""componentId="{Id}" version="9" name="Some" """));

        (await ImportAsync()).Messages.ShouldHaveSingleItem().ShouldSatisfyAllConditions(m => m.File.ShouldBe("old.xml"), m => m.Text.ShouldContain("new.xml"));
        (await ImportAsync()).Unchanged.ShouldBe(1);
        _account.SavesOf(new Guid(Id)).ShouldHaveSingleItem().SourceRevision.ShouldBe("10");
    }

    [Fact]
    public async Task says_which_ids_it_made()
    {
        Write("a.xml", Of("<x/>", attributes: """name="Some" folderName="F" """));

        (await ImportAsync()).Messages.ShouldHaveSingleItem().ShouldSatisfyAllConditions(m => m.Level.ShouldBe(ImportMessageLevel.Note), m => m.Text.ShouldContain("made from its folder and name"));
    }

    [Fact]
    public async Task deletes_what_the_export_says_was_deleted_and_leaves_it_so()
    {
        Write("a.xml", Of("<x/>"));
        await ImportAsync();
        Write("a.xml", Of("<x/>", attributes: $"""componentId="{Id}" name="Some" deleted="true" """));

        (await ImportAsync()).Deleted.ShouldBe(1);
        (await ImportAsync()).Unchanged.ShouldBe(1);
        Write("a.xml", Of("<x/>"));
        (await ImportAsync()).Messages.ShouldHaveSingleItem().Text.ShouldContain("restore-component");
    }

    [Fact]
    public async Task sends_thousands_in_batches_and_shows_how_far_it_is()
    {
        for (var i = 0; i < 2_000; i++) Write($"{i % 20}/{i}.xml", Of($"<x>{i}</x>", "script.mapping", $"""componentId="{Nr(i)}" name="Script {i}" """));
        var progress = new Steps();

        (await ImportAsync(progress: progress)).Saved.ShouldBe(2_000);
        progress.Seen.ShouldContain(new ImportProgress("Reading", 2_000, 2_000));
        progress.Seen.Count(step => step.Stage == "Sending").ShouldBe(10);
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(_folder.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private Task<ImportReport> ImportAsync(string? folder = null, IProgress<ImportProgress>? progress = null) =>
        new Importer(new ComponentFolder(folder ?? _folder.FullName, new ComponentReader(new Connectors())), _account, progress: progress)
            .RunAsync(TestContext.Current.CancellationToken);

    private sealed class Steps : IProgress<ImportProgress>
    {
        public System.Collections.Concurrent.ConcurrentQueue<ImportProgress> Seen { get; } = [];

        public void Report(ImportProgress value) => Seen.Enqueue(value);
    }
}
