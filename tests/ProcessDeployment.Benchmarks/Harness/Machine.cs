using System.Reflection;
using System.Runtime.InteropServices;

namespace ProcessDeployment.Benchmarks.Harness;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static IEnumerable<string> Describe()
    {
        yield return $"{Model()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription.Trim()}";
        yield return $"{RuntimeInformation.FrameworkDescription}, {string.Join(", ", Packages())}";
        if (Load() is { } load) yield return $"Load of the machine when it began (1, 5, 15 minutes): {load}";
    }

    /// <summary>Other work on the machine makes absolute figures worthless and ratios wider.</summary>
    public static string? Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : null;

    private static string Model() =>
        File.Exists("/proc/cpuinfo") && File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..]
            : RuntimeInformation.ProcessArchitecture.ToString();

    private static IEnumerable<string> Packages() => new[] { typeof(Marten.IDocumentStore), typeof(Wolverine.IMessageBus), typeof(Npgsql.NpgsqlConnection), typeof(RabbitMQ.Client.IConnection) }
        .Select(type => type.Assembly)
        .Select(assembly => $"{assembly.GetName().Name} {assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]}");
}
