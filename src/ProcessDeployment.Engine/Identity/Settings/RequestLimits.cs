namespace ProcessDeployment.Engine.Identity.Settings;

/// <summary>How much of the engine one caller may have, as the section <c>Limits</c> of the configuration says.</summary>
public sealed record RequestLimits
{
    /// <summary>What callers get who are told apart: more than a person or a pipeline needs, less than would keep others waiting.</summary>
    private const int OfOneCaller = 200;

    /// <summary>Requests with commands in a second, for each caller in an account; null for any number.</summary>
    public int? CommandsPerSecond { get; init; }

    /// <summary>Questions in a second, for each caller in an account; null for any number.</summary>
    public int? QuestionsPerSecond { get; init; }

    /// <summary>Connections at a time; null for any number.</summary>
    public int? Connections { get; init; }

    /// <summary>On this machine without identity there is but one caller, and nobody to be kept waiting.</summary>
    public static RequestLimits Of(IdentityOptions identity) => identity.IsOn ? new() { CommandsPerSecond = OfOneCaller, QuestionsPerSecond = OfOneCaller } : new();

    /// <exception cref="Host.EngineStartException">A setting that there is not, or one that cannot be read.</exception>
    public static RequestLimits From(IConfiguration configuration, IdentityOptions identity)
    {
        var section = new StrictSection(configuration.GetSection("Limits"));
        var usual = Of(identity);
        var limits = new RequestLimits
        {
            CommandsPerSecond = section.Count(nameof(CommandsPerSecond)) ?? usual.CommandsPerSecond,
            QuestionsPerSecond = section.Count(nameof(QuestionsPerSecond)) ?? usual.QuestionsPerSecond,
            Connections = section.Count(nameof(Connections)),
        };
        section.RefuseOthers();
        return limits;
    }
}
