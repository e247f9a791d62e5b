using System.Text.Json.Nodes;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.Tests.Traps;

/// <summary>Our append writes Marten's own tables. Should an upgrade of Marten write them differently, this tells.</summary>
public sealed class An_append_of_ours(EngineFixture engine)
{
    private static readonly string[] OfEachOwn = ["id", "seq_id", "timestamp", "created", "tenant_id"];

    [Fact]
    public async Task equals_the_one_of_Marten_in_every_column()
    {
        var (ours, martens) = (await engine.NewAccountAsync(), await engine.NewAccountAsync());
        var (atom, first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());

        await ours.SendAsync(new RegisterAtom { AtomId = atom, Name = "Production", Reason = "go-live" }, first);
        await ours.SendAsync(new RenameAtom { AtomId = atom, Name = "Main" }, second);
        await AppendAsync(martens, atom, first, 1, "go-live", new AtomRegistered { AtomId = atom, Name = "Production", AtomType = AtomType.Atom, TimeZone = "UTC" });
        await AppendAsync(martens, atom, second, 2, reason: null, new AtomRenamed { AtomId = atom, Name = "Main" });

        (await RowsAsync(ours, "mt_events", "version")).ShouldBe(await RowsAsync(martens, "mt_events", "version"));
        (await RowsAsync(ours, "mt_streams", "id")).ShouldBe(await RowsAsync(martens, "mt_streams", "id"));
    }

    [Fact]
    public async Task names_the_actor_in_the_column_for_users()
    {
        var account = await engine.NewAccountAsync();

        await account.SendAsync(new RegisterAtom { AtomId = Guid.CreateVersion7(), Name = "Production", Actor = "ada@example.com" });

        (await account.ScalarAsync<string>("select user_name from events.mt_events where tenant_id = $1")).ShouldBe("ada@example.com");
    }

    [Fact]
    public async Task to_an_archived_stream_fails_instead_of_disappearing()
    {
        var account = await engine.NewAccountAsync();
        var atom = Guid.CreateVersion7();
        await account.SendAsync(new RegisterAtom { AtomId = atom, Name = "Production" });
        // As the owner: the engine's own login may not even do this.
        (await account.ScalarAsync<long>($"with archived as (update events.mt_streams set is_archived = true where tenant_id = $1 and id = 'atom/{atom}' returning 1) select count(*) from archived")).ShouldBe(1);

        await Should.ThrowAsync<Npgsql.PostgresException>(() => account.SendAsync(new RenameAtom { AtomId = atom, Name = "Main" }));

        (await account.ScalarAsync<long>("select count(*) from events.mt_events where tenant_id = $1")).ShouldBe(1);
        (await account.ScalarAsync<long>("select position from process_deployment.account where account_id = $1")).ShouldBe(1);
    }

    private async Task AppendAsync(TestAccount account, Guid atom, Guid command, long position, string? reason, object @event)
    {
        await using var session = engine.Services.GetRequiredService<IDocumentStore>().LightweightSession(account.Name);
        session.CorrelationId = command.ToString();
        session.CausationId = command.ToString();
        session.LastModifiedBy = "kim@example.com";
        session.SetHeader("position", position);
        session.SetHeader("commandId", command);
        session.SetHeader("channel", Channels.Http);
        session.SetHeader("source", "//tests");
        if (reason is not null) session.SetHeader("reason", reason);
        if (position == 1) session.Events.StartStream<Atom>($"atom/{atom}", @event);
        else session.Events.Append($"atom/{atom}", @event);
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Each row with every column there is, also those that do not exist yet.</summary>
    private static async Task<string> RowsAsync(TestAccount account, string table, string order)
    {
        var rows = JsonNode.Parse(await account.ScalarAsync<string>($"select jsonb_agg(to_jsonb(t) order by {order})::text from events.{table} t where tenant_id = $1"))!.AsArray();
        foreach (var row in rows.Select(row => row!.AsObject()))
        {
            foreach (var column in OfEachOwn) if (table == "mt_events" || column != "id") row.Remove(column);
        }

        return rows.ToJsonString(new() { WriteIndented = true });
    }
}
