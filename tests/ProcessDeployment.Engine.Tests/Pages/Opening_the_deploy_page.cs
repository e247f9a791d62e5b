using System.Net;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Pages;

/// <summary>What is there before any script runs; the rest is walked through in a browser.</summary>
public sealed class Opening_the_deploy_page(EngineFixture engine)
{
    private readonly string _mark = $"{Guid.NewGuid():n}";

    [Fact]
    public async Task shows_names_in_bold_exactly_where_something_is_to_be_deployed()
    {
        var (deployed, revised) = (await SavedAsync("settled"), await SavedAsync("moved"));
        await DoAsync(new DeployProcess { ProcessId = deployed });

        var page = await OpenAsync($"/deploy?text={_mark}");

        RowOf(page, deployed).ShouldNotContain("pd-bold");
        RowOf(page, revised).ShouldContain("pd-bold");
        RowOf(page, revised).ShouldContain("It was never deployed.");
    }

    [Fact]
    public async Task shows_only_what_the_address_asks_for()
    {
        var (deployed, revised) = (await SavedAsync("settled"), await SavedAsync("moved"));
        await DoAsync(new DeployProcess { ProcessId = deployed });

        var page = await OpenAsync($"/deploy?text={_mark}&revised=true");

        page.ShouldContain($"data-process=\"{revised}\"");
        page.ShouldNotContain($"data-process=\"{deployed}\"");
        page.ShouldContain("1 Process found");
    }

    [Fact]
    public async Task shows_a_name_with_markup_as_it_is()
    {
        var processId = await SavedAsync("<script>alert(1)</script>");

        var page = await OpenAsync($"/deploy/{processId}?text={_mark}");

        page.ShouldNotContain("<script>alert");
        page.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    }

    [Fact]
    public async Task of_one_process_shows_its_deployments()
    {
        var processId = await SavedAsync("noted");
        await DoAsync(new DeployProcess { ProcessId = processId, Note = $"for {_mark}" });

        var page = await OpenAsync($"/deploy/{processId}/deployments");

        page.ShouldContain("Deploy Latest Revision of Process");
        page.ShouldContain($"for {_mark}");
    }

    [Fact]
    public async Task of_a_process_that_there_is_not_says_so()
    {
        var unknown = Guid.CreateVersion7();

        var page = await OpenAsync($"/deploy/{unknown}");

        page.ShouldContain($"There is no Process {unknown}.");
    }

    [Theory]
    [InlineData("_content/MudBlazor/MudBlazor.min.css")]
    [InlineData("_content/ProcessDeployment.Web/pages.js")]
    [InlineData("_framework/blazor.web.js")]
    public async Task finds_its_files(string file)
    {
        using var response = await engine.OpenAsync($"/{file}");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task lets_no_script_and_no_frame_of_others_in()
    {
        using var response = await engine.OpenAsync("/deploy");

        var policy = string.Join("; ", response.Headers.GetValues("Content-Security-Policy"));
        policy.ShouldContain("default-src 'self'");
        policy.ShouldContain("frame-ancestors 'none'");
    }

    [Theory]
    [InlineData("_blazor")]
    [InlineData("_BLAZOR")]
    public async Task from_another_origin_opens_no_circuit(string path)
    {
        using var response = await engine.OpenAsync($"/{path}/negotiate?negotiateVersion=1", HttpMethod.Post, ("Origin", "https://attacker.example"));

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static string RowOf(string page, Guid processId)
    {
        var at = page.IndexOf($"data-process=\"{processId}\"", StringComparison.Ordinal);
        return page[page.LastIndexOf("<a ", at, StringComparison.Ordinal)..page.IndexOf("</a>", at, StringComparison.Ordinal)];
    }

    private async Task<string> OpenAsync(string address)
    {
        using var response = await engine.OpenAsync(address);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task<Guid> SavedAsync(string name)
    {
        var processId = Guid.CreateVersion7();
        await DoAsync(new SaveComponent { ComponentId = processId, ComponentType = ComponentTypes.Process, Name = $"{name} {_mark}", Content = "<process/>" });
        return processId;
    }

    /// <summary>In the account of those who say nothing of themselves, which is whom the pages ask for; until lists show it.</summary>
    private async Task DoAsync(Command command)
    {
        var account = new TestAccount(engine, "local");
        await account.AskAsync("/processes?take=1", await account.DoAsync(command));
    }
}

internal static class OpenedPages
{
    public static async Task<HttpResponseMessage> OpenAsync(this EngineFixture engine, string address, HttpMethod? method = null, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient { BaseAddress = engine.Url };
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, address);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
