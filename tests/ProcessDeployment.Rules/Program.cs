using ProcessDeployment.Tests.Coverage;

// Beside this program's folder lie those of the test projects: bin/<project>/<configuration>/<project>.dll.
var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
var assemblies = here.Parent!.Parent!.EnumerateDirectories("*.Tests")
    .Select(project => Path.Combine(project.FullName, here.Name, project.Name + ".dll"))
    .Where(File.Exists)
    .Order(StringComparer.Ordinal);
var report = Report.Of(assemblies);

foreach (var line in report.Lines) Console.WriteLine(line);
foreach (var problem in report.Problems) Console.Error.WriteLine(problem);
return report.Problems.Count == 0 ? 0 : 1;
