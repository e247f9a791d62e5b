using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Domain.Access;

/// <summary>Whether a command may be judged at all: who sent it, whether its actor may, and whether a rule of changes stands against it. Asked once, before every decision, whatever the channel.</summary>
public static class AccessRules
{
    public static void Needs(Command command, Account account, Needs needs)
    {
        if (!needs.AllAccess()) return;
        if (account.KnownAccess().AsksWhere() && AccessScope.IsSomewhere(command)) AccessScope.Needs(command, account, needs);
        ChangeRulesJudge.Needs(command, account, needs);
    }

    /// <summary>Why not; null when it may be judged. Where nobody says on whose word it comes nothing is asked.</summary>
    public static Denial? Denies(Command command, Account account, Occasion occasion)
    {
        if (occasion.By is not { } by) return null;
        var access = account.KnownAccess();
        return Sent(command, by, access) ?? Allowed(command, account, by, access) ?? ChangeRulesJudge.Denies(command, account, occasion);
    }

    /// <summary>An answer like every refusal, and an attempt that auditors ask about.</summary>
    public static Decision Refused(Denial denial, string act, IReadOnlyList<Guid> subjects) => Decision.Refused(
        new(denial.Code, denial.Message, denial.Details),
        new AccessDenied { Act = act, Code = denial.Code, Message = denial.Message, Privilege = denial.Privilege, Subjects = [.. subjects.Distinct().Take(ProcessesDetails.MostInUse)] });

    private static Denial? Sent(Command command, Authority by, AccessState access)
    {
        if (by.Sender is not { } sender) return null;
        if (access.Rules.SignedOnly && sender.Signer is null)
            return new(RefusalCodes.SignatureRequired, sender.Login is null ? "The account takes commands over a bus only when a registered producer signed them." : $"The account takes commands over a bus only when a registered producer signed them; {sender.Login} did not.");
        if (access.Producers.IsEmpty && !access.Rules.SignedOnly) return null;
        // Several may come in with one login; then it may send what any of them may.
        List<Producer> senders = sender.Signer is { } signer
            ? access.Producers.GetValueOrDefault(signer) is { PublicKey: not null } known ? [known] : []
            : [.. access.Producers.Values.Where(other => other.Login is not null && other.Login == sender.Login)];
        if (senders.Count == 0) return new(RefusalCodes.UnknownProducer, $"{sender.Login ?? "Whoever sent this"} is no producer of the account. Those that are have a login or sign.");
        var type = WireNameAttribute.Of(command.GetType());
        return senders.TrueForAll(producer => producer.CommandTypes?.Contains(type) is false) ? new(RefusalCodes.TypeNotAllowed, $"{senders[0].Name} may not send {type}.") : null;
    }

    private static Denial? Allowed(Command command, Account account, Authority by, AccessState access)
    {
        if (by.Kind == AuthorityKind.Operator) return null;
        if (by.Kind == AuthorityKind.Atom) return command is IReportOfAtom report && report.AtomId == by.Id ? null : new(RefusalCodes.NotAllowed, $"Atom {by.Id} may report of itself and nothing else.");
        if (CommandPrivileges.Of(command) is not { } privilege) return new(RefusalCodes.NotAllowed, "Nobody sends this.");
        if (access.GrantsOf(by, command.Actor) is not { } grants || access.Hold(grants, privilege)) return null;
        var scopes = access.AsksWhere() && AccessScope.IsSomewhere(command) ? AccessScope.All(command, account) : [];
        var missing = scopes.Where(environmentId => !access.Hold(grants, privilege, environmentId)).ToList();
        if (scopes.Count > 0 && missing.Count == 0) return null;
        Guid? scope = missing.Count > 0 ? missing[0] : null;
        var where = scope is { } id && account.KnownEnvironments().Live(id) is { } environment ? $" in {environment.Name}" : "";
        return new(RefusalCodes.NotAllowed, $"{command.Actor} may not: none of the roles of {command.Actor} holds {privilege.WireName()}{where}.", new PrivilegeDetails(privilege, scope), privilege);
    }
}

/// <summary>Why a command is not even judged.</summary>
/// <param name="Code">The refusal code.</param>
/// <param name="Message">In words.</param>
/// <param name="Details">What the caller needs to act.</param>
/// <param name="Privilege">The privilege that is missing, if that is why.</param>
public sealed record Denial(string Code, string Message, RefusalDetails? Details = null, Privilege? Privilege = null);
