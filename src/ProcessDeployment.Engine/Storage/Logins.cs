namespace ProcessDeployment.Engine.Storage;

/// <summary>
/// The logins an engine has, as connection strings. Where they differ, nobody who gets hold of the engine's own can alter
/// history: that takes the owner's, which is used only while the engine starts.
/// </summary>
/// <param name="App">For everything the engine does.</param>
/// <param name="Owner">For making tables and giving rights; the same as <paramref name="App"/> where there is one login only.</param>
/// <param name="Sealer">For writing the ledger.</param>
public sealed record Logins(string App, string Owner, string Sealer)
{
    /// <summary>One for everything: what most people have at first.</summary>
    public Logins(string only)
        : this(only, only, only)
    {
    }

    /// <summary>Whether the engine's own login has fewer rights than the owner.</summary>
    public bool AreApart => !string.Equals(App, Owner, StringComparison.Ordinal);
}
