using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Access;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Import;
using ProcessDeployment.Engine.Questions;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.AtomSphere;

/// <summary>One request of a client of the platform: who it is, and the ways to send commands and to ask for it.</summary>
internal sealed class PlatformCall(HttpContext context, Caller caller, Querying querying)
{
    private const string Source = "//process-deployment/atomsphere";

    /// <summary>By which a client may name a request, so that repeating it does nothing twice.</summary>
    public const string IdempotencyHeader = "Idempotency-Key";

    private static readonly Guid Requests = new("6f0c6f0e-8b7e-4a39-8d52-3a3a4d7c1f10");
    private readonly Guid _id = IdOf(context.Request, caller.AccountId);

    public HttpContext Context => context;

    /// <summary>Whether the client named its request, and so may repeat it.</summary>
    public bool IsNamed => context.Request.Headers.ContainsKey(IdempotencyHeader);

    public string AccountId => caller.AccountId;

    public CancellationToken Cancellation => context.RequestAborted;

    public T Service<T>()
        where T : notnull => context.RequestServices.GetRequiredService<T>();

    /// <summary>An id for something new; the same again when the request is repeated.</summary>
    public Guid NewId(string what) => NameBasedId.Of(_id, what);

    /// <summary>Sends a command on behalf of the caller.</summary>
    /// <param name="command">The command.</param>
    /// <param name="part">Of a request that sends several: which it is, the same whenever the request is repeated. The one without a name has the id of the request.</param>
    /// <exception cref="PlatformException">It was malformed, or refused.</exception>
    public async Task<Outcome> SendAsync(Command command, string? part = null)
    {
        var (outcome, problem) = await OwnCommand.SendAsync(context, Source, command, part is null ? _id : NameBasedId.Of(_id, part));
        if (problem is not null) throw new PlatformException(problem);
        return outcome!.Refusal is { } refusal ? throw new PlatformException(Refused(refusal)) : outcome;
    }

    /// <summary>What is wrong with the form of a command, before another one is sent that would be for nothing without it.</summary>
    /// <exception cref="PlatformException">Something is.</exception>
    public static void Check(Command command) => PlatformException.ThrowIf([.. command.Check()]);

    /// <summary>What became of this request when it was sent before; null for one that is new. For requests that make of the present what they send: later they would make something else.</summary>
    /// <exception cref="PlatformException">It was refused then.</exception>
    public async Task<Outcome?> AlreadyAsync() =>
        !IsNamed || await CommandOutcome.FindAsync(Service<Databases>(), AccountId, _id, Cancellation) is not { } outcome ? null : outcome.Refusal is { } refusal ? throw new PlatformException(Refused(refusal)) : outcome;

    /// <summary>Looks whether the caller may ask for more than the request itself needs.</summary>
    /// <exception cref="PlatformException">He may not.</exception>
    public async Task NeedsAsync(Privilege privilege, string asked)
    {
        if (await Service<Admission>().DeniedAsync(context, caller, asked, opened: true, privilege) is { } denied) throw new PlatformException(denied);
    }

    /// <summary>Sends the command that ends an object: where nothing changes there was none to end.</summary>
    /// <exception cref="PlatformException">There is none, or none any more.</exception>
    public async Task EndAsync(PlatformObject about, string id, Command command)
    {
        if ((await SendAsync(command)).Status == OutcomeStatus.Unchanged) throw about.Source is { KnowsGone: true } ? Deleted(about, id) : NotThere(about, id);
    }

    /// <summary>One object by its id.</summary>
    /// <exception cref="PlatformException">There is none, or none any more.</exception>
    public async Task<WireObject> GetAsync(PlatformObject about, string id) =>
        (await querying.FindAsync(about, AccountId, [id], Cancellation)).GetValueOrDefault(id) switch
        {
            null => throw NotThere(about, id),
            { Gone: true } => throw Deleted(about, id),
            var found => found.Object,
        };

    /// <summary>The objects of a query, of its first page.</summary>
    public async Task<IReadOnlyList<WireObject>> FindAsync(PlatformObject about, Filter filter) => (await querying.QueryAsync(about, AccountId, filter, Cancellation)).Items;

    /// <summary>The id in a path, of what has the id of a component, an Atom or an environment.</summary>
    public static Guid IdOf(PlatformObject about, string id) => Guid.TryParse(id, out var parsed) ? parsed : throw NotThere(about, id);

    /// <summary>The ids in the id in a path, of what is there for two others.</summary>
    public static (Guid First, Guid Second) PairOf(PlatformObject about, string id) => PairId.Read(id) ?? throw NotThere(about, id);

    /// <summary>An id that a field must hold.</summary>
    public static Guid IdIn(WireObject body, string field) => body.Text(field) switch
    {
        null or "" => throw PlatformException.Malformed(field, "is required"),
        var text when Guid.TryParse(text, out var id) => id,
        var text => throw PlatformException.Malformed(field, $"must be an id, it is {WireValue.Shown(text)}"),
    };

    /// <summary>An id that a field may hold.</summary>
    public static Guid? IdIfAny(WireObject body, string field) => body.Text(field) is { Length: > 0 } ? IdIn(body, field) : null;

    public static string TextIn(WireObject body, string field) => body.Text(field) is { Length: > 0 } text ? text : throw PlatformException.Malformed(field, "is required");

    /// <summary>A field that says what is known without it: clients may leave it out, and must not say something else.</summary>
    public static void Same(WireObject body, string field, string known)
    {
        if (body.Text(field) is { Length: > 0 } said && !said.Equals(known, StringComparison.OrdinalIgnoreCase)) throw PlatformException.Malformed(field, $"must be {known} here, it is {WireValue.Shown(said)}");
    }

    /// <summary>A number that a field may hold.</summary>
    public static int? NumberIfAny(WireObject body, string field) => body.Number(field) switch
    {
        null => null,
        >= 0 and <= int.MaxValue and var number => (int)number,
        var number => throw PlatformException.Malformed(field, $"must be a number from 0 to {int.MaxValue}, it is {number}"),
    };

    private static PlatformException NotThere(PlatformObject about, string id) => PlatformException.NotFound($"There is no {about.Name} with the id {WireValue.Shown(id)}.");

    private static PlatformException Deleted(PlatformObject about, string id) => PlatformException.Gone($"The {about.Name} with the id {WireValue.Shown(id)} was deleted.");

    private static Guid IdOf(HttpRequest request, string accountId) => request.Headers[IdempotencyHeader] switch
    {
        [] or [null or ""] => Guid.CreateVersion7(),
        [var key] when Guid.TryParse(key, out var id) => id,
        [var key] => NameBasedId.Of(Requests, $"{accountId}\n{key}"),
        _ => throw PlatformException.Malformed(IdempotencyHeader, "must be given once"),
    };

    private static Problem Refused(RefusalAnswer refusal) => new("Refused", refusal.Code switch
    {
        RefusalCodes.NotAllowed => 403,
        RefusalCodes.ComponentDeleted => 410,
        _ when refusal.Code.StartsWith("unknown-", StringComparison.Ordinal) => 404,
        _ => 400,
    }, $"{refusal.Message} ({refusal.Code})", refusal.Code);
}
