using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ProcessDeployment.Engine.Halting;
using ProcessDeployment.Engine.Operations;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Tests.Rebuild;

namespace ProcessDeployment.Engine.Tests.Halting;

public sealed class A_halted_account(PoisonedEngine engine) : IClassFixture<PoisonedEngine>
{
    private OwnEngine Engine { get; } = engine.Own;

    /// <summary>It is tried every few seconds, and whenever anything happens in it.</summary>
    [Fact]
    public async Task is_tried_again_without_writing_that_nothing_changed()
    {
        var account = await Engine.NewAccountAsync();
        await Engine.LiveAsync(account, 610, 10);
        await Engine.HaltsAtAsync(account, await Engine.PoisonAsync(account, "with a broken body"));
        await Engine.SendAsync(account, Poison.Save("After the poison"));
        var row = $"select xmin::text from process_deployment.halted_account where account_id = '{account}'";
        var before = await Engine.ScalarAsync<string>(row);

        (await Engine.Services.GetRequiredService<Resumption>().ResumeAsync(account, TestContext.Current.CancellationToken)).ShouldBeFalse();

        (await Engine.ScalarAsync<string>(row)).ShouldBe(before);
    }

    [Fact]
    public async Task is_counted_while_nothing_was_done_about_it()
    {
        var (account, readings) = (await Engine.NewAccountAsync(), Engine.Services.GetRequiredService<Readings>());
        var (before, halted) = await CountAsync();

        // Nobody is told, so that it stays a while: long enough to be read.
        await Engine.ExecuteAsync($"insert into process_deployment.halted_account (account_id, position) values ('{account}', 2)");

        (await CountAsync()).ShouldBe((before, halted + 1));
        await Engine.ExecuteAsync($"delete from process_deployment.halted_account where account_id = '{account}'");

        async Task<(int HaltedCount, int Halted)> CountAsync()
        {
            var reading = await readings.TakeAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
            return (reading.HaltedCount, reading.Halted.Count);
        }
    }

    /// <summary>A page made while the account was halted once halted it behind where its read models were, and it never went on again.</summary>
    [Fact]
    public async Task that_was_caught_up_while_a_page_was_made_goes_on()
    {
        var account = await Engine.NewAccountAsync();
        await Engine.LiveAsync(account, 610, 20);
        var next = await Engine.ReadAsync(account) + 1;
        await using (var session = Engine.Services.GetRequiredService<Marten.IDocumentStore>().LightweightSession())
        {
            ReadModelWriter.WriteGuarded(session, new([], [new(account, next + 2, null, null, null)]));
            await session.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await Eventually.BecomesAsync(() => Engine.HaltedAsync(account), halted => halted is null);
        await Engine.LiveAsync(account, 611, 5);
        await Engine.ShouldBeAFoldAsync(account);
    }

    /// <summary>Who waited for another step once saw where that had come to, but the read models as they were before it.</summary>
    [Fact]
    public async Task that_is_tried_by_two_at_once_is_tried_by_the_second_from_where_the_first_came_to()
    {
        var account = await Engine.NewAccountAsync();
        await Engine.LiveAsync(account, 612, 20);
        var first = await Engine.PoisonAsync(account, "of unknown type", 2);
        await Engine.HaltsAtAsync(account, first);
        await Engine.IsGoneByAsync(account);
        await using var connection = await Engine.Databases.Shared.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var step = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var passed = new NpgsqlCommand($"""
            update process_deployment.halted_account set position = position + 1 where account_id = '{account}';
            update process_deployment.read_position set position = position + 1 where account_id = '{account}'
            """, connection, step);
        await passed.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var second = Engine.Services.GetRequiredService<Resumption>().ResumeAsync(account, TestContext.Current.CancellationToken);
        const string Waiting = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%halted_account%'";
        await Eventually.BecomesAsync(() => Engine.ScalarAsync<long>(Waiting), waiting => waiting > 0);
        await step.CommitAsync(TestContext.Current.CancellationToken);

        (await second).ShouldBeFalse();
        (await Engine.HaltedAsync(account))!.Position.ShouldBe(first + 1);
    }
}
