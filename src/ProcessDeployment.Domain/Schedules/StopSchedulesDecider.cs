using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Attachments;

namespace ProcessDeployment.Domain.Schedules;

/// <summary>Stops what is not stopped yet, of one Process on an Atom or of all. Stopped wins over suspended: it stays so until somebody resumes it.</summary>
public static class StopSchedulesDecider
{
    public static void Needs(StopSchedules command, Account account, Needs needs)
    {
        if (command.ProcessId is { } processId) AttachmentRules.Needs(new(processId, command.AtomId), account, needs);
        else
        {
            needs.Atom(command.AtomId);
            if (needs.ProcessesAttachedTo(command.AtomId)) needs.Attachment(OfAtom(command.AtomId, account));
        }
    }

    public static Decision Decide(StopSchedules command, Account account)
    {
        if (command.ProcessId is { } processId)
        {
            if (ScheduleRules.NotSchedulable(new(processId, command.AtomId), account) is { } refusal) return refusal;
        }
        else if (AtomRules.Unknown([command.AtomId], account) is { } unknown) return unknown;

        var events = (command.ProcessId is { } one ? [new(one, command.AtomId)] : OfAtom(command.AtomId, account))
            .Where(key => account.Attachments[key]?.Schedules is { Schedules.IsEmpty: false, Status: not ScheduleStatus.Stopped })
            .Select(key => new SchedulesStopped { ProcessId = key.ProcessId, AtomId = key.AtomId }).ToList();
        return events.Count == 0 ? Decision.Unchanged : Decision.Accepted(events);
    }

    internal static IEnumerable<AttachmentKey> OfAtom(Guid atomId, Account account) => account.AttachedTo[atomId].Select(processId => new AttachmentKey(processId, atomId));
}
