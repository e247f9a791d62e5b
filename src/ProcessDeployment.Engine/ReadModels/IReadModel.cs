namespace ProcessDeployment.Engine.ReadModels;

/// <summary>Tables that answer questions. A page of events of any number of accounts becomes a few set-based statements.</summary>
public interface IReadModel
{
    /// <summary>The tables it owns, without the schema.</summary>
    IReadOnlyList<string> Tables { get; }

    /// <summary>Adds the statements that bring its tables from before the page to after it.</summary>
    void Write(ReadModelPage page, PageSql sql);
}
