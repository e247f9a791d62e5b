using System.CommandLine;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using Command = System.CommandLine.Command;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Says how many connection licences were purchased.</summary>
internal static class SetLicencesVerb
{
    public static Command Create(VerbServices services)
    {
        var @class = new Argument<ConnectorClass>("class") { HelpName = "class", Description = "standard, smallBusiness, enterprise or tradingPartner" };
        var production = new Option<int?>("--production") { Description = "Licences for production", HelpName = "n" };
        var test = new Option<int?>("--test") { Description = "Licences for tests", HelpName = "n" };
        return new Verb("set-licences", "Say how many connection licences of a class were purchased", "set-licences standard --production 20 --test 10")
        {
            @class, production, test,
        }.Sends(services, (run, _) => Task.FromResult<(Contracts.Commands.Command, string)>((
            new SetLicences { Class = run.Get(@class), Production = run.Get(production), Test = run.Get(test) },
            $"Licences of class {run.Get(@class)} are set")));
    }
}
