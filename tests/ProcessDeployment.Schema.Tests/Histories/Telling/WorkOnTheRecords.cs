using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Operations;
using static ProcessDeployment.Schema.Tests.Histories.Telling.Teller;

namespace ProcessDeployment.Schema.Tests.Histories.Telling;

/// <summary>What was done with the records of an account; and an event that cannot be read, which somebody had passed over.</summary>
internal static class WorkOnTheRecords
{
    private const string Operator = "operator";

    private static readonly Guid Berlin = Id("b1", 1), Job = Id("d7", 1);

    public static void Tell(Teller teller)
    {
        teller.Send(new RegisterAtom { AtomId = Berlin, Name = "Berlin" });
        teller.Send(new RenameAtom { AtomId = Berlin, Name = "Hamburg" });
        teller.Send(new RenameAtom { AtomId = Berlin, Name = "Bremen" });
        teller.Damage(data =>
        {
            data.Remove("name");
            return data;
        });
        Note(teller, new EventSkipped { EventPosition = teller.Position, EventStream = teller.StreamOfTheLast, EventType = teller.TypeOfTheLast, Reason = "its name was lost" });
        Note(teller, new SettingsChanged { Changes = [new("Limits__CommandsPerSecond", Former: null, "100"), new("Identity__ApiKeys", "on", Today: null)] });
        Note(teller, new RebuildStarted { JobId = Job, Models = ["atom-list", "audit"], VerifyOnly = true });
        Note(teller, new RebuildEnded { JobId = Job, Result = "differs", Differences = 2, Detail = "two rows" });
        Note(teller, new ExportMade { ExportId = "2026-01-01..2026-01-05", FirstPosition = 1, LastPosition = 5, Checkpoint = 7 });
        Note(teller, new ExportRead { ExportId = "2026-01-01..2026-01-05" });
        Note(teller, new PersonalDataRedacted { EventPosition = 2, LeafHash = new('e', 64), Becomes = new('f', 64), Fields = ["actor", "name"], Reason = "asked for by its owner" });
        teller.Send(new RegisterAtom { AtomId = Id("b1", 2), Name = "Paris" });
    }

    private static void Note(Teller teller, OperationEvent happened) => teller.Send(new RecordOperation { Happened = happened }, Operator);
}
