using ProcessDeployment.Engine.AtomSphere;

namespace ProcessDeployment.Engine.Http;

/// <summary>Which paths are those of an API: the one place where gates ask.</summary>
internal static class ApiPaths
{
    private static readonly string[] Reading = ["query", "queryMore", "bulk"];

    public static bool IsApi(PathString path) => path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || IsPlatform(path);

    /// <summary>Of the platform API, which programs call and no browser.</summary>
    public static bool IsPlatform(PathString path) => PlatformEndpoint.Roots.Any(root => path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase));

    /// <summary>Asks only, though it is sent as a body.</summary>
    public static bool IsPlatformQuestion(PathString path) => IsPlatform(path) && Reading.Any(verb => path.Value!.TrimEnd('/').EndsWith($"/{verb}", StringComparison.Ordinal));
}
