using System.Globalization;

namespace ProcessDeployment.Benchmarks.Harness;

/// <summary>Processor time of processes as Linux tells it; nothing elsewhere.</summary>
internal static class Cpu
{
    private const double MillisecondsPerTick = 10;

    /// <summary>Of a program and of the server it works with.</summary>
    public static CpuTime? Of(int program, BenchmarkDatabase database) =>
        OfProcess(program) is { } own && database.Cpu() is { } server ? new CpuTime(own, server) : null;

    /// <summary>Of one process with all its threads.</summary>
    public static double? OfProcess(int pid) => Stat(pid) is { } stat ? stat.Own * MillisecondsPerTick : null;

    /// <summary>Of a server and its children, those that have ended included.</summary>
    public static double? OfTree(int pid)
    {
        if (Stat(pid) is not { } root) return null;
        var ticks = root.Own + root.Ended;
        foreach (var child in Processes())
        {
            if (Stat(child) is { } stat && stat.Parent == pid) ticks += stat.Own + stat.Ended;
        }

        return ticks * MillisecondsPerTick;
    }

    /// <summary>The most memory a process ever had, in MB.</summary>
    public static double HighestMemory(int pid) => double.Parse(
        File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    /// <summary>Memory that is a process's own, and its part of what it shares, in MB.</summary>
    public static double? ProportionalMemory(int pid)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/smaps_rollup").First(line => line.StartsWith("Pss:", StringComparison.Ordinal));
            return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A process and its children.</summary>
    public static IEnumerable<int> Tree(int pid) => Processes().Where(child => Stat(child)?.Parent == pid).Append(pid);

    public static int? ParentOf(int pid) => Stat(pid)?.Parent;

    private static IEnumerable<int> Processes() => Directory.Exists("/proc")
        ? Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => name!.All(char.IsAsciiDigit)).Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
        : [];

    private static (int Parent, long Own, long Ended)? Stat(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            // The name in brackets may hold anything, so fields are counted after it; the first of them is field 3.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            long Field(int number) => long.Parse(fields[number - 3], CultureInfo.InvariantCulture);
            return ((int)Field(4), Field(14) + Field(15), Field(16) + Field(17));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>Milliseconds of processor time.</summary>
internal readonly record struct CpuTime(double Program, double Postgres)
{
    public double Total => Program + Postgres;

    public static CpuTime operator -(CpuTime later, CpuTime earlier) => new(later.Program - earlier.Program, later.Postgres - earlier.Postgres);

    public static CpuTime operator /(CpuTime time, double by) => new(time.Program / by, time.Postgres / by);
}
