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
        return Path.Combine(local, "process-deployment");
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
        else if (!File.Exists(LockFile) && Directory.EnumerateFileSystemEntries(Root).Any(entry => entry != LockFile))
            throw new PrivatePostgresException(
                $"The folder {Root} is not empty and was not made by this program, so nothing in it was touched. "
                + "Name an empty or a new folder with PROCESSDEPLOYMENT_DATA.");
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
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        const UnixFileMode pass = UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, ServiceUser.IsNeeded ? own | pass : own);
    }
}
