using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Atoms;

/// <summary>Several tokens at a time, so that an Atom can change over from one to the next without a gap.</summary>
public static class IssueAtomTokenDecider
{
    public static void Needs(IssueAtomToken command, Needs needs) => needs.Atom(command.AtomId);

    public static Decision Decide(IssueAtomToken command, Account account)
    {
        if (AtomRules.Unknown([command.AtomId], account) is { } unknown) return unknown;

        var atom = account.LiveAtom(command.AtomId)!;
        var token = new AtomToken(command.TokenId, command.SecretHash, command.ExpiresAt);
        if (atom.Tokens?.FirstOrDefault(known => known.TokenId == command.TokenId) is { } known)
            return known == token ? Decision.Unchanged : new Refusal(RefusalCodes.TokenExists, $"{atom.Name} has another token {command.TokenId}.");
        if (atom.Tokens?.Count >= Limits.AtomTokens)
            return new Refusal(RefusalCodes.TooManyTokens, $"{atom.Name} has {Limits.AtomTokens} tokens, which is the most. Revoke one that is not used any more.");
        return new AtomTokenIssued { AtomId = command.AtomId, TokenId = command.TokenId, SecretHash = command.SecretHash, ExpiresAt = command.ExpiresAt };
    }
}
