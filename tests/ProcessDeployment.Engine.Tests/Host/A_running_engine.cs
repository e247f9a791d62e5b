using System.Reflection;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Tests.Questions;

namespace ProcessDeployment.Engine.Tests.Host;

public sealed class A_running_engine(EngineFixture engine)
{
    /// <summary>Nobody can make it compile what it is not: after commands, projections, questions and messages no compiler is there.</summary>
    [Fact]
    public async Task has_no_compiler_in_it()
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(new RenameAtom { AtomId = shop.Production, Name = "renamed" });
        await shop.AskAsync("/audit");

        var loaded = AppDomain.CurrentDomain.GetAssemblies();

        loaded.Select(assembly => assembly.GetName().Name).ShouldAllBe(name => !name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) && !name.StartsWith("JasperFx.RuntimeCompiler", StringComparison.Ordinal));
        loaded.Where(assembly => !assembly.IsDynamic && assembly.Location.Length == 0).Select(assembly => assembly.GetName().Name).ShouldBeEmpty("what was compiled while it ran lies in no file");
        typeof(EngineFixture).Assembly.GetReferencedAssemblies().ShouldNotContain(name => name.Name!.Contains("CodeAnalysis", StringComparison.Ordinal));
        Directory.GetFiles(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!, "Microsoft.CodeAnalysis*.dll").ShouldBeEmpty("none is shipped");
    }
}
