using ProcessDeployment.Engine.CommandLine;
using ProcessDeployment.Engine.Tests.Import;

namespace ProcessDeployment.Engine.Tests.CommandLine;

/// <summary>The walk of the README, on a real engine: a child is revised, its parent turns bold; the parent is deployed, the child stays bold.</summary>
public sealed class Walking_through_the_orders_sample(EngineFixture engine)
{
    [Fact]
    public async Task shows_the_parent_bold_because_of_its_child_and_the_child_bold_after_the_parent_was_deployed()
    {
        var account = await engine.NewAccountAsync();

        (await CallAsync(account, "import", TestSamples.Folder("orders"))).ShouldContain("3 files: 3 saved");
        (await CallAsync(account, "import", TestSamples.Folder("orders"))).ShouldContain("3 files: 0 saved, 3 unchanged");
        await CallAsync(account, "register-atom", "Berlin");
        await CallAsync(account, "set-licences", "standard", "--production", "1");
        await CallAsync(account, "attach", "Process Orders", "Berlin");
        (await CallAsync(account, "deploy", "Process Orders", "--note", "go-live")).ShouldContain("Process Orders: version 1 on Berlin");
        await CallAsync(account, "deploy", "Write Order");
        (await CallAsync(account, "processes", "--revised")).ShouldContain("There are no such Processes");

        (await CallAsync(account, "import", TestSamples.Folder("orders-revised"))).ShouldContain("1 file: 1 saved");
        (await CallAsync(account, "process", "Process Orders")).ShouldContain("Write Order was revised (1 → 2)");
        (await CallAsync(account, "diff", "Process Orders")).ShouldContain("actionType=\"Upsert\"");

        await CallAsync(account, "deploy", "Process Orders");
        (await CallAsync(account, "process", "Process Orders")).ShouldNotContain("Revised since");
        (await CallAsync(account, "process", "Write Order")).ShouldContain("Write Order was revised (1 → 2)");
    }

    [Fact]
    public async Task refuses_a_deploy_beyond_the_licences_and_keeps_the_attempt_in_the_audit_trail()
    {
        var account = await engine.NewAccountAsync();
        await CallAsync(account, "import", TestSamples.Folder("orders"));
        await CallAsync(account, "register-atom", "Berlin");
        await CallAsync(account, "set-licences", "standard", "--production", "0");
        await CallAsync(account, "attach", "Process Orders", "Berlin");

        (await CallAsync(account, ExitCodes.Refused, "deploy", "Process Orders")).ShouldContain("Standard: 1 needed, 0 available (0 purchased, 0 used)");

        (await CallAsync(account, "process", "Process Orders")).ShouldContain("Current version  none");
        (await CallAsync(account, "audit", "--process", "Process Orders", "--type", "deployment-refused")).ShouldContain("refused");
    }

    private Task<string> CallAsync(TestAccount account, params string[] args) => CallAsync(account, ExitCodes.Ok, args);

    private async Task<string> CallAsync(TestAccount account, int exitCode, params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var services = new VerbServices
        {
            Engine = new InProcessEngine(),
            Out = output,
            Error = error,
            Http = url => new HttpClient { BaseAddress = url, DefaultRequestHeaders = { { TestCallers.Header, account.Name } } },
        };
        var code = await CommandLineProgram.RunAsync([.. args, "--url", engine.Url.ToString()], _ => Task.FromResult(-1), services);
        code.ShouldBe(exitCode, error.ToString());
        return output + error.ToString();
    }
}
