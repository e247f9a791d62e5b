using System.Net;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.AtomSphere;

public sealed class Changing_the_status_of_listeners(EngineFixture engine)
{
    private const string Type = "ChangeListenerStatusRequest";

    [Theory, InlineData(false), InlineData(true)]
    public async Task pauses_and_resumes_one_or_all_on_an_Atom(bool xml)
    {
        var account = await engine.NewAccountAsync();
        var (listener, plain, atom) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await account.SendAsync(new SaveComponentV2 { ComponentId = listener, ComponentType = "process", Name = "Orders in", StartStep = StartStep.Listener });
        await account.SendAsync(new SaveComponentV2 { ComponentId = plain, ComponentType = "process", Name = "Nightly", StartStep = StartStep.Schedule });
        await account.SendAsync(new RegisterAtom { AtomId = atom, Name = "Berlin" });
        foreach (var process in (Guid[])[listener, plain])
        {
            await account.SendAsync(new AttachAtoms { ProcessId = process, AtomIds = [atom] });
            await account.SendAsync(new DeployProcess { ProcessId = process });
        }

        var client = new PlatformClient(account, xml);

        (await client.PostObjectAsync("changeListenerStatus", Type, ("containerId", $"{atom}"), ("listenerId", $"{listener}"), ("action", "pause"))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync()).ShouldBe("PAUSED");
        (await client.PostObjectAsync("changeListenerStatus", Type, ("containerId", $"{atom}"), ("action", "resume_all"))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync()).ShouldBe("RUNNING");
        (await client.PostObjectAsync("changeListenerStatus", Type, ("containerId", $"{atom}"), ("action", "restart_all"))).ShouldBe(HttpStatusCode.OK);
        (await client.PostObjectAsync("changeListenerStatus", Type, ("containerId", $"{atom}"), ("listenerId", $"{plain}"), ("action", "pause"))).ShouldRefuse(HttpStatusCode.BadRequest, "not-a-listener");
        (await client.PostObjectAsync("changeListenerStatus", Type, ("containerId", $"{atom}"), ("listenerId", $"{listener}"), ("action", "pause_all"))).ShouldRefuse(HttpStatusCode.BadRequest, "listenerId");
        (await client.PostObjectAsync("changeListenerStatus", Type, ("containerId", $"{atom}"), ("action", "explode"))).ShouldRefuse(HttpStatusCode.BadRequest, "action", "pause_all");
        (await client.PostObjectAsync("changeListenerStatus", Type, ("action", "pause_all"))).ShouldRefuse(HttpStatusCode.BadRequest, "containerId");

        async Task<string?> StatusAsync() => (await account.AskNowAsync($"/processes/{listener}/atoms/{atom}")).Text("listenerStatus");
    }
}
