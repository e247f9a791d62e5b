namespace ProcessDeployment.Browser.Tests.Deploying;

/// <summary>One of the two lists of the Attachments tab. Other tests register Atoms too, so it is narrowed where it can be.</summary>
internal sealed class AtomList(ILocator list)
{
    public ILocator Button => list.GetByRole(AriaRole.Button);

    public ILocator Text => list;

    public ILocator Entry(Thing atom) => list.GetByRole(AriaRole.Checkbox, new() { Name = atom.Name });

    private ILocator Narrow => list.GetByRole(AriaRole.Searchbox);

    public async Task SelectAsync(params Thing[] atoms)
    {
        foreach (var atom in atoms)
        {
            // More than a hundred are not listed: people type a part of the name.
            await Expect(Entry(atom).Or(Narrow).First).ToBeVisibleAsync();
            if (await Entry(atom).CountAsync() == 0) await Narrow.FillAsync(atom.Name);
            await Entry(atom).CheckAsync();
        }
    }
}
