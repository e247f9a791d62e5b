using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.CommandLine.Output;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Redaction;
using ParseResult = System.CommandLine.ParseResult;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Takes personal data out of the history: an owner's act, with the owner's login and never over HTTP.</summary>
internal static class RedactVerb
{
    private static readonly Argument<long?> Position = new("position") { Description = "The event, by its position in the audit trail", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<string[]> Members = new("--field")
    {
        Description = "What to take out: actor, reason, or a text in its data such as note, name or manifest.0.name; several times for several",
        HelpName = "field",
    };

    private static readonly Option<string?> Person = VerbArguments.Text("--actor", "Instead of a position: take this actor's name out of all that he or she did");

    private static readonly Option<string> Why = new("--reason") { Description = "Why; it stays in the history", HelpName = "text", Required = true };

    public static Command Create(VerbServices services)
    {
        var verb = new Verb(
            "redact",
            "Take personal data out of sealed events, with the owner's login (ConnectionStrings__Owner); the history says so for ever, and exports stay provable. " +
            "Dead letters of the command or the person are deleted. Not cleaned: source, extensions and correlation ids of commands, the reason of a skip, content bodies, and messages already sent",
            "redact 42 --field note --reason \"request 2026-17\"", "redact 42 --field actor --field manifest.0.name --reason \"request 2026-17\" --account acme", "redact --actor jane@example.com --reason \"request 2026-17\"")
        {
            Position, Members, Person, Why,
        };
        verb.SetAction((parsed, ct) => RunAsync(services, parsed, ct));
        return verb;
    }

    private static async Task<int> RunAsync(VerbServices services, ParseResult parsed, CancellationToken ct)
    {
        var screen = new Screen(services.Out, services.Error, parsed.GetValue(GlobalOptions.Json));
        try
        {
            Check(parsed);
            await using var engine = await services.Owner(ct);
            var options = engine.Services.GetRequiredService<EngineOptions>();
            var redactor = engine.Services.GetRequiredService<Redactor>();
            var report = await redactor.RedactAsync(
                new(parsed.GetValue(GlobalOptions.Account) ?? options.Account, options.Actor, parsed.GetValue(Why)!)
                {
                    Position = parsed.GetValue(Position),
                    Members = [.. (parsed.GetValue(Members) ?? []).Distinct(StringComparer.Ordinal)],
                    Person = parsed.GetValue(Person),
                },
                ct);
            Show(screen, report);
            if (report.JobId is not { } jobId) return Beside(screen, report);
            var code = await WaitAsync(screen, engine.Services.GetRequiredService<RebuildJobs>(), report.AccountId, jobId, ct);
            // Somebody may have written the same text anew meanwhile.
            if (await redactor.WrittenAnewAsync(report, ct) is { Count: > 0 } anew) WarnStillIn(screen, anew);
            return code;
        }
        catch (PartlyRedactedException e)
        {
            Show(screen, e.Done);
            screen.Fail(string.Create(CultureInfo.InvariantCulture, $"Only {e.Done.Redactions.Count} events were redacted, others were not: {e.Message}. What is done stays done: redact again, and run rebuild --all --tenant {e.Done.AccountId} if no engine goes on with it."));
            return ExitCodes.Refused;
        }
        catch (RedactionException e)
        {
            screen.Fail($"Nothing was redacted: {e.Message}.");
            return ExitCodes.Refused;
        }
        catch (CommandLineException e)
        {
            screen.Fail(e.Message);
            return e.ExitCode;
        }
    }

    private static void Check(ParseResult parsed)
    {
        var (position, members, person) = (parsed.GetValue(Position), parsed.GetValue(Members) ?? [], parsed.GetValue(Person));
        if (parsed.GetValue(GlobalOptions.Url) is not null) throw Mistaken("--url cannot be given to redact: it works on the database, with the owner's login");
        if (person is not null && string.IsNullOrWhiteSpace(person)) throw Mistaken("--actor must not be empty");
        if (position is null == person is null) throw Mistaken("redact needs either a position or --actor");
        if (person is not null && members.Length > 0) throw Mistaken("--field cannot be given with --actor: it is the actor that is taken out");
        if (person is null && members.Length == 0) throw Mistaken("redact needs at least one --field");
        if (string.IsNullOrWhiteSpace(parsed.GetValue(Why))) throw Mistaken("--reason must not be empty");
    }

    private static CommandLineException Mistaken(string rule) => new(ExitCodes.Malformed, $"{rule}. See redact --help.");

    private static void Show(Screen screen, RedactionReport report)
    {
        if (screen.IsJson) screen.Raw(JsonSerializer.Serialize(report, WireJson.Options));
        foreach (var one in screen.IsJson ? [] : report.Redactions)
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"Position {one.Position}: {string.Join(", ", one.Members)} redacted; position {one.NotedAt} says so."));
        if (report.StillIn.Count > 0) WarnStillIn(screen, report.StillIn);
        foreach (var warning in report.Warnings) screen.Warn($"{warning}.");
    }

    private static void WarnStillIn(Screen screen, IReadOnlyList<long> positions) =>
        screen.Warn($"The same text still stands in the events at {string.Join(", ", positions)}: redact those too if it is about the same person.");

    private static int Beside(Screen screen, RedactionReport report)
    {
        screen.Say($"No event of {report.AccountId} names this actor; the name is out of refused commands and what else stands beside events.");
        return ExitCodes.Ok;
    }

    /// <summary>Until the rebuild ends lists may show what was taken out. Whoever stops waiting: an engine goes on with it.</summary>
    private static async Task<int> WaitAsync(Screen screen, RebuildJobs jobs, string accountId, Guid jobId, CancellationToken ct)
    {
        screen.Say("Taking it out of the lists…");
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        var job = await jobs.FindAsync(jobId, ct);
        while (job!.Status == "running" && await timer.WaitForNextTickAsync(ct)) job = await jobs.FindAsync(jobId, ct);
        if (job.Status == "completed")
        {
            screen.Say($"The lists are built anew, {job.Differences} rows differ from the events.");
            return job.Differences == 0 ? ExitCodes.Ok : ExitCodes.Refused;
        }

        screen.Fail($"The events are redacted, but lists may still show it: the rebuild is {job.Status}{(job.Failure is null ? "" : $" ({job.Failure})")}. Run rebuild --all --tenant {accountId}.");
        return ExitCodes.Refused;
    }
}
