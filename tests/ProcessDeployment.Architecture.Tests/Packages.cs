using System.Text.Json;
using System.Xml.Linq;

namespace ProcessDeployment.Architecture.Tests;

public sealed class Packages
{
    public static TheoryData<string> Projects => [.. Repository.Files("src", ".csproj").Concat(Repository.Files("tests", ".csproj"))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void are_locked_with_what_they_bring_along(string project)
    {
        var wanted = XDocument.Parse(Repository.Read(project)).Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value);

        using var locks = JsonDocument.Parse(Repository.Read($"{project[..(project.LastIndexOf('/') + 1)]}packages.lock.json"));
        var locked = locks.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject()).ToList();

        wanted.ShouldBeSubsetOf(locked.Select(package => package.Name));
        locked.Where(package => package.Value.GetProperty("type").GetString() != "Project").ShouldAllBe(package => package.Value.GetProperty("contentHash").GetString()!.Length > 0);
    }

    [Fact]
    public void with_a_known_vulnerability_fail_the_restore()
    {
        var settings = XDocument.Parse(Repository.Read("Directory.Build.props")).Descendants().ToLookup(setting => setting.Name.LocalName, setting => setting.Value);

        (settings["NuGetAudit"].Single(), settings["NuGetAuditMode"].Single(), settings["TreatWarningsAsErrors"].Single(), settings["RestorePackagesWithLockFile"].Single()).ShouldBe(("true", "all", "true", "true"));
        settings["NoWarn"].ShouldAllBe(codes => !codes.Contains("NU190", StringComparison.Ordinal));
        settings["WarningsNotAsErrors"].ShouldAllBe(codes => !codes.Contains("NU1901", StringComparison.Ordinal) && !codes.Contains("NU1902", StringComparison.Ordinal) && !codes.Contains("NU1903", StringComparison.Ordinal) && !codes.Contains("NU1904", StringComparison.Ordinal));
    }
}
