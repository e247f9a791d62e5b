using System.Net;
using System.Runtime.CompilerServices;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;

namespace ProcessDeployment.Client;

/// <summary>
/// The engine over HTTP, typed. Questions that follow a command of ours, or a change that was heard of, ask for an answer
/// that contains it.
/// </summary>
/// <param name="http">Its base address is that of the engine.</param>
/// <param name="source">Who sends: the CloudEvents <c>source</c> of commands, for example <c>//pages/deploy</c>.</param>
public sealed partial class EngineApi(HttpClient http, string source)
{
    private const string CloudEvent = "application/cloudevents+json";
    private const string Json = "application/json";
    private readonly Requests _requests = new(http);
    private long _atLeast;

    /// <summary>The moment that questions are about, a position or a time; null for now.</summary>
    public string? AsOf { get; set; }

    /// <summary>From now on answers contain this position.</summary>
    public void MustContain(long position)
    {
        // From whichever thread it is told.
        for (var known = Volatile.Read(ref _atLeast); known < position; known = Volatile.Read(ref _atLeast)) Interlocked.CompareExchange(ref _atLeast, position, known);
    }

    /// <summary>Sends a command and waits for what became of it, which may be a refusal. With the same id it takes effect once, however often it is sent.</summary>
    /// <exception cref="EngineException">There is no outcome.</exception>
    public async Task<Outcome> SendAsync(Guid commandId, Command command, CancellationToken cancellation = default)
    {
        if (AsOf is not null) throw new InvalidOperationException("The past is looked at: nothing can be changed in it.");
        var body = CommandWriter.ToCloudEvent(commandId, source, command);
        var outcome = await _requests.PostAsync<Outcome>("commands", CloudEvent, body, HttpStatusCode.Conflict, cancellation);
        MustContain(outcome.Position);
        return outcome;
    }

    /// <summary>What a command would do, were it sent now. Nothing is done.</summary>
    public Task<Preview> PreviewAsync(Command command, CancellationToken cancellation = default) =>
        _requests.PostAsync<Preview>("preview", CloudEvent, CommandWriter.ToCloudEvent(Guid.CreateVersion7(), source, command), null, cancellation);

    /// <summary>What happens, as it happens, until the engine ends it or is silent.</summary>
    /// <param name="after">The position after which to begin; from now on if left out.</param>
    /// <param name="cancellation">Stops listening.</param>
    public async IAsyncEnumerable<Change> ChangesAsync(long? after = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var response = await _requests.OpenAsync($"changes{Query.Of("after", after)}", cancellation);
        await foreach (var change in ChangeStream.ReadAsync(await response.Content.ReadAsStreamAsync(cancellation), cancellation)) yield return change;
    }

    /// <summary>Asks about the moment that is looked at.</summary>
    private Task<T> AskAsync<T>(string path, Query query, CancellationToken cancellation) =>
        AsOf is null ? AskNowAsync<T>(path, query, cancellation) : _requests.GetAsync<T>($"{path}{query.With("asOf", AsOf)}", cancellation);

    /// <summary>Asks about now, with all that was done or heard of here.</summary>
    private Task<T> AskNowAsync<T>(string path, Query query, CancellationToken cancellation) =>
        _requests.GetAsync<T>($"{path}{query.With("atLeast", _atLeast > 0 ? _atLeast : null)}", cancellation);
}
