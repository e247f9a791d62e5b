namespace ProcessDeployment.Engine.Export;

/// <summary>
/// A list that comes of the same pass over the data as another, and is written after it: an archive takes one file after the
/// other. Until then it waits on the disk, since it may be as long as the first.
/// </summary>
internal sealed class SecondList : IAsyncDisposable
{
    private readonly FileStream _file = Open();

    /// <summary>Where it waits.</summary>
    internal string Name => _file.Name;

    public void Write(ReadOnlySpan<byte> bytes) => _file.Write(bytes);

    public void Write(string text) => Write(System.Text.Encoding.UTF8.GetBytes(text));

    public async Task WriteToAsync(BundleFile bundled, CancellationToken cancellation)
    {
        _file.Position = 0;
        var buffer = new byte[64 * 1024];
        while (await _file.ReadAsync(buffer, cancellation) is var read and > 0) await bundled.WriteAsync(buffer.AsMemory(0, read));
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    /// <summary>Nobody else may read what is in it, nor find it after a crash: where a file may lose its name while it is open, it does at once.</summary>
    private static FileStream Open()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 64 * 1024, Options = FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"process-deployment-{Path.GetRandomFileName()}"), options);
        if (!OperatingSystem.IsWindows()) File.Delete(file.Name);
        return file;
    }
}
