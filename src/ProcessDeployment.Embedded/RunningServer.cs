using System.Diagnostics;
using System.Globalization;

namespace ProcessDeployment.Embedded;

/// <summary>What postmaster.pid says about a server that lives.</summary>
internal sealed record RunningServer(int ProcessId, int Port, bool IsReady)
{
    public static RunningServer? Find(string cluster)
    {
        var lines = Lines(cluster);
        if (!int.TryParse(lines.FirstOrDefault(), CultureInfo.InvariantCulture, out var pid) || !IsPostgres(pid))
            return null;
        var port = lines.Length > 3 && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var listening) ? listening : 0;
        return new RunningServer(pid, port, lines.Length > 7 && lines[7] == "ready");
    }

    public bool IsAlive() => IsPostgres(ProcessId);

    /// <summary>
    /// After a crash its number may belong to another program, or to a corpse nobody buried; PostgreSQL would take
    /// either for a living server and refuse to start. It checks its shared memory all the same.
    /// </summary>
    public static void ForgetTheDead(string cluster)
    {
        if (Lines(cluster).Length > 0 && Find(cluster) is null)
            File.Delete(PidFile(cluster));
    }

    private static string PidFile(string cluster) => Path.Combine(cluster, "postmaster.pid");

    private static string[] Lines(string cluster)
    {
        try
        {
            // The server writes into it while it starts and stops.
            using var stream = new FileStream(PidFile(cluster), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static bool IsPostgres(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase) && !IsZombie(pid);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsZombie(int pid)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            return stat.AsSpan(stat.LastIndexOf(')') + 1).TrimStart().StartsWith("Z");
        }
        catch (IOException)
        {
            return true;
        }
    }
}
