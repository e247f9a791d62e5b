using System.Reflection;
using System.Text.RegularExpressions;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Domain;
using ProcessDeployment.Engine.Host;

namespace ProcessDeployment.Architecture.Tests;

public sealed partial class Words
{
    private static readonly List<Type> Events = [.. typeof(DomainEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DomainEvent)) && !type.IsAbstract)];

    /// <summary>Trap 0: Marten takes a member of this name for the version of the stream, silently.</summary>
    [Fact]
    public void of_commands_events_state_and_answers_do_not_include_a_member_called_Version() => (
        from assembly in new[] { typeof(Command).Assembly, typeof(DomainEvent).Assembly, typeof(EngineHost).Assembly }
        from type in assembly.GetTypes()
        from member in type.GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        where member is PropertyInfo or FieldInfo && string.Equals(member.Name, "Version", StringComparison.OrdinalIgnoreCase)
        select $"{type.Name}.{member.Name}").ShouldBeEmpty();

    [Fact]
    public void on_the_wire_are_declared_by_hand_for_every_event_and_command()
    {
        var types = Events.Concat(CommandCatalogue.All.Select(command => command.Type)).ToList();

        types.ShouldAllBe(type => type.GetCustomAttribute<WireNameAttribute>(inherit: false) != null);
        var names = types.Select(WireNameAttribute.Of).ToList();
        names.ShouldBeUnique();
        names.ShouldAllBe(name => WireName().IsMatch(name));
    }

    [Fact]
    public void for_every_command_find_a_decider() => CommandCatalogue.All.Select(command => command.Type).ShouldAllBe(type => HasDecider(type));

    [Fact]
    public void of_all_commands_stand_in_the_catalogue() =>
        CommandCatalogue.All.Select(command => command.Type).ShouldBe(typeof(Command).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Command)) && !type.IsAbstract), ignoreOrder: true);

    private static bool HasDecider(Type type)
    {
        var command = (Command)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
        return Record.Exception(() => Decider.Needs(command, Account.Empty, new Needs(Account.Empty))) is not InvalidOperationException
            && Record.Exception(() => Decider.Decide(command, Account.Empty)) is not InvalidOperationException { Message: ['N', 'o', ' ', 'd', 'e', 'c', ..] };
    }

    [GeneratedRegex(@"^processdeployment\.[a-z]+(-[a-z]+)*\.v[1-9][0-9]*$")]
    private static partial Regex WireName();
}
