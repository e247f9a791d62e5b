namespace ProcessDeployment.Browser.Tests.Harness;

/// <summary>Where tests leave what is worth looking at, beside the other artifacts of the build: a folder for each situation.</summary>
internal static class Output
{
    /// <summary>Up from <c>bin/project/configuration</c>.</summary>
    private static readonly string Root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "screenshots"));

    public static string File(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, TestContext.Current.TestClass?.TestClassSimpleName ?? "Pages"));
        return Path.Combine(folder.FullName, $"{TestContext.Current.TestMethod?.MethodName} {name}");
    }

    /// <summary>A figure, for the output of the test and for who comes later.</summary>
    public static void Measured(string what)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(what);
        System.IO.File.WriteAllText(File("measured.txt"), what + "\n");
    }
}
