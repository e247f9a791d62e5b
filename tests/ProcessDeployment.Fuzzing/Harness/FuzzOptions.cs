using System.Globalization;

namespace ProcessDeployment.Fuzzing.Harness;

/// <summary>What to run.</summary>
internal sealed record FuzzOptions
{
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Of all targets together.</summary>
    public long Executions { get; init; } = 1_000_000;

    public ulong Seed { get; init; } = (ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    /// <summary>The one execution that is looked at again.</summary>
    public long? Only { get; init; }

    /// <exception cref="FormatException">They are not the ones there are.</exception>
    public static FuzzOptions Parse(IReadOnlyList<string> args)
    {
        var options = new FuzzOptions();
        for (var i = 0; i < args.Count; i++)
        {
            options = args[i] switch
            {
                "--executions" => options with { Executions = Number(++i) },
                "--seed" => options with { Seed = (ulong)Number(++i) },
                "--only" => options with { Only = Number(++i) },
                var name when name.StartsWith('-') => throw new FormatException($"{name} is no option."),
                var name => options with { Targets = [.. options.Targets, name] },
            };
        }

        return options;

        long Number(int at) => at < args.Count ? long.Parse(args[at], NumberStyles.None, CultureInfo.InvariantCulture) : throw new FormatException($"{args[at - 1]} needs a number.");
    }
}
