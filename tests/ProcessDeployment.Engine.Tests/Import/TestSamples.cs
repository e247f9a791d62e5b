namespace ProcessDeployment.Engine.Tests.Import;

/// <summary>The folders of <c>tests/samples</c>.</summary>
internal static class TestSamples
{
    public static string Folder(string name) => Path.Combine(Root(), "tests", "samples", name);

    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ProcessDeployment.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
