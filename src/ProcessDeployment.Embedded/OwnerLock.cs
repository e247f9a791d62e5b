using System.Diagnostics;
using System.Text.Json;

namespace ProcessDeployment.Embedded;

/// <summary>
/// One program per data folder. The operating system drops the lock with the process, however that ends; who holds it
/// stands in a file of its own, because a file opened with FileShare.None cannot be read by the second program.
/// </summary>
internal sealed class OwnerLock : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _ownerFile;

    private OwnerLock(FileStream @lock, string ownerFile) => (_lock, _ownerFile) = (@lock, ownerFile);

    public static async Task<OwnerLock> TakeAsync(DataFolder folder, CancellationToken ct)
    {
        // The first program may be between taking the lock and writing its name, on a busy machine for seconds: ask who it is for a while.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var attempt = 0; ; attempt++)
        {
            if (TryOpen(folder.LockFile) is { } stream)
            {
                var taken = new OwnerLock(stream, folder.OwnerFile);
                try
                {
                    taken.Write(url: null);
                    return taken;
                }
                catch
                {
                    taken.Dispose();
                    throw;
                }
            }
            var owner = Read(folder.OwnerFile);
            if (owner is not null || attempt >= 250)
                throw Held(folder, owner);
            await timer.WaitForNextTickAsync(ct);
        }
    }

    public void Write(string? url) =>
        DataFolder.Replace(_ownerFile, JsonSerializer.Serialize(new Owner(Environment.ProcessId, url)));

    public void Dispose()
    {
        try
        {
            File.Delete(_ownerFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A disk that became read-only: the name of a program that has ended is not believed anyway.
        }
        _lock.Dispose();
    }

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (FolderTrouble.IsSharing(held))
        {
            return null;
        }
    }

    private static Owner? Read(string path)
    {
        try
        {
            var owner = JsonSerializer.Deserialize<Owner>(File.ReadAllText(path));
            // The name of a program that was killed stays in the file until the next one writes its own.
            using var process = Process.GetProcessById(owner!.Pid);
            return owner;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static PrivatePostgresException Held(DataFolder folder, Owner? owner)
    {
        var who = owner is null ? "another program" : $"the program with process id {owner.Pid}";
        var where = owner?.Url is { } url ? $", which serves {url}" : "";
        return new PrivatePostgresException(
            $"The data folder {folder.Root} is in use by {who}{where}. Use that one, stop it, or name another folder with PROCESSDEPLOYMENT_DATA.")
        {
            OwnerProcessId = owner?.Pid,
            OwnerUrl = owner?.Url,
        };
    }

    private sealed record Owner(int Pid, string? Url);
}
