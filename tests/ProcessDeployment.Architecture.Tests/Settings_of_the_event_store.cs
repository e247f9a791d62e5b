using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using Marten;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Architecture.Tests;

/// <summary>Defaults that would lose history, silently. An upgrade or a slip that brings one back is seen here.</summary>
public sealed class Settings_of_the_event_store
{
    private readonly StoreOptions _store = new();

    public Settings_of_the_event_store() => EventStore.Configure(_store);

    /// <summary>What cannot be read does not stop the daemon, since the read models see themselves that it is missing; what cannot be applied does.</summary>
    [Fact]
    public void leave_it_to_the_read_models_what_becomes_of_an_event_that_cannot_be_read()
    {
        _store.Projections.Errors.SkipApplyErrors.ShouldBeFalse();
        _store.Projections.Errors.SkipSerializationErrors.ShouldBeTrue();
        _store.Projections.Errors.SkipUnknownEvents.ShouldBeTrue();
    }

    [Fact]
    public void keep_all_metadata_the_actor_included()
    {
        _store.Events.MetadataConfig.CorrelationIdEnabled.ShouldBeTrue();
        _store.Events.MetadataConfig.CausationIdEnabled.ShouldBeTrue();
        _store.Events.MetadataConfig.HeadersEnabled.ShouldBeTrue();
        _store.Events.MetadataConfig.UserNameEnabled.ShouldBeTrue();
    }

    [Fact]
    public void make_an_account_a_tenant_and_a_stream_a_name()
    {
        _store.Events.TenancyStyle.ShouldBe(JasperFx.MultiTenancy.TenancyStyle.Conjoined);
        _store.Events.StreamIdentity.ShouldBe(StreamIdentity.AsString);
        _store.Events.UseMandatoryStreamTypeDeclaration.ShouldBeTrue();
    }

    [Fact]
    public void append_safely_and_wake_the_daemon()
    {
        _store.Events.AppendMode.ShouldNotBe(EventAppendMode.Rich);
        _store.Events.UseExclusiveLockOnConcurrentAppends.ShouldBeTrue();
        _store.Events.UseListenNotifyForEventAppends.ShouldBeTrue();
        _store.Events.AutoDiscoverTagTypes.ShouldBeFalse();
    }

    /// <summary>The database went away, one page failed, the next one was cancelled and reported last: the lists stood still until a restart.</summary>
    [Fact]
    public void take_a_cancelled_page_for_no_fault_of_its_events() =>
        ShardFailure.For(new TaskCanceledException(), DateTimeOffset.UnixEpoch).IsTransient.ShouldBeTrue();

    [Fact]
    public void change_no_schema_on_the_way_and_give_time_to_finish()
    {
        _store.AutoCreateSchemaObjects.ShouldBe(AutoCreate.None);
        _store.Projections.StopAndDrainTimeout.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(30));
        _store.CommandTimeout.ShouldBeGreaterThanOrEqualTo(30);
    }

    [Theory]
    [InlineData("Multiplexing=true")]
    [InlineData("Pooling=false")]
    public void forbid_connections_on_which_locks_mean_nothing(string setting) =>
        Should.Throw<InvalidOperationException>(() => new Databases($"Host=127.0.0.1;Username=x;{setting}"));
}
