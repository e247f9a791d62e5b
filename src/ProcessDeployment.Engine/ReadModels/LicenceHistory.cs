using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Licences;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>What was purchased, and how strictly that was enforced. A pool without a row was never set and is not audited.</summary>
public sealed class LicenceHistory : IReadModel
{
    private const string ClosePools = """
        update process_deployment.licence_pool_history h set valid_to = p.position
        from unnest(^, ^, ^, ^) as p(account_id, class, classification, position)
        where h.account_id = p.account_id and h.class = p.class and h.classification = p.classification and h.valid_to is null
        """;

    private const string InsertPools = """
        insert into process_deployment.licence_pool_history
        select * from unnest(^, ^, ^, ^, ^, ^, ^, ^) as p(account_id, class, classification, valid_from, valid_to, purchased, set_by, set_at)
        """;

    private const string CloseMode = """
        update process_deployment.licence_mode_history h set valid_to = m.position
        from unnest(^, ^) as m(account_id, position) where h.account_id = m.account_id and h.valid_to is null
        """;

    private const string InsertMode = """
        insert into process_deployment.licence_mode_history
        select * from unnest(^, ^, ^, ^, ^, ^) as m(account_id, valid_from, valid_to, mode, set_by, set_at)
        """;

    public IReadOnlyList<string> Tables => ["licence_pool_history", "licence_mode_history"];

    public void Write(ReadModelPage page, PageSql sql)
    {
        Pools(Timeline.Of(page.Of<LicencesPurchased>().SelectMany(PurchasesOf), p => (p.Recorded.AccountId, p.Class, p.Classification), p => p.Recorded.Position), sql);
        Modes(Timeline.Of(page.Of<LicenceEnforcementChanged>(), m => m.Recorded.AccountId, m => m.Recorded.Position), sql);
    }

    private static void Pools(List<Step<Purchase>> steps, PageSql sql)
    {
        sql.Execute(ClosePools, Rows.Of(steps.FindAll(s => s.First))
            .Text(s => s.Item.Recorded.AccountId).Text(s => s.Item.Class).Text(s => s.Item.Classification).Position(s => s.Item.Recorded.Position));
        sql.Execute(InsertPools, Rows.Of(steps)
            .Text(s => s.Item.Recorded.AccountId)
            .Text(s => s.Item.Class)
            .Text(s => s.Item.Classification)
            .Position(s => s.Item.Recorded.Position)
            .OptionalPosition(s => s.ValidTo)
            .Number(s => s.Item.Count)
            .Text(s => s.Item.Recorded.Actor)
            .Time(s => s.Item.Recorded.Time));
    }

    private static void Modes(List<Step<(Recorded Recorded, LicenceEnforcementChanged Event)>> steps, PageSql sql)
    {
        sql.Execute(CloseMode, Rows.Of(steps.FindAll(s => s.First)).Text(s => s.Item.Recorded.AccountId).Position(s => s.Item.Recorded.Position));
        sql.Execute(InsertMode, Rows.Of(steps)
            .Text(s => s.Item.Recorded.AccountId)
            .Position(s => s.Item.Recorded.Position)
            .OptionalPosition(s => s.ValidTo)
            .Text(s => WireWord.Of(s.Item.Event.Mode))
            .Text(s => s.Item.Recorded.Actor)
            .Time(s => s.Item.Recorded.Time));
    }

    /// <summary>One event may set both pools of a class; a count left out leaves its pool as it was.</summary>
    private static IEnumerable<Purchase> PurchasesOf((Recorded Recorded, LicencesPurchased Event) purchased)
    {
        var @class = WireWord.Of(purchased.Event.Class);
        if (purchased.Event.Production is { } production) yield return new(purchased.Recorded, @class, WireWord.Of(Classification.Production), production);
        if (purchased.Event.Test is { } test) yield return new(purchased.Recorded, @class, WireWord.Of(Classification.Test), test);
    }

    private sealed record Purchase(Recorded Recorded, string Class, string Classification, int Count);
}
