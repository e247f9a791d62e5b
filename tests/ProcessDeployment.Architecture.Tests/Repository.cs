using System.Runtime.CompilerServices;

namespace ProcessDeployment.Architecture.Tests;

/// <summary>The source tree these tests judge.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    /// <summary>Files below a folder by an extension, as paths from the root with forward slashes.</summary>
    public static IReadOnlyList<string> Files(string folder, string extension = ".cs") =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, folder), "*" + extension, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "artifacts" or "Generated"))
            .Order(StringComparer.Ordinal)];

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    private static string Here([CallerFilePath] string file = "") => file;
}
