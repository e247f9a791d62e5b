using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Operations;
using static ProcessDeployment.Schema.Tests.Histories.Telling.Teller;

namespace ProcessDeployment.Schema.Tests.Histories.Telling;

/// <summary>An account that was moved to another home, and back.</summary>
internal static class Moves
{
    private static readonly Guid Berlin = Id("b1", 1);

    public static void Tell(Teller teller)
    {
        teller.Send(new RegisterAtom { AtomId = Berlin, Name = "Berlin" });
        Move(teller, "main", "eu", 1);
        teller.Send(new RenameAtom { AtomId = Berlin, Name = "Hamburg" });
        Move(teller, "eu", "main", 2);
        teller.Send(new RenameAtom { AtomId = Berlin, Name = "Bremen" });
    }

    private static void Move(Teller teller, string from, string to, int epoch) => teller.Send(
        new RecordOperation
        {
            Happened = new AccountMoved { FromHome = from, ToHome = to, FromLedger = Id("1e", epoch), Checkpoint = 7 * epoch, Size = teller.Position, Root = new((char)('a' + epoch), 64), Epoch = epoch },
        },
        "operator");
}
