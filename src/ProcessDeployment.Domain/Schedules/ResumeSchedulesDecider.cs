using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Attachments;

namespace ProcessDeployment.Domain.Schedules;

/// <summary>Puts schedules to work again, of one Process on an Atom or of all. Of all, what is a listener now is left as it is.</summary>
public static class ResumeSchedulesDecider
{
    public static void Needs(ResumeSchedules command, Account account, Needs needs)
    {
        if (command.ProcessId is { } processId)
        {
            AttachmentRules.Needs(new(processId, command.AtomId), account, needs);
            return;
        }

        needs.Atom(command.AtomId);
        if (!needs.ProcessesAttachedTo(command.AtomId)) return;
        foreach (var key in StopSchedulesDecider.OfAtom(command.AtomId, account))
        {
            needs.Attachment(key);
            if (account.Attachments.GetValueOrDefault(key) is { } attachment && Rest(attachment)) AttachmentRules.Needs(key, account, needs);
        }
    }

    public static Decision Decide(ResumeSchedules command, Account account)
    {
        if (command.ProcessId is { } processId)
        {
            if (ScheduleRules.NotSchedulable(new(processId, command.AtomId), account) is { } refusal) return refusal;
            return Resumed([new(processId, command.AtomId)], account);
        }

        return AtomRules.Unknown([command.AtomId], account) is { } unknown ? unknown : Resumed(StopSchedulesDecider.OfAtom(command.AtomId, account), account);
    }

    private static Decision Resumed(IEnumerable<AttachmentKey> keys, Account account)
    {
        var events = keys
            .Where(key => Rest(account.Attachments[key]) && ScheduleRules.NotSchedulable(key, account) is null)
            .Select(key => new SchedulesResumed { ProcessId = key.ProcessId, AtomId = key.AtomId }).ToList();
        return events.Count == 0 ? Decision.Unchanged : Decision.Accepted(events);
    }

    private static bool Rest(Attachment? attachment) => attachment?.Schedules is { Schedules.IsEmpty: false, Status: not ScheduleStatus.Enabled };
}
