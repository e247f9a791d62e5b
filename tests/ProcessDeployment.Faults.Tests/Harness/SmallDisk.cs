namespace ProcessDeployment.Faults.Tests.Harness;

/// <summary>A disk in memory that somebody fills to its last byte.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const string Size = "420m";

    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Filler => Path.Combine(Folder, "filler");

    /// <summary>Null where this is not allowed: only root may, and not in every container.</summary>
    public static async Task<SmallDisk?> MountAsync()
    {
        if (!Environment.IsPrivilegedProcess || !OperatingSystem.IsLinux()) return null;
        var disk = new SmallDisk(Path.Combine(Path.GetTempPath(), $"process-deployment-disk-{Guid.NewGuid():n}"));
        Directory.CreateDirectory(disk.Folder);
        using var mount = OsProcess.Start("mount", ["-t", "tmpfs", "-o", $"size={Size},mode=0777", "none", disk.Folder]);
        await mount.WaitForExitAsync();
        if (mount.ExitCode == 0) return disk;
        Directory.Delete(disk.Folder);
        return null;
    }

    public void Fill()
    {
        var piece = new byte[64 * 1024];
        using var file = File.OpenHandle(Filler, FileMode.Create, FileAccess.Write);
        for (long at = 0; ; at += piece.Length)
        {
            try
            {
                RandomAccess.Write(file, piece, at);
            }
            catch (IOException)
            {
                return;
            }
        }
    }

    public void Free() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        await Shell.RunAsync("umount", "-l", Folder);
        Directory.Delete(Folder);
    }
}
