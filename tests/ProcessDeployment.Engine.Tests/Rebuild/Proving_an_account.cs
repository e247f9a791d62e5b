using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Rebuild;

namespace ProcessDeployment.Engine.Tests.Rebuild;

public sealed class Proving_an_account(EngineFixture engine)
{
    /// <summary>Each has its own: half of them turn environments on. What is seldom, as a report about a version that an Atom has, is not in every one, but all together leave something in every table.</summary>
    [Fact]
    public async Task finds_every_table_as_the_events_say_after_random_histories()
    {
        var filled = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var seed in Enumerable.Range(303, 8))
        {
            var account = await engine.WithHistoryAsync(seed, 240);

            var proof = await engine.ProveAsync(account);

            proof.Lines().ShouldBeEmpty($"after history {seed}");
            proof.Differences.ShouldBe(0);
            // An engine asks who may, too: what it refuses for that leaves a little less than was drawn.
            proof.Position.ShouldBeGreaterThan(200);
            foreach (var table in proof.Tables) filled[table.Table] = filled.GetValueOrDefault(table.Table) + table.Rows;
        }

        filled.Where(table => table.Value == 0).ShouldBeEmpty();
    }

    /// <summary>Its time was once written as that of the account's last event.</summary>
    [Fact]
    public async Task finds_nothing_wrong_after_a_command_that_changed_nothing()
    {
        var account = await engine.WithHistoryAsync(405, 40);
        var shop = new Guid("00000001-0000-0000-0000-00000000ffff");
        await account.SendAsync(new RegisterAtom { AtomId = shop, Name = "twice" });
        var last = await account.SendAsync(new RenameAtom { AtomId = shop, Name = "twice" });
        await Eventually.BecomesAsync(() => engine.Services.GetRequiredService<ReadPosition>().CurrentAsync(account.Name), seen => seen == last.Position);
        last.Status.ShouldBe(OutcomeStatus.Unchanged);

        (await engine.ProveAsync(account)).Lines().ShouldBeEmpty();
    }

    [Fact]
    public async Task finds_a_row_that_was_edited_by_hand_by_its_key()
    {
        var account = await engine.WithHistoryAsync(400, 120);
        var process = await account.ScalarAsync<Guid>("select process_id from process_deployment.process_list where account_id = $1 and name ~ '^[ -~]+$' order by process_id limit 1");
        var (name, revision) = (await account.ScalarAsync<string>($"select name from process_deployment.process_list where account_id = $1 and process_id = '{process}'"),
            await account.ScalarAsync<int>($"select latest_revision from process_deployment.process_list where account_id = $1 and process_id = '{process}'"));
        await account.ExecuteAsync(engine, $"update process_deployment.process_list set name = 'Forged', latest_revision = 77 where account_id = $1 and process_id = '{process}'");

        (await engine.ProveAsync(account)).Lines().ShouldBe([
            $$"""process_list {"process_id": "{{process}}"} differs name "Forged" ought to be "{{name}}", latest_revision 77 ought to be {{revision}}""",
        ]);
    }

    [Fact]
    public async Task finds_a_row_that_was_taken_away_and_one_that_was_put_in()
    {
        var account = await engine.WithHistoryAsync(401, 120);
        await account.ExecuteAsync(engine, "delete from process_deployment.audit_entry where account_id = $1 and position = 7");
        await account.ExecuteAsync(engine, "insert into process_deployment.attachment_state values ($1, '00000001-0000-0000-0000-00000000aaaa', '00000001-0000-0000-0000-00000000bbbb')");

        (await engine.ProveAsync(account)).Lines().ShouldBe([
            """audit_entry {"position": 7} missing""",
            """attachment_state {"atom_id": "00000001-0000-0000-0000-00000000aaaa", "process_id": "00000001-0000-0000-0000-00000000bbbb"} unexpected""",
        ]);
    }

    [Theory]
    [InlineData("position = position + 3", "position")]
    [InlineData("position = position - 3", "position")]
    [InlineData("last_time = last_time + interval '1 day'", "last_time")]
    public async Task finds_that_somebody_wrote_elsewhere_how_far_the_account_is(string forgery, string column)
    {
        await using var own = await OwnEngine.StartAsync(engine);
        await own.LiveAsync("acme", 402, 40);
        await own.ForgeAsync($"update process_deployment.account set {forgery} where account_id = 'acme'");

        var job = await own.RunAsync(new { models = (string[])["current-state"], verifyOnly = true });

        var found = job.Differing().ShouldHaveSingleItem();
        found.GetProperty("key").GetProperty("account_id").GetString().ShouldBe("acme");
        found.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("column").GetString()).ShouldBe([column]);
        (await own.RunAsync(new { models = (string[])["current-state"] })).Differing().ShouldBeEmpty("it is put right");
        await own.LiveAsync("acme", 403, 10);
    }

    [Fact]
    public async Task finds_rows_of_accounts_that_nobody_knows()
    {
        await using var own = await OwnEngine.StartAsync(engine);
        await own.LiveAsync("acme", 404, 40);
        await own.ForgeAsync("insert into process_deployment.attachment_state values ('nobody', '00000001-0000-0000-0000-00000000aaaa', '00000001-0000-0000-0000-00000000bbbb')");
        await own.ForgeAsync("insert into process_deployment.process_name select 'nobody-either', process_id, name_key, folder_key, revised from process_deployment.process_name limit 1");

        var job = await own.RunAsync(new { all = true, verifyOnly = true });

        job.Differing().Select(row => row.GetProperty("kind").GetString()).ShouldBe(["unexpected", "unexpected"]);
        job.GetProperty("proof").EnumerateArray().Where(account => account.GetProperty("differences").GetInt64() > 0).Select(account => account.GetProperty("accountId").GetString()).ShouldBe(["nobody", "nobody-either"]);
        (await own.RunAsync(new { all = true })).Differing().ShouldBeEmpty("they are taken away");
    }

    /// <summary>A column that nobody proves could hold anything.</summary>
    [Fact]
    public async Task looks_at_every_column_of_every_table()
    {
        foreach (var proof in RebuildModel.All.SelectMany(model => model.Proofs))
        {
            var columns = await account_columns(proof.Table);
            proof.AllColumns.Concat(proof.Aside).Append("account_id").Distinct().Order(StringComparer.Ordinal).ShouldBe(columns.Order(StringComparer.Ordinal), proof.Table);
        }

        async Task<List<string>> account_columns(string table)
        {
            var found = new List<string>();
            await using var command = engine.Databases.Shared.CreateCommand("select column_name from information_schema.columns where table_schema = 'process_deployment' and table_name = $1");
            command.Parameters.AddWithValue(table);
            await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await rows.ReadAsync(TestContext.Current.CancellationToken)) found.Add(rows.GetString(0));
            return found;
        }
    }
}
