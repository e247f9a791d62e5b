namespace ProcessDeployment.Browser.Tests.Looks;

/// <summary>Something of everything that pages show, to look at it.</summary>
internal sealed class Exhibition
{
    private Exhibition(Company company) => Company = company;

    public Company Company { get; }

    /// <summary>A position when all was there.</summary>
    public long Moment { get; private set; }

    public required Thing Process { get; init; }

    public required Thing Child { get; init; }

    public required Thing Connection { get; init; }

    public required Thing Atom { get; init; }

    /// <param name="engine">Where it is held.</param>
    /// <param name="word">How people there call what is asked for, for example a name or a note.</param>
    public static async Task<Exhibition> OpenAsync(RunningEngine engine, Func<string, string> word)
    {
        var company = new Company(engine);
        var shown = new Exhibition(company)
        {
            Connection = await company.ConnectionAsync(word("Order Database")),
            Child = await company.ProcessAsync(word("Validate Order")),
            Process = company.Named(word("Order Import")),
            Atom = company.Named(word("Production")),
        };
        await company.DoAsync(new RegisterAtom { AtomId = shown.Atom.Id, Name = shown.Atom.Name, HostName = word("host-1.example.com"), TimeZone = "Europe/Berlin" });
        await company.DoAsync(new ReportAtomStatus { AtomId = shown.Atom.Id, Status = AtomStatus.Online });
        await company.AtomAsync(word("Backup"));
        await shown.SaveAsync(word);
        await company.AttachAsync(shown.Process, shown.Atom);
        await company.DeployAsync(shown.Process, word("First go-live"));
        await shown.DeployAgainAsync(word);
        await shown.SaveAsync(word);
        await shown.GuardAsync(word);
        shown.Moment = (await company.TryAsync(new RenameAtom { AtomId = shown.Atom.Id, Name = shown.Atom.Name })).Position;
        return shown;
    }

    private async Task SaveAsync(Func<string, string> word) => await Company.DoAsync(Company.Saving(Process, Child, Connection) with
    {
        Folder = word("Sales"),
        SourceRevision = word("r12"),
        Reason = word("Asked for by sales"),
        StartStep = StartStep.Schedule,
        Extensions = [new(word("url"), word("Address of the shop"), Secret: false)],
        Content = $"<process>\n  <step name=\"{Guid.NewGuid():n}\"/>\n  {word("a step")}\n</process>",
    });

    /// <summary>What hinders nobody: a key that nobody has, a freeze that is far away, an environment that is not used yet.</summary>
    private async Task GuardAsync(Func<string, string> word)
    {
        await Company.DoAsync(new IssueApiKey { KeyId = Guid.CreateVersion7(), Name = word("pipeline"), SecretHash = new('a', 64), Roles = [new("deployer")] });
        await Company.DoAsync(new SetFreeze { FreezeId = Guid.CreateVersion7(), Name = word("Holidays"), From = "2100-12-20T00:00:00Z", Until = "2101-01-02T00:00:00Z" });
        await Company.DoAsync(new CreateEnvironment { EnvironmentId = Guid.CreateVersion7(), Name = word("Test"), Classification = Classification.Test, Order = 0 });
    }

    private async Task DeployAgainAsync(Func<string, string> word)
    {
        await Company.DoAsync(new SetSchedules { ProcessId = Process.Id, AtomId = Atom.Id, Schedules = [new() { Minutes = "0", Hours = "6" }] });
        await Company.DoAsync(new SetExtensions { ProcessId = Process.Id, AtomId = Atom.Id, Values = [new(word("url"), word("https://shop.example.com"))], Partial = true, Reason = word("New shop") });
        await SaveAsync(word);
        await Company.DoAsync(new DeployProcess { ProcessId = Process.Id, Note = word("Faster"), Reason = word("It was slow") });
        await Company.DoAsync(new ExecuteProcess { ProcessId = Process.Id, AtomId = Atom.Id, Properties = [new(word("key"), word("value"))], Reason = word("To try it") });
        // Auditors ask about attempts.
        await Company.TryAsync(new ExecuteProcess { ProcessId = Child.Id, AtomId = Atom.Id, Reason = word("In vain") });
    }
}
