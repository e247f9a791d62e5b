namespace ProcessDeployment.Domain.Access;

/// <summary>On whose word a command comes: what its channel has proved of the sender, and so where to look for what he may do.</summary>
public sealed record Authority
{
    /// <summary>The engine itself, and whoever runs it: asked for nothing.</summary>
    public static Authority Operator { get; } = new(AuthorityKind.Operator, null);

    /// <summary>Somebody who may do what the roles of the actor let him, whether credentials or a trusted bus say who acts.</summary>
    public static Authority OfActor { get; } = new(AuthorityKind.Actor, null);

    private Authority(AuthorityKind kind, Guid? id) => (Kind, Id) = (kind, id);

    public AuthorityKind Kind { get; }

    /// <summary>The API key or the Atom.</summary>
    public Guid? Id { get; }

    /// <summary>Who put it on the bus, as the bus or a signature proves it; null where nothing does, or where there is no bus.</summary>
    public Sender? Sender { get; init; }

    /// <summary>Somebody with an API key, who may do what its roles let him.</summary>
    public static Authority OfKey(Guid keyId) => new(AuthorityKind.ApiKey, keyId);

    /// <summary>An Atom, which may report of itself.</summary>
    public static Authority OfAtom(Guid atomId) => new(AuthorityKind.Atom, atomId);
}

/// <summary>Kinds of <see cref="Authority"/>.</summary>
public enum AuthorityKind
{
    Operator,
    Actor,
    ApiKey,
    Atom,
}

/// <summary>Who put a command on a bus.</summary>
/// <param name="Login">The user of the broker or the login of the database, as these say it; null where they say nothing.</param>
/// <param name="Signer">The producer whose registered key signed it; null for a command without a signature.</param>
public sealed record Sender(string? Login, Guid? Signer);
