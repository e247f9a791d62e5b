using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Atoms;

/// <summary>One that is not there is refused: whoever mistyped the id must not believe that the token was revoked.</summary>
public static class RevokeAtomTokenDecider
{
    public static void Needs(RevokeAtomToken command, Needs needs) => needs.Atom(command.AtomId);

    public static Decision Decide(RevokeAtomToken command, Account account)
    {
        if (AtomRules.Unknown([command.AtomId], account) is { } unknown) return unknown;

        var atom = account.LiveAtom(command.AtomId)!;
        return atom.Tokens?.Any(token => token.TokenId == command.TokenId) == true
            ? new AtomTokenRevoked { AtomId = command.AtomId, TokenId = command.TokenId }
            : new Refusal(RefusalCodes.UnknownToken, $"{atom.Name} has no token {command.TokenId}.");
    }
}
