using System.Text;
using ProcessDeployment.Engine.ReadModels;
using ProcessDeployment.Engine.Rebuild.Folds;
using ProcessDeployment.Engine.Rebuild.Proof;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Rebuild;

/// <summary>Something that can be rebuilt from events, and held against them.</summary>
/// <param name="Name">What operators call it.</param>
/// <param name="Script">Makes its tables.</param>
/// <param name="Writer">What writes it page by page; null for current state, which is written with the events themselves.</param>
/// <param name="Proofs">What its tables must hold.</param>
internal sealed record RebuildModel(string Name, string Script, IReadModel? Writer, IReadOnlyList<TableProof> Proofs)
{
    public const string CurrentState = "current-state";

    private static readonly Dictionary<Type, IReadOnlyList<TableProof>> Proved = new()
    {
        [typeof(ComponentHistory)] = [HistoryProofs.Components],
        [typeof(ComponentReferences)] = [HistoryProofs.References],
        [typeof(AtomHistory)] = [HistoryProofs.Atoms],
        [typeof(EnvironmentHistory)] = [EnvironmentProofs.History, EnvironmentProofs.Use],
        [typeof(EnvironmentMembers)] = [EnvironmentProofs.Atoms, EnvironmentProofs.Processes],
        [typeof(EnvironmentVersions)] = [EnvironmentProofs.Versions],
        [typeof(Attachments)] = [HistoryProofs.Attachments],
        [typeof(Downloads)] = [HistoryProofs.Downloads],
        [typeof(ExtensionHistory)] = [HistoryProofs.Extensions],
        [typeof(Schedules)] = [HistoryProofs.ScheduleLists, HistoryProofs.ScheduleStatuses],
        [typeof(Listeners)] = [HistoryProofs.Listeners],
        [typeof(Executions)] = [HistoryProofs.Executions],
        [typeof(WebhookHistory)] = [HistoryProofs.Webhooks],
        [typeof(VersionHistory)] = [HistoryProofs.Versions],
        [typeof(PinnedComponents)] = [HistoryProofs.Pins],
        [typeof(LicenceHistory)] = [HistoryProofs.Pools, HistoryProofs.Mode],
        [typeof(ProcessList)] = [ListProofs.Processes],
        [typeof(ProcessNames)] = [ListProofs.Names],
        [typeof(ProcessNameHistory)] = [HistoryProofs.ProcessNames],
        [typeof(AuditEntries)] = [AuditProofs.Entries, AuditProofs.Atoms],
        [typeof(ReadPositions)] = [ListProofs.Position],
    };

    /// <summary>Folds every event of an account in memory; null for models that are rebuilt page by page.</summary>
    public Func<IFold>? Fold { get; init; }

    /// <summary>Another form for its tables than that of its script: a new one is built beside the old and put in its place.</summary>
    public string? Form { get; init; }

    /// <summary>Of what makes its tables.</summary>
    public string ScriptHash => Form is null ? SchemaScript.All().Single(script => script.Name == Script).Hash : new SchemaScript(Script, Form).Hash;

    /// <summary>Models that share statements are rebuilt together.</summary>
    public string? Together { get; init; }

    /// <summary>Positions of read models are what everything else is brought to: they are proved, not rebuilt.</summary>
    public bool IsRebuilt => Writer is not ReadPositions;

    public IReadOnlyList<string> Tables => Writer?.Tables ?? [.. Proofs.Select(proof => proof.Table)];

    /// <summary>All of them: the read models in the order in which they need each other, then current state.</summary>
    public static IReadOnlyList<RebuildModel> All { get; } =
        [.. ReadModelWriter.ReadModels.Select(Of), new(CurrentState, "010-current-state.sql", null, CurrentStateProofs.All)];

    /// <summary>Those of the names, with what must be rebuilt together with them.</summary>
    public static IReadOnlyList<RebuildModel> Of(IReadOnlyCollection<string> names)
    {
        var asked = All.Where(model => names.Contains(model.Name)).ToList();
        return [.. All.Where(model => asked.Contains(model) || asked.Exists(other => other.Together is not null && other.Together == model.Together))];
    }

    private static RebuildModel Of(IReadModel writer)
    {
        var type = writer.GetType();
        return new(NameOf(type), $"{type.Name}.sql", writer, Proved.GetValueOrDefault(type, [])) { Fold = FoldOf(writer), Together = writer is ProcessList or ProcessNames ? "list" : null };
    }

    /// <summary>The names of Processes come out of the fold of their list.</summary>
    private static Func<IFold>? FoldOf(IReadModel writer) => writer switch
    {
        Attachments => () => new AttachmentsFold(),
        ProcessList => () => new ProcessListFold(),
        ProcessNames => () => NoFold.Instance,
        _ => null,
    };

    /// <summary>The names they go by are those of their files.</summary>
    private static string NameOf(Type type)
    {
        var name = new StringBuilder();
        foreach (var letter in type.Name)
        {
            if (char.IsUpper(letter) && name.Length > 0) name.Append('-');
            name.Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }
}
