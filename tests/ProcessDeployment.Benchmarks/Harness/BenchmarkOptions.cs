using System.Globalization;

namespace ProcessDeployment.Benchmarks.Harness;

/// <summary>What a run is told on its command line.</summary>
internal sealed record BenchmarkOptions
{
    public IReadOnlyList<string> Scenarios { get; init; } = [];

    /// <summary>Floor and engine take turns this often.</summary>
    public int Pairs { get; init; } = 10;

    /// <summary>Length of one run of one side.</summary>
    public int Seconds { get; init; } = 5;

    /// <summary>Length of the log that is rebuilt from.</summary>
    public int Events { get; init; } = 1_000_000;

    /// <summary>A given PostgreSQL; null for a private one.</summary>
    public string? Postgres { get; init; }

    /// <summary>A given broker; null for a private one.</summary>
    public string? RabbitMq { get; init; }

    /// <summary>Folder of the private PostgreSQL, kept afterwards; null for a temporary one.</summary>
    public string? Data { get; init; }

    /// <summary>File that receives the figures.</summary>
    public string? Json { get; init; }

    /// <summary>Only the variants whose name contains this text.</summary>
    public string? Only { get; init; }

    /// <summary>How often a figure without a floor is taken.</summary>
    public int Repeats => Math.Min(Pairs, 6);

    public TimeSpan Duration => TimeSpan.FromSeconds(Seconds);

    public static BenchmarkOptions Parse(string[] args)
    {
        var options = new BenchmarkOptions();
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                options = options with { Scenarios = [.. options.Scenarios, args[i]] };
                continue;
            }

            if (i + 1 == args.Length) throw new ArgumentException($"{args[i]} needs a value.", nameof(args));
            var value = args[++i];
            options = args[i - 1] switch
            {
                "--pairs" => options with { Pairs = int.Parse(value, CultureInfo.InvariantCulture) },
                "--seconds" => options with { Seconds = int.Parse(value, CultureInfo.InvariantCulture) },
                "--events" => options with { Events = int.Parse(value, CultureInfo.InvariantCulture) },
                "--postgres" => options with { Postgres = value },
                "--rabbitmq" => options with { RabbitMq = value },
                "--data" => options with { Data = value },
                "--json" => options with { Json = value },
                "--only" => options with { Only = value },
                _ => throw new ArgumentException($"There is no option {args[i - 1]}.", nameof(args)),
            };
        }

        return options;
    }

    /// <summary>Whether a variant is wanted.</summary>
    public bool Wants(string variant) => Only is null || variant.Contains(Only, StringComparison.OrdinalIgnoreCase);
}
