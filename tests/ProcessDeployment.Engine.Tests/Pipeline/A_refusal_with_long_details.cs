using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Pipeline;

/// <summary>An outcome row stays small for ever; what it leaves out is in the event of the refusal.</summary>
public sealed class A_refusal_with_long_details(EngineFixture engine)
{
    [Fact]
    public async Task is_answered_in_full_again()
    {
        var account = await engine.NewAccountAsync();
        var (process, id) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var connections = Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7()).ToList();
        var atoms = Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var connection in connections)
            await account.SendAsync(new SaveComponent { ComponentId = connection, ComponentType = ComponentTypes.Connection, Name = "Shop", Connector = new("http", ConnectorClass.Standard) });
        foreach (var atom in atoms) await account.SendAsync(new RegisterAtom { AtomId = atom, Name = "Production" });
        await account.SendAsync(new SaveComponent { ComponentId = process, ComponentType = ComponentTypes.Process, Name = "Orders", References = [.. connections.Select(c => new ComponentReference(c, ReferenceKind.Dependent))] });
        await account.SendAsync(new SetLicences { Class = ConnectorClass.Standard, Production = 3 });
        await account.SendAsync(new AttachAtoms { ProcessId = process, AtomIds = atoms });
        var deploy = new DeployProcess { ProcessId = process };
        var first = await account.SendAsync(deploy, id);

        var again = await account.SendAsync(deploy, id);

        first.Refusal!.Details!.Value.GetProperty("netNew").GetArrayLength().ShouldBe(100);
        again.Replayed.ShouldBeTrue();
        System.Text.Json.JsonElement.DeepEquals(first.Refusal.Details.Value, again.Refusal!.Details!.Value).ShouldBeTrue();
        (await account.ScalarAsync<int>("select max(pg_column_size(o.*)) from process_deployment.command_outcome o where account_id = $1")).ShouldBeLessThan(1024);
    }
}
