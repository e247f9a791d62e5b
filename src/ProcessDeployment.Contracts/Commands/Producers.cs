namespace ProcessDeployment.Contracts.Commands;

/// <summary>
/// Makes known who may put commands of the account on a bus, by its login there or by its signature. From the first producer on
/// commands over a bus come from producers only.
/// </summary>
[WireName("processdeployment.register-producer.v1")]
public sealed record RegisterProducer : Command
{
    /// <summary>Id of the producer. Signed commands name it as <c>kid</c>.</summary>
    public required Guid ProducerId { get; init; }

    /// <summary>Name that people see, at most 80 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Its user at the broker, or its login of the database; needed where it does not sign.</summary>
    public string? Login { get; init; }

    /// <summary>The public half of its key, an EC key of P-256 or an RSA key of at least 2048 bits: a SubjectPublicKeyInfo in base64. Needed where it signs.</summary>
    public string? PublicKey { get; init; }

    /// <summary>The types of commands it may send; all when left out.</summary>
    public IReadOnlyList<string>? CommandTypes { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<MemberError> CheckMembers() => Shape.Text("name", Name, Limits.EnvironmentName, required: true)
        .Concat(Shape.Text("login", Login, Limits.Name, required: true))
        .Concat(Login is null && PublicKey is null ? [new("login", "or publicKey must be given, or both")] : [])
        .Concat(Shape.PublicKey("publicKey", PublicKey))
        .Concat(CommandTypes is { } types ? Shape.Some("commandTypes", types.Count, Limits.Ids).Concat(types.SelectMany((type, index) => Shape.CommandType($"commandTypes[{index}]", type))) : []);
}

/// <summary>A producer sends no commands any more, from the commit on.</summary>
[WireName("processdeployment.remove-producer.v1")]
public sealed record RemoveProducer : Command
{
    /// <summary>Id of the producer.</summary>
    public required Guid ProducerId { get; init; }
}
