using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Tests.Storage;

/// <summary>
/// A node tells by the revision of a script whether its own is older, so a changed text needs a higher one. Whoever changes a
/// script raises the number in its first line and writes the line that this test asks for into <c>scripts.txt</c>.
/// </summary>
public sealed class Scripts_of_the_schema
{
    [Fact]
    public void change_only_with_their_revision()
    {
        var listed = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Storage", "scripts.txt"));

        SchemaScript.All().Select(script => $"{script.Name} {script.Revision} {script.Hash}").ShouldBe(listed, ignoreOrder: true);
    }
}
