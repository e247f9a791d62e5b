using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Testing;

namespace ProcessDeployment.Engine.Tests.ReadModels;

/// <summary>From a command through the pipeline and the daemon to the list, for each reason to be bold.</summary>
public sealed class Looking_at_the_list(EngineFixture engine)
{
    private static readonly Guid Parent = Guid.CreateVersion7(), Child = Guid.CreateVersion7(), Connection = Guid.CreateVersion7();

    [Fact, Covers("#38")]
    public async Task a_process_never_deployed_is_bold()
    {
        var account = await engine.NewAccountAsync();

        await SendAsync(account, Save(Parent, "process"));

        (await ReasonsAsync(account, Parent)).ShouldBe(["NeverDeployed Parent"]);
    }

    [Fact]
    public async Task a_process_just_deployed_is_plain()
    {
        var account = await DeployedAsync();

        (await ReasonsAsync(account, Parent)).ShouldBeEmpty();
    }

    [Fact, Covers("R23")]
    public async Task a_child_that_was_only_bundled_stays_bold()
    {
        var account = await DeployedAsync();

        (await ReasonsAsync(account, Child)).ShouldBe(["NeverDeployed Child"]);
    }

    [Fact, Covers("R21", "R22")]
    public async Task a_revised_component_is_named()
    {
        var account = await DeployedAsync();

        await SendAsync(account, Save(Connection, "connector-settings", "other"));

        (await ReasonsAsync(account, Parent)).ShouldBe(["Revised Connection"]);
    }

    [Fact, Covers("#42")]
    public async Task a_save_with_the_same_content_is_told_apart()
    {
        var account = await DeployedAsync();

        await SendAsync(account, Save(Child, "process", "first", Connection));

        (await ReasonsAsync(account, Parent)).ShouldBe(["RevisedButIdentical Child"]);
    }

    [Fact, Covers("#21")]
    public async Task an_earlier_version_deployed_again_does_not_look_up_to_date()
    {
        var account = await DeployedAsync();

        await SendAsync(account, Save(Connection, "connector-settings", "other"), new DeployProcess { ProcessId = Parent }, new RedeployVersion { ProcessId = Parent, TargetVersion = 1 });

        (await ReasonsAsync(account, Parent)).ShouldBe(["RolledBack Connection"]);
    }

    [Fact]
    public async Task a_deleted_component_comes_first()
    {
        var account = await DeployedAsync();

        await SendAsync(account, Save(Connection, "connector-settings", "other"), new DeleteComponent { ComponentId = Connection });

        (await ReasonsAsync(account, Parent)).ShouldBe(["ComponentDeleted Connection"]);
    }

    [Fact]
    public async Task what_is_restored_as_deployed_is_plain_again()
    {
        var account = await DeployedAsync();

        await SendAsync(account, new DeleteComponent { ComponentId = Connection }, new RestoreComponent { ComponentId = Connection });

        (await ReasonsAsync(account, Parent)).ShouldBeEmpty();
    }

    [Fact, Covers("R18")]
    public async Task a_deleted_process_leaves_and_a_restored_one_returns()
    {
        var account = await DeployedAsync();

        await SendAsync(account, new DeleteComponent { ComponentId = Parent });
        (await ReasonsAsync(account, Parent)).ShouldBeNull();

        await SendAsync(account, new RestoreComponent { ComponentId = Parent });
        (await ReasonsAsync(account, Parent)).ShouldBeEmpty();
    }

    private async Task<TestAccount> DeployedAsync()
    {
        var account = await engine.NewAccountAsync();
        await SendAsync(
            account,
            Save(Connection, "connector-settings"),
            Save(Child, "process", "first", Connection),
            Save(Parent, "process", "first", Child),
            new DeployProcess { ProcessId = Parent });
        return account;
    }

    /// <summary>Sends, and waits until the read models show it.</summary>
    private async Task SendAsync(TestAccount account, params Command[] commands)
    {
        Outcome? last = null;
        foreach (var command in commands)
        {
            last = await account.SendAsync(command);
            last.Status.ShouldBe(OutcomeStatus.Accepted);
        }

        await Eventually.BecomesAsync(
            () => engine.Services.GetRequiredService<ReadPosition>().WaitAsync(account.Name, last!.Position, TestContext.Current.CancellationToken), reached => reached);
    }

    private async Task<string[]?> ReasonsAsync(TestAccount account, Guid processId)
    {
        string[]? found = null;
        await foreach (var row in engine.RowsAsync("select reasons::text, revised from process_deployment.process_list where account_id = $1 and process_id = $2", account.Name, processId))
        {
            var reasons = JsonSerializer.Deserialize<List<ReasonItem>>(row.GetString(0), WireJson.Options)!;
            row.GetBoolean(1).ShouldBe(reasons.Count > 0, "never bold without a reason, never plain with one");
            found = [.. reasons.Select(reason => $"{reason.Code} {reason.Name}")];
        }

        return found;
    }

    private static SaveComponent Save(Guid id, string type, string content = "first", params Guid[] uses) => new()
    {
        ComponentId = id,
        ComponentType = type,
        Name = id == Parent ? "Parent" : id == Child ? "Child" : "Connection",
        Content = content,
        References = [.. uses.Select(to => new ComponentReference(to, ReferenceKind.Dependent))],
        Connector = id == Connection ? new("http", ConnectorClass.Standard) : null,
    };
}
