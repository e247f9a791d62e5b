using System.CommandLine;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using Command = System.CommandLine.Command;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Makes an Atom known.</summary>
internal static class RegisterAtomVerb
{
    public static Command Create(VerbServices services)
    {
        var name = new Argument<string>("name") { Description = "Name that people see" };
        var id = new Option<Guid?>("--atom-id") { Description = "Id of the Atom [default: a new one]", HelpName = "uuid" };
        var host = VerbArguments.Text("--host", "The machine it runs on");
        var type = new Option<AtomType?>("--type") { Description = "Atom, Molecule or Cloud [default: Atom]", HelpName = "type" };
        var zone = VerbArguments.Text("--time-zone", "IANA time zone of its schedules [default: UTC]");
        return new Verb("register-atom", "Make an Atom known", "register-atom \"Berlin Production\" --host int-ber-01 --time-zone Europe/Berlin")
        {
            name, id, host, type, zone,
        }.Sends(services, (run, _) =>
        {
            var atomId = run.Get(id) ?? Guid.CreateVersion7();
            return Task.FromResult<(Contracts.Commands.Command, string)>((
                new RegisterAtom { AtomId = atomId, Name = run.Get(name), HostName = run.Get(host), AtomType = run.Get(type), TimeZone = run.Get(zone) },
                $"Atom {run.Get(name)} is registered as {atomId}"));
        });
    }
}
