using CsCheck;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Access;

/// <summary>Whatever is sent by whomever: nobody gets what he was not given, and somebody is always left who can give.</summary>
public sealed class Any_sequence_of_changes_to_access
{
    private static readonly Gen<string> Member = Gen.OneOf("kim", "lee", "ana");

    private static readonly Gen<string> Role = Gen.OneOf("administrator", "viewer", "chief", "nights");

    private static readonly Gen<RoleGrant> Grant = Gen.Select(Role, Gen.Int[0, 3], (role, number) => new RoleGrant(role, number == 0 ? Say.Dev : null));

    private static readonly Gen<Command> Command = Gen.Frequency(
        (4, Gen.Select(Member, Grant.Array[1, 2], (who, roles) => (Command)new SetMember { Member = who, Roles = roles })),
        (2, Member.Select(who => (Command)new RemoveMember { Member = who })),
        (3, Gen.Select(Gen.OneOf("chief", "nights"), Gen.OneOf(Privilege.Access, Privilege.Deploy, Privilege.AuditRead).Array[1, 2], (role, privileges) => (Command)new SetRole { Role = role, Privileges = privileges })),
        (1, Gen.OneOf("chief", "nights").Select(role => (Command)new DeleteRole { Role = role })));

    private static readonly Gen<Authority> By = Gen.Frequency((3, Gen.OneOf(Authority.OfActor)), (1, Gen.OneOf(Authority.Operator)));

    [Fact]
    public void leaves_somebody_who_may_say_who_may_do_what_and_changes_nothing_for_whoever_may_not() =>
        Gen.Select(Command, Member, By, (command, actor, by) => (Command: command with { Actor = actor }, By: by)).Array[1, 40].Sample(
            sent =>
            {
                var world = new World();
                world.Send(Say.Environment(Say.Dev));
                foreach (var (command, by) in sent)
                {
                    world.By = by;
                    var before = world.Store.Complete.Access!;
                    var may = by == Authority.Operator || before.Members.IsEmpty || MayGive(before, command.Actor!);
                    var decision = world.Send(command);
                    var after = world.Store.Complete.Access!;
                    decision.Events.OfType<AccessDenied>().Any().ShouldBe(!may);
                    if (!may) after.ShouldBe(before);
                    (after.Members.IsEmpty || after.Members.Keys.Any(who => MayGive(after, who))).ShouldBeTrue("nobody is left");
                }
            },
            iter: 300);

    private static bool MayGive(AccessState access, string who) =>
        access.Members.TryGetValue(who, out var grants) && grants.Any(grant => grant.EnvironmentId is null && access.PrivilegesOf(grant.Role).Contains(Privilege.Access));
}
