namespace ProcessDeployment.Engine.Questions.Asking;

/// <summary>
/// The one place that says which moment a question is about. Histories keep ranges of positions, [valid_from, valid_to):
/// what holds now has no end yet, what held then had begun and not ended. So each question is written once; only where the
/// present is kept ready (<c>process_list</c>, <c>process_name</c>) the past is made of the histories instead.
/// </summary>
internal abstract class Moment
{
    public static readonly Moment Now = new Present();

    /// <summary>The position that every statement of a question has as its second parameter.</summary>
    public static readonly Moment Then = At("$2");

    /// <summary>The position that the answer shows.</summary>
    public abstract string Position { get; }

    /// <summary>The moment of a position that is a column of the statement.</summary>
    public static Moment At(string position) => new Past(position);

    /// <summary>The live Processes: <c>process_id</c>, <c>name_key</c>, <c>folder_key</c>.</summary>
    public abstract string ProcessNames { get; }

    /// <summary>A condition: the Process under this alias is in a folder or below it.</summary>
    public abstract string IsBelow(string alias, string folder);

    /// <summary>A condition: the row of a history holds.</summary>
    public abstract string Holds(string alias);

    /// <summary>A condition: it had come to this position.</summary>
    public abstract string Reached(string position);

    /// <summary>A condition: the Process under this alias is bold.</summary>
    public abstract string Revised(string alias);

    /// <summary>Joins the name of a live Process: <c>process_id</c> and <c>name_key</c>.</summary>
    public abstract string ProcessName(string alias, string processId);

    /// <summary>When a Process runs next by its schedules, on an Atom or on any: what is to come is told from now on only, it is no record.</summary>
    public abstract string NextRun(string processId, string? atomId = null);

    /// <summary>Joins a live Process as lists show it.</summary>
    public abstract string Process(string alias, string processId);

    /// <summary>Joins what a component is, deleted ones too; found at the end of its key.</summary>
    public string Component(string alias, string id) => $"cross join lateral ({Last("component_history", "component_id", id)}) {alias}";

    /// <summary>The same for what may never have been saved.</summary>
    public string ComponentIfAny(string alias, string id) => $"left join lateral ({Last("component_history", "component_id", id)}) {alias} on true";

    /// <summary>Joins what an Atom is, deleted ones too.</summary>
    public string Atom(string alias, string id) => $"cross join lateral ({Last("atom_history", "atom_id", id)}) {alias}";

    /// <summary>Joins the current version of a Process, if there is one.</summary>
    public string CurrentVersion(string alias, string processId) => $"left join lateral ({Last("version_history", "process_id", processId)}) {alias} on true";

    /// <summary>
    /// Joins the version that is effective for an attachment, if one is: that of the environment by which it is attached, else the
    /// current version. Who deployed it and when are those of the deployment or promotion that made it effective.
    /// </summary>
    public string EffectiveVersion(string alias, string attachment) => $"""
        left join lateral (
            (select h.version_number, h.deployed_at, h.deployed_by, h.note, h.reason, h.digest, h.manifest, h.extensions, h.start_step
             from process_deployment.version_history h
             where {attachment}.environment_id is null and h.account_id = $1 and h.process_id = {attachment}.process_id and {Reached("h.valid_from")}
             order by h.valid_from desc limit 1)
            union all
            select e.version_number, e.deployed_at, e.deployed_by, e.note, e.reason, h.digest, h.manifest, h.extensions, h.start_step
            from process_deployment.environment_version e
            join process_deployment.version_history h on h.account_id = $1 and h.process_id = e.process_id and h.version_number = e.version_number
            where e.account_id = $1 and e.process_id = {attachment}.process_id and e.environment_id = {attachment}.environment_id and {Holds("e")}) {alias} on true
        """;

    /// <summary>A condition: some version is effective for an attachment.</summary>
    public string IsEffective(string attachment) => $"""
        case when {attachment}.environment_id is null then exists (
            select from process_deployment.version_history v where v.account_id = $1 and v.process_id = {attachment}.process_id and {Reached("v.valid_from")})
        else exists (
            select from process_deployment.environment_version v
            where v.account_id = $1 and v.process_id = {attachment}.process_id and v.environment_id = {attachment}.environment_id and {Holds("v")}) end
        """;

    /// <summary>Joins what an environment is, deleted ones too.</summary>
    public string Environment(string alias, string id) => $"cross join lateral ({Last("environment_history", "environment_id", id)}) {alias}";

    /// <summary>The last row of a history, by the end of its key.</summary>
    private string Last(string history, string key, string id) => $"""
        select * from process_deployment.{history} h
        where h.account_id = $1 and h.{key} = {id} and {Reached("h.valid_from")} order by h.valid_from desc limit 1
        """;

    private sealed class Present : Moment
    {
        public override string Position => "coalesce((select r.position from process_deployment.read_position r where r.account_id = $1), 0)";

        public override string ProcessNames => "process_deployment.process_name";

        public override string IsBelow(string alias, string folder) =>
            $"{alias}.folder_key = any(array(with recursive {Folders.Present} select f.folder_key from folders f where {Folders.IsBelow("f.folder", folder)}))";

        public override string Holds(string alias) => $"{alias}.valid_to is null";

        public override string Reached(string position) => "true";

        public override string Revised(string alias) => $"{alias}.revised";

        public override string ProcessName(string alias, string processId) => Listed("process_name", alias, processId);

        public override string Process(string alias, string processId) => Listed("process_list", alias, processId);

        public override string NextRun(string processId, string? atomId = null) => $"""
            (select min(d.due) from process_deployment.schedule_due d
             where d.account_id = $1 and d.process_id = {processId}{(atomId is null ? "" : $" and d.atom_id = {atomId}")})
            """;

        private static string Listed(string table, string alias, string processId) =>
            $"join process_deployment.{table} {alias} on {alias}.account_id = $1 and {alias}.process_id = {processId}";
    }

    private sealed class Past(string position) : Moment
    {
        public override string Position => position;

        public override string ProcessNames =>
            $"(select h.account_id, h.process_id, h.name_key, h.folder_key from process_deployment.process_name_history h where {Holds("h")})";

        public override string IsBelow(string alias, string folder) =>
            $"exists (select from (select) one {Component("c", $"{alias}.process_id")} where {Folders.IsBelow("c.folder", folder)})";

        public override string Holds(string alias) => $"{alias}.valid_from <= {Position} and ({alias}.valid_to is null or {alias}.valid_to > {Position})";

        public override string Reached(string position) => $"{position} <= {Position}";

        public override string Revised(string alias) => ProcessRow.Revised(this, $"{alias}.process_id");

        public override string ProcessName(string alias, string processId) => $"""
            join process_deployment.process_name_history {alias} on {alias}.account_id = $1 and {alias}.process_id = {processId} and {Holds(alias)}
            """;

        public override string NextRun(string processId, string? atomId = null) => "null::timestamptz";

        public override string Process(string alias, string processId) => ProcessRow.Join(this, alias, processId, "not c.deleted");
    }
}

/// <summary>The text of a statement, for the present and for the past.</summary>
internal sealed class MomentSql(Func<Moment, string> at)
{
    private string? _now;
    private string? _then;

    public string At(Moment moment) => moment == Moment.Now ? _now ??= at(moment) : _then ??= at(moment);
}
