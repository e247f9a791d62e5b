using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Engine.AtomSphere;
using ProcessDeployment.Engine.Tests.Import;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

public sealed class The_page_of_the_platform_API(EngineFixture engine)
{
    private const string Begin = "<!-- coverage -->\n";
    private const string End = "<!-- /coverage -->";

    private static string Page => Path.Combine(TestSamples.Root(), "docs", "atomsphere.md");

    /// <summary>With DOCS_WRITE=1 it is written instead.</summary>
    [Fact]
    public async Task lists_every_object_with_every_operation_there_is()
    {
        var objects = engine.Services.GetRequiredService<PlatformObjects>();
        var page = await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken);
        var (from, to) = (page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, page.IndexOf(End, StringComparison.Ordinal));

        var table = $"""
            | object | get, bulk | query, queryMore | create | update | delete | filters | JSON | XML |
            |---|---|---|---|---|---|---|---|---|
            {string.Join('\n', objects.All.Select(Row))}

            Verbs beside them, in JSON and XML: {string.Join(", ", objects.Operations.Select(operation => $"`{operation.Name}`"))}. `Component` travels as XML only, as on the platform.

            """;

        if (Environment.GetEnvironmentVariable("DOCS_WRITE") == "1") await File.WriteAllTextAsync(Page, page[..from] + table + page[to..], TestContext.Current.CancellationToken);
        else page[from..to].ShouldBe(table);
    }

    private static string Row(PlatformObject about) =>
        $"| `{about.Name}` | {(about.Gets ? "yes" : about.GetLater is not null ? "later" : "")} | {(about.Queries ? "yes" : "")} | {(about.Create is null ? "" : "yes")} | {(about.Update is null ? "" : "yes")} | {(about.Delete is null ? "" : "yes")} | {(about.Queries ? string.Join(", ", about.Source!.Filters.Keys) : "")} | yes | yes |";
}
