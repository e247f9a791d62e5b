using System.Globalization;

namespace ProcessDeployment.Embedded;

/// <summary>The one folder everything of a private PostgreSQL is in; the cluster itself is a folder in it.</summary>
internal sealed class DataFolder(string path)
{
    public string Root { get; } = Path.GetFullPath(path);

    public const string ClusterName = "cluster";
    public const string SettingsName = "postgresql.conf";

    public string Cluster => Path.Combine(Root, ClusterName);
    public string SettingsFile => Path.Combine(Root, SettingsName);
    public string PasswordFile => Path.Combine(Root, "password");
    public string LockFile => Path.Combine(Root, "owner.lock");
    public string OwnerFile => Path.Combine(Root, "owner.json");

    public bool HasCluster => Directory.Exists(Cluster);

    public static string Default()
    {
        if (PrivatePostgresOptions.FromEnvironment("PROCESSDEPLOYMENT_DATA") is { } chosen)
            return Path.GetFullPath(chosen);
        // The home of root is closed to the unprivileged user who has to run the server there.
        if (ServiceUser.IsNeeded)
            return "/var/lib/process-deployment";
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return local.Length > 0
            ? Path.Combine(local, "process-deployment")
            : throw new PrivatePostgresException("This user has no folder for data. Name one with PROCESSDEPLOYMENT_DATA.");
    }

    /// <summary>The major version the cluster was made with; null when there is no cluster yet.</summary>
    public int? ClusterMajor()
    {
        if (!HasCluster)
            return null;
        var file = Path.Combine(Cluster, "PG_VERSION");
        // A folder of another user answers "does not exist" to File.Exists; listing it says what really is the matter.
        _ = Directory.EnumerateFileSystemEntries(Cluster).Any();
        if (File.Exists(file) && int.TryParse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture, out var major))
            return major;
        throw new PrivatePostgresException(
            $"The folder {Cluster} is damaged: its file PG_VERSION is missing or unreadable. Nothing was changed. "
            + "Restore the folder from a backup, or move it away to start with an empty database.");
    }

    /// <summary>Creates the folder, or makes sure that it is ours: a foreign folder is never written to.</summary>
    public void Claim()
    {
        if (File.Exists(Root))
            throw new PrivatePostgresException($"The data folder {Root} is a file. Name a folder with PROCESSDEPLOYMENT_DATA.");
        if (!Directory.Exists(Root))
            Create(Root);
        else if (Directory.EnumerateFileSystemEntries(Root).All(entry => entry == LockFile))
            Open(Root);
        else if (!File.Exists(LockFile))
            throw new PrivatePostgresException(
                $"The folder {Root} is not empty and was not made by this program, so nothing in it was touched. "
                + "Name an empty or a new folder with PROCESSDEPLOYMENT_DATA.");
    }

    /// <summary>All or nothing: a full disk leaves the old content.</summary>
    public static void Replace(string file, string content)
    {
        File.WriteAllText(file + ".new", content);
        File.Move(file + ".new", file, overwrite: true);
    }

    /// <summary>As root the server's user must get through; otherwise nobody else has any business here.</summary>
    public static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }
        if (Path.GetDirectoryName(folder) is { } parent && !Directory.Exists(parent))
            Create(parent);
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Open(folder);
    }

    private static void Open(string folder)
    {
        if (!OperatingSystem.IsWindows() && ServiceUser.IsNeeded)
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }
}
