using System.Text;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Engine.Sample;
using ProcessDeployment.Engine.Tests.Import;

namespace ProcessDeployment.Engine.Tests.Sample;

public sealed class The_sample_account
{
    private static readonly DateTimeOffset Now = new(2027, 3, 3, 12, 0, 0, TimeSpan.Zero);

    /// <summary>To write the file anew after a change of the story, set SAMPLE_ACCOUNT=write and run this test.</summary>
    [Fact]
    public async Task is_the_file_that_the_story_tells()
    {
        var path = Path.Combine(TestSamples.Root(), "src", "ProcessDeployment.Engine", "Sample", "account.jsonl");
        var told = string.Concat(SampleStory.Tell().Lines.Select(line => Encoding.UTF8.GetString(line) + "\n"));
        if (Environment.GetEnvironmentVariable("SAMPLE_ACCOUNT") == "write") await File.WriteAllTextAsync(path, told, TestContext.Current.CancellationToken);

        (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ShouldBe(told);
    }

    [Fact]
    public void fills_the_last_six_months_in_order()
    {
        var times = SampleAccount.Commands("local", Now).Select(command => command.Time!.Value).ToList();

        times.Count.ShouldBeInRange(600, 1_000);
        times.ShouldBeInOrder();
        (Now - times[^1]).TotalDays.ShouldBeInRange(0, 7);
        (Now - times[0]).TotalDays.ShouldBeInRange(170, 190);
    }

    [Fact]
    public void shows_a_company_of_a_believable_size()
    {
        var account = Played().Account;

        account.Components.Values.Count(component => component is { Deleted: false }).ShouldBeInRange(55, 70);
        account.Components.Values.Count(component => component?.IsProcess() == true).ShouldBe(20);
        account.Atoms.Values.Count(atom => atom is { Deleted: false }).ShouldBe(5);
        Enum.GetValues<ConnectorClass>().ShouldAllBe(@class => account.KnownLicences().Pool(new(@class, Classification.Production)).Purchased > 0);
    }

    [Fact]
    public void ends_with_Processes_that_are_bold_for_every_reason_and_some_that_are_not()
    {
        var company = Played();
        var reasons = Processes(company).ToDictionary(process => process.Name, process => Reason(company, process.ComponentId));

        reasons["Receive Web Orders"].ShouldBe("Revised");
        reasons["Payments NetSuite to Bank"].ShouldBe("RolledBack");
        reasons["Daily Exchange Rates"].ShouldBe("RevisedButIdentical");
        reasons["Month End Journal"].ShouldBe("ComponentDeleted");
        reasons["Quotes to Orders"].ShouldBe("NeverDeployed");
        reasons["Validate Order"].ShouldBe("NeverDeployed");
        reasons.Values.Count(reason => reason is null).ShouldBeGreaterThanOrEqualTo(5);
    }

    [Fact]
    public void holds_refusals_a_rollback_bundled_children_and_a_pool_that_is_nearly_full()
    {
        var company = Played();

        company.Events.OfType<DeploymentRefused>().Select(refused => refused.Code).ShouldBe([RefusalCodes.LicenceExceeded, RefusalCodes.MissingComponent]);
        company.Events.OfType<AttachmentRefused>().Count().ShouldBe(2);
        company.Events.OfType<VersionDeployed>().Count(version => version.RedeployOf is not null).ShouldBe(2);
        company.Events.OfType<AtomDetached>().Count().ShouldBe(2);
        company.CurrentVersion(Named(company, "Receive Web Orders"))!.Manifest.Count(entry => entry.ComponentType == ComponentTypes.Process).ShouldBe(4);
        var pool = company.Account.KnownLicences().Pool(new(ConnectorClass.Standard, Classification.Production));
        (pool.Purchased - pool.Used).ShouldBe(1);
    }

    [Fact]
    public void tells_everyone_apart_who_acted() =>
        SampleAccount.Commands("local", Now).Select(command => command.Command.Actor).Distinct().Count().ShouldBe(6);

    private static WholeAccount Played()
    {
        var company = new WholeAccount();
        foreach (var command in SampleAccount.Commands("local", Now)) company.Take(command.Command);
        return company;
    }

    private static IEnumerable<Domain.Components.Component> Processes(WholeAccount company) =>
        company.Account.Components.Values.OfType<Domain.Components.Component>().Where(component => component is { Deleted: false } && component.IsProcess());

    private static Guid Named(WholeAccount company, string name) => Processes(company).Single(process => process.Name == name).ComponentId;

    /// <summary>The first reason of the contract that fits any component; null when the Process is not bold.</summary>
    private static string? Reason(WholeAccount company, Guid processId)
    {
        if (company.CurrentVersion(processId) is not { } current) return "NeverDeployed";
        var former = company.Events.OfType<VersionDeployed>().Where(version => version.ProcessId == processId).SelectMany(version => version.Manifest).Select(entry => (entry.ComponentId, entry.Revision)).ToHashSet();
        return current.Manifest
            .Select(entry => (entry, latest: company.Account.Component(entry.ComponentId)!))
            .Where(pair => pair.latest.Deleted || pair.latest.Revision != pair.entry.Revision)
            .Select(pair => pair.latest.Deleted ? "ComponentDeleted"
                : pair.latest.ContentHash == pair.entry.ContentHash ? "RevisedButIdentical"
                : former.Contains((pair.entry.ComponentId, pair.latest.Revision)) ? "RolledBack"
                : "Revised")
            .FirstOrDefault();
    }
}
