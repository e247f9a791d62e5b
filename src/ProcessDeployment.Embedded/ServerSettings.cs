using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace ProcessDeployment.Embedded;

/// <summary>
/// Our postgresql.conf. It lies beside the cluster, includes initdb's own file first, and is written anew at each start.
/// </summary>
internal sealed class ServerSettings(DataFolder folder, IReadOnlyDictionary<string, string> extra)
{
    /// <summary>Small enough to idle beside the engine in 350 MB; the operating system caches the rest.</summary>
    private static readonly Dictionary<string, string> Sensible = new(StringComparer.Ordinal)
    {
        ["max_connections"] = "200",
        ["shared_buffers"] = "128MB",
        ["effective_cache_size"] = "1GB",
        ["work_mem"] = "8MB",
        ["maintenance_work_mem"] = "128MB",
        ["wal_buffers"] = "16MB",
        ["wal_compression"] = "on",
        ["max_wal_size"] = "2GB",
        ["min_wal_size"] = "128MB",
        ["checkpoint_timeout"] = "15min",
        ["random_page_cost"] = "1.1",
        // Events only ever grow: a fifth of the table is far too late for statistics and the visibility map.
        ["autovacuum_analyze_scale_factor"] = "0.02",
        ["autovacuum_vacuum_scale_factor"] = "0.05",
        ["autovacuum_vacuum_insert_scale_factor"] = "0.05",
        // Compiling a query costs more than our queries take.
        ["jit"] = "off",
        ["timezone"] = "UTC",
        ["log_timezone"] = "UTC",
        ["lc_messages"] = "C",
        // A process less.
        ["max_logical_replication_workers"] = "0",
        ["cluster_name"] = "process_deployment",
        // One file per weekday, overwritten a week later.
        ["logging_collector"] = "on",
        ["log_directory"] = "log",
        ["log_filename"] = "postgresql-%a.log",
        ["log_truncate_on_rotation"] = "on",
        ["log_rotation_age"] = "1d",
        ["log_rotation_size"] = "0",
        ["log_line_prefix"] = "%m [%p] %q%a ",
        ["log_checkpoints"] = "off",
    };

    /// <summary>What keeps the data safe and private is not for changing.</summary>
    private static readonly Dictionary<string, string> Fixed = new(StringComparer.Ordinal)
    {
        ["fsync"] = "on",
        ["full_page_writes"] = "on",
        ["synchronous_commit"] = "on",
        ["listen_addresses"] = "127.0.0.1",
        ["unix_socket_directories"] = "",
        ["password_encryption"] = "scram-sha-256",
    };

    /// <summary>The port stays the same from start to start, unless somebody else has taken it.</summary>
    public int ChoosePort()
    {
        if (Stored() is { } stored && IsFree(stored))
            return stored;
        // Below the range the system hands out to outgoing connections, which could take it while we are stopped.
        for (var attempt = 0; attempt < 100; attempt++)
            if (RandomNumberGenerator.GetInt32(20_000, 32_000) is var port && IsFree(port))
                return port;
        throw new PrivatePostgresException("There is no free port between 20000 and 32000 on 127.0.0.1 for the private PostgreSQL.");
    }

    /// <summary>Returns whether the settings differ from those written last.</summary>
    public bool Write(int port)
    {
        if (extra.Keys.FirstOrDefault(name => name == "port" || Fixed.ContainsKey(name)) is { } refused)
            throw new PrivatePostgresException($"The setting {refused} of the private PostgreSQL cannot be changed.");
        var text = new StringBuilder("# Written at each start. Own settings: ALTER SYSTEM.\n");
        text.Append(CultureInfo.InvariantCulture, $"include = '{DataFolder.ClusterName}/postgresql.conf'\nport = {port}\n");
        foreach (var (name, value) in Sensible.Concat(extra).Concat(Fixed).Concat(OfThisSystem()))
            text.Append(CultureInfo.InvariantCulture, $"{name} = '{value.Replace("'", "''", StringComparison.Ordinal)}'\n");
        if (File.Exists(folder.SettingsFile) && File.ReadAllText(folder.SettingsFile) == text.ToString())
            return false;
        DataFolder.Replace(folder.SettingsFile, text.ToString());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder.SettingsFile, (UnixFileMode)0b110_100_100);
        return true;
    }

    /// <summary>On macOS anything less leaves commits in the cache of the disk.</summary>
    private static IEnumerable<KeyValuePair<string, string>> OfThisSystem() =>
        OperatingSystem.IsMacOS() ? [new("wal_sync_method", "fsync_writethrough")] : [];

    private int? Stored()
    {
        if (!File.Exists(folder.SettingsFile))
            return null;
        var line = File.ReadLines(folder.SettingsFile).FirstOrDefault(line => line.StartsWith("port = ", StringComparison.Ordinal));
        return int.TryParse(line?["port = ".Length..], CultureInfo.InvariantCulture, out var port) ? port : null;
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            if (OperatingSystem.IsWindows())
                listener.ExclusiveAddressUse = true;
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
