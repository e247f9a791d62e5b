using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Questions;

/// <summary>Whether a Process on an Atom takes requests; said only where the version that is effective there listens.</summary>
internal static class Listening
{
    /// <summary>Beside the version <c>v</c>: the status, and the position of the last pause, resumption or restart.</summary>
    public const string Columns = "case when v.start_step = 'listener' then coalesce(ls.status, 'RUNNING') end, case when v.start_step = 'listener' then ls.valid_from end";

    /// <summary>Of an attachment <c>t</c>.</summary>
    public static string Join(Moment at) =>
        $"left join process_deployment.listener_status ls on ls.account_id = $1 and ls.process_id = t.process_id and ls.atom_id = t.atom_id and {at.Holds("ls")}";
}
