namespace ProcessDeployment.Embedded.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("private-postgres-");

    public TemporaryFolder()
    {
        // The server's user must get through to the folder in it.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_parent.FullName, (UnixFileMode)0b111_101_101);
    }

    /// <summary>Does not exist yet.</summary>
    public string Path => System.IO.Path.Combine(_parent.FullName, "data");

    public string Parent => _parent.FullName;

    public PrivatePostgresOptions Options => new(Path);

    public void Dispose() => _parent.Delete(recursive: true);
}
