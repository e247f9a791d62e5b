namespace ProcessDeployment.Embedded.Tests;

public sealed class Two_programs_on_one_folder : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task the_second_is_told_the_process_and_the_address_of_the_first()
    {
        await using var first = await new OtherProgram(_folder.Path) { Url = "http://localhost:5080" }.StartAsync();

        var refused = await Should.ThrowAsync<PrivatePostgresException>(() => PrivatePostgres.StartAsync(_folder.Options, ct: Ct));

        refused.OwnerProcessId.ShouldBe(first.ProcessId);
        refused.OwnerUrl.ShouldBe("http://localhost:5080");
        refused.Message.ShouldContain($"in use by the program with process id {first.ProcessId}, which serves http://localhost:5080.");
    }

    [Fact]
    public async Task the_second_may_start_when_the_first_has_ended()
    {
        await using (await new OtherProgram(_folder.Path).StartAsync())
        {
        }
        await using var second = await PrivatePostgres.StartAsync(_folder.Options, ct: Ct);

        (await second.AskAsync("SELECT 1")).ShouldBe("1");
    }

    [Fact]
    public async Task exactly_one_wins_a_race_for_a_fresh_folder()
    {
        var programs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new OtherProgram(_folder.Path).StartAsync()));
        try
        {
            var winner = programs.Single(program => program.Answer.StartsWith("running", StringComparison.Ordinal));
            programs.Except([winner]).ShouldAllBe(program => program.Answer.Contains($"in use by the program with process id {winner.ProcessId}"));
        }
        finally
        {
            foreach (var program in programs)
                await program.DisposeAsync();
        }
    }
}
