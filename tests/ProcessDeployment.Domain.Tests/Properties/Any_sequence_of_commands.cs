using CsCheck;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Properties;

/// <summary>What holds after every command, whatever came before. Sending already checks that what a command needs is all it looks at.</summary>
public sealed class Any_sequence_of_commands
{
    private const int Sequences = 60;

    [Fact]
    public void is_decided_without_a_throw_and_refusals_change_nothing() => Each((_, decision, _) =>
    {
        if (decision.Status == OutcomeStatus.Accepted) decision.Events.ShouldNotBeEmpty();
        else decision.Events.ShouldAllBe(@event => @event is AttachmentRefused || @event is DeploymentRefused || @event is MoveRefused || @event is PromotionRefused || @event is EnvironmentAttachmentRefused);
        if (decision.Status == OutcomeStatus.Unchanged) decision.Events.ShouldBeEmpty();
        decision.Events.Select(@event => @event.StreamName()).ShouldAllBe(stream => stream.Length > 0);
    });

    [Fact, Covers("R11", "R19", "#23")]
    public void numbers_the_versions_of_each_process_without_a_gap() => Each((_, _, world) =>
    {
        foreach (var versions in Oracle.Fold(world.Events).Versions.Values)
            versions.Select(version => version.VersionNumber).ShouldBe(Enumerable.Range(1, versions.Count));
    });

    [Fact, Covers("R28")]
    public void counts_licences_like_an_independent_recount() => Each((_, decision, world) =>
    {
        var licences = world.Store.Complete.KnownLicences();
        var picture = Oracle.Fold(world.Events);
        foreach (var pool in picture.Pools) licences.Pool(new(pool.Class, pool.Classification)).Used.ShouldBe(pool.Used);
        foreach (var audited in decision.Events.OfType<VersionDeployed>().SelectMany(version => version.Audit.Pools))
            audited.UsedAfter.ShouldBe(picture.Pool(audited.Class, audited.Classification).Used);
    });

    [Fact, Covers("R31", "R32", "#53")]
    public void never_adds_a_pair_beyond_the_limit_of_a_pool() => Each((before, _, world) =>
    {
        var after = Oracle.Fold(world.Events);
        foreach (var (was, now) in before.Pools.Zip(after.Pools))
        {
            var netNew = now.Connections.Select(Pair).Except(was.Connections.Select(Pair)).Any();
            var limit = now.Purchased * (after.Mode == LicenceEnforcement.Tolerant ? 5 : 1);
            if (netNew && limit is not null) now.Used.ShouldBeLessThanOrEqualTo(limit.Value);
        }
    });

    [Fact, Covers("#3", "#51")]
    public void refuses_for_licences_only_what_would_exceed_one() => Each((before, decision, _) =>
    {
        if (decision.Refusal?.Details is not LicenceExceededDetails details) return;
        foreach (var pool in details.Pools)
        {
            pool.Needed.ShouldBeGreaterThan(pool.Available);
            before.Pool(pool.Class, pool.Classification).Used.ShouldBe(pool.Used);
            before.Pool(pool.Class, pool.Classification).Connections.Select(Pair).Except(details.Holders.Select(holder => (holder.ComponentId, holder.AtomId))).ShouldBeEmpty();
        }
    });

    [Fact, Covers("#30")]
    public void never_builds_a_cycle_of_live_dependent_references() => Each((_, _, world) =>
        Cycle.In(Oracle.Fold(world.Events)).ShouldBeNull());

    [Fact, Covers("#30")]
    public void refuses_as_a_cycle_only_what_is_one() => Each((before, decision, _) =>
    {
        if (decision.Refusal is not { Code: RefusalCodes.ReferenceCycle, Details: PathDetails { Path: var path } }) return;
        path[0].ShouldBe(path[^1]);
        path.Count.ShouldBeGreaterThan(1);
        foreach (var (from, to) in path.Skip(1).Zip(path.Skip(2))) Cycle.Next(before, from).ShouldContain(to);
    });

    [Fact, Covers("R9", "R21")]
    public void leaves_a_process_plain_right_after_its_deploy_with_its_whole_closure_pinned() => Each((_, decision, world) =>
    {
        var picture = Oracle.Fold(world.Events);
        foreach (var deployed in decision.Events.OfType<VersionDeployed>().Where(version => version.RedeployOf is null))
        {
            picture.Processes[deployed.ProcessId].IsBold.ShouldBeFalse();
            deployed.Manifest.Select(entry => entry.ComponentId).Order().ShouldBe(Cycle.Reached(picture, deployed.ProcessId).Order());
        }
    });

    [Fact]
    public void leaves_the_domain_and_the_oracle_of_one_mind() => Each((_, _, world) =>
    {
        var (account, picture) = (world.Store.Complete, Oracle.Fold(world.Events));
        foreach (var component in account.Components.Values.OfType<Component>())
        {
            var seen = picture.Components[component.ComponentId];
            (seen.LatestRevision, seen.Deleted, seen.Name).ShouldBe((component.Revision, component.Deleted, component.Name));
            if (!picture.Processes.TryGetValue(component.ComponentId, out var process)) continue;
            process.Atoms.ShouldBe(component.Deployment.AtomIds);
            (process.CurrentVersion ?? 0).ShouldBe(component.Deployment.CurrentVersion);
        }

        foreach (var environment in account.Environments!.All.Values)
        {
            var seen = picture.Environments[environment.EnvironmentId];
            (seen.Name, seen.Classification, seen.Order, seen.Deleted).ShouldBe((environment.Name, environment.Classification, environment.Order, environment.Deleted));
        }

        foreach (var atom in account.Atoms.Values.OfType<Atom>()) picture.Atoms[atom.AtomId].Deleted.ShouldBe(atom.Deleted);
    });

    [Fact, Covers("R55", "R56")]
    public void attaches_each_process_to_exactly_the_atoms_it_shares_an_environment_with() => Each((_, _, world) =>
    {
        var (account, picture) = (world.Store.Complete, Oracle.Fold(world.Events));
        if (!picture.UsesEnvironments)
        {
            picture.Environments.Values.ShouldAllBe(environment => environment.Atoms.Count + environment.Processes.Count == 0);
            return;
        }

        var shared = from environment in picture.Environments.Values from process in environment.Processes from atomId in environment.Atoms select (process.ProcessId, atomId);
        var attached = from process in picture.Processes.Values from atomId in process.Atoms select (process.ProcessId, atomId);
        attached.Order().ShouldBe(shared.Order());
        foreach (var environment in picture.Environments.Values)
        {
            account.AtomsIn[environment.EnvironmentId].ShouldBe(environment.Atoms);
            account.ProcessesIn[environment.EnvironmentId].ShouldBe(environment.Processes.Select(process => process.ProcessId));
        }

        account.AttachedProcesses!.ShouldBe(from process in picture.Processes.Values where process.Atoms.Count > 0 orderby process.ProcessId select process.ProcessId);
    });

    [Fact, Covers("R56")]
    public void lets_run_on_an_atom_exactly_what_is_current_in_its_environment() => Each((_, _, world) =>
    {
        var picture = Oracle.Fold(world.Events);
        foreach (var (atomId, deployments) in picture.Deployments)
        {
            foreach (var deployment in deployments)
                world.Store.Complete.Component(deployment.ProcessId)!.Deployment.VersionOn(atomId).ShouldBe(deployment.VersionNumber);
        }

        foreach (var attached in world.Events.Select(recorded => recorded.Event).OfType<AtomAttached>().Where(attached => attached.EffectiveVersion is null))
            attached.Audit.ShouldBeNull();
    });

    [Fact, Covers("R19")]
    public void uses_no_label_twice_and_lets_nothing_run_that_was_withdrawn() => Each((_, _, world) =>
    {
        var picture = Oracle.Fold(world.Events);
        foreach (var (processId, versions) in picture.Versions)
        {
            versions.Select(version => version.Label).OfType<string>().ShouldBeUnique();
            world.Store.Complete.Versions[processId].Select(version => (version.Label, version.Withdrawn)).ShouldBe(versions.Select(version => (version.Label, version.Withdrawn)));
        }

        foreach (var deployment in picture.Deployments.Values.SelectMany(deployments => deployments))
            picture.Versions[deployment.ProcessId][deployment.VersionNumber - 1].Withdrawn.ShouldBeFalse();
    });

    private static (Guid ComponentId, Guid AtomId) Pair(ConnectionItem connection) => (connection.ComponentId, connection.AtomId);

    private static void Each(Action<AccountPicture, Decision, World> holds) => Commands.Sequences.Sample(
        commands =>
        {
            var world = new World();
            foreach (var command in commands)
            {
                var before = Oracle.Fold(world.Events);
                holds(before, world.Send(command), world);
            }
        },
        iter: Sequences,
        print: Commands.Print);
}
