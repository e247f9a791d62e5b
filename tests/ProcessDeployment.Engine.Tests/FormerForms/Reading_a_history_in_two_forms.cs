using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using JasperFx.Events;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Engine.Publishing;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Storage;
using ProcessDeployment.Engine.Tests.Export;
using ProcessDeployment.Engine.Tests.Questions;
using ProcessDeployment.Engine.Tests.Rebuild;

namespace ProcessDeployment.Engine.Tests.FormerForms;

/// <summary>Each way in which events are read, over a history that holds former forms beside today's.</summary>
public sealed class Reading_a_history_in_two_forms(MixedHistory history) : IClassFixture<MixedHistory>
{
    [Fact]
    public async Task gives_a_stream_in_todays_form()
    {
        var events = await StreamAsync(StreamNames.Atom(history.Berlin));

        events.Select(stored => stored.Data).ShouldBe([
            new AtomRegistered { AtomId = history.Berlin, Name = "Berlin", AtomType = Contracts.AtomType.Atom, TimeZone = "UTC" },
            new AtomRenamed { AtomId = history.Berlin, Name = "Hamburg" },
            new AtomRenamed { AtomId = history.Berlin, Name = "Bremen" },
        ]);
        events.Select(stored => stored.EventTypeName).ShouldBe(["processdeployment.atom-registered.v1", FormerEvents.Entitled, "processdeployment.atom-renamed.v1"], "as stored");
    }

    [Theory]
    [InlineData(2, "Shop database")]
    [InlineData(9, "Shop database II")]
    [InlineData(12, "Shop database II")]
    public async Task folds_a_stream_as_far_as_is_asked(long until, string name)
    {
        var events = await StreamAsync(StreamNames.Component(history.Database));

        var component = Fold(events.Where(stored => long.Parse(stored.GetHeader("position")!.ToString()!, CultureInfo.InvariantCulture) <= until));

        (component!.Name, component.Revision).ShouldBe((name, until < 9 ? 1 : 2));
    }

    [Fact]
    public async Task folds_what_decisions_look_at()
    {
        foreach (var id in (Guid[])[history.Orders, history.Database])
        {
            var folded = JsonSerializer.SerializeToNode(Fold(await StreamAsync(StreamNames.Component(id))), StateJson.Default.Component);

            var kept = await history.Own.ScalarAsync<string>($"select state::text from process_deployment.component_state where account_id = '{MixedHistory.Account}' and component_id = '{id}'");
            JsonNode.DeepEquals(JsonNode.Parse(kept), folded).ShouldBeTrue($"{kept}\n{folded}");
        }
    }

    [Fact]
    public async Task shows_the_names_that_former_events_gave()
    {
        (await history.AskAsync("/atoms")).Items().ShouldHaveSingleItem().Text("name").ShouldBe("Bremen");
        (await history.AskAsync("/atoms?asOf=6")).Items().ShouldHaveSingleItem().Text("name").ShouldBe("Hamburg");
        (await history.AskAsync("/processes")).Items().ShouldHaveSingleItem().Text("name").ShouldBe("Orders again");
        (await history.AskAsync("/processes?asOf=5")).Items().ShouldHaveSingleItem().Text("name").ShouldBe("Orders");
    }

    [Theory]
    [InlineData(MixedHistory.Account)]
    [InlineData(MixedHistory.RandomAccount)]
    public async Task builds_every_read_model_anew_as_it_was(string accountId)
    {
        (await history.Own.ScalarAsync<bool>($"select count(distinct type) = 2 and count(*) >= 4 from events.mt_events where tenant_id = '{accountId}' and type in ('{FormerEvents.Entitled}', '{FormerEvents.Made}')")).ShouldBeTrue();
        var before = await history.Own.DumpAsync(accountId);

        var job = await history.Own.RunAsync(new { all = true, accountId });

        job.Text("status").ShouldBe("completed", job.ToString());
        job.Differing().ShouldBeEmpty();
        (await history.Own.DumpAsync(accountId)).ShouldBe(before);
    }

    [Theory]
    [InlineData(MixedHistory.Account)]
    [InlineData(MixedHistory.RandomAccount)]
    public async Task proves_every_read_model(string accountId)
    {
        var job = await history.Own.RunAsync(new { all = true, accountId, verifyOnly = true });

        job.Text("status").ShouldBe("completed", job.ToString());
        job.Differing().ShouldBeEmpty();
        var rows = job.GetProperty("proof").EnumerateArray().ShouldHaveSingleItem().GetProperty("tables").EnumerateArray().ToDictionary(table => table.Text("table")!, table => table.GetProperty("rows").GetInt64());
        rows["component_history"].ShouldBeGreaterThanOrEqualTo(4);
        rows["atom_history"].ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task finds_a_row_that_is_not_what_a_former_event_says()
    {
        const string Row = "component_history set name = '{0}' where account_id = 'local' and valid_from = 2";
        await history.Own.ForgeAsync($"update process_deployment.{string.Format(CultureInfo.InvariantCulture, Row, "Forged")}");
        try
        {
            var found = (await history.Own.RunAsync(new { models = (string[])["component-history"], accountId = MixedHistory.Account, verifyOnly = true })).Differing().ShouldHaveSingleItem();

            found.GetProperty("members").EnumerateArray().ShouldHaveSingleItem().Text("ought").ShouldBe("\"Shop database\"");
        }
        finally
        {
            await history.Own.ForgeAsync($"update process_deployment.{string.Format(CultureInfo.InvariantCulture, Row, "Shop database")}");
        }
    }

    [Fact]
    public async Task tells_former_events_in_the_words_of_today_and_by_the_type_they_are_stored_under()
    {
        (await Audit("type=atom-renamed")).ShouldBe([(12, "processdeployment.atom-renamed.v1", "Bremen", "renamed to Bremen"), (6, FormerEvents.Entitled, "Hamburg", "renamed to Hamburg")]);
        (await Audit("type=atom-entitled")).ShouldBe([(6, FormerEvents.Entitled, "Hamburg", "renamed to Hamburg")]);
        (await Audit($"type=revision-made&component={history.Database}")).ShouldBe([
            (9, FormerEvents.Made, "Shop database II", "saved as revision 2"), (2, FormerEvents.Made, "Shop database", "created as revision 1")]);
        (await Audit("type=atom-detached")).ShouldHaveSingleItem().Summary.ShouldStartWith("detached from Hamburg", Case.Sensitive, "by the name of its time");

        async Task<IEnumerable<(int Position, string Type, string Name, string Summary)>> Audit(string filter) =>
            (await history.AskAsync($"/audit?{filter}")).Items().Select(entry => (entry.Number("position")!.Value, entry.Text("type")!, entry.Text("name")!, entry.Text("summary")!));
    }

    [Fact]
    public async Task exports_what_was_sealed_and_both_verifiers_prove_it()
    {
        var bundle = await history.ExportAsync();

        var verdict = await Exports.VerifyAsync(bundle);
        verdict.ShouldBeProven();
        verdict.Said.ShouldContain("not judged in changes: name and summary of 4 rows of types that this program does not know");
        JsonElement.Parse(Exports.FileIn(bundle, "events.jsonl").Split('\n')[5]).GetProperty("data").Text("title").ShouldBe("Hamburg", "as it was sealed");
        Exports.FileIn(bundle, "changes.csv").ShouldContain($",{FormerEvents.Entitled},accepted,Hamburg,renamed to Hamburg,");
    }

    [Fact]
    public async Task publishes_today_s_form_only_by_the_broker_and_in_the_database()
    {
        await using var session = Session();
        foreach (var stored in await session.Events.QueryAllRawEvents().OrderBy(e => e.Sequence).Take(12).ToListAsync(TestContext.Current.CancellationToken))
        {
            var published = PublishedEvents.Translate(stored);

            var view = JsonNode.Parse(await history.Own.ScalarAsync<string>($"select event::text from process_deployment.event where account_id = '{MixedHistory.Account}' and position = {published.Data.Position} and type = '{published.Type}'"))!;
            EventTypes.All.Select(known => known.WireName).ShouldContain(published.Type);
            JsonNode.DeepEquals(view["data"], JsonSerializer.SerializeToNode(published.Data, WireJson.Options)).ShouldBeTrue(view.ToJsonString());
            (view["type"]!.GetValue<string>(), view["data"]!["body"]!["title"]).ShouldBe((published.Type, null));
        }
    }

    [Fact]
    public async Task says_today_s_form_the_same_in_code_and_in_the_database()
    {
        var decoder = new EventDecoder(FormerEvents.All);
        await using var command = history.Own.Databases.Shared.CreateCommand(
            "select type, data::text, process_deployment.event_type_today(type), process_deployment.event_today(type, data)::text from events.mt_events where stream_id <> 'operations'");
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
        {
            var today = decoder.Read(rows.GetString(0), System.Text.Encoding.UTF8.GetBytes(rows.GetString(1)));
            rows.GetString(2).ShouldBe(EventTypes.Of(today).WireName);
            JsonNode.DeepEquals(JsonNode.Parse(rows.GetString(3)), JsonSerializer.SerializeToNode(today, today.GetType(), WireJson.Options)).ShouldBeTrue(rows.GetString(3));
        }
    }

    private static Component? Fold(IEnumerable<IEvent> events) => events.Aggregate((Component?)null, (component, stored) => Component.Evolve(component, (DomainEvent)stored.Data));

    private IQuerySession Session() => history.Own.Services.GetRequiredService<IDocumentStore>().QuerySession(MixedHistory.Account);

    private async Task<IReadOnlyList<IEvent>> StreamAsync(string stream)
    {
        await using var session = Session();
        return await session.Events.FetchStreamAsync(stream, token: TestContext.Current.CancellationToken);
    }
}
