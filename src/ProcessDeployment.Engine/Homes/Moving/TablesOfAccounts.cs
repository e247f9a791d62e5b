using ProcessDeployment.Engine.ReadModels;

namespace ProcessDeployment.Engine.Homes.Moving;

/// <summary>
/// What becomes of each table that has rows of accounts when one of them moves: every table is here, and a test finds those that
/// are not. What is neither taken along nor made anew at the other home stays where it is, for the reason that stands beside it.
/// </summary>
internal static class TablesOfAccounts
{
    /// <summary>Replaced at the other home by what comes.</summary>
    public static IReadOnlyList<TakenTable> Replaced { get; } =
    [
        .. new[]
        {
            // What decisions look at.
            "component_state", "component_dependency", "atom_state", "attachment_state", "process_atom_state", "execution_state",
            "environment_state", "environment_use_state", "environment_atom_state", "environment_process_state", "webhook_state",
            "access_state", "access_use_state", "process_version", "process_version_mark", "licence_state", "licence_pool", "licence_holding",
            // What follows from no event.
            "repeat_answer", "api_key_use", "extension_secret", "webhook_secret",
            // Work that is not done yet, and what was done of it.
            "schedule_due", "retry_due", "webhook_delivery", "webhook_report",
        }.Select(name => new TakenTable("process_deployment", name)),
    ];

    /// <summary>Evidence: at the other home rows are added, and none is changed.</summary>
    public static IReadOnlyList<TakenTable> Added { get; } =
    [
        new("process_deployment", "command_outcome") { OnConflict = "on conflict do nothing" },
        new("process_deployment", "content") { OnConflict = "on conflict do nothing" },
        new("events", "mt_streams") { Account = "tenant_id", OnConflict = "on conflict (tenant_id, id) do update set version = excluded.version, timestamp = excluded.timestamp" },
    ];

    /// <summary>Its rows get numbers of the other home, as all events there.</summary>
    public static TakenTable Events { get; } = new("events", "mt_events") { Account = "tenant_id", Numbered = "seq_id", Order = "(headers ->> 'position')::bigint" };

    /// <summary>All that are in the file. Streams come before their events.</summary>
    public static IReadOnlyList<TakenTable> Taken { get; } = [.. Replaced, .. Added, Events];

    /// <summary>What still is to be done, and secrets: of no use where the account is not any more.</summary>
    public static IReadOnlyList<string> EmptiedWhenLeft { get; } = ["schedule_due", "retry_due", "webhook_delivery", "extension_secret", "webhook_secret"];

    /// <summary>Read models: the other home makes them of the events.</summary>
    public static IReadOnlyList<string> Derived { get; } = [.. ReadModelWriter.ReadModels.SelectMany(model => model.Tables)];

    /// <summary>The rest, each with why.</summary>
    public static IReadOnlyDictionary<string, string> Staying { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["account"] = "its row is made by the move, from what the file says of itself",
        ["account_move"] = "says where the account is as this home sees it",
        ["account_arrival"] = "says what came to this home",
        ["original_leaf"] = "follows from the redactions in the history",
        ["halted_account"] = "an account that stands still does not move",
        ["rebuild_job"] = "jobs are the operator's of each home",
        ["rebuild_left"] = "belongs to those jobs",
        ["dead_letter"] = "never became a command of the account; nobody verified whose they are",
        ["known_setting"] = "is about the engine of each home",
        ["export"] = "exports are pinned to checkpoints of the ledger here and signed with its key",
    };
}

/// <summary>A table whose rows of an account are taken along.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name, which no other of them has.</param>
internal sealed record TakenTable(string Schema, string Name)
{
    /// <summary>The column that says whose a row is.</summary>
    public string Account { get; init; } = "account_id";

    /// <summary>A column that each home fills by itself; null where there is none.</summary>
    public string? Numbered { get; init; }

    /// <summary>By what its rows are ordered in the file; null where it does not matter.</summary>
    public string? Order { get; init; }

    /// <summary>What becomes of a row that is there already.</summary>
    public string OnConflict { get; init; } = "";

    /// <summary>As statements name it.</summary>
    public string InSql => $"{Schema}.{Name}";

    /// <summary>Its file in the archive.</summary>
    public string File => $"tables/{Name}.jsonl";
}
