using System.Reflection;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>The tables of the read models, a script beside each; every script can be run again.</summary>
public static class ReadModelSchema
{
    public const string Name = "process_deployment";

    public static IEnumerable<string> Scripts()
    {
        foreach (var readModel in ReadModelWriter.ReadModels)
        {
            using var script = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"{readModel.GetType().FullName}.sql")!);
            yield return script.ReadToEnd();
        }
    }
}
