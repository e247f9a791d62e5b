using JasperFx.CodeGeneration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProcessDeployment.Engine.Host;
using Wolverine;

namespace ProcessDeployment.Architecture.Tests;

/// <summary>Defaults that would lose messages, silently. An upgrade or a slip that brings one back is seen here.</summary>
public sealed class Settings_of_messaging : IDisposable
{
    /// <summary>Lists handlers that are found by convention; without any there is nothing to write.</summary>
    private const string Registry = "GeneratedHandlerRegistry";

    private readonly IHost _host;
    private readonly WolverineOptions _messaging;

    public Settings_of_messaging()
    {
        _host = HostOf(new());
        _messaging = _host.Services.GetRequiredService<WolverineOptions>();
    }

    public void Dispose() => _host.Dispose();

    /// <summary>Trap 2.</summary>
    [Fact]
    public void send_unknown_messages_to_the_dead_letters() => _messaging.UnknownMessageBehavior.ShouldBe(UnknownMessageBehavior.DeadLetterQueue);

    [Fact]
    public void make_ids_that_two_processes_never_share() => _messaging.EnvelopeIdGeneration.ShouldBe(EnvelopeIdGeneration.GuidV7);

    /// <summary>Trap 9.</summary>
    [Fact]
    public void carry_the_actor_along() => _messaging.EnableRelayOfUserName.ShouldBeTrue();

    /// <summary>Trap 7: what is not discovered by convention cannot return stray events.</summary>
    [Fact]
    public void find_no_handler_by_accident() => CodeFiles().ShouldBeEmpty("handlers came: write their code with the build and check here that it is current");

    [Fact]
    public void generate_no_code_at_run_time()
    {
        _messaging.CodeGeneration.TypeLoadMode.ShouldBe(TypeLoadMode.Static);
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ProcessDeployment.Engine.deps.json")).ShouldNotContain("Microsoft.CodeAnalysis.CSharp");
    }

    [Fact]
    public void share_work_among_nodes_only_where_there_can_be_several()
    {
        _messaging.Durability.Mode.ShouldBe(DurabilityMode.Solo);
        using var several = HostOf(new() { Postgres = "Host=localhost;Database=given" });
        several.Services.GetRequiredService<WolverineOptions>().Durability.Mode.ShouldBe(DurabilityMode.Balanced);
    }

    [Fact]
    public void locate_no_service()
    {
        _messaging.ServiceLocationPolicy.ShouldBe(JasperFx.CodeGeneration.Model.ServiceLocationPolicy.NotAllowed);
    }

    /// <summary>After the eighth outage of the database the lists stood still for a minute; the defaults would have gone on to five.</summary>
    [Fact]
    public void bring_projections_back_within_seconds_however_often_the_database_was_away() =>
        _messaging.Durability.TransientFailureRestartMaxBackoff.ShouldBeLessThan(TimeSpan.FromSeconds(10));

    private static IHost HostOf(EngineOptions options)
    {
        var builder = new HostBuilder();
        builder.UseMessaging(options);
        return builder.Build();
    }

    private List<string> CodeFiles() => [.. _host.Services.GetServices<ICodeFileCollection>().SelectMany(files => files.BuildFiles()).Select(file => file.FileName).Where(name => name != Registry)];
}
