using ProcessDeployment.Fuzzing.Harness;
using ProcessDeployment.Fuzzing.Targets;

var options = FuzzOptions.Parse(args);
var wanted = options.Targets is ["all"] ? AllTargets.Targets : [.. AllTargets.Targets.Where(target => options.Targets.Contains(target.Name))];
if (wanted.Count == 0)
{
    Console.WriteLine($"""
        ProcessDeployment.Fuzzing <target>… [--executions 1000000] [--seed number] [--only execution]

          all, or some of: {string.Join(", ", AllTargets.Targets.Select(target => target.Name))}

        The executions are shared among the targets by what each costs. Exit code: 0 nothing was found, 1 something was.
        """);
    return 2;
}

Console.WriteLine($"seed {options.Seed}");
var weights = wanted.Sum(target => target.Weight);
var (all, found) = (0L, 0);
foreach (var target in wanted)
{
    var run = new FuzzRun(target, options.Seed).Run(options.Only is null ? (options.Executions * target.Weight + weights - 1) / weights : 1, options.Only ?? 0);
    (all, found) = (all + run.Executions, found + run.Findings.Count);
    Console.WriteLine(FormattableString.Invariant(
        $"{target.Name,-12} {run.Executions,12:n0} executions {run.Took.TotalSeconds,7:0.0} s, slowest {run.Slowest.Took.TotalMilliseconds,7:0.0} ms ({run.Slowest.Execution}), found {run.Findings.Count}"));
    Console.WriteLine($"             {string.Join(", ", run.Tally.OrderByDescending(became => became.Value).Take(8).Select(became => FormattableString.Invariant($"{became.Key} {became.Value:n0}")))}");
    foreach (var finding in run.Findings) Console.WriteLine(finding);
}

Console.WriteLine(FormattableString.Invariant($"all          {all,12:n0} executions, found {found}"));
return found == 0 ? 0 : 1;
