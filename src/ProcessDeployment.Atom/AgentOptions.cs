using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace ProcessDeployment.AtomAgent;

/// <summary>What the agent is told: by <c>--Name=…</c>, by <c>PROCESSDEPLOYMENT_ATOM_Name</c>, or in appsettings.json.</summary>
internal sealed record AgentOptions
{
    public const string Prefix = "PROCESSDEPLOYMENT_ATOM_";

    /// <summary>Where the engine serves HTTP.</summary>
    public required Uri Engine { get; init; }

    public required Guid AtomId { get; init; }

    /// <summary>The file that holds the token, and nothing else.</summary>
    public required string TokenFile { get; init; }

    /// <summary>Where bundles are kept; no two agents share one.</summary>
    public required string Folder { get; init; }

    /// <summary>A file with the public keys that sign bundles, PEM; null to trust whoever serves them.</summary>
    public string? PublicKey { get; init; }

    /// <summary>What the shell runs for an execution; null for an agent that downloads, and begins nothing.</summary>
    public string? Run { get; init; }

    /// <summary>How many run at a time; others wait.</summary>
    public int RunsAtOnce { get; init; } = 10;

    /// <summary>How often it looks by itself, should it not be told.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long it waits after the first, the second … failure (R42).</summary>
    public IReadOnlyList<TimeSpan> Retry { get; init; } =
        [TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5)];

    /// <exception cref="AgentStartException">A setting is missing or cannot be read.</exception>
    public static AgentOptions From(IConfiguration configuration)
    {
        var options = new AgentOptions
        {
            Engine = Uri.TryCreate(Needed("Engine", "where the engine is, such as http://localhost:5080"), UriKind.Absolute, out var engine) && engine.Scheme is "http" or "https"
                ? engine
                : throw Bad("Engine", "must be an address such as http://localhost:5080"),
            AtomId = Guid.TryParse(Needed("AtomId", "which Atom this is"), out var atomId) ? atomId : throw Bad("AtomId", "must be the UUID of an Atom"),
            TokenFile = Path.GetFullPath(Needed("TokenFile", "a file that holds the token of the Atom")),
            Folder = Path.GetFullPath(Needed("Folder", "where the agent keeps what it downloads")),
            PublicKey = configuration["PublicKey"] is { Length: > 0 } key ? Path.GetFullPath(key) : null,
            Run = configuration["Run"] is { Length: > 0 } run ? run : null,
        };
        if (configuration["Poll"] is { } poll) options = options with { Poll = Seconds("Poll", poll) };
        if (configuration["RunsAtOnce"] is { } runs)
            options = options with { RunsAtOnce = int.TryParse(runs, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is >= 1 and <= 1_000 ? most : throw Bad("RunsAtOnce", "must be a whole number from 1 to 1,000") };
        if (configuration["Retry"] is { } retry) options = options with { Retry = [.. retry.Split(',').Select(wait => Seconds("Retry", wait))] };
        return options;

        string Needed(string name, string what) => configuration[name] is { Length: > 0 } value ? value : throw Bad(name, $"is missing: {what}");
    }

    private static TimeSpan Seconds(string name, string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 86_400
            ? TimeSpan.FromSeconds(seconds)
            : throw Bad(name, "must be in seconds, more than 0 and at most a day");

    private static AgentStartException Bad(string name, string rule) =>
        new($"{name} {rule}. Set it with --{name}=… or as {Prefix}{name}.");
}

/// <summary>Why the agent does not start, in words for whoever started it.</summary>
internal sealed class AgentStartException(string message) : Exception(message);
