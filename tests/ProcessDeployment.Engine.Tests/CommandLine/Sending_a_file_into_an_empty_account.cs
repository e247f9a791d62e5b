using System.Text;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.CommandLine;
using ProcessDeployment.Engine.Tests.ReadModels;

namespace ProcessDeployment.Engine.Tests.CommandLine;

/// <summary>A file of commands is a history that can be played again.</summary>
public sealed class Sending_a_file_into_an_empty_account(EngineFixture engine)
{
    private const string Events = """
        select headers ->> 'position' || ' ' || stream_id || ' ' || version || ' ' || type || ' ' || user_name || ' ' || data
        from events.mt_events where tenant_id = $1 order by (headers ->> 'position')::bigint
        """;

    [Theory]
    [InlineData(601)]
    [InlineData(602)]
    public async Task gives_the_same_events_times_and_ids_aside(int seed)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(
            file,
            RandomHistory.CommandsOf(seed, 300).Select(command => Encoding.UTF8.GetString(CommandWriter.ToCloudEvent(Guid.CreateVersion7(), "//tests", command, time: null))),
            TestContext.Current.CancellationToken);

        var (first, second) = (await PlayedAsync(file), await PlayedAsync(file));

        first.Count.ShouldBeGreaterThan(150);
        string.Join('\n', second).ShouldBe(string.Join('\n', first));
        File.Delete(file);
    }

    private async Task<IReadOnlyList<string>> PlayedAsync(string file)
    {
        var account = await engine.NewAccountAsync();
        var (output, error) = (new StringWriter(), new StringWriter());
        var services = new VerbServices
        {
            Engine = new InProcessEngine(),
            Out = output,
            Error = error,
            Http = url => new HttpClient { BaseAddress = url, DefaultRequestHeaders = { { TestCallers.Header, account.Name } } },
        };
        // Some commands are refused, which the exit code says.
        (await CommandLineProgram.RunAsync(["send", file, "--url", engine.Url.ToString()], _ => Task.FromResult(-1), services)).ShouldBeOneOf([ExitCodes.Ok, ExitCodes.Refused], error.ToString());
        var events = new List<string>();
        await foreach (var row in engine.RowsAsync(Events, account.Name)) events.Add(row.GetString(0));
        return events;
    }
}
