using System.Security.Cryptography;

namespace ProcessDeployment.Embedded;

/// <summary>Makes the cluster in a folder beside its place and moves it there when all is done: no half of one is ever seen.</summary>
internal sealed class Cluster(DataFolder folder, ServerCommands commands, ServiceUser? user)
{
    private const string Unfinished = "unfinished-";
    internal const long SmallestDisk = 200 << 20;

    public async Task CreateAsync(CancellationToken ct)
    {
        FolderTrouble.DemandFreeSpace(folder.Root, SmallestDisk);
        var staging = Path.Combine(folder.Root, Unfinished + RandomNumberGenerator.GetHexString(8, lowercase: true));
        var made = Path.Combine(staging, DataFolder.ClusterName);
        try
        {
            var password = RandomNumberGenerator.GetHexString(48, lowercase: true);
            Directory.CreateDirectory(staging);
            var passwordFile = Path.Combine(staging, "password");
            WriteSecret(passwordFile, password);
            if (user is not null)
                await user.OwnAsync(staging, ct);
            await InitDbAsync(made, passwordFile, ct);
            WriteSecret(folder.PasswordFile, password);
            // Reaches the disk no later than the first commit: file systems write such changes in the order they were made.
            Directory.Move(made, folder.Cluster);
        }
        finally
        {
            RemoveLeftovers();
        }
    }

    public string Password() => File.Exists(folder.PasswordFile)
        ? File.ReadAllText(folder.PasswordFile)
        : throw new PrivatePostgresException(
            $"The file {folder.PasswordFile} is missing, and without it nobody gets into the database in {folder.Cluster}. Restore it from a backup.");

    private async Task InitDbAsync(string made, string passwordFile, CancellationToken ct)
    {
        // Written to disk by initdb itself before it returns: no --no-sync.
        string[] arguments = ["-D", made, "-U", "postgres", "-A", "scram-sha-256", $"--pwfile={passwordFile}", "-E", "UTF8", "-k", .. Locale()];
        var result = await commands.InitDbAsync(arguments, ct);
        if (!result.Succeeded)
            throw FolderTrouble.Explain(folder.Root, "PostgreSQL's initdb failed", result.Output);
    }

    /// <summary>Order by code point, the same on every machine and fast; letters of all languages where that can be had.</summary>
    private IEnumerable<string> Locale() => commands.Programs.Major >= 17
        ? ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        : OperatingSystem.IsLinux() ? ["--locale=C", "--lc-ctype=C.UTF-8"] : ["--locale=C"];

    private static void WriteSecret(string file, string secret)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, options);
        writer.Write(secret);
        writer.Flush();
        ((FileStream)writer.BaseStream).Flush(flushToDisk: true);
    }

    /// <summary>An initdb whose program was killed may still be writing into its own; then the next start clears up.</summary>
    public void RemoveLeftovers()
    {
        foreach (var leftover in Directory.EnumerateDirectories(folder.Root, Unfinished + "*"))
        {
            try
            {
                Directory.Delete(leftover, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
            }
        }
    }
}
