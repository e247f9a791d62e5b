using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Engine.Secrets;
using ProcessDeployment.Engine.Tests.Host;

namespace ProcessDeployment.Engine.Tests.Secrets;

/// <summary>At every place where a rotation can be cut off; the next start brings it to its end.</summary>
public sealed class Breaking_off_a_rotation(EngineFixture engine) : IAsyncLifetime
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 20).Select(number => $"key-{number:00}")];
    private static readonly KeyPace Quick = new(TimeSpan.FromMilliseconds(50), TimeSpan.Zero, 3);

    private string _database = null!;
    private string _folder = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await engine.NewDatabaseAsync();
        _folder = engine.LedgerFolderOf(_database);
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task before_the_database_knows_the_key_changes_nothing()
    {
        await using (var own = await OpenAsync())
            own.Services.GetRequiredService<KeyFiles>().Write(SecretKey.Create());

        await using var again = await SecretEngine.StartAsync(_database, _folder, Quick);
        await AllAreThereAsync(again, keys: 1);
    }

    [Fact]
    public async Task before_the_history_knows_is_told_later()
    {
        await using (var own = await OpenAsync())
        {
            var made = SecretKey.Create();
            own.Services.GetRequiredService<KeyFiles>().Write(made);
            await own.Services.GetRequiredService<KeyTable>().AddAsync(made.Id, "kim", TestContext.Current.CancellationToken);
        }

        await using var again = await SecretEngine.StartAsync(_database, _folder, Quick);
        await Eventually.BecomesAsync(
            () => again.ScalarAsync<long>("select count(*) from events.mt_events where type = 'processdeployment.settings-changed.v1' and user_name = 'kim' and data::text like '%key of secret values%'"), count => count == 1);
        await AllAreThereAsync(again, keys: 2);
    }

    [Fact]
    public async Task among_the_values_goes_on_with_the_rest()
    {
        await using (var own = await OpenAsync())
        {
            var former = own.Keys.Newest;
            await own.Rotation.MakeAsync("kim", TestContext.Current.CancellationToken);
            var values = own.Services.GetRequiredService<SealedValues>();
            var some = await values.NextAsync("", [former.Id], 7, TestContext.Current.CancellationToken);
            await values.ReplaceAsync([.. some.Select(kept => (kept, kept.Anew(former, own.Keys.Newest)))], TestContext.Current.CancellationToken);
            (await own.SealedWithAsync()).Values.Order().ShouldBe([7, 13]);
            (await own.ValuesAsync()).Values.ShouldBe(Names.Select(name => $"secret of {name}"));
        }

        await using var again = await SecretEngine.StartAsync(_database, _folder, Quick);
        await AllAreThereAsync(again, keys: 2);
    }

    [Fact]
    public async Task before_the_file_of_the_removed_key_is_gone_takes_it_away_later()
    {
        string former, text;
        await using (var own = await OpenAsync())
        {
            former = Path.Combine(_folder, $"secret-key-{own.Keys.Newest.Id}.txt");
            text = await File.ReadAllTextAsync(former, TestContext.Current.CancellationToken);
            await own.Rotation.MakeAsync("kim", TestContext.Current.CancellationToken);
            await own.Rotation.SealAnewAsync(TestContext.Current.CancellationToken);
            await own.Keys.RefreshAsync(TestContext.Current.CancellationToken);
            await own.Rotation.RemoveAsync(TestContext.Current.CancellationToken);
            File.Exists(former).ShouldBeFalse();
        }

        await File.WriteAllTextAsync(former, text, TestContext.Current.CancellationToken);
        await using var again = await SecretEngine.StartAsync(_database, _folder, Quick);
        await Eventually.BecomesAsync(() => Task.FromResult(File.Exists(former)), exists => !exists);
        await AllAreThereAsync(again, keys: 2);
    }

    [Fact]
    public async Task by_killing_the_engine_loses_nothing()
    {
        await using (await OpenAsync())
        {
        }

        for (var round = 0; round < 3; round++)
        {
            using var process = new EngineProcess(("ConnectionStrings__Postgres", _database), ("PROCESSDEPLOYMENT_LEDGER", _folder));
            using var http = await process.ServingAsync();
            // Not one is waited for: which of them are cut off, and where, is left to chance.
            var rotations = Enumerable.Range(0, 3).Select(_ => http.PostAsync(new Uri("/api/v1/secrets/rotate-key", UriKind.Relative), content: null)).ToList();
            await Task.WhenAny(rotations);
            process.Signal("KILL");
            await process.ExitAsync();
            await Task.WhenAll(rotations.Select(rotation => rotation.ContinueWith(ended => ended.Exception, TaskScheduler.Default)));
        }

        await using var again = await SecretEngine.StartAsync(_database, _folder, Quick);
        await Eventually.BecomesAsync(again.SealedWithAsync, sealedWith => sealedWith.Keys.ToList() is [var only] && only == again.Keys.Newest.Id);
        (await again.ValuesAsync()).Values.ShouldBe(Names.Select(name => $"secret of {name}"));
    }

    private async Task<SecretEngine> OpenAsync()
    {
        var own = await SecretEngine.StartAsync(_database, _folder, SecretEngine.Still);
        await own.OpenAsync(Names);
        await own.SubmitAsync(SecretEngine.Setting([.. Names.Select(name => (name, $"secret of {name}"))]));
        return own;
    }

    private static async Task AllAreThereAsync(SecretEngine own, int keys)
    {
        await Eventually.BecomesAsync(own.SealedWithAsync, sealedWith => sealedWith.Keys.ToList() is [var only] && only == own.Keys.Newest.Id);
        (await own.ValuesAsync()).Values.ShouldBe(Names.Select(name => $"secret of {name}"));
        own.Keys.Ring.Listed.Count.ShouldBe(keys);
    }
}
