using System.CommandLine;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using Command = System.CommandLine.Command;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Makes an environment.</summary>
internal static class CreateEnvironmentVerb
{
    public static Command Create(VerbServices services)
    {
        var name = new Argument<string>("name") { Description = "What people call it" };
        var classification = new Argument<string>("classification") { HelpName = "class", Description = "prod or test: which licences its Atoms use; fixed for its life" };
        classification.AcceptOnlyFromAmong("prod", "test");
        var order = new Option<int>("--order") { Description = "Its place, from 0; what names no environment is deployed to the first", HelpName = "n" };
        return new Verb("create-environment", "Make an environment", "create-environment Test test", "create-environment Production prod --order 1")
        {
            name, classification, order,
        }.Sends(services, (run, _) => Task.FromResult<(Contracts.Commands.Command, string)>((
            new CreateEnvironment { EnvironmentId = Guid.CreateVersion7(), Name = run.Get(name), Classification = run.Get(classification) == "test" ? Classification.Test : Classification.Production, Order = run.Get(order) },
            $"{run.Get(name)} is made")));
    }
}
