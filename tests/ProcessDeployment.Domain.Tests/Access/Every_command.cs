using System.Runtime.CompilerServices;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain.Access;
using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Domain.Schedules;
using ProcessDeployment.Domain.Tests.Dsl;

namespace ProcessDeployment.Domain.Tests.Access;

/// <summary>Said a second time, so that nobody changes what a role lets do by chance. A new command without a place here fails.</summary>
public sealed class Every_command
{
    private static readonly Dictionary<Privilege, Type[]> Asking = new()
    {
        [Privilege.BuildWrite] = [typeof(SaveComponent), typeof(SaveComponentV2), typeof(DeleteComponent), typeof(RestoreComponent)],
        [Privilege.Deploy] =
        [
            typeof(AttachAtoms), typeof(DetachAtoms), typeof(MoveProcess), typeof(DeployProcess), typeof(DeployProcesses), typeof(RedeployVersion), typeof(PromoteVersion),
            typeof(AttachProcessToEnvironment), typeof(DetachProcessFromEnvironment), typeof(PackageProcess), typeof(LabelVersion), typeof(WithdrawVersion),
        ],
        [Privilege.Schedule] = [typeof(SetSchedules), typeof(StopSchedules), typeof(ResumeSchedules)],
        [Privilege.Execute] = [typeof(ExecuteProcess), typeof(CancelExecution), typeof(PauseListeners), typeof(ResumeListeners), typeof(RestartListeners)],
        [Privilege.AtomWrite] =
        [
            typeof(RegisterAtom), typeof(RenameAtom), typeof(DeleteAtom), typeof(IssueAtomToken), typeof(RevokeAtomToken), typeof(SetExtensions),
            typeof(ReportAtomStatus), typeof(AcknowledgeVersion), typeof(ReportExecution),
        ],
        [Privilege.EnvironmentWrite] =
            [typeof(SetEnvironments), typeof(CreateEnvironment), typeof(UpdateEnvironment), typeof(DeleteEnvironment), typeof(AttachAtomToEnvironment), typeof(DetachAtomFromEnvironment)],
        [Privilege.LicenceWrite] = [typeof(SetLicences), typeof(SetLicenceEnforcement)],
        [Privilege.Operate] = [typeof(SetWebhook), typeof(DeleteWebhook)],
        [Privilege.Freeze] = [typeof(SetFreeze), typeof(LiftFreeze), typeof(OverrideFreeze)],
        [Privilege.Access] =
        [
            typeof(SetRole), typeof(DeleteRole), typeof(SetMember), typeof(RemoveMember), typeof(IssueApiKey), typeof(RevokeApiKey), typeof(RegisterProducer), typeof(RemoveProducer),
            typeof(SetChangeRules),
        ],
    };

    private static readonly Dictionary<string, Privilege[]> Changing = new()
    {
        ["administrator"] = [.. Asking.Keys],
        ["auditor"] = [],
        ["deployer"] = [Privilege.Deploy],
        ["designer"] = [Privilege.BuildWrite],
        ["operator"] = [Privilege.Schedule, Privilege.Execute, Privilege.AtomWrite, Privilege.Operate],
        ["viewer"] = [],
    };

    public static TheoryData<string, string> TypesAndRoles()
    {
        var rows = new TheoryData<string, string>();
        foreach (var type in CommandCatalogue.All)
        {
            foreach (var role in BuiltInRoles.All.Keys) rows.Add(type.WireName, role);
        }

        return rows;
    }

    public static TheoryData<string> Types => [.. CommandCatalogue.All.Select(type => type.WireName)];

    [Fact]
    public void has_its_place_here() => Asking.Values.SelectMany(types => types).ShouldBe(CommandCatalogue.All.Select(type => type.Type), ignoreOrder: true);

    [Fact]
    public void is_let_through_or_not_by_each_role_there_is() => Changing.Keys.ShouldBe(BuiltInRoles.All.Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Types))]
    public void asks_for_one_privilege(string type) => CommandPrivileges.Of(Made(type)).ShouldBe(AskedBy(type));

    [Theory]
    [MemberData(nameof(TypesAndRoles))]
    public void is_let_through_for_whoever_has_the_role_and_for_nobody_else(string type, string role)
    {
        var may = Changing[role].Contains(AskedBy(type));
        Asked(type, role, environment: null, Authority.OfActor).ShouldBe(may);
        Asked(type, role, environment: null, Authority.OfKey(Say.Dev)).ShouldBe(may);
    }

    [Theory]
    [MemberData(nameof(TypesAndRoles))]
    public void of_the_whole_account_is_not_let_through_by_a_role_in_an_environment(string type, string role) =>
        Asked(type, role, Say.Dev, Authority.OfActor).ShouldBeFalse();

    [Theory]
    [MemberData(nameof(Types))]
    public void is_denied_to_whoever_has_no_role(string type)
    {
        var denial = AccessRules.Denies(Made(type) with { Actor = "lee" }, With("administrator", null), new(Say.Id(1), default, Authority.OfActor)).ShouldNotBeNull();
        (denial.Code, denial.Privilege, denial.Details).ShouldBe((RefusalCodes.NotAllowed, AskedBy(type), new PrivilegeDetails(AskedBy(type), null)));
        denial.Message.ShouldStartWith("lee may not");
    }

    [Fact]
    public void that_only_the_engine_gives_comes_from_nobody_else()
    {
        Command[] commands = [(RunSchedule)RuntimeHelpers.GetUninitializedObject(typeof(RunSchedule)), (RecordOperation)RuntimeHelpers.GetUninitializedObject(typeof(RecordOperation))];
        foreach (var command in commands)
        {
            CommandPrivileges.Of(command).ShouldBeNull();
            AccessRules.Denies(command with { Actor = World.Kim }, With("administrator", null), new(Say.Id(1), default, Authority.OfActor)).ShouldNotBeNull().Code.ShouldBe(RefusalCodes.NotAllowed);
            AccessRules.Denies(command, With("administrator", null), new(Say.Id(1), default, Authority.OfKey(Say.Dev))).ShouldNotBeNull();
            AccessRules.Denies(command, With("administrator", null), new(Say.Id(1), default, Authority.OfAtom(Say.A))).ShouldNotBeNull();
            AccessRules.Denies(command, With("administrator", null), new(Say.Id(1), default, Authority.Operator)).ShouldBeNull();
        }
    }

    private static Privilege AskedBy(string type) => Asking.Single(asking => asking.Value.Any(asked => WireNameAttribute.Of(asked) == type)).Key;

    private static Command Made(string type) => (Command)RuntimeHelpers.GetUninitializedObject(CommandCatalogue.Find(type)!.Type);

    private static bool Asked(string type, string role, Guid? environment, Authority by) =>
        AccessRules.Denies(Made(type) with { Actor = World.Kim }, With(role, environment), new(Say.Id(1), default, by)) is null;

    private static Account With(string role, Guid? environment) => Account.Empty with
    {
        Environments = EnvironmentsState.None,
        Access = AccessState.None
            .Evolve(new MemberSet { Member = World.Kim, Roles = [new(role, environment)] })
            .Evolve(new ApiKeyIssued { KeyId = Say.Dev, Name = "ci", Roles = [new(role, environment)] }),
    };
}
