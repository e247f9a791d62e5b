using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Benchmarks.Harness;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Identity.Keys;
using ProcessDeployment.Engine.Pipeline;
using ProcessDeployment.Tests;

namespace ProcessDeployment.Benchmarks.Engine;

/// <summary>An engine that asks everybody who they are, and those who may come in.</summary>
internal sealed class Identities : IAsyncDisposable
{
    private const string Sender = "kim@example.com";
    private const string Administrator = "ana@example.com";
    private readonly LocalIssuer _issuer;
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    private Identities(LocalIssuer issuer) => _issuer = issuer;

    /// <summary>Of somebody who may design, by a token of the issuer.</summary>
    public string Token(string account) => $"Bearer {_issuer.Token(account, until: TimeSpan.FromHours(2), claims: ("preferred_username", Sender))}";

    /// <summary>Well formed, and signed by nobody.</summary>
    public string BadToken(string account)
    {
        var good = Token(account);
        return good[..^8] + (good[^8] == 'A' ? 'B' : 'A') + good[^7..];
    }

    public string Key(string account) => $"Bearer {_keys[account]}";

    /// <summary>Roles and keys of the accounts, as their operator gives them.</summary>
    public static async Task<Identities> PrepareAsync(BenchmarkDatabase database, params IReadOnlyList<string> accounts)
    {
        var identities = new Identities(await LocalIssuer.StartAsync());
        await using var app = await Seeded.PipelineAsync(database, accounts);
        var pipeline = app.Services.GetRequiredService<ICommandPipeline>();
        foreach (var account in accounts)
        {
            await Seeding.DoAsync(pipeline, new SetMember { AccountId = account, Actor = Administrator, Member = Administrator, Roles = [new("administrator")] });
            await Seeding.DoAsync(pipeline, new SetMember { AccountId = account, Actor = Administrator, Member = Sender, Roles = [new("designer")] });
            var key = ApiKeyText.New(account, Guid.CreateVersion7());
            await Seeding.DoAsync(pipeline, new IssueApiKey { AccountId = account, Actor = Administrator, KeyId = key.KeyId, Name = $"{key.KeyId}", SecretHash = key.Hash, Roles = [new("designer")] });
            identities._keys.Add(account, key.Text);
        }

        return identities;
    }

    /// <summary>The engine itself, as it is shipped.</summary>
    public Task<EngineProcess> StartAsync(BenchmarkDatabase database, params IEnumerable<(string Name, string Value)> settings) => EngineProcess.StartAsync(
        database, rabbitMq: null, asShipped: true, "/health/ready",
        [("Identity__Authority", _issuer.Url), ("Identity__Audience", LocalIssuer.Audience), ("Identity__ApiKeys", "on"), .. settings]);

    public async ValueTask DisposeAsync() => await _issuer.DisposeAsync();
}
