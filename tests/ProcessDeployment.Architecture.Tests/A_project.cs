using System.Xml.Linq;

namespace ProcessDeployment.Architecture.Tests;

public sealed class A_project
{
    /// <summary>The table of the architecture: who may know whom.</summary>
    private static readonly Dictionary<string, string[]> MayReference = new(StringComparer.Ordinal)
    {
        ["Contracts"] = [],
        ["Domain"] = ["Contracts"],
        ["Embedded"] = [],
        ["Engine"] = ["Contracts", "Domain", "Embedded", "Web"],
        ["Client"] = ["Contracts"],
        ["Web"] = ["Client", "Contracts"],
        ["Atom"] = ["Client", "Contracts"],
        ["Verifier"] = [],
    };

    private static readonly Dictionary<string, string[]> OnlyPackages = new(StringComparer.Ordinal)
    {
        ["Contracts"] = [],
        ["Domain"] = [],
        ["Verifier"] = [],
        ["Embedded"] = ["Npgsql"],
    };

    public static TheoryData<string> Projects => [.. Repository.Files("src", ".csproj")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void references_only_what_the_architecture_allows(string file)
    {
        var references = Included(file, "ProjectReference").Select(reference => Name(reference.Replace('\\', '/'))).ToList();

        references.ShouldBeSubsetOf(MayReference[Name(file)]);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void that_must_stay_pure_has_no_packages(string file)
    {
        if (OnlyPackages.TryGetValue(Name(file), out var allowed)) Included(file, "PackageReference").ShouldBeSubsetOf(allowed);
    }

    [Fact]
    public void names_no_version_of_a_package_itself() => Repository.Files(".", ".csproj").Where(file => Repository.Read(file).Contains("PackageReference", StringComparison.Ordinal))
        .ShouldAllBe(file => XDocument.Parse(Repository.Read(file)).Descendants("PackageReference").All(package => package.Attribute("Version") == null));

    [Fact]
    public void stands_in_the_solution()
    {
        var solution = Repository.Read("ProcessDeployment.sln").Replace('\\', '/');

        Repository.Files("src", ".csproj").Concat(Repository.Files("tests", ".csproj")).ShouldAllBe(file => solution.Contains(file));
    }

    private static List<string> Included(string file, string kind) =>
        [.. XDocument.Parse(Repository.Read(file)).Descendants(kind).Select(item => item.Attribute("Include")!.Value)];

    private static string Name(string file) => Path.GetFileNameWithoutExtension(file)["ProcessDeployment.".Length..];
}
